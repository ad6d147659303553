"""What happens around every page: what the browser may not do, and how a refusal is told."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from densach.problems import Refused
from densach.web.law import one_law
from densach.web.views.failing import refused, too_large

Answer = Callable[[HttpRequest], HttpResponseBase]
MOST_SENT = 60_000_000  # bytes; the largest file that a page takes has 20 million, and a workbook fewer than 50
NOTHING_ALLOWED = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()"


class BrowserHeaders:
    """No page of ours asks the device for anything, and each differs by the language in a cookie."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and tell the browser what it may not do."""
        response = self.answer(request)
        response.headers["Permissions-Policy"] = NOTHING_ALLOWED
        patch_vary_headers(response, ["Cookie"])
        return response


class OneLaw:
    """What is published while a page is made is seen by the next page."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        with one_law():
            return self.answer(request)


class RefuseLargeBodies:
    """What is larger than any file that a page takes is refused before it fills the disk."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, unless the request says that it is too large; without a length nothing of it is read."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        return self.answer(request) if length.isdigit() and int(length) <= MOST_SENT else too_large(request)


class WithoutNul:
    """What a form sends holds no NUL: nobody types one, and PostgreSQL keeps none in a text. A space stands for it."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        return self.answer(request)

    def process_view(self, request: HttpRequest, view: object, _args: object, _words: object) -> None:
        """Read the form, where the page takes one; what programs send is read by who takes it."""
        if request.method != "POST" or getattr(view, "csrf_exempt", False):
            return
        if any("\0" in text for _, texts in request.POST.lists() for text in texts):
            form = request.POST.copy()
            for name, texts in request.POST.lists():
                form.setlist(name, [text.replace("\0", " ") for text in texts])
            request.POST = form  # type: ignore[assignment]  # the stubs know only the form as it came


class TellRefusals:
    """A refusal of the product becomes a page with its sentences."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer."""
        return self.answer(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The page of a refusal; any other exception goes on."""
        return refused(request, exception) if isinstance(exception, Refused) else None

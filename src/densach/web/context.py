"""What the layout of every page needs."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from densach.web.sentences import language
from densach.web.viewing import demonstration, viewer


def site(request: HttpRequest) -> dict[str, Any]:
    """The language, where the visitor is, which page it is, whether the database shows made-up places (a query)."""
    return {
        "lang": language(),
        "languages": settings.LANGUAGES,
        "here": request.get_full_path(),
        "account": SimpleLazyObject(lambda: viewer(request).account),
        "demonstration": SimpleLazyObject(lambda: demonstration(request)),
        "page": request.resolver_match.view_name if request.resolver_match else "",
    }

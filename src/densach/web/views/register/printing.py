"""Printing the certificates of a decision, and holding a printer against a blank."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from densach.awards.register import access
from densach.awards.register.blanks import SHIPPED, blanks_entered
from densach.awards.register.models import Printer
from densach.awards.register.printing import (
    FARTHEST,
    ON_A_FILE,
    keep_printer,
    layout_of,
    print_certificates,
    trial_sheet,
)
from densach.policy.commendation.reading import commendation_law
from densach.problems import Refused, problem
from densach.web.filling import Filled
from densach.web.sentences import say
from densach.web.viewing import signed_in, viewer

FORM = ["GET", "HEAD", "POST"]


@require_http_methods(FORM)
@signed_in
def certificates(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Choose what is printed and on which printer; what is sent back is the file."""
    seen, form, law = viewer(request), Filled(request.POST), commendation_law()
    found = access.decision_for(seen, uid)
    if not seen.may(access.HANDLES) or found.recorded_at is None:
        raise Refused(problem("H103", uid))
    printers, awards = access.printers_for(seen), access.awards_in(found)
    own, entered = layout_of(found, law), blanks_entered()
    blanks = {"": own.name} | {key: each.name for key, each in entered.items()}
    if request.method == "POST":
        first = form.number("first", least=1, most=max(len(awards), 1))
        last = form.number("last", least=first, most=max(len(awards), 1))
        chosen = form.one_of("printer", {"": None} | {str(row.uid): row for row in printers})
        blank = form.one_of("blank", blanks) if len(blanks) > 1 else ""
        rows = [row for row in awards if first <= row.ordinal <= last][:ON_A_FILE]
        try:
            if form.is_whole:
                printer = next((row for row in printers if str(row.uid) == chosen), None)
                act = seen.act(timezone.now())
                layout = layout_of(found, law, blank)
                pdf = print_certificates(found, rows, layout, printer=printer, on=seen.today, act=act)
                return _as_file(pdf, f"giay-{found.signed_on:%Y-%m-%d}-{first}-{last}")
        except Refused as refusal:
            form.refuse(refusal)
    else:
        form.typed = {"first": "1", "last": str(min(len(awards), ON_A_FILE))}
    page = {
        "one": found,
        "form": form,
        "layout": own,
        "blanks": list(blanks.items()) if entered else [],
        "printers": [("", say("register.no_printer")), *((str(row.uid), row.name) for row in printers)],
        "most": ON_A_FILE,
        "count": len(awards),
    }
    return render(request, "web/register/printing.html", page, status=200 if form.is_whole else 400)


@require_http_methods(FORM)
@signed_in
def printers(request: HttpRequest) -> HttpResponse:
    """The printers of the place, how far each pulls paper askew, and the sheets to measure by."""
    seen, form = viewer(request), Filled(request.POST)
    rows = access.printers_for(seen)
    if request.method == "POST":
        if not seen.may(access.HANDLES):
            raise Refused(problem("H103", "printers"))
        name = form.text("name", most=80, needed=True)
        right, down = _tenths(form, "right"), _tenths(form, "down")
        if form.is_whole:
            keep_printer(access.own_place(seen), name, right, down)
            messages.success(request, say("register.done_printer"))
            return HttpResponseRedirect(request.path)
    layouts = [(each, str(say(f"register.layout_{each.replace('-', '_')}"))) for each in SHIPPED.values()]
    layouts += [(key, each.name) for key, each in blanks_entered().items()]
    page = {"printers": rows, "layouts": layouts, "form": form, "handles": seen.may(access.HANDLES)}
    return render(request, "web/register/printers.html", page, status=200 if form.is_whole else 400)


@require_safe
@signed_in
def sheet(request: HttpRequest, layout: str) -> HttpResponse:
    """The page by which a printer is held against a blank, moved as the printer named by `?may=` needs it."""
    seen = viewer(request)
    access.own_place(seen)
    given = request.GET.get("may", "")
    printer: Printer | None = access.printer_for(seen, _uid(given)) if given else None
    return _as_file(trial_sheet(layout, printer, on=seen.today), f"to-thu-{layout}")


def _tenths(form: Filled, name: str) -> int:
    """Millimetres with one place behind the comma, "-1,5", as whole tenths; refused beside its field (R173)."""
    text = form.text(name, most=20).replace(",", ".").replace("−", "-") or "0"
    try:
        tenths = int(Decimal(text) * 10)
    except (ArithmeticError, ValueError):  # no number, or one that is none, such as NaN
        tenths = FARTHEST + 1
    if abs(tenths) > FARTHEST:
        form.problems[name] = problem("R173", name, least=-FARTHEST // 10, most=FARTHEST // 10)
        return 0
    return tenths


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Refused(problem("H103", text)) from error


def _as_file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response

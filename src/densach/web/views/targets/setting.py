"""Entering a target, giving it another wording, ending it."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from densach.authority.roles import Right
from densach.problems import Refused, problem
from densach.reporting.targets.access import indicators_at, offices_at, own_target, require_setter, targets_above
from densach.reporting.targets.domain import LAST_YEAR, LONGEST, MOST, Wording, end, enter, lose_base, replace
from densach.reporting.targets.models import Target, Unit
from densach.web.filling import Filled
from densach.web.sentences import language, say
from densach.web.signing.flash import say_done
from densach.web.targets.telling import amount, title_said
from densach.web.viewing import needs, viewer

FORM = ["GET", "HEAD", "POST"]
FIRST_YEAR = 2000
HUNDREDTHS = 100


@require_http_methods(FORM)
@needs(Right.SET_TARGETS)
def enter_target(request: HttpRequest) -> HttpResponse:
    """A new target of the viewer's place."""
    require_setter(viewer(request))
    form = Filled(request.POST)
    if request.method == "POST" and (made := _enter(request, form)):
        say_done(request, "targets.done_entered")
        return HttpResponseRedirect(reverse("web:target", args=[made.uid]))
    form.typed.setdefault("year", "2030")
    return render(request, "web/targets/form.html", _page(request, form))


@require_http_methods(FORM)
@needs(Right.SET_TARGETS)
def replace_target(request: HttpRequest, target: UUID) -> HttpResponse:
    """Another wording of a target of the viewer's place."""
    old = own_target(viewer(request), target)
    form = Filled(request.POST)
    if request.method == "POST" and (made := _replace(request, form, target)):
        say_done(request, "targets.done_replaced")
        return HttpResponseRedirect(reverse("web:target", args=[made.uid]))
    if request.method != "POST":
        form.typed.update(_typed_of(old))
    return render(request, "web/targets/form.html", _page(request, form) | {"old": old})


@require_POST
@needs(Right.SET_TARGETS)
def end_target(request: HttpRequest, target: UUID) -> HttpResponse:
    """End a target of the viewer's place with a reason; without one the form comes back."""
    old = own_target(viewer(request), target)
    form = Filled(request.POST)
    why = form.text("why", most=LONGEST)
    try:
        end(viewer(request), target, why, at=timezone.now())
    except Refused as refusal:
        form.refuse(refusal, T110="why")
        return render(request, "web/targets/end.html", {"form": form, "old": old, "most": LONGEST})
    say_done(request, "targets.done_ended")
    return HttpResponseRedirect(reverse("web:place_targets", args=[old.place.uid]))


@require_http_methods(FORM)
@needs(Right.SET_TARGETS)
def lose_target_base(request: HttpRequest, target: UUID) -> HttpResponse:
    """Say from which day, and by which text, the base of a target of the viewer's place is no more."""
    old = own_target(viewer(request), target)
    form = Filled(request.POST)
    if request.method == "POST" and _lose_base(request, form, target):
        say_done(request, "targets.done_base_ended")
        return HttpResponseRedirect(reverse("web:target", args=[target]))
    return render(request, "web/targets/base_ended.html", {"form": form, "old": old, "most": LONGEST})


def _lose_base(request: HttpRequest, form: Filled, uid: UUID) -> bool:
    on, source = form.day("on", needed=True), form.text("source", most=LONGEST, needed=True)
    if on is None or not form.is_whole:
        return False
    try:
        lose_base(viewer(request), uid, on, source, at=timezone.now())
    except Refused as refusal:
        _tell(form, refusal)
        return False
    return True


def _enter(request: HttpRequest, form: Filled) -> Target | None:
    wording = _wording(form)
    if not form.is_whole:
        return None
    try:
        return enter(viewer(request), wording, at=timezone.now())
    except Refused as refusal:
        _tell(form, refusal)
        return None


def _replace(request: HttpRequest, form: Filled, uid: UUID) -> Target | None:
    wording, why = _wording(form), form.text("why", most=LONGEST, needed=True)
    if not form.is_whole:
        return None
    try:
        return replace(viewer(request), uid, wording, why, at=timezone.now())
    except Refused as refusal:
        _tell(form, refusal)
        return None


def _tell(form: Filled, refusal: Refused) -> None:
    """Each problem beside the field that it names, and above the form where it names none."""
    form.refuse(refusal, **{each.code: each.where for each in refusal.problems if each.where in form.typed})


def _wording(form: Filled) -> Wording:
    unit = Unit(form.one_of("unit", dict(Unit.choices)) if form.sent.get("unit") in Unit.values else Unit.SHARE)
    form.typed["unit"] = unit
    value = _amount(form, "value", unit)
    if value is None and "value" not in form.problems:
        form.problems["value"] = problem("R171", "value")
    return Wording(
        title=form.text("title", most=300, needed=True),
        unit=unit,
        year=form.number("year", least=FIRST_YEAR, most=LAST_YEAR),
        value=value or 0,
        base=form.text("base", most=300),
        citation=form.text("citation", most=300, needed=True),
        owner=form.text("owner", most=30),
        indicator=form.text("indicator", most=40),
        baseline=_amount(form, "baseline", unit),
        baseline_year=_year(form),
        baseline_source=form.text("baseline_source", most=300),
        parent=_parent(form),
        lower_because=form.text("lower_because", most=LONGEST),
    )


def _amount(form: Filled, name: str, unit: Unit) -> int | None:
    """A percentage or a count as it was typed, in the unit of the target; nothing typed is not known."""
    text = form.text(name, most=16).replace("%", "").replace(" ", "")
    if not text:
        return None
    try:
        number = Decimal(text.replace(",", ".") if unit == Unit.SHARE else text.replace(".", ""))
        scaled = number * (HUNDREDTHS if unit == Unit.SHARE else 1)
        if scaled.is_finite() and scaled == scaled.to_integral_value() and 0 <= scaled <= MOST:
            return int(scaled)
    except InvalidOperation:
        pass
    form.problems[name] = problem("T113", name)
    return None


def _year(form: Filled) -> int | None:
    return form.number("baseline_year", least=FIRST_YEAR, most=LAST_YEAR) if form.sent.get("baseline_year") else None


def _parent(form: Filled) -> UUID | None:
    text = form.text("parent", most=36)
    try:
        return UUID(text) if text else None
    except ValueError:
        form.problems["parent"] = problem("T106", "parent")
        return None


def _typed_of(old: Target) -> dict[str, str]:
    """A wording as the form shows it."""
    written = {name: str(getattr(old, name) or "") for name in ("title", "unit", "year", "base", "citation", "owner")}
    written |= {name: getattr(old, name) for name in ("indicator", "baseline_source", "lower_because")}
    written |= {"value": _shown(old.value, old), "baseline": _shown(old.baseline, old)}
    parent = str(old.parent.uid) if old.parent else ""
    return {**written, "baseline_year": str(old.baseline_year or ""), "parent": parent}


def _shown(value: int | None, target: Target) -> str:
    if value is None or target.unit == Unit.COUNT:
        return "" if value is None else str(value)
    return f"{Decimal(value) / HUNDREDTHS:f}".replace(".", ",")


def _or_none(name: str, known: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Some choices behind the choice of nothing."""
    return [("", say(f"targets.{name}_none")), *known]


def _named(target: Target) -> str:
    return f"{target.year}: {amount(target.value, target.unit)} – {title_said(target)}"


def _page(request: HttpRequest, form: Filled) -> dict[str, object]:
    seen = viewer(request)
    level = seen.where.level if seen.where else ""
    english = language() == "en"
    indicators = indicators_at(level).values()
    return {
        "form": form,
        "place": seen.where,
        "offices": _or_none("owner", [(role.value, say(f"mine.role_{role}")) for role in offices_at(level)]),
        "indicators": _or_none("indicator", [(i.code, i.name_en if english else i.name_vi) for i in indicators]),
        "above": _or_none("parent", [(str(each.uid), _named(each)) for each in targets_above(seen)]),
        "units": [(unit.value, say(f"targets.unit_{unit}")) for unit in Unit],
    }

"""How returns and their figures are told on a page."""

from __future__ import annotations

from django import template

from densach.formats.vietnamese import format_date
from densach.policy.datasets import DataSet, Indicator
from densach.reporting.claims import BASES, number_in, percent_in
from densach.reporting.figures.models import Figure, Quoted, Report
from densach.reporting.figures.periods import Period, period_of_key
from densach.reporting.figures.quoting import NOT_SAID
from densach.reporting.figures.showing import Line
from densach.reporting.shares import rounded_half_up
from densach.reporting.trails.access import Trail
from densach.reporting.trails.listing import Row
from densach.web.sentences import language, say
from densach.web.templatetags.province import at_moment

register = template.Library()
DECIMALS = 2


@register.filter
def named(thing: DataSet | Indicator) -> str:
    """The name of a data set or an indicator."""
    return thing.name_vi if language() == "vi" else thing.name_en


@register.filter
def unit_named(indicator: Indicator) -> str:
    """What an indicator counts in."""
    return indicator.unit_vi if language() == "vi" else indicator.unit_en


@register.filter
def noted(dataset: DataSet) -> str:
    """What is our own reading of a data set."""
    return dataset.note_vi if language() == "vi" else dataset.note_en


@register.filter
def period_said(period: Period | int) -> str:
    """A period in words."""
    known = period_of_key(period) if isinstance(period, int) else period
    return say(f"returns.period_{known.half}", year=str(known.year))


@register.filter
def state_said(report: Report | None) -> str:
    """How far a return is."""
    if report is None:
        return say("returns.state_silent")
    reopened = report.state == "open" and report.reopened
    return say("returns.state_reopened" if reopened else f"returns.state_{report.state}")


@register.filter
def figure_said(figure: Figure | None) -> str:
    """An accepted figure; a share with its two counts."""
    if figure is None:
        return say("returns.none_yet")
    return share_of(figure.value, figure.base) if figure.base else number_in(language(), figure.value)


@register.filter
def number_said(number: int | None) -> str:
    """A number, or that there is none yet."""
    return say("returns.none_yet") if number is None else number_in(language(), number)


@register.filter
def share_said(line: Line, lines: tuple[Line, ...]) -> str:
    """A share from the numbers that stand in the return now, with its base in words."""
    numbers = {each.indicator.code: each.number for each in lines}
    value, base = numbers.get(line.indicator.numerator or ""), numbers.get(line.indicator.denominator or "")
    if value is None or not base:
        return say("returns.none_yet")
    words = line.indicator.base_vi if language() == "vi" else line.indicator.base_en
    return f"{share_of(value, base)} {words}"


def share_of(value: int, base: int) -> str:
    """A share as a percentage with what it was worked out from."""
    lang = language()
    percent = percent_in(lang, rounded_half_up(value, base, DECIMALS), DECIMALS)
    return f"{percent} ({number_in(lang, value)} / {number_in(lang, base)})"


@register.filter
def base_said(row: Quoted) -> str:
    """The base that the source names, or that it names none."""
    if row.base_word == NOT_SAID:
        return say("returns.base_unsaid")
    return BASES[language()].get(row.base_word, row.base_word)


@register.filter
def meaning(trail: Trail) -> str:
    """What a figure counts, in words."""
    which = trail.which
    if which is None:
        return ""
    unit = unit_named(trail.indicator)
    said = [say(f"trails.means_{which.what}", unit=unit, year=str(which.year), day=format_date(which.on))]
    if which.title.model == "citizen":
        said.append(say("trails.means_adults" if which.what == "total" else "trails.means_once"))
    return " ".join(said)


@register.filter
def changes(trail: Trail) -> str:
    """By how much the records changed since a figure was computed, and since when."""
    found, said = trail.listed, []
    if found is None or not (trail.off or found.came or found.went):
        return say("trails.same")
    if found.came or found.went:
        since = at_moment(found.since)
        said.append(say("trails.changed", came=found.came, went=found.went, since=since, now=found.now))
    if trail.off:
        said.append(say("trails.off_more" if trail.off > 0 else "trails.off_fewer", count=abs(trail.off)))
        first = found.since if not (found.came or found.went) else None
        said.append(say("trails.off_since", since=at_moment(first)) if first else say("trails.off_unknown"))
    return " ".join(said)


@register.filter
def why_counted(row: Row, trail: Trail) -> str:
    """Why a row counts: the act that recognised it, the verdict, or what the records say."""
    if row.signed_on is not None:
        return say("trails.by_act", number=row.number, day=format_date(row.signed_on))
    if row.verdict:
        return say(f"verdict.{row.verdict}")
    what = trail.which.what if trail.which else "total"
    return say(f"trails.by_{what}", day=format_date(trail.which.on) if trail.which else "")

"""How long a recognition holds and when a higher level may be asked for: as the rubric cites it, never from code."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from densach.assessing.models import Recognition as Held
from densach.policy.library import Library
from densach.problems import Refused, problem
from densach.rules.model import DECIDING_IN_DEMO, Recognition, Term

_HEARD = DECIDING_IN_DEMO  # a fictional term is only ever opened with the fictional pack


def validity_of(recognition: Recognition, signed_on: date) -> tuple[date | None, date | None]:
    """The days [from, to) for which a recognition signed on a day holds; an end that no text says is None."""
    term = recognition.validity
    if term is None or term.mark not in _HEARD:
        return None, None
    first = first_day(term, signed_on)
    if first is None or term.months == "unknown":
        return first, None
    return first, months_after(first, int(term.months))


def first_day(term: Term, signed_on: date) -> date | None:
    """The day from which a term counts, where a text says it surely enough."""
    if term.starts_mark not in _HEARD:
        return None
    if term.starts == "day_of_decision":
        return signed_on
    return date(signed_on.year + 1, 1, 1) if term.starts == "1_january_after_recognised_year" else None


def upgrade_wait_of(recognition: Recognition) -> Term | None:
    """The wait before a higher level, where a text says it surely enough; without one people decide."""
    term = recognition.upgrade_wait
    return None if term is None or term.mark not in _HEARD or term.months == "unknown" else term


def refuse_early_upgrade(term: Term, held: Iterable[Held], level: str, signed_on: date, library: Library) -> None:
    """Refuse (R107) a higher level of one subject before the wait after the decision on a lower one is over."""
    lower = [each for each in held if _is_below(each, level)]
    earliest = min((months_after(each.act.signed_on, int(term.months)) for each in lower), default=signed_on)
    if signed_on < earliest:
        words = {
            "level": level,
            "earliest": earliest.isoformat(),
            "article": f"{term.text_vi} ({_cited(term, library)})",
        }
        raise Refused(problem("R107", lower[0].subject, **words))


def _cited(term: Term, library: Library) -> str:
    cited = ((cite.place, library.documents[cite.document]) for cite in term.cites)
    places = ((place, f"{document.kind_vi} {document.number}") for place, document in cited)
    return "; ".join(", ".join(filter(None, place)) for place in places)


def _is_below(held: Held, level: str) -> bool:
    return held.level.isdigit() and level.isdigit() and int(held.level) < int(level)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in range(day.day, 0, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    raise AssertionError("a month has a first day")

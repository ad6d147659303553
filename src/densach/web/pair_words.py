"""Two persons in words, field by field, and why their records look alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format

from densach.assessing.alike.access import SeenHome, Side
from densach.assessing.models import Recognition
from densach.assessing.titles import BY_KEY
from densach.people.models import LikelyDuplicate, Person, Precision, UnitMember
from densach.people.records.naming import public_id
from densach.web.sentences import say


@dataclass(frozen=True)
class Row:
    """One field of both persons, each as lines, and whether they differ."""

    label: str
    one: list[str]
    other: list[str]

    @property
    def differs(self) -> bool:
        """Whether the two say something else."""
        return self.one != self.other


def rows_of(one: Side, other: Side) -> list[Row]:
    """All fields of both persons in their order."""
    return [Row(str(say(f"pairs.field_{key}")), told(one), told(other)) for key, told in _FIELDS.items()]


def why_said(pair: LikelyDuplicate) -> str:
    """Why two records look alike, in the language of the page."""
    why = pair.why
    if "held" in why:
        return str(say("pairs.why_held", why=why["held"]))
    said = [say(f"pairs.why_{part}_{why[part]}") for part in ("name", "birth", "where")]
    said += [] if why["same_sex"] else [say("pairs.why_sex")]
    said += [say("pairs.why_number")] if why["number"] == "differ" else []
    return "; ".join(said)


def born(person: Person) -> str:
    """The birth date as exactly as it is known."""
    if person.birth_date is None:
        return str(say("pairs.not_known"))
    year_only = person.birth_precision == Precision.YEAR
    return str(person.birth_date.year) if year_only else date_format(person.birth_date)


def _home(home: SeenHome) -> str:
    kind = say(f"pairs.home_{home.kind}")
    where = say("pairs.home", code=home.code, village=home.village, commune=home.commune, kind=kind)
    return f"{where}, {_span(home.since, home.until)}"


def _unit(row: UnitMember) -> str:
    return f"{row.unit.name}, {_span(row.valid_from, row.valid_to)}"


def _recognition(row: Recognition) -> str:
    title = BY_KEY[row.title_key].name_vi
    said = say("pairs.recognition", title=title, year=str(row.year), number=row.act.number)
    gone = say("decision.is_withdrawn", number=row.withdrawal.number) if hasattr(row, "withdrawal") else ""
    return f"{said}. {gone}" if gone else str(said)


def _span(since: date, until: date | None) -> str:
    return str(say("pairs.since_until", since=since, until=until) if until else say("pairs.since", since=since))


def _or_none(lines: list[str]) -> list[str]:
    return lines or [str(say("pairs.nothing"))]


_FIELDS: dict[str, Callable[[Side], list[str]]] = {
    "record": lambda side: [public_id(side.person)],
    "name": lambda side: [side.person.full_name],
    "former": lambda side: _or_none(
        [str(say("pairs.former", name=row.full_name, until=row.valid_to)) for row in side.former]
    ),
    "birth": lambda side: [born(side.person)],
    "sex": lambda side: [str(say(f"pairs.sex_{side.person.sex}"))],
    "number": lambda side: side.numbers or [str(say("pairs.not_known"))],
    "home": lambda side: _or_none([_home(home) for home in side.homes]),
    "units": lambda side: _or_none([_unit(row) for row in side.units]),
    "recognitions": lambda side: _or_none([_recognition(row) for row in side.recognitions]),
    "died": lambda side: [date_format(side.person.died_on) if side.person.died_on else str(say("pairs.nothing"))],
}

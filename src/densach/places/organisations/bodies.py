"""The bodies that every place of a level has, and which of them stands above an organisation, as far as a text says.

They are derived from two small files, so that no row is written for 3,321 People's Committees.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

from densach.places.models import Level, Line, OrganisationKind
from densach.policy.dates import InForce, holds

LEVELS = (Level.COUNTRY, Level.PROVINCE, Level.DISTRICT, Level.COMMUNE)


@dataclass(frozen=True)
class Body:
    """A body of every place of one level, such as the Sở GDĐT of a province; bodies of one `chain` stand in one line.

    `valid_to` is as exact as its source, a day or a year; `office` the id of its head in the policy, empty where no
    text names one.
    """

    chain: str
    level: Level
    line: Line
    name: str
    short: str
    kind: OrganisationKind
    office: str
    valid_to: str | None
    mark: str
    source: str
    note: str

    @property
    def key(self) -> str:
        """What rows name it by."""
        return f"{self.chain}.{self.level}"

    def exists(self, on: date) -> InForce:
        """Whether there are such bodies on a day, as far as we know; since when is known of none."""
        return holds("0001", self.valid_to, on)

    def named(self, place: str) -> str:
        """Its name at a place."""
        return self.name.format(place=place)


@dataclass(frozen=True)
class Rule:
    """Which body stands above organisations of a kind in a line, without any entry about the one organisation.

    Without a level it is known that none of the former ones does, and not known who does.
    """

    kind: OrganisationKind
    line: Line
    chain: str
    level: Level | None
    valid_from: str
    valid_to: str | None
    mark: str
    source: str
    note: str

    @property
    def key(self) -> str:
        """The body that it names."""
        return f"{self.chain}.{self.level}"


@cache
def bodies() -> tuple[Body, ...]:
    """Every kind of body, of an ended one before the one that came after it."""
    return tuple(_body(row) for row in _rows("bodies.csv"))


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the file."""
    return tuple(_rule(row) for row in _rows("superiors.csv"))


def bodies_on(on: date, chain: str) -> dict[Level, Body]:
    """The bodies of a chain that there are, or may be, on a day, by level."""
    found = {body.level: body for body in reversed(bodies()) if body.chain == chain and body.exists(on) != "no"}
    return {level: found[level] for level in LEVELS if level in found}


def body_on(key: str, on: date) -> Body | None:
    """A body by its key, if there may be one on a day."""
    chain, _, level = key.partition(".")
    return bodies_on(on, chain).get(Level(level)) if level in LEVELS else None


def rule_on(kind: str, line: str, on: date) -> Rule | None:
    """The rule for a kind of organisation in a line on a day."""
    return next(
        (rule for rule in rules() if (rule.kind, rule.line) == (kind, line) and _holds(rule, on)),
        None,
    )


def rules_below(chain: str, on: date) -> list[Rule]:
    """The rules of a day by which organisations stand below bodies of a chain."""
    return [rule for rule in rules() if rule.chain == chain and rule.level and _holds(rule, on)]


def _holds(rule: Rule, on: date) -> bool:
    return holds(rule.valid_from, rule.valid_to, on) == "yes"


def _body(row: dict[str, str]) -> Body:
    known = {"level": Level(row["level"]), "line": Line(row["line"]), "kind": OrganisationKind(row["kind"])}
    return Body(**(row | known | {"valid_to": row["valid_to"] or None}))  # type: ignore[arg-type]


def _rule(row: dict[str, str]) -> Rule:
    known = {"line": Line(row["line"]), "kind": OrganisationKind(row["kind"])}
    level = Level(row["level"]) if row["level"] else None
    days = {"valid_from": row["valid_from"] or "0001", "valid_to": row["valid_to"] or None}
    return Rule(**(row | known | {"level": level} | days))  # type: ignore[arg-type]


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("densach.places").joinpath("data", name).read_text("utf-8")
    return csv.DictReader(text.splitlines())

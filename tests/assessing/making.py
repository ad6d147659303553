"""A made-up commune small enough to count by hand, its round, and how its people answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from densach.policy.library import Library, open_library
from tests.people.making import NEW_YEAR, enter, family, village

if TYPE_CHECKING:
    from densach.assessing.models import Round, Subject
    from densach.assessing.run import Tally
    from densach.history.domain import Act
    from densach.places.models import Place

YEAR = 2026
LAST_DAY = date(YEAR, 12, 31)
GOOD = dict.fromkeys(("a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4", "c1", "c2"), 9)
POOR = dict.fromkeys(GOOD, 3)


@cache
def library(*packs: str) -> Library:
    """The law of these packs, opened once."""
    return open_library(packs or ("vn",))


@dataclass(frozen=True)
class Small:
    """A commune with one village, households of two adults and a child, one clan of them all and one school."""

    place: Place
    village: Place

    def subject(self, model: str, code: str = "") -> Subject:
        """A household H1, clan D1 or unit U1 by its code, the village, the commune, or a person by name."""
        from densach.assessing.domain import subjects_for
        from densach.assessing.titles import BY_MODEL

        kind = BY_MODEL[model].kind
        key = self._key(model, code)
        return subjects_for(kind, [key])[key]

    def _key(self, model: str, code: str) -> int:
        from densach.people.models import Person
        from densach.people.queries import clans_of, households_of, units_of

        if model == "citizen":
            return Person.objects.get(full_name=code).pk
        if model in {"village", "commune", "literacy"}:
            return (self.village if model == "village" else self.place).pk
        if model == "family":
            return households_of(self.place, LAST_DAY)[code].pk
        held = clans_of(self.place, LAST_DAY) if model == "clan" else units_of(self.place, LAST_DAY)
        return held[code].pk


def settle(commune: Place, act: Act, households: int = 2, first: int = 1) -> Small:
    """Fill the commune with so many households from H`first` on, one clan of them all, their heads in one school."""
    from densach.people.domain import enter_clans, enter_units, join_clans, join_units
    from densach.people.queries import households_of, open_members

    small = Small(commune, village(commune, act))
    orders = range(first, first + households)
    enter(commune, [line for order in orders for line in family(small.village, order)], act)
    clan = enter_clans(commune, {"D1": "Họ Nguyễn MẪU"}, on=NEW_YEAR, act=act)["D1"]
    join_clans(commune, [(clan, home) for home in households_of(commune, NEW_YEAR).values()], on=NEW_YEAR, act=act)
    unit = enter_units(commune, {"U1": ("Trường Tiểu học MẪU", "school")}, on=NEW_YEAR, act=act)["U1"]
    members = [
        (unit, row.person_id, "member" if row.is_head else "learner")
        for row in open_members(commune)
        if row.is_head or row.person.full_name.startswith("Nguyễn Mẫu Con")
    ]
    join_units(commune, members, on=NEW_YEAR, act=act)
    return small


def open_year(small: Small, act: Act, packs: str = "vn") -> Round:
    from densach.assessing.domain import open_round

    return open_round(small.place, YEAR, packs, act=act)


def answer(round_: Round, model: str, answers: dict[Subject, dict[str, int | bool | str]], act: Act) -> None:
    """Register these subjects and enter what they say of themselves."""
    from densach.assessing.domain import enter_answers, register
    from densach.assessing.models import Stage
    from densach.assessing.titles import BY_MODEL

    key = BY_MODEL[model].key
    register(round_, key, answers, act=act)
    enter_answers(round_, key, Stage.SELF, {subject.pk: facts for subject, facts in answers.items()}, act=act)


def adults(small: Small) -> list[Subject]:
    """Everyone born before 2000, as subjects."""
    from densach.assessing.domain import subjects_for
    from densach.assessing.models import Kind
    from densach.people.queries import open_members

    keys = [row.person_id for row in open_members(small.place) if (row.person.birth_date or LAST_DAY).year < 2000]
    return list(subjects_for(Kind.PERSON, keys).values())


def run(round_: Round, act: Act) -> list[Tally]:
    """Judge the whole round under its own packs."""
    from densach.assessing.run import run_round

    return run_round(round_, library(*round_.packs.split(",")), act=act, progress=lambda _title, _count: None)


def verdicts(round_: Round, model: str) -> dict[int, str]:
    """The computed verdicts of a model, by subject."""
    from densach.assessing.queries import assessments
    from densach.assessing.titles import BY_MODEL

    return {key: row.verdict for key, row in assessments(round_, BY_MODEL[model].key).items()}

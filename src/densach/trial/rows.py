"""The made-up commune as the rows that its officer would have typed into the workbooks."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from densach.assessing.workbooks.cells import Value
from densach.assessing.workbooks.columns import Column
from densach.assessing.workbooks.forms import SheetForm
from densach.sample.model import SampleCommune, SamplePerson

Row = dict[str, Value]
Forms = dict[str, SheetForm]
_YES_PER_CENT = 88
_UNITS_IN_ORDER_PER_CENT = 90


def rows_of(commune: SampleCommune, forms: Forms) -> dict[str, Iterator[Row]]:
    """Rows for every sheet, by sheet id; facts that the sample does not know are drawn from its seed."""
    random = Random(f"{commune.seed}:answers of groups")  # noqa: S311  - made-up answers need no secret
    return {
        "register": _register(commune),
        **{f"citizen.{group}": _citizens(commune, group) for group in ("farmers", "workers", "officials", "learners")},
        "family": _families(commune, forms["family"], random),
        "clan": _clans(commune, forms["clan"], random),
        "clan.households": _clan_households(commune),
        "village": _villages(commune, forms["village"], random),
        "unit": _units(commune, forms["unit"], random),
        "unit.members": _unit_members(commune),
        "literacy": iter([{"registered": True, "especially_difficult": False}]),
        "commune": iter([{"registered": True, **_facts(forms["commune"], random, yes=100)}]),
    }


def _register(commune: SampleCommune) -> Iterator[Row]:
    villages = {village.code: village.name for village in commune.villages}
    for household in commune.households:
        for person in household.people:
            yield {
                **_who(person),
                "village": villages[household.village],
                "is_head": person is household.head,
                "birth_date": person.birth_date.isoformat(),
                "sex": person.sex,
                "literacy": None if person.literacy is None else str(person.literacy),
                "residence": "permanent" if household.is_permanent else "temporary",
            }


def _who(person: SamplePerson) -> Row:
    return {"household": person.household, "full_name": person.full_name, "personal_number": person.personal_number}


def _citizens(commune: SampleCommune, group: str) -> Iterator[Row]:
    people = {person.id: person for person in commune.people}
    for answers in commune.answers:
        if answers.group == group:
            yield {**_who(people[answers.person]), "registered": True, **answers.points}


def _families(commune: SampleCommune, form: SheetForm, random: Random) -> Iterator[Row]:
    for household in commune.households:
        facts = _facts(form, random) if household.registered else {}
        yield {"household": household.code, "registered": household.registered, **facts}


def _clans(commune: SampleCommune, form: SheetForm, random: Random) -> Iterator[Row]:
    for clan in commune.clans:
        facts = _facts(form, random) if clan.registered else {}
        yield {"clan": clan.code, "name": clan.name, "registered": clan.registered, **facts}


def _clan_households(commune: SampleCommune) -> Iterator[Row]:
    for clan in commune.clans:
        for household in clan.households:
            yield {"clan": clan.code, "household": household}


def _villages(commune: SampleCommune, form: SheetForm, random: Random) -> Iterator[Row]:
    for village in commune.villages:
        yield {"village": village.name, "registered": True, **_facts(form, random)}


def _units(commune: SampleCommune, form: SheetForm, random: Random) -> Iterator[Row]:
    for unit in commune.units:
        about: Row = {"unit": unit.code, "name": unit.name, "kind": unit.kind, "registered": unit.registered}
        yield {**about, **(_facts(form, random, yes=_UNITS_IN_ORDER_PER_CENT) if unit.registered else {})}


def _unit_members(commune: SampleCommune) -> Iterator[Row]:
    people = {person.id: person for person in commune.people}
    for unit in commune.units:
        for role, ids in (("member", unit.members), ("learner", unit.learners)):
            for person in ids:
                yield {**_who(people[person]), "unit": unit.code, "role": role}


def _facts(form: SheetForm, random: Random, yes: int = _YES_PER_CENT) -> Row:
    """Made-up answers to the facts of a sheet, most of them good; one in thirty is left open."""
    return {column.key: _answer(column, random, yes) for column in form.facts if random.randrange(30) or yes == 100}


def _answer(column: Column, random: Random, yes: int) -> Value:
    if column.kind == "yes_no":
        return random.randrange(100) < yes
    if column.kind == "integer":
        return random.randint(column.low + (column.high - column.low) // 2, column.high)
    return random.choice(list(column.choices or {}))

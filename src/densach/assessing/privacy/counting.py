"""Counting protected facts by groups: counts leave this room with small ones hidden, a person never does.

Two doors: the minorities of a round of awards, and all three kinds of facts of a commune's year. What people agreed to
is counting groups with small counts hidden (purpose `fairness`). Both groups are told or neither: a group of a few, or
of nobody, would tell of each of the others what it is. So a nought is hidden here too, which is more than
`measures.suppression` does. Each counting is logged with its purpose.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from densach.formats.vietnamese import fold
from densach.history.domain import Act, Happening, record
from densach.measures.suppression import FEWEST, TOTAL
from densach.people.numbers import Keys
from densach.people.protected.domain import said_in
from densach.people.protected.models import Kind
from densach.people.protected.queries import open_facts

PURPOSE = "fairness"
MINORITY, MAJORITY = "minority", "majority"
GROUPS = (MINORITY, MAJORITY)
INSIDE, OUTSIDE = "inside", "outside"
_POOR = frozenset({"poor", "near_poor"})
_MOST_PEOPLE = frozenset({"kinh", "viet"})  # the one people of the country that is no minority, as papers name it


@dataclass(frozen=True)
class Counted:
    """Persons by group and outcome, `TOTAL` of the outcomes included. `unknown` is of how many nothing is said.

    Of an outcome that is missing a group is too small; so it is of all where there are no cells.
    """

    cells: Mapping[tuple[str, str], int]
    unknown: int

    @property
    def is_told(self) -> bool:
        """Whether anything of it can be told."""
        return bool(self.cells)


@dataclass(frozen=True)
class Grouped:
    """Persons inside a group and outside of it by outcome: every such count is large, or none of them is told.

    `is_said` is whether enough is said of anybody at all to speak of groups.
    """

    cells: Mapping[tuple[str, str], int]
    is_said: bool


def count_groups(outcomes: Mapping[int, str], about: tuple[str, object], *, keys: Keys, act: Act) -> dict[str, Grouped]:
    """By kind of fact (minority, poor or nearly so, disabled), how many of some persons belong, by outcome.

    The reader may know every other count of the same people, so a kind is told whole or not at all, and each of its
    counts is more than `FEWEST`: whichever kinds are laid over each other, what lies where they meet stays that open.
    """
    kind, object_id = about
    with transaction.atomic():
        found = {each: _grouped(each, outcomes, keys) for each in Kind}
        for each in Kind:
            after = {"purpose": PURPOSE, "what": each, "persons": len(outcomes)}
            record(Happening(kind=kind, object_id=object_id, event="protected_counted", after=after), act)
    return {str(each): grouped for each, grouped in found.items()}


def _grouped(kind: Kind, outcomes: Mapping[int, str], keys: Keys) -> Grouped:
    said = _values(outcomes, kind, keys)
    return grouped({person: _is_inside(kind, value) for person, value in said.items()}, outcomes)


def grouped(belongs: Mapping[int, bool], outcomes: Mapping[int, str]) -> Grouped:
    """What may be told of a group: each of its counts, where all of them are more than `FEWEST`, or none."""
    counts = Counter((INSIDE if inside else OUTSIDE, outcomes[person]) for person, inside in belongs.items())
    every = [counts[group, each] for group in (INSIDE, OUTSIDE) for each in set(outcomes.values())]
    told = bool(every) and min(every) > FEWEST
    return Grouped(dict(counts) if told else {}, len(belongs) > FEWEST)


def _is_inside(kind: Kind, value: str) -> bool:
    if kind == Kind.ETHNICITY:
        return not _is_of_most(value)
    return value in _POOR if kind == Kind.POVERTY else value == "yes"


def count_minorities(outcomes: Mapping[int, str], about: tuple[str, object], *, keys: Keys, act: Act) -> Counted:
    """How many of some persons belong to an ethnic minority, by outcome.

    `outcomes` names persons by the records they are counted as, `about` the chain of the log that says who counted
    what for which purpose.
    """
    with transaction.atomic():
        belong = _groups(outcomes, keys)
        kind, object_id = about
        after = {"purpose": PURPOSE, "what": Kind.ETHNICITY, "persons": len(outcomes)}
        record(Happening(kind=kind, object_id=object_id, event="protected_counted", after=after), act)
    inside = Counter((group, outcomes[person]) for person, group in belong.items())
    whole = Counter((group, TOTAL) for group in belong.values())
    cells = whole if _is_told(whole) else Counter[tuple[str, str]]()
    if cells and all(_is_told({cell: inside[cell] for cell in _both(each)}) for each in {each for _, each in inside}):
        cells = whole + inside
    return Counted(cells, len(outcomes) - len(belong))


def _both(outcome: str) -> list[tuple[str, str]]:
    return [(group, outcome) for group in GROUPS]


def _is_told(counts: Mapping[tuple[str, str], int]) -> bool:
    """Whether both groups are large enough."""
    return len(counts) == len(GROUPS) and min(counts.values()) >= FEWEST


def _groups(persons: Mapping[int, str], keys: Keys) -> dict[int, str]:
    """The group of each person of whom it is said."""
    said = _values(persons, Kind.ETHNICITY, keys)
    return {person: MAJORITY if _is_of_most(value) else MINORITY for person, value in said.items()}


def _values(persons: Mapping[int, str], kind: Kind, keys: Keys) -> dict[int, str]:
    """What is said of each person of whom anything is, by the record the person is counted as."""
    found: dict[int, str] = {}
    for fact in open_facts(persons.keys(), kind):
        said = said_in(fact, keys)
        if said is not None:
            found[fact.person.same_as_id or fact.person_id] = said.value
    return found


def _is_of_most(name: str) -> bool:
    """Whether a people is the Kinh, also written "Kinh (Việt)"."""
    return fold(name).partition("(")[0].strip() in _MOST_PEOPLE

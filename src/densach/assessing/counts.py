"""Counting children for their parents: how many adults of each household hold the title, and all the other measures.

A child is counted as recognised by an act of people, never by a computed verdict alone. While a child's own case is
open, because nobody has signed yet or a fact is missing, it counts as perhaps: so many surely, so many at the most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field

from densach.assessing.frame import Frame
from densach.assessing.models import Kind, Round
from densach.assessing.queries import not_refused, recognitions_bearing_on
from densach.assessing.titles import Title
from densach.people.ages import OLDEST
from densach.policy.assumed import adult_age
from densach.rules.counting import PEOPLE, Measure

Ids = Iterable[int]
Between = tuple[int, int]
Split = tuple[list[int], list[int]]
Holds = Callable[[int], bool | None]


@dataclass(frozen=True)
class Standing:
    """Who holds a title, and whose case is open, by the key of the person or group."""

    holders: frozenset[int]
    open: frozenset[int]


@dataclass
class Counter:
    """Counts the measures of a frame; `standings` tells for each title key who holds it."""

    frame: Frame
    standings: dict[str, Standing] = field(default_factory=dict)

    def count(self, measure: Measure, model: str, parent: int) -> Between | None:
        """The measure for one parent, surely and at the most; None where it is not counted at this level."""
        if measure.population not in _MEMBERS:
            return None  # communes and districts: counted above the commune
        members = _MEMBERS[measure.population](self.frame, model, parent)
        # A member of a unit counts there wherever he or she lives, so no other place waits for the count.
        sure, perhaps = self.inside(measure, members, set() if model == "unit" else self.frame.waiting)
        if measure.held is not None:
            sure, perhaps = self._holding(measure, sure, perhaps)
        return len(sure), len(sure) + len(perhaps)

    def inside(self, measure: Measure, members: Ids, waiting: Set[int] = frozenset()) -> Split:
        """Who is counted surely, and who perhaps: the birth date leaves the age open, or two communes count the person.

        A family is perhaps one where everybody in it is perhaps counted elsewhere.
        """
        if measure.population not in PEOPLE:
            gone = set(self.frame.perhaps_lived_in(members)) if measure.population == "families" and waiting else set()
            return [each for each in members if each not in gone], sorted(gone)
        low, high = measure.ages or ((adult_age(), OLDEST) if measure.population == "adults" else (0, OLDEST))
        sure, perhaps = [], []
        for person in members:
            youngest, oldest = self.frame.people[person].ages(self.frame.on)
            if low <= youngest and oldest <= high and person not in waiting:
                sure.append(person)
            elif youngest <= high and low <= oldest:
                perhaps.append(person)
        return sure, perhaps

    def _holding(self, measure: Measure, sure: list[int], perhaps: list[int]) -> Split:
        """Of those, who surely hold what is counted, and who perhaps, because their own case is open."""
        holds = self._literate(measure.literacy) if measure.literacy is not None else self._entitled(measure)
        held = [member for member in sure if holds(member) is True]
        open_cases = [member for member in sure if holds(member) is None]
        return held, open_cases + [member for member in perhaps if holds(member) is not False]

    def _literate(self, level: int) -> Holds:
        def holds(person: int) -> bool | None:
            known = self.frame.people[person].literacy
            return None if known is None else known >= level

        return holds

    def _entitled(self, measure: Measure) -> Holds:
        standing = self.standings.get(measure.title_key or "")

        def holds(member: int) -> bool | None:
            if standing is None or member in standing.open:
                return None
            return member in standing.holders

        return holds


def standing_of(round_: Round, title: Title, frame: Frame) -> Standing:
    """Who of a commune holds a title for the round, and whose case is open (docs/decisions/0004).

    Open is who came out met or unknown and waits for an act, and who was recognised before for a time that no text
    bounds.
    """
    # Members of a unit may live elsewhere: their title counts in the unit, though they are not of the commune.
    ids = sorted(frame.people if title.kind is Kind.PERSON else objects_of(frame, title))
    acts = recognitions_bearing_on(round_, title.key, title.kind, ids, frame.on)
    held = {key for key, year, end in acts if year == round_.year or (end is not None and end > frame.on)}
    perhaps = {key for key, _, end in acts if end is None} | not_refused(round_, title.key, title.kind, ids)
    return Standing(frozenset(held), frozenset(perhaps - held))


def objects_of(frame: Frame, title: Title) -> Iterable[int]:
    """The keys of everyone and everything in a commune that could hold a title: the first of the four counts."""
    by_model: Mapping[str, Callable[[], Iterable[int]]] = {
        "citizen": lambda: Counter(frame).inside(Measure("adults"), _everyone(frame), frame.waiting)[0],
        "family": lambda: Counter(frame).inside(Measure("families"), frame.lived_in(frame.households), frame.waiting)[
            0
        ],
        "clan": lambda: frame.clans,
        "village": lambda: frame.villages,
        "unit": lambda: frame.units,
        "literacy": lambda: (frame.commune,),
        "commune": lambda: (frame.commune,),
    }
    return by_model[title.model]()


def _everyone(frame: Frame) -> list[int]:
    """All who are counted in the commune, in a household or not."""
    return [*frame.persons_in(frame.households), *frame.lodgers]


def _people(frame: Frame, model: str, parent: int) -> Ids:
    if model == "unit":
        return [*frame.unit_people[parent, "member"], *frame.unit_people[parent, "learner"]]
    if model in {"family", "clan", "village"}:
        return frame.persons_in(_families(frame, model, parent))
    return _everyone(frame)


def _families(frame: Frame, model: str, parent: int) -> Ids:
    """The households of a parent; a commune's are all of them, a household's only itself."""
    if model == "family":
        return (parent,)
    if model == "clan":
        return frame.lived_in(frame.clan_households.get(parent, ()))
    if model == "village":
        return frame.lived_in(frame.village_households.get(parent, ()))
    return frame.lived_in(frame.households)


_MEMBERS: Mapping[str, Callable[[Frame, str, int], Ids]] = {
    "adults": _people,
    "persons": _people,
    "members": lambda frame, _model, parent: frame.unit_people[parent, "member"],
    "learners": lambda frame, _model, parent: frame.unit_people[parent, "learner"],
    "families": _families,
    "clans": lambda frame, _model, _parent: frame.clans,
    "villages": lambda frame, _model, _parent: frame.villages,
    "units": lambda frame, _model, _parent: frame.units,
}

"""What the association sees: in a commune how far its chapters are and what waits; above, how many were checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import QuerySet

from densach.assessing.dossiers.queries import (
    checked_in_village,
    checks_by_place,
    group_states,
    groups_sent,
    sheets_of_homes,
)
from densach.assessing.models import Round
from densach.assessing.privacy.association import acts_for_association
from densach.assessing.privacy.queries import open_to_association
from densach.assessing.sheets.access import may_check, thing_of
from densach.assessing.sheets.models import Sheet, State
from densach.assessing.sheets.queries import open_round_of, sheet_by_uid
from densach.assessing.titles import BY_MODEL
from densach.assessing.villages.queries import sheets_in_village, states_by_village, verified_facts
from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.people.models import Clan, Household, Person, Unit
from densach.people.queries import homes_of_households, names_of_heads, villages_of_persons
from densach.places.models import Level, Place, PlacePeriod
from densach.places.queries import rows_of_places, villages_of
from densach.problems import Refused, problem

GROUPS = tuple(BY_MODEL[model].key for model in ("clan", "village", "unit"))
_HOMES = frozenset({BY_MODEL["citizen"].key, BY_MODEL["family"].key})


@dataclass(frozen=True)
class Chapter:
    """A village with how many of its sheets have come how far."""

    period: PlacePeriod
    states: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Area:
    """A commune as whoever checks in it sees it: its chapters, and the sheets of groups that wait."""

    place: Place
    round: Round | None
    chapters: tuple[Chapter, ...]
    waiting: tuple[Sheet, ...]
    groups: dict[tuple[str, str], int]

    @property
    def checked(self) -> int:
        """How many sheets of clans, units and villages were checked."""
        return sum(count for (_, state), count in self.groups.items() if state == State.CHECKED)


def own_area(viewer: Viewer) -> Place:
    """The commune in which the role checks; refused (H103) to every other role."""
    is_commune = viewer.where is not None and viewer.where.level == Level.COMMUNE
    if viewer.place is None or not is_commune or not viewer.may(Right.CHECK_SHEETS):
        raise Refused(problem("H103", "hoi"))
    return viewer.place


def checks_from_above(viewer: Viewer) -> bool:
    """Whether the role is that of the association over a province or the country."""
    above = viewer.where is not None and viewer.where.level in {Level.PROVINCE, Level.COUNTRY}
    return viewer.place is not None and above and viewer.may(Right.CHECK_SHEETS)


def see_area(viewer: Viewer) -> Area:
    """How far the chapters of one's commune are, and which sheets wait for the association."""
    place = own_area(viewer)
    round_ = open_round_of(place)
    if round_ is None:
        return Area(place, None, (), (), {})
    counts = states_by_village(_seen_of(viewer, sheets_of_homes(round_)), viewer.today)
    rows = villages_of(place, viewer.today).select_related("place")
    chapters = tuple(
        Chapter(row, {state: counts.get((row.place_id, state), 0) for state in State.values}) for row in rows
    )
    return Area(place, round_, chapters, tuple(groups_sent(round_, GROUPS)), group_states(round_, GROUPS))


def group_next(viewer: Viewer, after: UUID | None) -> Sheet | None:
    """The sheet of a clan, unit or village that waits longest, or the next one behind another."""
    round_ = open_round_of(own_area(viewer))
    waiting = [sheet.uid for sheet in groups_sent(round_, GROUPS)] if round_ else []
    return _behind(waiting, after)


def checked_next(viewer: Viewer, village: UUID, after: UUID | None) -> Sheet | None:
    """A sheet that the chapter of a village of one's commune checked, or the next one behind another."""
    place = own_area(viewer)
    row = next((row for row in villages_of(place, viewer.today).filter(place__uid=village)), None)
    if row is None:
        raise Refused(problem("H103", village))
    round_ = open_round_of(place)
    if round_ is None:
        return None
    rows = sheets_in_village(round_, row.place_id, viewer.today)
    return _behind(checked_in_village(_seen_of(viewer, rows)), after)


def sheet_for_association(viewer: Viewer, uid: UUID) -> Sheet:
    """A sheet of one's commune to score: of a group once it was sent, of a home once its chapter checked it."""
    place, sheet = own_area(viewer), sheet_by_uid(uid)
    if sheet is None or sheet.round.place != place or not _may_be_scored(sheet):
        raise Refused(problem("H103", uid))
    if not may_check(viewer, thing_of(sheet.subject)):
        raise Refused(problem("H103", uid))
    return sheet


def village_of(viewer: Viewer, sheet: Sheet) -> UUID | None:
    """The village in which whom a sheet is about lives, as far as the register knows."""
    person, household = sheet.subject.person_id, sheet.subject.household_id
    key = villages_of_persons([person], viewer.today).get(person) if person else None
    if household:
        home = homes_of_households([household], viewer.today).get(household)
        key = home.village_id if home else None
    row = rows_of_places([key], viewer.today).first() if key else None
    return row.place.uid if row else None


def is_second_look(sheet: Sheet) -> bool:
    """Whether it is looked at again behind its chapter."""
    return sheet.title_key in _HOMES


def found_before(sheet: Sheet) -> dict[str, bool | int | str]:
    """What was found on a sheet before, by its chapter or by the association."""
    return verified_facts(sheet) if sheet.state == State.CHECKED else dict(sheet.draft)


def names_of(sheets: tuple[Sheet, ...], viewer: Viewer) -> dict[UUID, str]:
    """Whom some sheets are about, by name."""
    things = {sheet.uid: thing_of(sheet.subject) for sheet in sheets}
    places = [thing.pk for thing in things.values() if isinstance(thing, Place)]
    homes = [thing.pk for thing in things.values() if isinstance(thing, Household)]
    rows = {row.place_id: row.name for row in rows_of_places(places, viewer.today)} if places else {}
    heads = names_of_heads(homes, viewer.today)
    return {uid: _name(thing, rows, heads) for uid, thing in things.items()}


def checks_below(viewer: Viewer, year: int, *, fictional: bool) -> dict[int, tuple[int, int]]:
    """How many sheets were checked and how many wait in each commune below, for whoever looks from above."""
    if not checks_from_above(viewer) or viewer.where is None:
        raise Refused(problem("H103", "hoi"))
    return checks_by_place(viewer.where.path, year, fictional=fictional)


def _seen_of(viewer: Viewer, sheets: QuerySet[Sheet]) -> QuerySet[Sheet]:
    """Some sheets of homes, as far as the viewer may know of them: the association of those who agreed."""
    return sheets.filter(open_to_association(viewer.today)) if acts_for_association(viewer) else sheets


def _may_be_scored(sheet: Sheet) -> bool:
    if sheet.title_key in GROUPS:
        return sheet.state != State.WRITING
    return sheet.title_key in _HOMES and sheet.state == State.CHECKED


def _behind(sheets: list[UUID], after: UUID | None) -> Sheet | None:
    """The one behind another, from the first on again behind the last; nothing else than that one is nothing."""
    place = sheets.index(after) + 1 if after in sheets else 0
    chosen = next((uid for uid in [*sheets[place:], *sheets[:place]] if uid != after), None)
    return sheet_by_uid(chosen) if chosen else None


def _name(thing: Person | Household | Clan | Unit | Place, places: dict[int, str], heads: dict[int, str]) -> str:
    if isinstance(thing, Place):
        return places.get(thing.pk, "")
    if isinstance(thing, Household):
        return heads.get(thing.pk, "")
    return thing.full_name if isinstance(thing, Person) else thing.name

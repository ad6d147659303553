"""What somebody who works in a village may see of it; whatever lies in another place is not there (H103).

`village_seen` is the only way to a `Village`, and everything else here asks for one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from densach.assessing.models import Round
from densach.assessing.privacy.association import acts_for_association
from densach.assessing.privacy.publishing import may_be_named
from densach.assessing.privacy.queries import open_to_association
from densach.assessing.sheets.models import Sheet, State
from densach.assessing.sheets.queries import open_round_of
from densach.assessing.titles import Title
from densach.assessing.villages import queries
from densach.assessing.villages.decisions import ToldDecision, told
from densach.assessing.villages.marks import HouseholdRow, Member, Progress, Wanted
from densach.assessing.villages.reading import Home, Read, born_by, household_rows
from densach.assessing.villages.rubrics import CITIZEN, asked, judge_for
from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.formats.vietnamese import fold
from densach.people.ages import grown_by
from densach.people.models import HouseholdHome
from densach.people.queries import names_of_heads
from densach.places.models import Level, Place, PlacePeriod
from densach.places.queries import rows_of_places, villages_of
from densach.policy.library import Library
from densach.problems import Refused, problem
from densach.rules.judging import Judge

LawOf = Callable[[str], Library]
ROWS_AT_ONCE = 50


@dataclass(frozen=True)
class Village:
    """A village that somebody may work in: its row of today, and the round that its commune answers in, if any.

    `law_of` gives the law of some packs, as it stands where the village is shown.
    """

    period: PlacePeriod
    round: Round | None
    today: date
    may_check: bool
    law_of: LawOf
    for_association: bool = False
    is_own: bool = False

    @property
    def key(self) -> int:
        """The key of the place."""
        return self.period.place_id

    @property
    def uid(self) -> UUID:
        """Its lasting identity."""
        return self.period.place.uid

    @cached_property
    def library(self) -> Library:
        """The law of the round."""
        return self.law_of(self.round.packs if self.round else "vn")

    def judge(self, title: Title) -> Judge:
        """The judge of a title in the round."""
        if self.round is None:
            raise Refused(problem("K143", self.uid))
        return judge_for(self.round, title, self.library)

    def read(self, round_: Round) -> Read:
        """How its households are read."""
        return Read(round_, self.today, self.judge(CITIZEN), self.for_association)

    @property
    def is_specimen(self) -> bool:
        """Whether the place or the law is made up: then every paper says MẪU."""
        return self.period.place.fictional or (self.round is not None and self.round.is_fictional)


@dataclass(frozen=True)
class Search:
    """Which households are asked for: how far they have come, the words typed, and after which code to go on."""

    wanted: Wanted = Wanted.ALL
    text: str = ""
    after: str = ""


@dataclass(frozen=True)
class Listing:
    """Some rows, and the code after which there are more, if there are."""

    rows: tuple[HouseholdRow, ...]
    more_after: str = ""


def village_seen(viewer: Viewer, uid: UUID | None, law_of: LawOf, *rights: Right) -> Village:
    """A village in which the viewer may fill in for others; without an identity, the one that the role is held over."""
    row, round_ = _own_row(viewer) if uid is None else _row_of(uid, viewer.today)
    if row is None or row.level != Level.VILLAGE or row.parent_id is None:
        raise Refused(problem("H103", uid or "thon"))
    allowed = all(viewer.may(right) for right in (Right.FILL_IN_FOR_OTHERS, *rights))
    if not allowed or not viewer.reaches(row.path):
        raise Refused(problem("H103", row.place.uid))
    return Village(
        period=row,
        round=round_,
        today=viewer.today,
        may_check=viewer.may(Right.CHECK_SHEETS),
        law_of=law_of,
        for_association=acts_for_association(viewer),
        is_own=viewer.may(Right.FILL_IN),
    )


@dataclass(frozen=True)
class Next:
    """The sheet to check next, and how many wait."""

    uid: UUID
    waiting: int


@dataclass(frozen=True)
class Listed:
    """A village of a commune: its households, and the sheets in it that wait for the State alone."""

    period: PlacePeriod
    households: int
    for_state: int


def villages_seen(viewer: Viewer) -> list[Listed]:
    """The villages of the commune that the role is held over; the State's sheets told to whoever checks them."""
    if viewer.place is None or not viewer.may(Right.FILL_IN_FOR_OTHERS):
        raise Refused(problem("H103", "thon"))
    rows = list(villages_of(viewer.place, viewer.today).select_related("place"))
    counts = queries.homes_counted([row.place_id for row in rows], viewer.today)
    round_ = open_round_of(viewer.place) if viewer.may(Right.CHECK_SHEETS) else None
    shut = queries.states_by_village(queries.shut_in(round_, viewer.today), viewer.today) if round_ else {}
    return [Listed(row, counts.get(row.place_id, 0), shut.get((row.place_id, State.SENT), 0)) for row in rows]


def households_listed(village: Village, search: Search, at_once: int = ROWS_AT_ONCE) -> Listing:
    """Some households of a village, from a code on."""
    if village.round is None:
        return Listing(())
    if search.wanted is Wanted.MET:
        return _met(village, village.round, search, at_once)
    homes = _asked(village, village.round, search, at_once + 1)
    rows = household_rows(village.read(village.round), homes[:at_once])
    return Listing(tuple(rows), rows[-1].code if len(homes) > at_once else "")


def all_households(village: Village) -> list[HouseholdRow]:
    """Every household of a village."""
    if village.round is None:
        return []
    homes = _asked(village, village.round, Search())
    return household_rows(village.read(village.round), homes)


def household_seen(village: Village, uid: UUID) -> HouseholdRow:
    """One household of a village."""
    return _only(village, queries.home_in_village(village.key, uid, village.today), uid)


def household_coded(village: Village, code: str) -> HouseholdRow:
    """The household of a village that has a code, however its letters were typed; refused (K141) where none has."""
    homes = _read(queries.homes_of(village.key, village.today).filter(code__iexact=code.strip()))
    if len(homes) != 1 or village.round is None:
        raise Refused(problem("K141", "ma", typed=code.strip()[:40]))
    [row] = household_rows(village.read(village.round), homes)
    return row


def member_seen(village: Village, uid: UUID) -> tuple[HouseholdRow, Member]:
    """Somebody who lives in a village, with the household."""
    household = queries.household_of_person(village.key, uid, village.today)
    row = _only(village, _read(queries.homes_of(village.key, village.today).filter(household=household)), uid)
    return row, next(member for member in row.members if member.uid == uid)


def states_counted(village: Village) -> dict[str, int]:
    """How many sheets of a village have come how far, as far as the viewer may know of them."""
    if village.round is None:
        return {}
    return queries.counted_by_state(_sheets_open_to(village, village.round))


def lacking_counted(village: Village) -> int:
    """In how many households of a village somebody has still to send a sheet."""
    if village.round is None:
        return 0
    return queries.keys_and_codes.plain(*_question(village, village.round, Search(Wanted.LACKING))).count()


def sheet_next(village: Village, after: UUID | None = None) -> Next | None:
    """The sheet that waits longest for checking, or the next one behind another, of how many that wait.

    For the State those come first that the association may not open: nobody else checks them.
    """
    if village.round is None:
        return None
    waiting = _sheets_open_to(village, village.round).filter(state=State.SENT)
    ordered = waiting if village.for_association else queries.shut_first(waiting, village.today)
    sheets = list(ordered.values_list("uid", flat=True))
    place = sheets.index(after) + 1 if after in sheets else 0
    return Next([*sheets[place:], *sheets[:place]][0], len(sheets)) if sheets else None


def sheets_to_check(village: Village, row: HouseholdRow) -> dict[int, UUID]:
    """The identities of the sheets of a household that wait for checking, by person."""
    waiting = [member.key for member in row.members if member.mark is Progress.SENT]
    if village.round is None or not village.may_check or not waiting:
        return {}
    return queries.uids_of_sheets(village.round, CITIZEN.key, waiting)


def sheet_checked(village: Village, uid: UUID) -> Sheet:
    """A sheet of the village that was sent, to be scored, or scored again."""
    if village.round is not None and village.may_check:
        grown = grown_by(village.today) if village.for_association else None
        for found in queries.sheet_in_village(uid, village.round.pk, village.key, village.today, grown):
            if found.state != State.WRITING:
                return found
    raise Refused(problem("H103", uid))


def sheets_written_for(village: Village) -> list[Sheet]:
    """The sheets that somebody wrote for others in the village and that are still to be sent."""
    if village.round is None:
        return []
    rows = _sheets_open_to(village, village.round)
    return list(rows.filter(state=State.WRITING, title_key=CITIZEN.key).exclude(way="own"))


def complete_sheets(village: Village) -> list[Sheet]:
    """Of those, the sheets on which no question is open."""
    if village.round is None:
        return []
    questions = frozenset(fact.id for fact in asked(village.judge(CITIZEN)))
    return [sheet for sheet in sheets_written_for(village) if questions <= sheet.draft.keys()]


def decisions_told(village: Village) -> list[ToldDecision]:
    """The acts of the round's year that name somebody in the village, as neighbours may be told of them."""
    if village.round is None:
        return []
    rows = list(queries.named_in_village(village.round, village.key))
    return list(told(rows, may_be_named([row.recognition for row in rows], village.today)))


def verified_on(village: Village, sheet: Sheet) -> dict[str, bool | int | str]:
    """What was found on a sheet of the village before."""
    return queries.verified_facts(sheet) if village.may_check else {}


def subject_named(village: Village, sheet: Sheet) -> str:
    """Whose sheet it is: the person, or the head of the household."""
    if sheet.subject.person is not None:
        return sheet.subject.person.full_name
    heads = names_of_heads([sheet.subject.household_id or 0], village.today)
    return heads.get(sheet.subject.household_id or 0, "")


def names_of(village: Village) -> tuple[str, str]:
    """The name of the village and of its commune."""
    above = rows_of_places([village.period.parent_id or 0], village.today).first()
    return village.period.name, above.name if above else ""


def _sheets_open_to(village: Village, round_: Round) -> QuerySet[Sheet]:
    """The association, which is no State body, opens the sheets of those alone who agreed to that."""
    rows = queries.sheets_in_village(round_, village.key, village.today)
    return rows.filter(open_to_association(village.today)) if village.for_association else rows


def _own_row(viewer: Viewer) -> tuple[PlacePeriod | None, Round | None]:
    row = viewer.where
    return row, open_round_of(Place(pk=row.parent_id)) if row is not None and row.parent_id else None


def _row_of(uid: UUID, on: date) -> tuple[PlacePeriod | None, Round | None]:
    for row in queries.village_rows(uid, on):
        round_: Round | None = getattr(row, "round", None)
        if round_ is not None and row.parent is not None:
            round_.place = row.parent
        return row, round_
    return None, None


def _read(homes: QuerySet[HouseholdHome, Any]) -> list[Home]:
    return list(homes.values_list("household_id", "household__uid", "code"))


def _asked(village: Village, round_: Round, search: Search, most: int | None = None) -> list[Home]:
    return queries.keys_and_codes(*_question(village, round_, search, most))


def _question(
    village: Village, round_: Round, search: Search, most: int | None = None
) -> tuple[int, int, date, date, list[str], str, queries.Shape]:
    words = fold(search.text).split()
    grown = grown_by(village.today) if village.for_association else None
    shape = queries.Shape(search.wanted, bool(search.after), grown, most)
    return village.key, round_.pk, village.today, born_by(round_), words, search.after, shape


def _met(village: Village, round_: Round, search: Search, at_once: int) -> Listing:
    """Verdicts are no column of the database: those who sent everything are judged, as many as are needed."""
    homes = _asked(village, round_, search)
    rows = household_rows(village.read(round_), homes)
    found = list(islice((row for row in rows if row.is_met), at_once + 1))
    return Listing(tuple(found[:at_once]), found[at_once - 1].code if len(found) > at_once else "")


def _only(village: Village, homes: list[Home], uid: UUID) -> HouseholdRow:
    if len(homes) != 1 or village.round is None:
        raise Refused(problem("H103", uid))
    [row] = household_rows(village.read(village.round), homes)
    return row

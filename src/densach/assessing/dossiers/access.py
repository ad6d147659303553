"""Whose dossiers and teams a viewer may see or change; any other is not there (H103)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from densach.assessing.dossiers.models import Dossier, TeamMember, Vote
from densach.assessing.dossiers.queries import dossier_of, group_verdict, sheets_about, team_of, votes_of
from densach.assessing.models import Assessment, Kind, Round
from densach.assessing.sheets.access import may_send, may_write, sheet_to_read, sheet_to_write, thing_of
from densach.assessing.sheets.domain import CAN_BE_WRITTEN
from densach.assessing.sheets.models import Sheet
from densach.assessing.sheets.queries import open_round_of, sheet_by_uid
from densach.assessing.steps.access import own_commune
from densach.assessing.titles import BY_KEY, BY_MODEL, PROCEDURES, Title
from densach.authority.access import Viewer
from densach.authority.roles import Over, Right, Role
from densach.people.models import Clan, Unit
from densach.places.models import Level, Place
from densach.problems import Refused, problem

OF_UNIT = (BY_MODEL["unit"], *PROCEDURES)
OF_CLAN = (BY_MODEL["clan"],)
OF_VILLAGE = (BY_MODEL["village"],)
OF_COMMUNE = (BY_MODEL["commune"],)
BY_PROCEDURE = frozenset({*(title.key for title in PROCEDURES), BY_MODEL["commune"].key})
Body = Unit | Clan | Place


@dataclass(frozen=True)
class Begun:
    """A title that a unit, clan, village or commune can ask for, and its sheet where it was begun."""

    title: Title
    sheet: Sheet | None


@dataclass(frozen=True)
class Workplace:
    """A unit, clan, village or commune as its people see it: the round that takes answers, and its titles."""

    thing: Body
    round: Round | None
    titles: tuple[Begun, ...]


@dataclass(frozen=True)
class Seen:
    """One dossier as it is shown: the sheet, what goes with it, the team and its votes, what was judged and when, and
    what one may do."""

    sheet: Sheet
    dossier: Dossier
    team: tuple[TeamMember, ...]
    votes: dict[int, Vote]
    judged: tuple[Assessment, datetime | None] | None
    writes: bool
    sends: bool

    @property
    def title(self) -> Title:
        """The title it asks for."""
        return BY_KEY[self.sheet.title_key]

    @property
    def is_open(self) -> bool:
        """Whether the sheet can still be written."""
        return self.writes and self.sheet.state in CAN_BE_WRITTEN

    @property
    def agrees(self) -> int:
        """How many of those who voted agreed."""
        return sum(vote.says == Vote.Says.AGREES for vote in self.votes.values())


def own_unit(viewer: Viewer) -> Unit:
    """The unit that the role is held over; refused (H103) to every other role."""
    held = viewer.acting
    if held is None or held.unit is None or not viewer.may(Right.FILL_IN):
        raise Refused(problem("H103", "don-vi"))
    return held.unit


def unit_to_lead(viewer: Viewer) -> Unit:
    """The unit that the role heads; refused (H103) to its team."""
    unit = own_unit(viewer)
    if viewer.role is not Role.UNIT_HEAD:
        raise Refused(problem("H103", "don-vi"))
    return unit


def see_workplace(viewer: Viewer, thing: Body, titles: tuple[Title, ...]) -> Workplace:
    """The titles of what the role is held over, in the round that its commune answers in now."""
    round_ = _round_of(viewer)
    if round_ is None:
        return Workplace(thing, None, ())
    known = sheets_about(titles[0].kind, thing.pk, round_, [title.key for title in titles])
    return Workplace(thing, round_, tuple(Begun(title, known.get(title.key)) for title in titles))


def round_to_begin_in(viewer: Viewer) -> Round:
    """The round that takes answers where the role is held; refused (K111) where there is none."""
    round_ = _round_of(viewer)
    if round_ is None:
        raise Refused(problem("K111", "dot"))
    return round_


def title_to_begin(key: str, titles: tuple[Title, ...]) -> Title:
    """One of the titles that may be asked for; refused (H103) for any other."""
    if key not in {title.key for title in titles}:
        raise Refused(problem("H103", key))
    return BY_KEY[key]


def see_team(viewer: Viewer) -> list[TeamMember]:
    """The team of one's own unit, with who has left it."""
    return team_of(own_unit(viewer))


def member_to_release(viewer: Viewer, uid: UUID) -> TeamMember:
    """A member of the team of the unit that the role heads."""
    for row in team_of(unit_to_lead(viewer)):
        if row.uid == uid:
            return row
    raise Refused(problem("H103", uid))


def own_commune_of_dossier(viewer: Viewer) -> Place:
    """The commune whose own dossier the role makes or signs; refused (H103) to every other role."""
    return own_commune(viewer, Right.RUN_ROUND, Right.SIGN)


def own_village(viewer: Viewer) -> Place:
    """The village whose own dossier its head makes; refused (H103) to every other role."""
    row = viewer.where
    if row is None or viewer.place is None or row.level != Level.VILLAGE or not viewer.may(Right.FILL_IN):
        raise Refused(problem("H103", "thon"))
    return viewer.place


def see_dossier(viewer: Viewer, uid: UUID) -> Seen:
    """The dossier of a unit, a clan or a commune that one may write on, check or sign; refused (H103) for any other."""
    sheet = sheet_by_uid(uid)
    if sheet is not None and _signs_for(viewer, sheet):
        return _seen(viewer, sheet)
    return _seen(viewer, sheet_to_read(viewer, uid))


def handed_up(round_: Round) -> Dossier | None:
    """What goes with the sheet that a round's commune sent up; nothing before it was sent. For those above."""
    sheet = sheets_about(Kind.PLACE, round_.place_id, round_, [OF_COMMUNE[0].key]).get(OF_COMMUNE[0].key)
    if sheet is None or sheet.sent_at is None or sheet.state in CAN_BE_WRITTEN:
        return None
    return sheet.dossier if hasattr(sheet, "dossier") else Dossier(sheet=sheet, version=0)


def dossier_to_write(viewer: Viewer, uid: UUID) -> Seen:
    """The same where the viewer may write on it."""
    return _seen(viewer, sheet_to_write(viewer, uid))


def _seen(viewer: Viewer, sheet: Sheet) -> Seen:
    thing = thing_of(sheet.subject)
    if not isinstance(thing, Unit | Clan | Place):
        raise Refused(problem("H103", sheet.uid))
    dossier = dossier_of(sheet)
    team = tuple(team_of(thing)) if isinstance(thing, Unit) else ()
    writes = may_write(viewer, thing)
    votes = votes_of(dossier) if team else {}
    sends = writes and may_send(viewer, thing)
    return Seen(sheet, dossier, team, votes, group_verdict(sheet), writes, sends)


def _signs_for(viewer: Viewer, sheet: Sheet) -> bool:
    place = sheet.subject.place_id
    return place is not None and viewer.may(Right.SIGN) and viewer.holds(Over.PLACE, place)


def _round_of(viewer: Viewer) -> Round | None:
    """The round of the commune in which the role's unit, clan or place stands."""
    row = viewer.where
    if row is None:
        return None
    commune = row.parent_id if row.level == Level.VILLAGE else row.place_id
    return open_round_of(Place(pk=commune))

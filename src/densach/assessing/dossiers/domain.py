"""Everything that can happen to a dossier and to the team that makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date

from django.db import transaction

from densach.accounts.models import Account
from densach.assessing.domain import subjects_for
from densach.assessing.dossiers.models import Dossier, TeamMember, Vote
from densach.assessing.dossiers.queries import dossier_of, member_by_uid, team_of, unit_for_update, votes_of
from densach.assessing.models import Round
from densach.assessing.queries import round_for_update
from densach.assessing.sheets.domain import begin_sheet
from densach.assessing.sheets.models import Sheet, Way
from densach.assessing.sheets.queries import sheet_for_update
from densach.assessing.titles import Title
from densach.formats.vietnamese import fold
from densach.history.domain import Act, Happening, record
from densach.people.models import Unit
from densach.problems import Refused, problem

Says = Vote.Says


@dataclass(frozen=True, kw_only=True)
class Named:
    """Somebody who is put into a team, as the decision names them."""

    name: str
    post: str = ""
    duty: str = ""
    decision: str
    decided_on: date
    valid_from: date


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """How a unit stands on its own papers."""

    parent: str = ""
    symbol: str = ""
    seat: str = ""
    head: str = ""


@dataclass(frozen=True, kw_only=True)
class Portal:
    """What the State's portal gave: its code of the dossier, the day it was received, the number of the receipt."""

    portal_code: str = ""
    received_on: date | None = None
    receipt: str = ""


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """The meeting of the team; `votes` are what each member said, by the key of the member, with a remark."""

    met_on: date
    met_where: str = ""
    chair: str = ""
    secretary: str = ""
    discussion: str = ""
    conclusion: str = ""
    votes: Mapping[int, tuple[Says, str]] = field(default_factory=dict)


def begin_dossier(round_: Round, title: Title, thing: int, *, by: Account | None, act: Act) -> Sheet:
    """Register a clan, a unit or a place for a title and lay its sheet open; who comes second finds it begun."""
    with transaction.atomic():
        round_for_update(round_)
        subject = subjects_for(title.kind, [thing])[thing]
        return begin_sheet(round_, subject, title.key, by=by, way=Way.OWN, act=act)


def name_member(unit: Unit, named: Named, *, act: Act) -> TeamMember:
    """Put somebody into the team of a unit; refused where the name is in it already (K173), and before the decision
    (K172)."""
    if named.valid_from < named.decided_on:
        raise Refused(problem("K172", "valid_from"))
    with transaction.atomic():
        unit_for_update(unit)
        if any(fold(row.name) == fold(named.name) for row in team_of(unit) if row.valid_to is None):
            raise Refused(problem("K173", "name", name=named.name))
        row = TeamMember.objects.create(unit=unit, **asdict(named))
        record(Happening(kind="team_member", object_id=row.pk, event="named", after=_of(row)), act)
        return row


def release_member(member: TeamMember, on: date, *, act: Act) -> TeamMember:
    """Let somebody leave the team on a day; refused before the first day there, or where it has ended (K174)."""
    with transaction.atomic():
        row = member_by_uid(member.uid)
        if row is None:
            raise Refused(problem("H103", member.uid))
        if row.valid_to is not None or on <= row.valid_from:
            raise Refused(problem("K174", "on"))
        row.valid_to = on
        row.save(update_fields=["valid_to"])
        after = {"valid_to": on}
        record(Happening(kind="team_member", object_id=row.pk, event="released", before={}, after=after), act)
        return row


def set_letterhead(sheet: Sheet, letterhead: Letterhead, version: int, *, act: Act) -> Dossier:
    """Say how the unit stands on its papers."""
    return _change(sheet, "letterhead", version, lambda row: _fill(row, asdict(letterhead)), act)


def enter_portal(sheet: Sheet, portal: Portal, version: int, today: date, *, act: Act) -> Dossier:
    """Enter what the State's portal gave; refused for a receipt without a code (K176), and for a day to come (K175)."""
    if not portal.portal_code and (portal.received_on or portal.receipt):
        raise Refused(problem("K176", "portal_code"))
    if portal.received_on and portal.received_on > today:
        raise Refused(problem("K175", "received_on"))
    return _change(sheet, "portal", version, lambda row: _fill(row, asdict(portal)), act)


def hold_meeting(sheet: Sheet, meeting: Meeting, version: int, today: date, *, act: Act) -> Dossier:
    """Keep the minutes of the team; refused for a day to come (K175), and where nobody was in the team then (K177)."""
    if meeting.met_on > today:
        raise Refused(problem("K175", "met_on"))

    def change(row: Dossier) -> None:
        unit = sheet.subject.unit
        here = {each.pk for each in team_of(unit) if each.belongs_on(meeting.met_on)} if unit else set()
        if not here:
            raise Refused(problem("K177", "met_on"))
        _fill(row, {name: value for name, value in asdict(meeting).items() if name != "votes"})
        row.save()
        known = votes_of(row)
        for key in here & meeting.votes.keys():
            says, remark = meeting.votes[key]
            vote = known.get(key) or Vote(dossier=row, member_id=key)
            vote.says, vote.remark = says, remark
            vote.save()

    return _change(sheet, "met", version, change, act)


def _change(sheet: Sheet, event: str, version: int, change: Callable[[Dossier], None], act: Act) -> Dossier:
    """Lock the sheet, refuse (K171) whoever did not see the last change, and log what differs."""
    with transaction.atomic():
        if sheet_for_update(sheet.uid) is None:
            raise Refused(problem("H103", sheet.uid))
        row = dossier_of(sheet)
        if row.version != version:
            raise Refused(problem("K171", sheet.uid))
        before = _state(row)
        row.version += 1
        change(row)
        row.save()
        after = _state(row)
        changed = {name for name in after if after[name] != before.get(name)}
        said = ({name: state[name] for name in sorted(changed) if name in state} for state in (before, after))
        old, new = said
        record(Happening(kind="dossier", object_id=row.pk, event=event, before=old, after=new), act)
        return row


def _fill(row: Dossier, fields: Mapping[str, object]) -> None:
    for name, value in fields.items():
        setattr(row, name, value)


def _state(row: Dossier) -> dict[str, object]:
    names = (*Letterhead.__dataclass_fields__, *Portal.__dataclass_fields__, *Meeting.__dataclass_fields__)
    said: dict[str, object] = {name: getattr(row, name) for name in names if name != "votes"}
    votes = (f"{vote.member.name}: {vote.says}; {vote.remark}" for vote in votes_of(row).values())
    return said | {"votes": list(votes)}


def _of(row: TeamMember) -> dict[str, object]:
    names = ("unit_id", *Named.__dataclass_fields__)
    return {name: getattr(row, name) for name in names}

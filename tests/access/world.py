"""Two made-up communes side by side in one province, alike in everything, and an account for each role in the first.

Whatever the first has, the second has too: what a page of the first may show, a leak would show of the second.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from densach.authority.roles import POSTS, Over, Role
from densach.places.models import Level
from tests.assessing.making import GOOD, answer, open_year, run, settle
from tests.assessing.privacy.making import agree
from tests.authority.roles import NOW, account, given, in_role

if TYPE_CHECKING:
    from densach.accounts.models import Account
    from densach.assessing.models import Round, Subject
    from densach.assessing.sheets.models import Sheet
    from densach.authority.granting import Thing
    from densach.history.domain import Act
    from densach.places.models import Place
    from densach.reporting.targets.models import Target
    from tests.assessing.making import Small

HEAD, WIFE = "Nguyễn Văn Mẫu", "Trần Thị Mẫu"
SILENT = "Lời ghi trên phiếu của người chưa trả lời"  # whoever is closed to the association must not be told by this


@dataclass
class Side:
    """One of the two communes: its people, its round, and the lasting identities that stand in addresses."""

    small: Small
    round: Round
    first: int
    uids: dict[str, UUID] = field(default_factory=dict)

    def thing(self, over: Over, level: Level | None) -> Thing:
        """What a role is held over here: the first household, its head, the clan, the unit, or a place of a level."""
        if over is Over.PLACE:
            return self.place(level or Level.COMMUNE)
        model, code = {
            Over.PERSON: ("citizen", f"{HEAD} {self.first}"),
            Over.HOUSEHOLD: ("family", f"H{self.first}"),
            Over.CLAN: ("clan", "D1"),
            Over.UNIT: ("unit", "U1"),
        }[over]
        found: Thing = getattr(self.small.subject(model, code), over)
        return found

    def place(self, level: Level) -> Place:
        """The village, the commune, its province or the country."""
        from densach.places.queries import above_of

        country, province = (row.place for row in above_of(self.small.place, date(2026, 11, 26)))
        return {
            Level.VILLAGE: self.small.village,
            Level.COMMUNE: self.small.place,
            Level.PROVINCE: province,
            Level.COUNTRY: country,
        }[level]


@dataclass
class World:
    """Both communes, and who holds which role in the first; `nobody` has an account and no role."""

    here: Side
    there: Side
    accounts: dict[Role, Account]
    nobody: Account
    missing: UUID = field(default_factory=uuid4)


def side_by_side(packs: str = "vn") -> World:
    """The two communes in a real province."""
    from densach.history.domain import Act
    from densach.places.domain import add_fictional_commune
    from densach.places.lookup import get_place

    act, first_day = Act(who="người nhập MẪU", at=datetime(2026, 1, 1, tzinfo=UTC), why="để thử"), date(2026, 1, 1)
    province, names = get_place("19", first_day).place, {"99001": "Xã MẪU Đèn Sách", "99002": "Xã MẪU Bên Kia"}
    here, there = (add_fictional_commune(province, code, name, on=first_day, act=act) for code, name in names.items())
    return make_world(here, there, act, packs)


def make_world(here: Place, there: Place, act: Act, packs: str = "vn") -> World:
    """Settle both, let everyone answer, judge, and give out the roles."""
    sides = [_side(place, first, packs, act) for place, first in ((here, 1), (there, 101))]
    agree(act, *(f"{WIFE} {side.first + 1}" for side in sides))
    accounts = {role: account(f"{role}-o-day") for role in Role}
    for role, who in accounts.items():
        grant = given(who, role, sides[0].thing(POSTS[role].over, level_of(role)), act)
        if role is Role.VILLAGE_HEAD:
            sides[0].uids["grant"] = grant.uid
    other = given(account("truong-thon-ben-kia"), Role.VILLAGE_HEAD, sides[1].small.village, act)
    sides[1].uids["grant"] = other.uid
    for side in sides:
        _ask_back(side, accounts[Role.PROVINCE_OFFICER])
        side.uids["target"] = _target(side.small.place, act).uid
        _put_forward(side, act)
    return World(sides[0], sides[1], accounts, account("khong-vai"))


def level_of(role: Role) -> Level | None:
    """The lowest level at which a role is held, where it is held over a place."""
    order = [Level.VILLAGE, Level.COMMUNE, Level.PROVINCE, Level.COUNTRY]
    return min(POSTS[role].levels, key=order.index, default=None)


def _side(place: Place, first: int, packs: str, act: Act) -> Side:
    from densach.assessing.sheets.domain import give_back

    small = settle(place, act, households=2, first=first)
    round_ = open_year(small, act, packs)
    subjects = [small.subject("citizen", f"{name} {order}") for name in (HEAD, WIFE) for order in (first, first + 1)]
    answer(round_, "citizen", {subject: dict(GOOD) for subject in subjects[:2]}, act)
    run(round_, act)
    side = Side(small, round_, first)
    side.uids |= {over.value: side.thing(over, None).uid for over in Over}
    side.uids |= {"village": small.village.uid, "sheet": _sheet(round_, subjects[2], act).uid}
    side.uids["silent"] = give_back(_sheet(round_, subjects[3], act), 3, by=None, note=SILENT, act=act).uid
    return side


def _sheet(round_: Round, subject: Subject, act: Act) -> Sheet:
    from densach.assessing.sheets.domain import begin_sheet, send_sheet, write_on
    from densach.assessing.sheets.models import Way

    begun = begin_sheet(round_, subject, "citizen.qd677", by=None, way=Way.PAPER, act=act)
    return send_sheet(write_on(begun, dict(GOOD), 1, by=None, way=Way.PAPER, act=act), 2, act=act)


def _target(place: Place, act: Act) -> Target:
    from densach.reporting.targets.domain import enter_at
    from tests.reporting.below import TODAY, row_of
    from tests.reporting.targets.making import wording

    return enter_at(row_of(place), wording(), None, TODAY, act)


def _put_forward(side: Side, act: Act) -> None:
    """The village put its first household forward in the commune's round of commendation."""
    from tests.awards.dossier.making import desk, household, submitted

    here = desk(side.small.place, act, side.small)
    nomination = submitted(here, household(here, f"{HEAD} {side.first}"))
    side.uids |= {"award_round": here.round.uid, "nomination": nomination.uid}


def _ask_back(side: Side, officer: Account) -> None:
    from densach.reporting.below.inquiries import Asked, ask

    asked = Asked(uid=uuid4(), text=f"Số liệu nào của xã {side.first} là của năm nay?")
    side.uids["inquiry"] = ask(in_role(officer, None), side.round, asked, at=NOW).uid

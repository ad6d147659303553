"""The councils: in the commune one sitting that ended and one on which members vote, in the province one that ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.conf import settings

from densach.awards.councils.access import room_of, room_with_seat, see_ballot
from densach.awards.councils.counting import close_voting, end_sitting, write_discussion
from densach.awards.councils.domain import (
    Founded,
    Named,
    Planned,
    Regulation,
    found_council,
    mark_attendance,
    name_member,
    prepare_sitting,
    put_on_agenda,
)
from densach.awards.councils.models import Attendance, Choice, Council, Counted, Seated, Sitting
from densach.awards.councils.voting import cast, open_voting
from densach.awards.models import Nomination, Step
from densach.awards.queries import held_among
from densach.people.numbers import Keys, load_keys
from densach.trial.awards.hands import account_called, morning, viewer_on

COMMUNE = {
    "hoi-dong-xa": (Seated.CHAIR, "Chủ tịch Ủy ban nhân dân xã"),
    "hoi-dong-xa-2": (Seated.SECRETARY, "Công chức Văn hóa - Xã hội"),
    "hoi-dong-xa-3": (Seated.MEMBER, "Chủ tịch Hội Khuyến học xã"),
}
PROVINCE = {
    "hoi-dong-tinh": (Seated.CHAIR, "Chủ tịch Ủy ban nhân dân tỉnh"),
    "hoi-dong-tinh-2": (Seated.SECRETARY, "Giám đốc Sở Nội vụ"),
}
SINCE, FIRST, SECOND, OF_THE_PROVINCE = date(2026, 1, 5), date(2026, 3, 27), date(2026, 4, 24), date(2026, 11, 23)
CONSIDERED, OPEN = 10, 4  # of the sixteen dossiers that are eligible; two wait for the next sitting
REGULATION = "Quy chế MẪU của Hội đồng, Điều 6"
SAID = "Hội đồng nghe báo cáo tóm tắt từng hồ sơ (MẪU)"
Seats = Mapping[str, tuple[Seated, str]]


def sit_in_the_commune(made: Sequence[Nomination]) -> tuple[list[Nomination], list[Nomination]]:
    """One sitting that refused one dossier, and a second one on which two of three members have not voted.

    Gives what the first one passed, and what waits for a third.
    """
    council = _founded("thi-dua-xa", "Hội đồng Thi đua - Khen thưởng xã MẪU Đèn Sách", "chu-tich-ubnd-cap-xa", COMMUNE)
    held = held_among([each.nominee for each in made])
    ready = [each for each in _as_now(made) if each.step == Step.ELIGIBLE and each.nominee_id not in held]
    first, second = ready[:CONSIDERED], ready[CONSIDERED : CONSIDERED + OPEN]
    _held(_opened("thi-dua-xa", council, first, FIRST, COMMUNE), FIRST, COMMUNE, refused=first[-1])
    _vote(_opened("thi-dua-xa", council, second, SECOND, COMMUNE), SECOND, "hoi-dong-xa-3")
    return [each for each in _as_now(first) if each.step == Step.PASSED], ready[CONSIDERED + OPEN :]


def sit_in_the_province(made: Nomination) -> None:
    """The province's council passes the dossier that goes to the Prime Minister."""
    council = _founded("thi-dua", "Hội đồng Thi đua - Khen thưởng tỉnh (MẪU)", "chu-tich-ubnd-cap-tinh", PROVINCE)
    _held(_opened("thi-dua", council, [made], OF_THE_PROVINCE, PROVINCE), OF_THE_PROVINCE, PROVINCE)


def _founded(officer: str, name: str, authority: str, seats: Seats) -> Council:
    viewer = viewer_on(officer, SINCE)
    assert viewer.place is not None  # noqa: S101  - an officer of a place
    founded = Founded(
        name=name, authority=authority, basis="Quyết định MẪU số 02/QĐ-UBND", valid_from=SINCE, regulation=_regulation()
    )
    act = viewer.act(morning(SINCE))
    council = found_council(viewer.place, founded, act=act)
    for username, (seated, title) in seats.items():
        name_member(
            council, Named(account=account_called(username), seated=seated, title=title, valid_from=SINCE), act=act
        )
    return council


def _regulation() -> Regulation:
    return Regulation(
        quorum_top=2, quorum_bottom=3, quorum_source=REGULATION, majority_of=Counted.MEMBERS, majority_source=REGULATION
    )


def _opened(officer: str, council: Council, made: Sequence[Nomination], day: date, seats: Seats) -> Sitting:
    """A secret sitting on some dossiers to which everybody came, and on which the voting began."""
    viewer, chair = viewer_on(officer, day), viewer_on(next(iter(seats)), day)
    act = viewer.act(morning(day))
    planned = Planned(held_on=day, begins="8 giờ 00", where="Phòng họp số 1 (MẪU)", is_secret=True)
    sitting = prepare_sitting(council, made[0].round, planned, act=act)
    put_on_agenda(sitting, [each.uid for each in made], act=act)
    room = room_of(viewer, sitting.uid)
    came = {seat.uid: Attendance.PRESENT.value for seat in room.seats}
    called = mark_attendance(sitting, came, sitting.version, act=act)
    _, seat = room_with_seat(chair, sitting.uid)
    return open_voting(called, seat, called.version, keys=_keys(), today=day, act=chair.act(morning(day)))


def _held(sitting: Sitting, day: date, seats: Seats, *, refused: Nomination | None = None) -> None:
    """Everybody votes, and the sitting ends; all but the chair say no to what is refused."""
    for username, (seated, _) in seats.items():
        _vote(sitting, day, username, None if seated == Seated.CHAIR else refused)
    chair = viewer_on(next(iter(seats)), day)
    act = chair.act(morning(day))
    room, seat = room_with_seat(chair, sitting.uid)
    counted = close_voting(room.sitting, seat, room.sitting.version, keys=_keys(), act=act)
    written = write_discussion(counted, SAID, "", counted.version, act=act)
    end_sitting(written, seat, written.version, act=act)


def _vote(sitting: Sitting, day: date, username: str, against: Nomination | None = None) -> None:
    viewer = viewer_on(username, day)
    room, seat = room_with_seat(viewer, sitting.uid)
    items = [line.item for line in see_ballot(room, seat, 0).lines]
    choices = {each.uid: Choice.AGAINST if each.nomination == against else Choice.FOR for each in items}
    cast(room.sitting, seat, choices, keys=_keys(), act=viewer.act(morning(day)))


def _as_now(made: Sequence[Nomination]) -> list[Nomination]:
    for each in made:
        each.refresh_from_db()
    return list(made)


def _keys() -> Keys:
    return load_keys(settings.KEYS_FILE)

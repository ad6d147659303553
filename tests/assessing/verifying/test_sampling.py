"""The second look: a list fixed first, a draw that anybody can repeat, what it proves, and what a bad file does."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest

from densach.problems import Refused
from tests.assessing.making import GOOD, adults, answer, open_year, settle

if TYPE_CHECKING:
    from densach.assessing.models import Round
    from densach.assessing.verifying.domain import Proof
    from densach.assessing.verifying.models import Draw, DrawnFile
    from densach.history.domain import Act
    from densach.places.models import Place
    from tests.assessing.making import Small

pytestmark = pytest.mark.django_db
CITIZEN, SEED = "citizen.qd677", "xổ số MẪU 12345"


@pytest.fixture
def small(commune: Place, act: Act) -> Small:
    return settle(commune, act, households=10)


@pytest.fixture
def round_(small: Small, act: Act) -> Round:
    """Twenty adults answered, and all were checked."""
    from densach.assessing.domain import enter_answers
    from densach.assessing.models import Stage

    opened = open_year(small, act)
    answer(opened, "citizen", {subject: dict(GOOD) for subject in adults(small)}, act)
    enter_answers(opened, CITIZEN, Stage.VERIFIED, {subject.pk: {} for subject in adults(small)}, act=act)
    return opened


def fixed(round_: Round, act: Act, percent: int = 20, returns_at: int = 99, village: Place | None = None) -> Draw:
    from densach.assessing.verifying.domain import Choice, fix_list

    choice = Choice(percent=percent, confidence=95, returns_at=returns_at, reason="xã MẪU tự chọn")
    return fix_list(round_, CITIZEN, village, choice, by=None, act=act)


def drawn(round_: Round, act: Act, **more: int) -> Draw:
    from densach.assessing.verifying.domain import draw_sample

    return draw_sample(fixed(round_, act, **more), SEED, act=act)  # type: ignore[arg-type]


def waiting(draw: Draw) -> list[DrawnFile]:
    from densach.assessing.verifying.models import DrawnFile

    return list(DrawnFile.objects.filter(draw=draw, found="").order_by("pk"))


def look_through(draw: Draw, bad: int, act: Act) -> Proof:
    """Look through all that waits, the first so many bad."""
    from densach.assessing.verifying.domain import Look, enter_finding, proof_of
    from densach.assessing.verifying.models import Found

    for place, file in enumerate(waiting(draw)):
        wrong = Look(found=Found.DIFFERS, what="A2: 9 điểm, giấy tờ 6 điểm", why="bằng cấp MẪU")
        look = wrong if place < bad else Look(found=Found.AGREES)
        enter_finding(file, look, file.version, by=None, act=act)
    draw.refresh_from_db()
    return proof_of(draw)


def test_the_files_are_the_first_of_the_list_by_the_hash_of_seed_and_pseudonym(round_: Round, act: Act) -> None:
    draw = drawn(round_, act)
    assert (draw.population, draw.most_bad, draw.size, draw.looks) == (20, 3, 10, 1)
    by_hand = sorted(draw.listed.split("\n"), key=lambda each: sha256(f"{SEED}:{each}".encode()).digest())
    assert [str(file.subject.pseudonym) for file in waiting(draw)] == by_hand[:10]


def test_a_list_is_fixed_before_the_seed_and_drawn_once(round_: Round, act: Act) -> None:
    from densach.assessing.verifying.domain import draw_sample

    draw = fixed(round_, act)
    assert (draw.seed, waiting(draw)) == ("", [])
    with pytest.raises(Refused, match="R166"):
        draw_sample(draw, " ", act=act)
    draw_sample(draw, SEED, act=act)
    with pytest.raises(Refused, match="R167"):
        draw_sample(draw, "another", act=act)


def test_nothing_is_listed_before_every_file_was_checked(small: Small, act: Act) -> None:
    from densach.assessing.domain import enter_answers
    from densach.assessing.models import Stage

    opened = open_year(small, act)
    with pytest.raises(Refused, match="R164"):
        fixed(opened, act)
    one, other = adults(small)[:2]
    answer(opened, "citizen", {one: dict(GOOD), other: dict(GOOD)}, act)
    enter_answers(opened, CITIZEN, Stage.VERIFIED, {one.pk: {}}, act=act)
    with pytest.raises(Refused) as refused:
        fixed(opened, act)
    assert [(found.code, found.words["count"], found.words["all"]) for found in refused.value.problems] == [
        ("R163", "1", "2")
    ]


def test_a_sample_without_a_bad_file_proves_at_most_so_many(round_: Round, act: Act) -> None:
    from densach.assessing.verifying.domain import Proof

    assert look_through(drawn(round_, act), 0, act) == Proof(10, 10, 0, 3)


def test_one_bad_file_widens_the_sample_and_keeps_what_was_done(round_: Round, act: Act) -> None:
    draw = drawn(round_, act)
    first = [file.pk for file in waiting(draw)]
    shown = look_through(draw, 1, act)
    assert (shown.bad, shown.most, draw.looks, draw.covers_all) == (1, None, 2, False)
    assert (
        draw.size == shown.drawn == 16
    )  # P(1 or none of 4 among 16 of 20) = 65/4845, below 2.5 %; among 15 it is 496/15504
    assert len(waiting(draw)) == 6
    assert not {file.pk for file in waiting(draw)} & set(first)
    shown = look_through(draw, 0, act)
    assert (shown.seen, shown.bad, shown.most) == (16, 1, 3)


def test_too_many_bad_files_ask_for_all(round_: Round, act: Act) -> None:
    draw = drawn(round_, act)
    look_through(draw, 4, act)
    assert (draw.covers_all, draw.size) == (True, 10)


def test_so_many_bad_files_of_a_village_send_it_back_once(small: Small, round_: Round, act: Act) -> None:
    from densach.assessing.sheets.models import Sheet, State
    from densach.assessing.verifying.models import Returned
    from tests.authority.roles import NOW

    sheet = Sheet(round=round_, subject=adults(small)[0], title_key=CITIZEN, state=State.CHECKED, changed_at=NOW)
    sheet.sent_at = sheet.checked_at = NOW
    sheet.save()
    draw = drawn(round_, act, returns_at=2)
    look_through(draw, 3, act)
    assert [(row.village, row.bad) for row in Returned.objects.all()] == [(small.village, 2)]
    sheet.refresh_from_db()
    assert sheet.state == State.SENT


def test_a_finding_that_differs_says_what_and_why_and_two_officers_find_out(round_: Round, act: Act) -> None:
    from densach.assessing.verifying.domain import Look, enter_finding
    from densach.assessing.verifying.models import DrawnFile, Found
    from densach.history.models import Entry

    file = waiting(drawn(round_, act))[0]
    with pytest.raises(Refused, match="R168"):
        enter_finding(file, Look(found=Found.DIFFERS, what="A2"), 1, by=None, act=act)
    enter_finding(file, Look(found=Found.AGREES), 1, by=None, act=act)
    wrong = Look(found=Found.DIFFERS, what="A2", why="bằng cấp MẪU")
    with pytest.raises(Refused, match="R169"):
        enter_finding(file, wrong, 1, by=None, act=act)
    enter_finding(file, wrong, 2, by=None, act=act)
    assert DrawnFile.objects.get(pk=file.pk).found == "differs"
    entries = Entry.objects.filter(kind="drawn_file", object_id=str(file.pk)).order_by("sequence")
    assert [(entry.state_before or {}).get("found") for entry in entries] == [None, "agrees"]


def test_a_village_is_drawn_by_itself(small: Small, round_: Round, thai_nguyen: Place, act: Act) -> None:
    assert fixed(round_, act, village=small.village).population == 20
    with pytest.raises(Refused, match="R164"):
        fixed(round_, act, village=thai_nguyen)

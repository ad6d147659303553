"""The rows behind a computed figure: as many as the figure says, as of its moment, whatever happens after it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random
from typing import TYPE_CHECKING

import pytest

from densach.assessing.domain import Decision, PaperAct, sign_act
from densach.assessing.models import Recognition
from densach.assessing.signing.domain import withdraw_recognition
from densach.assessing.titles import BY_MODEL
from densach.authority.roles import Role
from densach.history.domain import Act
from densach.problems import Refused
from densach.reporting.below.queries import counted_in
from densach.reporting.figures import domain
from densach.reporting.figures.computing import computed_for
from densach.reporting.trails.access import ON_A_PAGE, Asked, Trail, see_rows
from tests.assessing.making import GOOD, adults, answer, library, open_year, run, settle
from tests.people.making import enter, family
from tests.reporting.figures.making import MODELS, NOW, TODAY, Hands, looking, of

if TYPE_CHECKING:
    from densach.assessing.models import Round, Subject
    from densach.authority.access import Viewer
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
CITIZEN = BY_MODEL["citizen"]
AFTER = datetime(2027, 1, 20, 3, tzinfo=UTC)
WHOLE = Asked(whole=True)


@pytest.fixture
def hands(commune: Place, thai_nguyen: Place, act: Act) -> Hands:
    return Hands(commune, thai_nguyen, act)


def sign(round_: Round, number: str, whom: list[Subject], act: Act) -> None:
    office = "mau-chu-tich-ubnd-cap-xa"
    paper = PaperAct(number=number, signed_on=date(2027, 1, 12), office=office, basis="Biên bản MẪU")
    sign_act(round_, CITIZEN, paper, library("vn", "demo"), [Decision(subject=each) for each in whom], act=act)


def take_back(recognition: Recognition, act: Act) -> None:
    office = "mau-chu-tich-ubnd-cap-xa"
    paper = PaperAct(number=f"TH/{recognition.pk}", signed_on=date(2027, 1, 13), office=office, basis="Biên bản MẪU")
    withdraw_recognition(recognition, CITIZEN, paper, "Ghi nhầm.", library("vn", "demo"), act=act)


def judged(round_: Round, some: list[Subject], act: Act) -> None:
    answer(round_, "citizen", {each: {**GOOD} for each in some}, act)
    run(round_, act)


def trails(who: Viewer, place: Place) -> dict[str, Trail]:
    """The trail of every count that our records compute."""
    which = of(place, MODELS)
    return {each.code: see_rows(who, which, each.code, WHOLE) for each in which.dataset.asked if each.computed_by}


@pytest.mark.parametrize("seed", range(3))
def test_there_are_as_many_rows_as_the_figure_says_whatever_happens_later(
    seed: int, hands: Hands, commune: Place, act: Act
) -> None:
    chance, later = Random(seed), Act(who="người nhập MẪU", at=AFTER, why="sau khi báo cáo")  # noqa: S311
    small = settle(commune, act, 4)
    round_, people = open_year(small, act, "vn,demo"), adults(small)
    chance.shuffle(people)
    before, after = people[: chance.randint(3, 5)], people[5:]
    judged(round_, before, act)
    sign(round_, "01/QĐ-MẪU", before[:3], act)
    if chance.random() < 0.5:
        take_back(Recognition.objects.order_by("pk")[0], act)
    which, leader = of(commune, MODELS), looking(Role.COMMUNE_LEADER, commune, act)
    given = {code: each.value for code, each in computed_for(which, TODAY).items()}
    domain.compute(hands.writer, which, at=NOW)
    at_once = trails(leader, commune)
    for code, figure in given.items():
        assert (at_once[code].figure, len(at_once[code].rows), at_once[code].off) == (figure, figure, 0), code
    judged(round_, [*before, *after[: chance.randint(1, 3)]], later)
    sign(round_, "02/QĐ-MẪU", after[:1], later)
    take_back(Recognition.objects.order_by("-pk")[1], later)
    now = {code: each.value for code, each in computed_for(which, TODAY).items()}
    for code, each in trails(leader, commune).items():
        assert each.listed is not None
        if code in given:
            assert (each.figure, len(each.rows)) == (given[code], given[code]), code
            assert each.listed.now == now[code], code
    below = {each[0]: each[-1] for each in counted_in([round_], [CITIZEN.key])}
    assert below["s"] == now["MODEL_CITIZEN_RECOGNISED"]
    changed = trails(leader, commune)["MODEL_CITIZEN_RECOGNISED"].listed
    assert changed is not None
    assert (changed.came, changed.went, changed.since) == (1, 1, AFTER)


def test_a_person_of_two_records_is_one_row_and_one_of_the_figure(hands: Hands, commune: Place, act: Act) -> None:
    from densach.people.models import Person

    small = settle(commune, act, 3)
    round_, people = open_year(small, act, "vn,demo"), adults(small)
    judged(round_, people[:4], act)
    Person.objects.filter(subject=people[1]).update(same_as=people[0].person)
    given = computed_for(of(commune, MODELS), TODAY)
    domain.compute(hands.writer, of(commune, MODELS), at=NOW)
    found = trails(looking(Role.COMMUNE_LEADER, commune, act), commune)
    for code in ("MODEL_CITIZEN_TOTAL", "MODEL_CITIZEN_REGISTERED", "MODEL_CITIZEN_ASSESSED"):
        assert len(found[code].rows) == given[code].value, code
    assert given["MODEL_CITIZEN_REGISTERED"].value == 3


def test_what_was_entered_later_about_the_last_day_is_told_with_its_moment(
    hands: Hands, commune: Place, act: Act
) -> None:
    small = settle(commune, act, 2)
    open_year(small, act, "vn,demo")
    domain.compute(hands.writer, of(commune, MODELS), at=NOW)
    later = Act(who="người nhập MẪU", at=AFTER, why="sau khi báo cáo")
    enter(commune, family(small.village, 9), later)
    trail = trails(looking(Role.COMMUNE_LEADER, commune, act), commune)["MODEL_FAMILY_TOTAL"]
    assert trail.listed is not None
    assert (trail.figure, len(trail.rows), trail.off, trail.listed.since) == (2, 3, 1, AFTER)


def test_rows_are_found_by_words_without_marks_and_paged(commune: Place, act: Act) -> None:
    small = settle(commune, act, ON_A_PAGE + 1)
    open_year(small, act, "vn,demo")
    which, leader = of(commune, MODELS), looking(Role.COMMUNE_LEADER, commune, act)
    first, second = (see_rows(leader, which, "MODEL_FAMILY_TOTAL", Asked(page=page)) for page in (1, 2))
    assert (len(first.rows), len(second.rows), first.pages) == (ON_A_PAGE, 1, 2)
    assert (first.moment, first.figure) == (None, None)  # nobody asked our records yet
    [row] = see_rows(leader, which, "MODEL_FAMILY_TOTAL", Asked("h7 NGUYEN thon doai")).rows
    assert (row.name, row.code, row.village) == ("Nguyễn Văn Mẫu 7", "H7", "Thôn Đoài")
    with pytest.raises(Refused, match="H103"):
        see_rows(leader, which, "MODEL_FAMILY_TOTAL", Asked(page=3))


@pytest.mark.parametrize("role", [Role.PROVINCE_OFFICER, Role.PROVINCE_LEADER, Role.ASSOCIATION_OFFICER])
def test_whoever_may_not_see_names_there_gets_counts_alone(role: Role, hands: Hands, commune: Place, act: Act) -> None:
    small = settle(commune, act, 2)
    open_year(small, act, "vn,demo")
    domain.compute(hands.writer, of(commune, MODELS), at=NOW)
    place = commune if role == Role.ASSOCIATION_OFFICER else hands.above
    trail = trails(looking(role, place, act), commune)["MODEL_FAMILY_TOTAL"]
    assert (trail.figure, trail.names_shown, trail.rows, trail.fits) == (2, False, (), 0)


@pytest.mark.parametrize("code", ["MODEL_FAMILY_NONE", "MODEL_FAMILY", "", "FUND_RAISED"])
def test_what_is_no_computed_figure_has_no_rows(code: str, hands: Hands, commune: Place) -> None:
    with pytest.raises(Refused, match="H103"):
        see_rows(hands.writer, of(commune, MODELS), code, Asked())

"""How far a target is: late, on time, unknown or abolished, each worked by hand."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from densach.authority.access import nobody
from densach.authority.roles import Role
from densach.reporting.targets.progress import Outlook, Standing
from tests.authority.roles import NOW, TODAY, viewer
from tests.reporting.below import another, country, real, row_of
from tests.reporting.targets.making import RISING, accepted, entered, progress, wording

if TYPE_CHECKING:
    from densach.authority.access import Viewer
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def leader(commune: Place, act: Act) -> Viewer:
    return viewer(Role.COMMUNE_LEADER, commune, act)


def test_the_path_runs_straight_from_the_baseline_to_the_target(leader: Viewer, commune: Place) -> None:
    # From 40 % at the end of 2021 to 80 % at the end of 2030: 3287 days, of which 1461 to the end of 2025.
    accepted(commune, RISING)
    found = progress(entered(leader))
    assert found.due == 4000 + Fraction(1461, 3287) * 4000
    assert found.due_today == 4000 + Fraction((TODAY - date(2021, 12, 31)).days, 3287) * 4000
    assert [found.path_on(date(year, 1, 1)) for year in (2020, 2040)] == [Fraction(4000), Fraction(8000)]
    assert (found.level, found.standing) == (Fraction(6000), Standing.ON_TIME)


def test_the_forecast_is_the_line_through_the_figures_with_its_interval(leader: Viewer, commune: Place) -> None:
    # 4000, 4500, 5100, 5400, 6000: slope 490 a year about (2023, 5000), so 5000 + 7 · 490 = 8430 in 2030;
    # residuals -20, -10, 100, -90, 20 leave s² = 19000 / 3, and the reach is 3.1824 · s · sqrt(1 + 1/5 + 49/10).
    accepted(commune, RISING)
    assert progress(entered(leader)).outlook == Outlook(8430, 7804, 9056)


def test_with_two_figures_nothing_is_foretold(leader: Viewer, commune: Place) -> None:
    accepted(commune, {2024: 540, 2025: 600})
    found = progress(entered(leader))
    assert (found.outlook, found.lacking, found.standing) == (None, 1, Standing.ON_TIME)


@pytest.mark.parametrize(
    ("numbers", "said", "standing"),
    [
        (RISING, {"value": 6000}, Standing.REACHED),
        ({2024: 410, 2025: 420}, {}, Standing.LATE),
        ({2021: 500, 2022: 505, 2023: 511, 2024: 514, 2025: 520}, {"baseline": None, "baseline_year": None,
         "baseline_source": ""}, Standing.LIKELY_LATE),
        ({2021: 500, 2022: 560, 2023: 620, 2024: 680, 2025: 740}, {"baseline": None, "baseline_year": None,
         "baseline_source": ""}, Standing.ON_TIME),
        ({2025: 500}, {"baseline": None, "baseline_year": None, "baseline_source": ""}, Standing.UNDECIDED),
        ({}, {}, Standing.SILENT),
        ({2025: 500}, {"indicator": ""}, Standing.UNMEASURED),
    ],
)  # fmt: skip
def test_each_standing_has_its_case(
    leader: Viewer, commune: Place, numbers: dict[int, int], said: dict[str, object], standing: Standing
) -> None:
    accepted(commune, numbers)
    assert progress(entered(leader, **said)).standing == standing


def test_after_its_year_a_target_is_missed_or_waits_for_the_figure(leader: Viewer, commune: Place) -> None:
    from densach.reporting.targets.progress import progress_of

    target = entered(leader, year=2026)
    later = date(2027, 2, 1)
    places = {commune.pk: row_of(commune)}
    accepted(commune, RISING)
    assert [each.standing for each in progress_of([target], places, later)] == [Standing.AWAITED]
    accepted(commune, {2026: 700})
    assert [each.standing for each in progress_of([target], places, later)] == [Standing.MISSED]


def test_no_figure_is_not_nought_and_a_neighbour_s_figure_is_not_ours(
    leader: Viewer, thai_nguyen: Place, act: Act
) -> None:
    accepted(another(thai_nguyen, 2, act).place, RISING)
    found = progress(entered(leader))
    assert (found.latest, found.level, found.due) == (None, None, None)


def test_a_base_that_ended_is_said_so_and_what_stands_under_it_too(act: Act) -> None:
    from densach.reporting.targets.models import Target

    national = Target.objects.get(national="1373.model.district", year=2030)
    assert progress(national).standing == Standing.ABOLISHED
    below = entered(viewer(Role.PROVINCE_LEADER, _province(), act), parent=national.uid, indicator="", owner="")
    found = progress(below)
    assert (found.standing, str(found.base_ended)) == (Standing.ABOLISHED, "2025-07-01")
    assert progress(Target.objects.get(national="387.association.members_briefed", year=2030)).standing == (
        Standing.UNSET
    )


def test_a_target_above_that_was_raised_later_shows_that_ours_is_lower_now(
    leader: Viewer, thai_nguyen: Place, act: Act
) -> None:
    from densach.reporting.targets.domain import replace

    province = viewer(Role.PROVINCE_LEADER, thai_nguyen, act)
    above = entered(province, owner="")
    ours = entered(leader, parent=above.uid)
    assert not progress(ours).is_below_parent
    raised = replace(province, above.uid, wording(value=9000, owner=""), "Nâng lên MẪU", at=NOW)
    found = progress(ours)
    assert (found.above, found.is_below_parent) == (raised, True)


def test_the_country_adds_up_its_provinces_and_foretells_only_from_whole_years() -> None:
    from densach.reporting.targets.models import Target

    for place in (_province("19"), _province("25")):
        accepted(place, RISING)
    accepted(real(), RISING)  # a commune's figure is in its province's already
    found = progress(Target.objects.get(national="387.model.family", year=2030))
    latest = found.latest
    assert latest is not None
    assert (latest.value, latest.base, latest.counted, latest.among) == (1200, 2000, 2, 34)
    assert (found.level, found.outlook, found.lacking) == (Fraction(6000), None, 3)
    assert country() == found.target.place


def _province(code: str = "25") -> Place:
    from densach.places.lookup import get_place

    return get_place(code, TODAY).place


@pytest.mark.parametrize(("recognised", "withheld"), [((3, 77, 88), True), ((60, 77, 88), False)])
def test_the_public_sees_no_sum_of_provinces_that_gives_few_people_away(
    recognised: tuple[int, ...], withheld: bool, act: Act
) -> None:
    from densach.places.lookup import get_place
    from densach.reporting.targets.access import see_national

    for code, families in zip(("01", "19", "31"), recognised, strict=True):
        accepted(get_place(code, TODAY).place, {2025: families}, code="MODEL_FAMILY_RECOGNISED")
        accepted(get_place(code, TODAY).place, {2025: families})
    [public] = [row for row in see_national(nobody(TODAY)).rows if row.target.national == "387.model.family"][-1:]
    assert (public.withheld, public.standing == Standing.WITHHELD) == (withheld, withheld)
    assert bool(public.points) is not withheld
    ministry = see_national(viewer(Role.MINISTRY_OFFICER, country(), act))
    [full] = [row for row in ministry.rows if row.target.national == "387.model.family"][-1:]
    assert full.points[-1].value == sum(recognised)
    assert not full.withheld

"""Accepted figures on the map of their time and on today's, how complete they are, and what others printed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from densach.places.models import Level
from densach.policy.reported import datasets
from densach.reporting.figures import domain
from densach.reporting.figures.measuring import Day, Expected, received_at
from densach.reporting.figures.models import Deadline, Figure
from densach.reporting.figures.periods import Period
from densach.reporting.figures.queries import indicator_keys, put_deadline
from densach.reporting.figures.quoting import holds_quoted, load_quoted, side_by_side
from densach.reporting.figures.reading import as_it_was, on_todays_map, trend
from tests.reporting.below import country, real, row_of
from tests.reporting.figures.making import CENTRES, FUND, NOW, SPENT, TODAY, Hands, in_place, of, up_to

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
OLD = Period(2025, 1)
CODE = "FUND_RAISED"


def put(place: Place, period: Period, value: int, base: int | None = None) -> None:
    """An accepted figure that stands already."""
    key = indicator_keys([CODE])[CODE]
    Figure.objects.create(indicator_id=key, place=place, period=period.key, value=value, base=base)


def former(code: str) -> Place:
    """A commune of the list before 01/07/2025."""
    from densach.places.queries import units_by_code

    row = units_by_code(code, date(2025, 6, 30)).filter(level=Level.COMMUNE).first()
    assert row is not None
    return row.place


class TestMaps:
    """A figure stays with the place that reported it."""

    def test_a_former_commune_is_carried_into_the_one_that_took_all_of_it(self, thai_nguyen: Place) -> None:
        from densach.places.lineage import Outcome, all_on_todays_map
        from densach.places.models import PlacePeriod

        old = PlacePeriod.objects.filter(level=Level.COMMUNE, valid_to=date(2025, 7, 1)).values_list("place", flat=True)
        carried = all_on_todays_map(list(old)[:4000], TODAY)
        inside = row_of(thai_nguyen, TODAY)
        exact = [
            (place, each.places[0].place_id)
            for place, each in carried.items()
            if each.outcome == Outcome.EXACT and each.places[0].path.startswith(inside.path)
        ]
        targets = [each for _, each in exact]
        target = next(each for each in targets if targets.count(each) > 1)
        first, second = [place for place, each in exact if each == target][:2]
        key = indicator_keys([CODE])[CODE]
        for place, value in ((first, 10), (second, 20)):
            Figure.objects.create(indicator_id=key, place_id=place, period=OLD.key, value=value)
        found = on_todays_map(CODE, OLD, inside, Level.COMMUNE, TODAY)
        assert {spot.period.place_id: spot.value for spot in found.spots if spot.value is not None} == {target: 30}
        assert as_it_was(CODE, Period(2026), inside, Level.COMMUNE, TODAY).total is None

    def test_what_was_divided_stands_beside_the_sums(self) -> None:
        from densach.places.lineage import Outcome, all_on_todays_map
        from densach.places.models import PlacePeriod

        old = PlacePeriod.objects.filter(level=Level.COMMUNE, valid_to=date(2025, 7, 1)).values_list("place", flat=True)
        carried = all_on_todays_map(list(old), TODAY)
        place, each = next((place, each) for place, each in carried.items() if each.outcome == Outcome.DIVIDED)
        Figure.objects.create(indicator_id=indicator_keys([CODE])[CODE], place_id=place, period=OLD.key, value=7)
        found = on_todays_map(CODE, OLD, row_of(country(), TODAY), Level.COMMUNE, TODAY)
        assert found.total is None
        assert [(one.value, one.now_in) for one in found.apart] == [(7, tuple(row.name for row in each.places))]

    def test_nothing_accepted_is_no_number(self, thai_nguyen: Place) -> None:
        put(real(), Period(2026), 5)
        found = as_it_was(CODE, Period(2026), row_of(thai_nguyen, TODAY), Level.COMMUNE, TODAY)
        assert found.total is not None
        assert (found.total.value, found.total.reported, found.total.expected) == (5, 1, len(found.spots))
        assert sum(spot.value is None for spot in found.spots) == len(found.spots) - 1

    def test_a_made_up_commune_is_in_no_sum_of_real_ones(self, commune: Place, thai_nguyen: Place) -> None:
        put(commune, Period(2026), 5)
        for read in (as_it_was, on_todays_map):
            assert read(CODE, Period(2026), row_of(thai_nguyen, TODAY), Level.COMMUNE, TODAY).total is None

    def test_a_trend_says_how_many_had_reported_each_time(self, thai_nguyen: Place) -> None:
        put(real("01840"), Period(2025), 5, base=10)
        put(real("01840"), Period(2026), 6, base=10)
        put(real("01843"), Period(2026), 7, base=20)
        years = [Period(2024), Period(2025), Period(2026)]
        found = trend(CODE, years, row_of(thai_nguyen, TODAY), Level.COMMUNE, TODAY)
        assert {period.code: (one.value, one.base, one.reported) for period, one in found.items()} == {
            "2025": (5, 10, 1),
            "2026": (13, 30, 2),
        }


class TestCompleteness:
    """Late and missing is chưa báo cáo."""

    def test_who_has_reported_and_who_has_not(self, thai_nguyen: Place, act: Act) -> None:
        places = [real("01840"), real("01843"), real("01849"), real("01864")]
        hands = Hands(places[0], thai_nguyen, act)
        for place, step in zip(places, ("accepted", "approved", "prepared", "accepted"), strict=True):
            up_to(in_place(hands, place), of(place), SPENT, step)
        domain.reopen(hands.receiver, of(places[3]), "sai", at=NOW)
        found = received_at(
            row_of(thai_nguyen, TODAY), datasets()[FUND], Period(2026, 2), Level.COMMUNE, fictional=False, today=TODAY
        )
        assert {state: found.count(state) for state in ("accepted", "approved", "reopened")} == {
            "accepted": 1,
            "approved": 1,
            "reopened": 1,
        }
        assert (found.reported, found.count("silent")) == (3, len(found.rows) - 3)
        assert (found.due, found.in_time, found.late) == (None, None, None)

    def test_a_day_set_from_above_makes_late(self, thai_nguyen: Place, act: Act) -> None:
        place = real()
        put_deadline(
            Deadline(
                dataset=FUND, place=thai_nguyen, period=20262, before=date(2027, 1, 10), basis="Công văn MẪU 12/HKH"
            )
        )
        up_to(Hands(place, thai_nguyen, act), of(place), SPENT)
        found = received_at(
            row_of(thai_nguyen, TODAY), datasets()[FUND], Period(2026, 2), Level.COMMUNE, fictional=False, today=TODAY
        )
        assert found.due == Day(date(2027, 1, 10), "Công văn MẪU 12/HKH")
        assert (found.in_time, found.late) == (0, len(found.rows))

    def test_the_day_of_a_text_holds_for_its_level_only(self) -> None:
        above = row_of(country(), TODAY)
        found = received_at(
            above, datasets()[CENTRES], Period(2026), Level.PROVINCE, fictional=False, today=date(2026, 10, 9)
        )
        assert (found.due, found.late) == (Day(date(2026, 10, 10), "tt35-2017-bgddt; tỉnh gửi trước 10/10"), 0)
        row = found.rows[0]
        assert [row.is_late(day) for day in (date(2026, 10, 9), date(2026, 10, 10))] == [False, True]
        assert Expected(row.period, None, None).is_late(TODAY) is False


class TestQuoted:
    """Published figures stand beside each other as they were printed."""

    def test_loading_twice_holds_them_once(self) -> None:
        from densach.reporting.figures.models import Quoted

        assert holds_quoted()
        Quoted.objects.filter(claim="ha-noi-families-2024").update(printed="90 %")
        assert not holds_quoted()
        assert load_quoted() == load_quoted() == Quoted.objects.count() == 24
        assert holds_quoted()

    def test_two_figures_of_one_thing_with_different_bases(self) -> None:
        found = {one.indicator.code: one for one in side_by_side() if one.name == "Thành phố Hà Nội"}
        families = found["MODEL_FAMILY_RECOGNISED"]
        assert families.disputed
        assert [(row.year, row.printed, row.value, row.base_word) for row in families.rows] == [
            (2025, "hơn 67 %", None, "unsaid"),
            (2024, "89.06 %", 1669074, "registered"),
        ]
        assert sorted(found) == ["MODEL_CLAN_RECOGNISED", "MODEL_COMMUNITY_RECOGNISED", "MODEL_FAMILY_RECOGNISED"]

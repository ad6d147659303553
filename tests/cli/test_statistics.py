"""Figures of 2024 on today's map, figures of today on the map of before, and what cannot be divided."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from densach.assessing.domain import open_round, subjects_for
from densach.assessing.models import Round
from densach.assessing.titles import BY_MODEL
from densach.history.domain import Act
from densach.people.merger.carrying import carry_over
from densach.people.queries import households_of
from densach.places.lookup import get_place
from densach.places.models import Place, PlacePeriod
from densach.places.queries import children_of, period_of
from densach.reporting.four_counts import four_counts
from densach.reporting.statistics import Asked, Counts, Statistics, statistics
from tests.assessing.making import answer, run
from tests.cli.making import Terminal
from tests.people.merger import EVE, MERGED, Merger, end_old, merger, recognise_old, settle_old

pytestmark = pytest.mark.django_db
TODAY, THEN = date(2026, 11, 23), date(2024, 12, 31)
OLD_MAP = "2025-06-30"


@pytest.fixture
def made(thai_nguyen: Place, act: Act) -> Merger:
    """A and D had a round in 2024, B none; N has one of 2026 after the carry-over."""
    found = merger(thai_nguyen, act, merged=False)
    settle_old(found, act)
    for commune in (found.a, found.d):
        round_ = open_round(commune, 2024, "vn", act=act)
        homes = [home.pk for home in households_of(commune, EVE).values()]
        families = subjects_for(BY_MODEL["family"].kind, homes)
        answer(round_, "family", {families[homes[0]]: {}}, act)
        run(round_, act)
    recognise_old(found, act)
    end_old(found, act)
    carry_over(found.n, MERGED, act=act)
    open_round(found.n, 2026, "vn", act=act)
    return found


def row_of(place: Place, on: date) -> PlacePeriod:
    row = period_of(place, on)
    assert row is not None
    return row


def of(place: Place, year: int, map_on: date, found_on: date) -> Statistics:
    return statistics(Asked(row_of(place, found_on), found_on, year, "vn", map_on, fictional=True))


def families(counts: object) -> Counts:
    assert isinstance(counts, dict)
    found = counts["family"]
    assert isinstance(found, Counts)
    return found


def test_as_it_was_reported_it_stays(made: Merger) -> None:
    found = of(made.a, 2024, EVE, EVE)
    (line,) = found.lines
    assert families(line.counts) == Counts(2, 1, 1, 2, 0, 1)
    assert (found.divided, found.unknown) == ((), None)


def test_every_count_equals_that_of_the_commune_alone(made: Merger) -> None:
    for place, year, on in ((made.a, 2024, EVE), (made.d, 2024, EVE), (made.n, 2026, TODAY)):
        (line,) = of(place, year, on, on).lines
        round_ = Round.objects.get(place=place, year=year)
        assert line.counts is not None
        for row in four_counts(round_):
            each = line.counts[row.title.model]
            assert (each.total, each.registered, each.assessed, each.recognised) == (
                row.total, row.registered, row.assessed, row.recognised,
            )  # fmt: skip
            assert (each.silent == 0) is row.has_act


def test_on_todays_map_only_what_went_whole_is_added_up(made: Merger) -> None:
    found = of(made.n, 2024, TODAY, TODAY)
    (line,) = found.lines
    assert families(line.counts) == Counts(2, 1, 1, 2, 0, 1)
    assert [each.period.name for each in line.whole] == ["Xã MẪU An"]
    assert [row.name for row in line.silent] == ["Xã MẪU Bình"]
    assert [each.period.name for each in line.divided] == ["Xã MẪU Đồng"]
    (beside,) = found.divided
    assert families(beside.counts).total == 2
    assert [row.name for row in beside.carried.places] == ["Xã MẪU Mới", "Xã MẪU Nguyên"]
    assert families(found.sums).total == 2


@pytest.mark.usefixtures("made")
def test_a_province_names_every_commune_and_never_says_zero_for_silence(thai_nguyen: Place) -> None:
    found = of(thai_nguyen, 2024, TODAY, TODAY)
    counts = {line.period.name: line.counts for line in found.lines}
    assert counts.keys() == {"Xã MẪU Nguyên", "Xã MẪU Mới"}
    assert counts["Xã MẪU Mới"] is None
    assert families(found.sums).total == 2


@pytest.mark.usefixtures("made")
def test_made_up_and_real_communes_never_share_a_table(thai_nguyen: Place) -> None:
    real = statistics(Asked(row_of(thai_nguyen, TODAY), TODAY, 2024, "vn", TODAY))
    assert len(real.lines) == children_of(thai_nguyen, TODAY).filter(place__fictional=False).count() > 90
    assert not any(line.counts or line.divided for line in real.lines)


def test_todays_figures_go_back_only_where_one_place_became_one(made: Merger, act: Act) -> None:
    found = of(made.a, 2026, EVE, EVE)
    (line,) = found.lines
    assert line.counts is None
    assert [each.period.name for each in line.divided] == ["Xã MẪU Nguyên"]
    assert [each.period.name for each in found.divided] == ["Xã MẪU Nguyên"]
    # A commune that only changed its name has its figures on both maps.
    real = get_place("24235", TODAY)
    open_round(real.place, 2026, "vn", act=act)
    (same,) = statistics(Asked(row_of(real.place, EVE), EVE, 2026, "vn", EVE)).lines
    assert same.counts is not None
    assert same.period.name == "Xã Krông Na"


def test_without_a_list_of_the_day_only_who_reported_is_named(made: Merger) -> None:
    found = of(made.n, 2024, THEN, TODAY)
    assert found.unknown is not None
    assert [line.period.name for line in found.lines] == ["Xã MẪU An", "Xã MẪU Đồng"]


def test_a_province_of_160_communes_takes_as_many_queries_for_many_reports_as_for_one(act: Act) -> None:
    province = get_place("38", TODAY)
    communes = list(children_of(province.place, TODAY))
    assert len(communes) > 160
    counted = []
    for reporting in (1, 40):
        for commune in communes[:reporting]:
            open_round(commune.place, 2026, "vn", act=act)
        with CaptureQueriesContext(connection) as asked:
            found = statistics(Asked(province, TODAY, 2026, "vn", TODAY))
        counted.append(len(asked))
        assert sum(line.counts is not None for line in found.lines) == reporting
    assert counted == [15, 15]


@pytest.mark.usefixtures("made")
def test_the_command_says_base_day_and_source(densach: Terminal) -> None:
    said = densach("statistics", "--place", "99201", "--year", "2024", "--map", "today")
    assert said.startswith("MẪU – KHÔNG CÓ GIÁ TRỊ")
    assert "tính đến 31/12/2024" in said
    assert "nguồn: sổ hộ" in said
    assert "99201 Xã MẪU Nguyên – gồm Xã MẪU An; xã hợp thành chưa báo cáo: Xã MẪU Bình; " in said
    assert "; có phần của xã bị chia, không cộng: Xã MẪU Đồng" in said
    assert "Gia đình học tập: tổng số 2, đăng ký 1, đã đánh giá 1, được công nhận 2" in said
    assert "Cộng đồng học tập cấp xã: tổng số 1, đăng ký 0, đã đánh giá 1, chưa ghi quyết định công nhận" in said
    assert "99103 Xã MẪU Đồng – có phần trong: Xã MẪU Mới, Xã MẪU Nguyên" in said
    assert densach("round", "show", "--place", "99201", "--year", "2024", "--map", "today") == said
    province = densach("statistics", "--place", "19", "--mau", "--year", "2024", "--map", "today")
    assert "99202 Xã MẪU Mới: chưa báo cáo; có phần của xã bị chia, không cộng: Xã MẪU Đồng" in province
    assert "Cộng 1 xã có báo cáo, trong 2 xã:" in province
    assert "được công nhận 2 (100,0 % của tổng số)" in province


@pytest.mark.usefixtures("made")
def test_the_command_gives_plain_data(densach: Terminal) -> None:
    said = json.loads(densach("statistics", "--place", "99201", "--year", "2024", "--map", "today", "--json"))
    (commune,) = said["communes"]
    assert commune["counts"]["family"] == {
        "total": 2, "registered": 1, "assessed": 1, "recognised": 2, "communes_without_act": 0,
    }  # fmt: skip
    assert commune["counts"]["commune"]["recognised"] is None
    assert [each["name"] for each in said["divided"][0]["now_in"]] == ["Xã MẪU Mới", "Xã MẪU Nguyên"]
    silent = json.loads(densach("statistics", "--place", f"99102@{OLD_MAP}", "--year", "2024", "--json"))
    assert silent["communes"][0]["counts"] is None


@pytest.mark.usefixtures("made")
def test_an_old_commune_shows_its_round_by_its_old_code(densach: Terminal) -> None:
    said = densach("round", "show", "--place", "99101", "--year", "2024")
    assert "Gia đình học tập: tổng số 2, đăng ký 1, đã đánh giá 1, được công nhận 2" in said
    assert densach("round", "show", "--place", f"99101@{OLD_MAP}", "--year", "2024") == said
    assert densach.refusals("round", "show", "--place", "99102", "--year", "2024") == ["R109"]
    new = densach("round", "show", "--place", "99201", "--year", "2026")
    assert "Gia đình học tập: tổng số 4" in new
    assert "Danh hiệu của các xã hợp thành: chưa ghi danh hiệu nào" in new

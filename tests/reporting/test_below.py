"""What lies below a place: the figures of its communes, as they were reported and on today's map."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from densach.assessing.titles import BY_MODEL, TITLES
from densach.authority.roles import Role
from densach.problems import Refused
from densach.reporting.below.access import see_below, see_communes, see_file, see_own_counts
from densach.reporting.below.figures import Step
from densach.reporting.below.table import Choice, Wanted, below, chosen, share_of
from densach.reporting.statistics import Asked, statistics
from tests.assessing.making import library
from tests.people.merger import recognise_old
from tests.reporting.below import TODAY, YEAR, another, country, judged, looking, made_up, real, row_of

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.places.models import Place, PlacePeriod

pytestmark = pytest.mark.django_db
FAMILY = BY_MODEL["family"]


def choice(model: str = "family", year: int = YEAR, **more: bool) -> Choice:
    return Choice(year=year, title=BY_MODEL[model], **more)


def test_a_commune_that_reported_has_its_counts_and_the_others_have_none(
    commune: Place, thai_nguyen: Place, act: Act
) -> None:
    judged(made_up(commune, act), act)
    another(thai_nguyen, 2, act)
    seen = below(row_of(thai_nguyen), choice(), TODAY)
    told = {row.period.name: (row.step, row.counts, row.own and row.own.strip) for row in seen.communes}
    first = told["Xã MẪU Đèn Sách"]
    assert first[0] == Step.JUDGED
    assert first[1] is not None
    assert (first[1].total, first[1].registered, first[1].assessed, first[1].silent) == (2, 1, 1, 1)
    assert dict(first[2] or ())["family"] == "assessed"
    assert dict(first[2] or ())["clan"] == "nothing"
    assert told["Xã MẪU Số 2"] == (Step.SILENT, None, None)
    assert (seen.reporting, len(seen.communes), seen.fictional, seen.mixed) == (1, 2, True, True)
    assert seen.steps == [(Step.SILENT, 1), (Step.JUDGED, 1)]


def test_every_count_is_that_of_the_statistics(commune: Place, thai_nguyen: Place, act: Act) -> None:
    judged(made_up(commune, act), act)
    judged(another(thai_nguyen, 2, act, households=3), act)
    whole = statistics(Asked(row_of(thai_nguyen), TODAY, YEAR, "vn", date(YEAR, 12, 31), fictional=True))
    expected = {line.period.place_id: line.counts for line in whole.lines}
    for title in TITLES:
        seen = below(row_of(thai_nguyen), choice(title.model), TODAY)
        for row in seen.communes:
            counts = expected[row.period.place_id]
            assert counts is not None
            assert row.counts == counts[title.model]
        assert seen.counts == whole.sums[title.model]


def test_real_and_made_up_communes_never_share_a_table(commune: Place, thai_nguyen: Place, act: Act) -> None:
    judged(made_up(commune, act), act)
    seen = below(row_of(thai_nguyen), choice(fictional=False), TODAY)
    assert not seen.fictional
    assert (seen.reporting, seen.counts) == (0, None)
    assert len(seen.communes) == 92
    assert not any(row.period.place.fictional for row in seen.communes)


def test_the_country_is_its_provinces_and_counts_each_commune_once(act: Act) -> None:
    from tests.assessing.making import settle

    place = real()
    judged(settle(place, act), act)
    seen = below(row_of(country()), choice(), TODAY)
    assert (len(seen.provinces), len(seen.communes), seen.reporting) == (34, 3321, 1)
    [one] = [province for province in seen.provinces if province.reporting]
    assert (one.period.code, one.communes, one.step) == ("19", 92, Step.JUDGED)
    assert one.counts == seen.counts
    assert seen.counts is not None
    assert (seen.counts.total, seen.counts.communes) == (2, 1)
    assert sum(province.communes for province in seen.provinces) == 3321


QUERIES = {"family": 6, "citizen": 6, "clan": 4, "village": 4, "unit": 4, "commune": 3}


def test_the_number_of_queries_does_not_grow_with_the_communes(commune: Place, thai_nguyen: Place, act: Act) -> None:
    judged(made_up(commune, act), act)
    for order in (0, 2, 3):
        if order:
            judged(another(thai_nguyen, order, act), act)
        for place in (row_of(thai_nguyen), row_of(country())):
            used = {model: queries_of(place, model) for model in QUERIES}
            assert used == QUERIES, (order, place.name)


def queries_of(place: PlacePeriod, model: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        below(place, choice(model), TODAY)
    return len(caught)


def test_rows_are_found_and_put_in_order_and_silence_comes_last(commune: Place, thai_nguyen: Place, act: Act) -> None:
    judged(made_up(commune, act), act)
    judged(another(thai_nguyen, 2, act, households=3), act)
    another(thai_nguyen, 3, act)
    rows = below(row_of(thai_nguyen), choice(), TODAY).communes

    def names(**wanted: object) -> list[str]:
        return [row.period.name for row in chosen(rows, Wanted(**wanted))]  # type: ignore[arg-type]

    assert names() == ["Xã MẪU Đèn Sách", "Xã MẪU Số 2", "Xã MẪU Số 3"]
    assert names(sort="total") == ["Xã MẪU Đèn Sách", "Xã MẪU Số 2", "Xã MẪU Số 3"]
    assert names(sort="total", descending=True) == ["Xã MẪU Số 2", "Xã MẪU Đèn Sách", "Xã MẪU Số 3"]
    assert names(text="den sach") == ["Xã MẪU Đèn Sách"]
    assert names(step=Step.SILENT) == ["Xã MẪU Số 3"]


def test_a_share_needs_every_act(commune: Place, thai_nguyen: Place, act: Act) -> None:
    judged(made_up(commune, act), act)
    seen = below(row_of(thai_nguyen), choice(), TODAY)
    assert share_of(seen.counts) is None
    assert share_of(None) is None


class TestMerger:
    """Communes A, B and D of 2024: A and B went whole into N, D was divided between N and another."""

    @pytest.fixture
    def place(self, thai_nguyen: Place, act: Act) -> Place:
        from densach.assessing.domain import open_round, subjects_for
        from densach.people.queries import households_of
        from tests.assessing.making import answer, run
        from tests.people.merger import EVE, end_old, merger, settle_old

        found = merger(thai_nguyen, act, merged=False)
        settle_old(found, act)
        for one in (found.a, found.d):
            round_ = open_round(one, 2024, "vn", act=act)
            homes = [home.pk for home in households_of(one, EVE).values()]
            families = subjects_for(FAMILY.kind, homes)
            answer(round_, "family", {families[homes[0]]: {}}, act)
            run(round_, act)
        recognise_old(found, act)
        end_old(found, act)
        return thai_nguyen

    def test_on_todays_map_only_what_went_whole_is_added(self, place: Place) -> None:
        seen = below(row_of(place), choice(year=2024, todays_map=True), TODAY)
        [line] = [row for row in seen.communes if row.counts]
        whole = statistics(Asked(row_of(place), TODAY, 2024, "vn", TODAY, fictional=True))
        [expected] = [each.counts for each in whole.lines if each.counts]
        assert line.counts == expected["family"]
        assert line.period.name == "Xã MẪU Nguyên"
        [beside] = seen.divided
        assert (beside.name, beside.now_in) == ("Xã MẪU Đồng", ("Xã MẪU Mới", "Xã MẪU Nguyên"))
        assert beside.counts == whole.divided[0].counts["family"]

    def test_as_it_was_each_stands_under_its_own_name_where_no_list_speaks_of_the_day(self, place: Place) -> None:
        seen = below(row_of(place), choice(year=2024), TODAY)
        assert seen.unknown is not None
        assert [row.period.name for row in seen.communes] == ["Xã MẪU An", "Xã MẪU Đồng"]
        assert seen.divided == ()


class TestScope:
    """A province sees its own communes; whatever lies elsewhere is as if it were not there."""

    def test_only_a_place_above_communes_has_a_table(self, commune: Place, thai_nguyen: Place, act: Act) -> None:
        hers = looking(Role.PROVINCE_OFFICER, thai_nguyen, act)
        assert see_below(hers, None, choice()).place.place == thai_nguyen
        assert see_below(looking(Role.FRONT_HEAD, thai_nguyen, act), None, choice()).place.place == thai_nguyen
        for role, place in ((Role.COMMUNE_LEADER, commune), (Role.AUDITOR, commune), (Role.RUBRIC_EDITOR, thai_nguyen)):
            with pytest.raises(Refused, match="H103"):
                see_below(looking(role, place, act), None, choice())

    def test_another_province_a_sibling_and_a_commune_are_not_there(self, act: Act, thai_nguyen: Place) -> None:
        from densach.places.lookup import get_place

        phu_tho = get_place("25", TODAY).place
        hers = looking(Role.PROVINCE_OFFICER, thai_nguyen, act)
        theirs = real("07900")
        judged_elsewhere = [phu_tho.uid, real().uid]
        for uid in judged_elsewhere:
            with pytest.raises(Refused, match="H103"):
                see_below(hers, uid, choice())
        for uids in ([theirs.uid], [real().uid, theirs.uid], [thai_nguyen.uid], [country().uid]):
            with pytest.raises(Refused, match="H103"):
                see_communes(hers, uids)
        assert [row.place for row in see_communes(hers, [real().uid])] == [real()]
        assert see_below(looking(Role.MINISTRY_OFFICER, country(), act), phu_tho.uid, choice()).place.place == phu_tho

    def test_a_file_is_read_only_by_who_verifies_it(self, commune: Place, thai_nguyen: Place, act: Act) -> None:
        judged(made_up(commune, act), act)

        def law(packs: str) -> object:
            return library(*packs.split(","))

        for role, place in ((Role.PROVINCE_OFFICER, thai_nguyen), (Role.MINISTRY_OFFICER, country())):
            file = see_file(looking(role, place, act), commune.uid, YEAR, law)  # type: ignore[arg-type]
            assert file.case is not None
            assert file.seal.startswith("sha256:") or file.seal
        outside = [(Role.FRONT_HEAD, thai_nguyen), (Role.COMMUNE_LEADER, commune)]
        from densach.places.lookup import get_place

        for role, place in [*outside, (Role.PROVINCE_OFFICER, get_place("25", TODAY).place)]:
            with pytest.raises(Refused, match="H103"):
                see_file(looking(role, place, act), commune.uid, YEAR, law)  # type: ignore[arg-type]

    def test_a_head_sees_the_counts_of_their_own_commune(self, commune: Place, thai_nguyen: Place, act: Act) -> None:
        judged(made_up(commune, act), act)
        seen, counts = see_own_counts(looking(Role.PARTY_HEAD, commune, act), YEAR)
        assert seen is not None
        assert (counts["family"].total, counts["citizen"].total, counts["clan"].total) == (2, 4, 1)
        other = another(thai_nguyen, 2, act)
        assert see_own_counts(looking(Role.FRONT_HEAD, other.place, act), YEAR) == (None, {})
        with pytest.raises(Refused, match="H103"):
            see_own_counts(looking(Role.PARTY_HEAD, thai_nguyen, act), YEAR)

"""What can happen to an organisation, on a real database."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model

from densach.history.domain import Act, verify_chain
from densach.history.queries import chain_of
from densach.places.models import (
    Organisation,
    OrganisationLineage,
    OrganisationPeriod,
    Place,
    Subordination,
)
from densach.places.organisations import queries
from densach.places.organisations.domain import (
    Charter,
    Superior,
    close_organisation,
    end_superior,
    merge_organisations,
    move_seat,
    put_under,
    rename_organisation,
    split_organisation,
)
from densach.problems import Refused
from tests.places.organisations.making import FIRST, LAST, NEW_YEAR, founded, place, said

pytestmark = pytest.mark.django_db
LATER = date(2026, 7, 1)
LONG_AGO = date(1995, 9, 1)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [found.code for found in refused.value.problems]


def rows(organisation: Organisation) -> list[tuple[str, str | None, date, date | None]]:
    found = queries.periods_of(organisation).select_related("seat")
    return [(row.name, str(row.seat.uid) if row.seat else None, row.valid_from, row.valid_to) for row in found]


def test_a_renamed_school_is_the_same_organisation_with_the_same_superior(thai_nguyen: Place, act: Act) -> None:
    seat = str(thai_nguyen.uid)
    school, centre = founded("Trường Cũ", thai_nguyen, act), founded("Trung tâm", thai_nguyen, act, kind="agency")
    put_under(school, Superior(organisation=centre), "sector", on=NEW_YEAR, act=act, said=said())
    rename_organisation(school, "Trường  Mới", on=LATER, act=act, said=said("QĐ 99"))
    assert rows(school) == [("Trường Cũ", seat, NEW_YEAR, LATER), ("Trường Mới", seat, LATER, None)]
    above = queries.superior_on(school.pk, "sector", LATER)
    assert above is not None
    assert above.superior == centre
    events = [entry.event for entry in chain_of("organisation", str(school.uid))]
    assert events == ["organisation_founded", "organisation_put_under", "organisation_renamed"]
    assert verify_chain("organisation", school.uid) == []


def test_a_seat_that_went_whole_into_another_is_followed_and_a_divided_one_is_not_known(act: Act) -> None:
    whole, divided = place("00004", LAST), place("00007", LAST)
    school, other = founded("Trường A", whole, act, on=LONG_AGO), founded("Trường B", divided, act, on=LONG_AGO)
    ba_dinh = str(place("00004", FIRST).uid)
    assert rows(school) == [
        ("Trường A", str(whole.uid), LONG_AGO, FIRST),
        ("Trường A", ba_dinh, FIRST, None),
    ]
    assert rows(other)[1:] == [("Trường B", None, FIRST, None)]
    assert [row.mark for row in queries.periods_of(school)] == ["read", "inferred"]


def test_a_seat_that_stayed_the_same_place_needs_no_second_row(act: Act) -> None:
    krong_na = place("24235", LAST)
    assert rows(founded("Trường C", krong_na, act, on=LONG_AGO)) == [("Trường C", str(krong_na.uid), LONG_AGO, None)]


def test_a_body_of_a_place_ends_with_it(act: Act) -> None:
    district = place("001", LAST)
    office = founded("Phòng GDĐT quận Ba Đình", district, act, kind="agency", on=LONG_AGO, body="education.district")
    assert [(start, end) for _, _, start, end in rows(office)] == [(LONG_AGO, FIRST)]


@pytest.mark.parametrize(
    ("seat", "day", "on"),
    [("00004", FIRST, LAST), ("00004", LAST, FIRST), ("00004", FIRST, LONG_AGO)],
)
def test_a_seat_is_a_place_of_the_day(seat: str, day: date, on: date, act: Act) -> None:
    with pytest.raises(Refused) as refused:
        founded("Trường", place(seat, day), act, on=on)
    assert codes(refused) == ["O104"]
    assert Organisation.objects.count() == 0


def test_what_is_made_up_says_so_and_what_is_real_does_not(commune: Place, thai_nguyen: Place, act: Act) -> None:
    for name, seat in (("Trường Thật", commune), ("Trường MẪU", thai_nguyen)):
        with pytest.raises(Refused) as refused:
            founded(name, seat, act)
        assert codes(refused) == ["O114"]
    made_up, real = founded("Trường MẪU", commune, act), founded("Trường Thật", thai_nguyen, act)
    assert (made_up.fictional, real.fictional) == (True, False)
    put_under(made_up, Superior(organisation=real), "sector", on=NEW_YEAR, act=act, said=said())
    with pytest.raises(Refused) as under:
        put_under(real, Superior(organisation=made_up), "party", on=NEW_YEAR, act=act, said=said())
    with pytest.raises(Refused) as merged:
        merge_organisations([real], made_up, on=LATER, act=act, said=said())
    assert codes(under) == codes(merged) == ["O114"]


def test_a_name_and_a_source_are_needed(thai_nguyen: Place, act: Act) -> None:
    school = founded("Trường", thai_nguyen, act)
    with pytest.raises(Refused) as nameless:
        founded("  ", thai_nguyen, act)
    with pytest.raises(Refused) as renamed:
        rename_organisation(school, " ", on=LATER, act=act, said=said())
    assert codes(nameless) == codes(renamed) == ["O113"]


def test_moving_takes_a_place_of_the_day_and_no_body(thai_nguyen: Place, act: Act) -> None:
    school = founded("Trường", thai_nguyen, act)
    office = founded("Sở", thai_nguyen, act, kind="agency", body="education.province")
    move_seat(school, place("00004", FIRST), on=LATER, act=act, said=said())
    assert rows(school)[-1][1] == str(place("00004", FIRST).uid)
    with pytest.raises(Refused) as gone:
        move_seat(school, place("00004", LAST), on=date(2026, 8, 1), act=act, said=said())
    with pytest.raises(Refused) as body:
        move_seat(office, place("01", FIRST), on=LATER, act=act, said=said())
    assert (codes(gone), codes(body)) == (["O104"], ["O109"])


@pytest.mark.parametrize("on", [NEW_YEAR, LAST])
def test_a_change_takes_effect_after_the_row_began(on: date, thai_nguyen: Place, act: Act) -> None:
    school = founded("Trường", thai_nguyen, act)
    with pytest.raises(Refused) as renamed:
        rename_organisation(school, "Trường Khác", on=on, act=act, said=said())
    with pytest.raises(Refused) as closed:
        close_organisation(school, on=on, act=act, said=said())
    with pytest.raises(Refused) as moved:
        move_seat(school, thai_nguyen, on=on, act=act, said=said())
    assert codes(renamed) == codes(closed) == codes(moved) == ["O105"]


def test_one_that_has_ended_does_not_change_and_one_with_others_below_does_not_end(
    thai_nguyen: Place, act: Act
) -> None:
    above, below = founded("Trên", thai_nguyen, act, kind="agency"), founded("Dưới", thai_nguyen, act)
    put_under(below, Superior(organisation=above), "sector", on=NEW_YEAR, act=act, said=said())
    with pytest.raises(Refused) as refused:
        close_organisation(above, on=LATER, act=act, said=said())
    assert codes(refused) == ["O112"]
    close_organisation(below, on=LATER, act=act, said=said())
    assert queries.superior_on(below.pk, "sector", LATER) is None
    close_organisation(above, on=LATER, act=act, said=said())
    with pytest.raises(Refused) as ended:
        rename_organisation(above, "Khác", on=date(2027, 1, 1), act=act, said=said())
    assert codes(ended) == ["O103"]


def test_merged_schools_end_and_who_stood_under_them_goes_over(thai_nguyen: Place, act: Act) -> None:
    one, two, into = (founded(name, thai_nguyen, act) for name in ("Trường A", "Trường B", "Trường C"))
    branch = founded("Điểm trường", thai_nguyen, act)
    put_under(branch, Superior(organisation=one), "sector", on=NEW_YEAR, act=act, said=said())
    merge_organisations([one, two], into, on=LATER, act=act, said=said(act="QĐ 15/QĐ-UBND"))
    edges = OrganisationLineage.objects.order_by("old").values_list("old", "new", "on", "whole", "legal_act")
    assert list(edges) == [(old.pk, into.pk, LATER, True, "QĐ 15/QĐ-UBND") for old in (one, two)]
    assert [queries.period_of(each, LATER) for each in (one, two)] == [None, None]
    row = queries.superior_on(branch.pk, "sector", LATER)
    assert row is not None
    assert row.superior == into
    with pytest.raises(Refused) as itself:
        merge_organisations([into], into, on=date(2027, 1, 1), act=act, said=said())
    assert codes(itself) == ["O116"]


def test_merging_is_all_or_nothing(thai_nguyen: Place, act: Act) -> None:
    one, into = founded("Trường A", thai_nguyen, act), founded("Trường C", thai_nguyen, act)
    ended = founded("Trường B", thai_nguyen, act)
    close_organisation(ended, on=LATER, act=act, said=said())
    with pytest.raises(Refused):
        merge_organisations([one, ended], into, on=date(2027, 1, 1), act=act, said=said())
    assert queries.period_of(one, date(2027, 1, 1)) is not None
    assert OrganisationLineage.objects.count() == 0


@pytest.mark.parametrize("ends", [True, False])
def test_a_split_makes_new_ones_out_of_parts(ends: bool, thai_nguyen: Place, act: Act) -> None:
    old = founded("Trường TH&THCS", thai_nguyen, act)
    parts = [Charter(name=name, kind="primary", seat=thai_nguyen, said=said()) for name in ("Trường TH", "Trường 2")]
    new = split_organisation(old, parts, on=LATER, act=act, said=said(), ends=ends)
    assert (queries.period_of(old, LATER) is None) == ends
    edges = list(OrganisationLineage.objects.order_by("pk").values_list("old", "new", "whole"))
    assert edges == [(old.pk, each.pk, False) for each in new]


def test_put_under_ends_what_was_there_and_release_leaves_nothing(thai_nguyen: Place, act: Act) -> None:
    school, one, two = (founded(name, thai_nguyen, act) for name in ("Trường", "Một", "Hai"))
    put_under(school, Superior(organisation=one), "sector", on=NEW_YEAR, act=act, said=said())
    put_under(school, Superior(organisation=one), "party", on=NEW_YEAR, act=act, said=said())
    put_under(school, Superior(organisation=two), "sector", on=LATER, act=act, said=said())
    found = Subordination.objects.filter(line="sector").order_by("valid_from")
    assert list(found.values_list("superior", "valid_from", "valid_to")) == [
        (one.pk, NEW_YEAR, LATER),
        (two.pk, LATER, None),
    ]
    end_superior(school, "sector", on=date(2026, 8, 1), act=act)
    with pytest.raises(Refused) as again:
        end_superior(school, "sector", on=date(2026, 9, 1), act=act)
    with pytest.raises(Refused) as over_it:
        put_under(school, Superior(organisation=one), "sector", on=LATER, act=act, said=said())
    with pytest.raises(Refused) as over_open:
        put_under(school, Superior(organisation=two), "party", on=NEW_YEAR, act=act, said=said())
    assert (codes(again), codes(over_it), codes(over_open)) == (["O115"], ["O107"], ["O107"])


def test_nobody_stands_above_themselves_on_any_day(thai_nguyen: Place, act: Act) -> None:
    one, two, three = (founded(name, thai_nguyen, act) for name in ("Một", "Hai", "Ba"))
    put_under(one, Superior(organisation=two), "sector", on=NEW_YEAR, act=act, said=said())
    put_under(two, Superior(organisation=three), "sector", on=LATER, act=act, said=said())
    for above in (one, three):
        with pytest.raises(Refused) as refused:
            put_under(three, Superior(organisation=above), "sector", on=NEW_YEAR, act=act, said=said())
        assert codes(refused) == ["O106"]
    put_under(three, Superior(organisation=one), "party", on=NEW_YEAR, act=act, said=said())
    end_superior(one, "sector", on=LATER, act=act)
    put_under(three, Superior(organisation=one), "sector", on=LATER, act=act, said=said())


def test_a_body_is_one_of_its_level_day_and_line(thai_nguyen: Place, act: Act) -> None:
    school = founded("Trường", thai_nguyen, act)
    for body, seat, line in (
        ("education.district", thai_nguyen, "sector"),
        ("education.nonsense", thai_nguyen, "sector"),
        ("education.province", thai_nguyen, "party"),
        ("education.province", place("00004", FIRST), "sector"),
    ):
        with pytest.raises(Refused) as refused:
            put_under(school, Superior(body=body, place=seat), line, on=NEW_YEAR, act=act, said=said())
        assert codes(refused) == ["O110"]
    with pytest.raises(Refused) as founding:
        founded("Phòng", thai_nguyen, act, body="education.district")
    assert codes(founding) == ["O110"]


def test_a_place_has_one_body_and_the_place_decides_who_stands_above_it(thai_nguyen: Place, act: Act) -> None:
    office = founded("Sở GDĐT", thai_nguyen, act, kind="agency", body="education.province")
    other = founded("Cơ quan khác", thai_nguyen, act, kind="agency")
    with pytest.raises(Refused) as twice:
        founded("Sở thứ hai", thai_nguyen, act, kind="agency", body="education.province")
    with pytest.raises(Refused) as above:
        put_under(office, Superior(organisation=other), "sector", on=NEW_YEAR, act=act, said=said())
    assert (codes(twice), codes(above)) == (["O111"], ["O109"])
    put_under(
        office, Superior(body="government.province", place=thai_nguyen), "government", on=NEW_YEAR, act=act, said=said()
    )


def refused_by_the_database(row: Model) -> bool:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        return True
    return False


def test_the_database_keeps_periods_and_edges_whole(thai_nguyen: Place, act: Act) -> None:
    one, two = founded("Một", thai_nguyen, act), founded("Hai", thai_nguyen, act)

    def period(end: date | None = LATER, mark: str = "read", source: str = "x") -> OrganisationPeriod:
        return OrganisationPeriod(
            organisation=one, name="Một", kind="primary", valid_from=NEW_YEAR, valid_to=end, source=source, mark=mark
        )

    def edge(new: Organisation) -> OrganisationLineage:
        return OrganisationLineage(old=one, new=new, on=LATER, whole=True, source="x", mark="read")

    wrong = (period(end=None), period(end=NEW_YEAR), period(mark="sure"), period(source=""), edge(one))
    assert [refused_by_the_database(row) for row in wrong] == [True] * 5
    assert [refused_by_the_database(row) for row in (period(), edge(two), edge(two))] == [False, False, True]


def test_the_database_keeps_superiors_whole(thai_nguyen: Place, act: Act) -> None:
    one, two = founded("Một", thai_nguyen, act), founded("Hai", thai_nguyen, act)

    def under(superior: Organisation | None = None, line: str = "sector", **more: object) -> Subordination:
        fields = {"line": line, "valid_from": NEW_YEAR, "source": "x", "mark": "read"}
        return Subordination(organisation=one, superior=superior, **fields, **more)

    wrong = (
        under(),
        under(one),
        under(two, body="education.province", place=thai_nguyen),
        under(body="education.province"),
        under(two, "army"),
        under(two, valid_to=NEW_YEAR),
    )
    assert [refused_by_the_database(row) for row in wrong] == [True] * 6
    assert [refused_by_the_database(under(two)) for _ in range(2)] == [False, True]


def test_what_happened_before_a_merger_of_communes_is_entered_after_it(act: Act) -> None:
    """A school of an old commune has a row since 01/07/2025 in which it only followed its seat."""
    old, new = str(place("00004", LAST).uid), str(place("00004", FIRST).uid)
    school = founded("Trường Cũ", place("00004", LAST), act, on=LONG_AGO)
    renamed = date(2010, 1, 1)
    rename_organisation(school, "Trường Mới", on=renamed, act=act, said=said())
    assert rows(school) == [
        ("Trường Cũ", old, LONG_AGO, renamed),
        ("Trường Mới", old, renamed, FIRST),
        ("Trường Mới", new, FIRST, None),
    ]
    moved, divided = date(2015, 1, 1), str(place("00007", LAST).uid)
    move_seat(school, place("00007", LAST), on=moved, act=act, said=said())
    assert rows(school)[1:] == [
        ("Trường Mới", old, renamed, moved),
        ("Trường Mới", divided, moved, FIRST),
        ("Trường Mới", None, FIRST, None),
    ]
    with pytest.raises(Refused) as earlier:
        rename_organisation(school, "Trường Nữa", on=date(2012, 1, 1), act=act, said=said())
    assert codes(earlier) == ["O105"]
    close_organisation(school, on=date(2020, 1, 1), act=act, said=said())
    assert rows(school)[2:] == [("Trường Mới", divided, moved, date(2020, 1, 1))]
    with pytest.raises(Refused) as reopened:
        move_seat(school, place("00004", LAST), on=date(2018, 1, 1), act=act, said=said())
    with pytest.raises(Refused) as twice:
        close_organisation(school, on=date(2018, 1, 1), act=act, said=said())
    assert codes(reopened) == codes(twice) == ["O103"]
    assert verify_chain("organisation", school.uid) == []

"""Who stands above and below, on days before and after 01/07/2025."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from densach.history.domain import Act
from densach.places.models import Line, Organisation, OrganisationKind, Place, Subordination
from densach.places.organisations import queries
from densach.places.organisations.bodies import bodies, body_on, rules
from densach.places.organisations.command import (
    Chain,
    End,
    Node,
    all_below,
    body_node,
    chain_above,
    organisation_node,
)
from densach.places.organisations.domain import Superior, close_organisation, end_superior, put_under
from densach.policy.library import open_library
from densach.problems import Refused
from densach.rules.model import MARKS
from tests.places.organisations.making import FIRST, LAST, NEW_YEAR, founded, place, said

pytestmark = pytest.mark.django_db
LONG_AGO = date(1995, 9, 1)
WINTER = date(2024, 12, 1)
DONG_HY = "Phòng Giáo dục và Đào tạo Huyện Đồng Hỷ"
THAI_NGUYEN = "Sở Giáo dục và Đào tạo Tỉnh Thái Nguyên"
MINISTRY = "Bộ Giáo dục và Đào tạo"


@pytest.fixture
def school(act: Act) -> Organisation:
    """A lower-secondary school in Huyện Đồng Hỷ, in a commune that went wholly into another on 01/07/2025."""
    return founded("Trường THCS Tân Long", place("05692", LAST), act, kind="lower_secondary", on=LONG_AGO)


def node(organisation: Organisation, on: date) -> Node:
    found = organisation_node(organisation, on)
    assert found is not None
    return found


def names(chain: Chain) -> list[str]:
    return [step.node.name for step in chain.steps]


def test_the_sector_line_of_a_school_ran_through_the_district_until_it_ended(school: Organisation) -> None:
    for on, likely in ((WINTER, True), (LAST, False)):
        chain = chain_above(node(school, on), "sector", on)
        assert (names(chain), chain.end, chain.likely) == ([DONG_HY, THAI_NGUYEN, MINISTRY], End.TOP, likely)
        assert [step.mark for step in chain.steps] == ["inferred", "inferred", "inferred"]
    for on in (FIRST, NEW_YEAR):
        chain = chain_above(node(school, on), "sector", on)
        assert (names(chain), chain.end) == ([], End.NOT_KNOWN)
        assert "chưa đọc được" in chain.note


def test_what_is_entered_comes_before_the_rule(school: Organisation, act: Act) -> None:
    seat = place("19", FIRST)
    put_under(school, Superior(body="education.province", place=seat), "sector", on=FIRST, act=act, said=said())
    chain = chain_above(node(school, FIRST), "sector", FIRST)
    assert (names(chain), [step.mark for step in chain.steps]) == ([THAI_NGUYEN, MINISTRY], ["read", "inferred"])
    below = body_node("education.province", seat, FIRST)
    assert below is not None
    assert [each.node.name for each in all_below(below, "sector", FIRST)] == ["Trường THCS Tân Long"]
    assert names(chain_above(node(school, LAST), "sector", LAST))[0] == DONG_HY


def test_a_registered_body_stands_where_the_derived_one_stood(school: Organisation, act: Act) -> None:
    province = place("19", LAST)
    office = founded("Sở GD&ĐT Thái Nguyên", province, act, kind="agency", on=LONG_AGO, body="education.province")
    chain = chain_above(node(school, LAST), "sector", LAST)
    assert names(chain) == [DONG_HY, "Sở GD&ĐT Thái Nguyên", MINISTRY]
    assert chain.steps[1].node.organisation == office
    below = {each.node.name: each.depth for each in all_below(node(office, LAST), "sector", LAST)}
    assert (len(below), below[DONG_HY], below["Trường THCS Tân Long"]) == (10, 1, 2)


def test_a_learning_centre_went_from_the_district_to_the_commune_and_the_province(act: Act) -> None:
    centre = founded("TTHTCĐ Tân Long", place("05692", LAST), act, kind="learning_centre", on=LONG_AGO)
    lines = {(on, line): names(chain_above(node(centre, on), line, on)) for on in (LAST, FIRST) for line in Line.values}
    assert lines[LAST, "sector"] == [DONG_HY, THAI_NGUYEN, MINISTRY]
    assert lines[FIRST, "sector"] == [THAI_NGUYEN, MINISTRY]
    assert lines[LAST, "government"][0] == "Ủy ban nhân dân Huyện Đồng Hỷ"
    assert lines[FIRST, "government"] == [
        "Ủy ban nhân dân Xã Đồng Hỷ",
        "Ủy ban nhân dân Tỉnh Thái Nguyên",
        "Chính phủ",
    ]
    assert lines[FIRST, "party"] == []


@pytest.mark.parametrize("chain", ["government", "party", "front", "association"])
def test_every_commune_has_its_bodies_and_the_province_above(chain: str) -> None:
    commune = body_node(f"{chain}.commune", place("00004", FIRST), NEW_YEAR)
    assert commune is not None
    above = chain_above(commune, chain, NEW_YEAR)
    assert [step.node.body.level for step in above.steps if step.node.body] == ["province", "country"]
    country = above.steps[-1].node
    assert len(all_below(country, chain, NEW_YEAR)) == 34 + 3321
    assert body_node(f"{chain}.district", place("001", LAST), NEW_YEAR) is None
    assert body_node(f"{chain}.district", place("001", LAST), LAST) is not None


def test_that_a_commune_has_an_association_again_is_not_known() -> None:
    before, after = body_on("association.commune", LAST), body_on("association.commune", FIRST)
    assert before is not None
    assert after is not None
    assert (before.mark, after.mark) == ("secondary", "unknown")
    found = body_node("association.commune", place("00004", FIRST), FIRST)
    assert found is not None


def test_what_the_place_was_is_not_known_where_nothing_confirms_it(act: Act) -> None:
    """Huế was another province until 31/12/2024, with other districts."""
    centre = founded("Trường ở Huế", place("19753", LAST), act, on=LONG_AGO)
    assert names(chain_above(node(centre, date(2025, 1, 1)), "sector", date(2025, 1, 1))) != []
    chain = chain_above(node(centre, WINTER), "sector", WINTER)
    assert (names(chain), chain.end) == ([], End.PLACE_NOT_KNOWN)


def test_of_a_divided_seat_nothing_is_derived(act: Act) -> None:
    centre = founded("TTHTCĐ Cống Vị", place("00007", LAST), act, kind="learning_centre", on=LONG_AGO)
    chain = chain_above(node(centre, FIRST), "government", FIRST)
    assert (names(chain), chain.end) == ([], End.PLACE_NOT_KNOWN)


def test_a_ministry_of_which_only_the_year_is_known_may_or_may_not_be_there() -> None:
    found = [body_on("labour.country", on) for on in (WINTER, date(2025, 3, 1), NEW_YEAR)]
    assert [body.exists(on) if body else None for body, on in zip(found, (WINTER, date(2025, 3, 1)), strict=False)] == [
        "yes",
        "unknown",
    ]
    assert found[2] is None
    assert {body.mark for body in found if body} == {"memory"}


def test_the_files_name_marks_offices_and_sources_that_exist() -> None:
    offices = open_library().offices
    assert {body.mark for body in bodies()} | {rule.mark for rule in rules()} <= set(MARKS)
    assert [body.key for body in bodies() if not body.source or (body.office and body.office not in offices)] == []
    ended = [body.office for body in bodies() if body.office and body.valid_to == "2025-07-01"]
    assert {offices[office].exists_to for office in ended} == {"2025-07-01"}
    assert {rule.key for rule in rules() if rule.level} <= {body.key for body in bodies()}
    assert {rule.kind for rule in rules()} <= set(OrganisationKind)


def test_more_schools_need_no_more_queries(act: Act) -> None:
    province = place("19", LAST)
    counts = []
    for start, end in ((0, 1), (1, 3)):
        for number in range(start, end):
            each = founded(f"Trường TH {number}", place("05692", LAST), act, on=LONG_AGO)
            branch = founded(f"Điểm trường {number}", place("05692", LAST), act, kind="school", on=LONG_AGO)
            put_under(branch, Superior(organisation=each), "sector", on=LONG_AGO, act=act, said=said())
        above = body_node("education.province", province, LAST)
        assert above is not None
        with CaptureQueriesContext(connection) as asked:
            found = all_below(above, "sector", LAST)
        counts.append((len(found) - 9, len(asked)))
    assert [number for number, _ in counts] == [2, 6]
    assert counts[0][1] == counts[1][1] < 25


DAYS = [NEW_YEAR + timedelta(days=30 * number) for number in range(4)]
Step = tuple[int, int, str, int]
events = st.lists(
    st.tuples(st.integers(0, 4), st.integers(-2, 5), st.sampled_from(["sector", "party"]), st.integers(0, 3)),
    max_size=14,
)


@pytest.fixture
def five(commune: Place, act: Act) -> list[Organisation]:
    """Five made-up bodies of one commune."""
    return [founded(f"Đơn vị MẪU {number}", commune, act, kind="primary") for number in range(5)]


def play(steps: Iterable[Step], five: list[Organisation], seat: Place, act: Act) -> None:
    """Put them under one another, under a body of the province, or under nobody; what cannot be is refused."""
    for one, other, line, day in steps:
        with suppress(Refused):
            if other == -2:
                close_organisation(five[one], on=DAYS[day], act=act, said=said())
            elif other == -1:
                end_superior(five[one], line, on=DAYS[day], act=act)
            elif other == 5:
                body = {"sector": "education.province", "party": "party.province"}[line]
                put_under(five[one], Superior(body=body, place=seat), line, on=DAYS[day], act=act, said=said())
            else:
                put_under(five[one], Superior(organisation=five[other]), line, on=DAYS[day], act=act, said=said())


def circles(on: date, line: str) -> list[int]:
    """Who stands above themselves on a day, by what is entered; two superiors of one are a failure at once."""
    rows = list(Subordination.objects.filter(queries.true_on(on), line=line))
    above = {row.organisation_id: row.superior_id for row in rows}
    assert len(above) == len(rows)
    found = []
    for one in above:
        seen, now = set(), above.get(one)
        while now is not None and now not in seen:
            seen.add(now)
            now = above.get(now)
        found += [one] if one in seen else []
    return found


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=events)
def test_on_no_day_a_circle_or_two_superiors(
    steps: list[Step], five: list[Organisation], thai_nguyen: Place, act: Act
) -> None:
    with transaction.atomic():
        play(steps, five, thai_nguyen, act)
        assert [circles(on, line) for on in DAYS for line in ("sector", "party")] == [[]] * 8
        transaction.set_rollback(True)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(steps=events)
def test_who_is_below_is_the_mirror_of_who_is_above(
    steps: list[Step], five: list[Organisation], thai_nguyen: Place, act: Act
) -> None:
    on = DAYS[-1]
    with transaction.atomic():
        play(steps, five, thai_nguyen, act)
        there = [each for each in five if organisation_node(each, on)]
        pairs = {(each.pk, step.node.key) for each in there for step in chain_above(node(each, on), "sector", on).steps}
        for each in there:
            below = {found.node.key for found in all_below(node(each, on), "sector", on)}
            assert below == {("", key) for key, above in pairs if above == ("", each.pk)}
        transaction.set_rollback(True)

"""A return: written, prepared, approved by another, accepted above, locked, and opened again with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from densach.history.domain import verify_chain
from densach.history.queries import chain_of
from densach.problems import Refused
from densach.reporting.figures import domain
from densach.reporting.figures.domain import Typed
from tests.assessing.making import open_year, settle
from tests.reporting.below import another, country
from tests.reporting.figures.making import (
    CENTRES,
    FUND,
    MODELS,
    NOW,
    ORGANISATION,
    SPENT,
    Hands,
    figures_at,
    in_place,
    looking,
    of,
    typed,
    up_to,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def hands(commune: Place, thai_nguyen: Place, act: Act) -> Hands:
    return Hands(commune, thai_nguyen, act)


def refused(doing: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as found:
        doing()
    return [(each.code, each.where) for each in found.value.problems]


class TestTheWayUp:
    """Two people of the place, one above, and then it is locked."""

    def test_figures_are_there_once_it_is_accepted(self, hands: Hands, commune: Place) -> None:
        up_to(hands, of(commune), SPENT, "approved")
        assert figures_at(commune) == {}
        report = domain.accept(hands.receiver, of(commune), at=NOW)
        assert (report.state, report.sent_on) == ("accepted", hands.head.today)
        assert figures_at(commune) == {(code, 20262): (value, None) for code, value in SPENT.items()}

    def test_every_step_stands_in_the_log(self, hands: Hands, commune: Place) -> None:
        report = up_to(hands, of(commune), SPENT)
        entries = [(entry.event, entry.who.partition(" ")[0]) for entry in chain_of("report", str(report.pk))]
        who = [
            str(each.account.uid) for each in (hands.writer, hands.writer, hands.head, hands.receiver) if each.account
        ]
        assert entries == list(zip(["written", "prepared", "approved", "accepted"], who, strict=True))
        assert verify_chain("report", report.pk) == []

    def test_whoever_prepared_does_not_approve(self, hands: Hands, commune: Place) -> None:
        up_to(hands, of(commune), SPENT, "prepared")
        assert [code for code, _ in refused(lambda: domain.approve(hands.writer, of(commune), at=NOW))] == ["G116"]

    def test_each_step_has_its_turn(self, hands: Hands, commune: Place) -> None:
        which = of(commune)
        up_to(hands, which, SPENT, "open")
        for doing in (
            lambda: domain.approve(hands.head, which, at=NOW),
            lambda: domain.accept(hands.receiver, which, at=NOW),
            lambda: domain.reopen(hands.receiver, which, "sai", at=NOW),
        ):
            assert [code for code, _ in refused(doing)] == ["G110"]

    def test_what_was_accepted_is_locked(self, hands: Hands, commune: Place) -> None:
        up_to(hands, of(commune), SPENT)
        later = typed({"FUND_RAISED": 1})
        assert [code for code, _ in refused(lambda: domain.write(hands.writer, of(commune), later, at=NOW))] == ["G110"]

    def test_a_share_is_worked_out_from_its_counts(self, hands: Hands, commune: Place) -> None:
        up_to(hands, of(commune, ORGANISATION), {"KHVN_MEMBERS": 2344, "KHVN_POPULATION": 10000})
        assert figures_at(commune)[("KHVN_MEMBERS_OF_POPULATION", 20260)] == (2344, 10000)

    def test_of_nothing_there_is_no_share(self, hands: Hands, commune: Place) -> None:
        up_to(hands, of(commune, ORGANISATION), {"KHVN_MEMBERS": 0, "KHVN_POPULATION": 0})
        assert ("KHVN_MEMBERS_OF_POPULATION", 20260) not in figures_at(commune)


class TestGoingBack:
    """Taken back, given back, opened again: with a reason, and nothing is lost."""

    def test_it_is_taken_back_before_the_head_approves(self, hands: Hands, commune: Place) -> None:
        up_to(hands, of(commune), SPENT, "prepared")
        assert domain.take_back(hands.writer, of(commune), at=NOW).state == "open"

    @pytest.mark.parametrize(("step", "who"), [("prepared", "head"), ("approved", "receiver")])
    def test_it_is_given_back_with_a_reason(self, hands: Hands, commune: Place, step: str, who: str) -> None:
        up_to(hands, of(commune), SPENT, step)
        viewer = getattr(hands, who)
        assert refused(lambda: domain.give_back(viewer, of(commune), " ", at=NOW)) == [("G117", "why")]
        report = domain.give_back(viewer, of(commune), "Thiếu số học bổng.", at=NOW)
        assert (report.state, report.note, report.prepared_by) == ("open", "Thiếu số học bổng.", None)

    def test_reopened_it_keeps_what_was_accepted_until_it_is_accepted_again(self, hands: Hands, commune: Place) -> None:
        which = of(commune)
        up_to(hands, which, SPENT)
        report = domain.reopen(hands.receiver, which, "Xã báo nhầm số vận động.", at=NOW)
        assert (report.state, report.reopened, report.accepted_by) == ("open", 1, None)
        assert figures_at(commune)[("FUND_RAISED", 20262)] == (90_000_000, None)
        up_to(hands, which, {"FUND_RAISED": 95_000_000, "FUND_SPENT_AWARDS": None})
        assert figures_at(commune) == {
            ("FUND_RAISED", 20262): (95_000_000, None),
            ("FUND_SPENT", 20262): (80_000_000, None),
        }
        last = list(chain_of("report", str(report.pk)))[-1]
        assert (last.state_before["FUND_RAISED"], last.state_after["FUND_RAISED"]) == (90_000_000, 95_000_000)
        assert [entry.why for entry in chain_of("report", str(report.pk)) if entry.event == "reopened"] == [
            "Xã báo nhầm số vận động."
        ]

    def test_the_day_it_first_went_up_stays(self, hands: Hands, commune: Place) -> None:
        report = up_to(hands, of(commune), SPENT)
        domain.reopen(hands.receiver, of(commune), "sai", at=NOW)
        report.refresh_from_db()
        assert report.sent_on == hands.head.today


class TestNumbers:
    """What cannot be is refused as a whole, and nothing is half-written."""

    @pytest.mark.parametrize(
        ("numbers", "problems"),
        [
            ({"FUND_MAGIC": 1}, [("G103", "FUND_MAGIC")]),
            ({"FUND_RAISED": -1}, [("G105", "FUND_RAISED")]),
            ({"FUND_RAISED": 10**15 + 1}, [("G105", "FUND_RAISED")]),
            ({"FUND_SPENT": 10, "FUND_SPENT_AWARDS": 11}, [("G106", "FUND_SPENT_AWARDS"), ("G107", "FUND_SPENT")]),
            ({"FUND_SPENT": 10, "FUND_SPENT_AWARDS": 6, "FUND_SPENT_SUPPORT": 6}, [("G107", "FUND_SPENT")]),
        ],
    )
    def test_what_cannot_be_is_refused(
        self, hands: Hands, commune: Place, numbers: Mapping[str, int | None], problems: list[tuple[str, str]]
    ) -> None:
        good = {"FUND_BALANCE": 5, **numbers}
        assert refused(lambda: domain.write(hands.writer, of(commune), typed(good), at=NOW)) == problems
        with pytest.raises(Refused):
            domain.prepare(hands.writer, of(commune), at=NOW)

    def test_a_share_is_never_typed(self, hands: Hands, commune: Place) -> None:
        share = typed({"KHVN_MEMBERS_OF_POPULATION": 23})
        doing = lambda: domain.write(hands.writer, of(commune, ORGANISATION), share, at=NOW)  # noqa: E731
        assert refused(doing) == [("G104", "KHVN_MEMBERS_OF_POPULATION")]

    def test_a_rule_holds_over_what_was_written_before(self, hands: Hands, commune: Place) -> None:
        up_to(hands, of(commune), {"FUND_SPENT": 10}, "open")
        doing = lambda: domain.write(hands.writer, of(commune), typed({"FUND_SPENT_AWARDS": 11}), at=NOW)  # noqa: E731
        assert refused(doing)[0] == ("G106", "FUND_SPENT_AWARDS")

    def test_the_same_numbers_once_more_change_nothing(self, hands: Hands, commune: Place) -> None:
        first = up_to(hands, of(commune), SPENT, "open")
        again = domain.write(hands.writer, of(commune), typed(SPENT), at=NOW, version=99)
        assert (again.version, len(chain_of("report", str(first.pk)))) == (first.version, 1)

    def test_who_writes_over_another_finds_out(self, hands: Hands, commune: Place) -> None:
        first = up_to(hands, of(commune), SPENT, "open")
        domain.write(hands.head, of(commune), typed({"FUND_RAISED": 1}), at=NOW, version=first.version)
        mine = typed({"FUND_RAISED": 2})
        doing = lambda: domain.write(hands.writer, of(commune), mine, at=NOW, version=first.version)  # noqa: E731
        assert [code for code, _ in refused(doing)] == ["G111"]

    def test_an_empty_return_does_not_go_up(self, hands: Hands, commune: Place) -> None:
        assert refused(lambda: domain.prepare(hands.writer, of(commune), at=NOW)) == [("G112", "khvn-quy")]
        domain.write(hands.writer, of(commune), {"FUND_RAISED": Typed(None, note="chưa có")}, at=NOW)
        assert refused(lambda: domain.prepare(hands.writer, of(commune), at=NOW)) == [("G112", "khvn-quy")]


class TestPeriods:
    """A return speaks of a period that is over, and of a place that was there."""

    def test_a_period_to_come_is_refused(self, hands: Hands, commune: Place) -> None:
        which = of(commune, year=2028)
        assert refused(lambda: domain.write(hands.writer, which, typed(SPENT), at=NOW)) == [("G108", "period")]

    def test_one_that_runs_can_be_written_but_not_sent(self, hands: Hands, commune: Place) -> None:
        which = of(commune, year=2027, half=1)
        domain.write(hands.writer, which, typed(SPENT), at=NOW)
        assert refused(lambda: domain.prepare(hands.writer, which, at=NOW)) == [("G113", "period")]

    def test_a_commune_does_not_report_for_a_year_before_it_was_there(self, hands: Hands, commune: Place) -> None:
        which = of(commune, year=2025, half=1)
        assert refused(lambda: domain.write(hands.writer, which, typed(SPENT), at=NOW)) == [("G109", "period")]


class TestComputed:
    """What our records give is filled in, and contradicted only with a reason."""

    @pytest.fixture
    def round_(self, commune: Place, act: Act) -> None:
        open_year(settle(commune, act), act)

    @pytest.mark.usefixtures("round_")
    def test_it_is_filled_in(self, hands: Hands, commune: Place) -> None:
        up_to(hands, of(commune, MODELS), {"MODEL_UNIT_RECOGNISED": 0})
        found = figures_at(commune)
        assert found[("MODEL_CITIZEN_TOTAL", 20260)] == (4, None)
        assert found[("MODEL_FAMILY_TOTAL", 20260)] == (2, None)
        assert ("MODEL_FAMILY_RECOGNISED", 20260) not in found  # no act is recorded, which is not 0

    @pytest.mark.usefixtures("round_")
    def test_another_number_needs_a_reason_and_both_are_kept(self, hands: Hands, commune: Place) -> None:
        which = of(commune, MODELS)
        up_to(hands, which, {"MODEL_FAMILY_TOTAL": 3}, "open")
        assert refused(lambda: domain.prepare(hands.writer, which, at=NOW)) == [("G114", "MODEL_FAMILY_TOTAL")]
        why = "Một hộ mới chuyển đến chưa vào sổ."
        domain.write(hands.writer, which, {"MODEL_FAMILY_TOTAL": Typed(3, reason=why)}, at=NOW)
        domain.prepare(hands.writer, which, at=NOW)
        domain.approve(hands.head, which, at=NOW)
        domain.accept(hands.receiver, which, at=NOW)
        from densach.reporting.figures.models import Figure, Origin, Value

        kept = Value.objects.get(indicator__code="MODEL_FAMILY_TOTAL")
        assert (kept.value, kept.computed, kept.reason) == (3, 2, why)
        assert Figure.objects.get(indicator__code="MODEL_FAMILY_TOTAL").origin == Origin.CONTRADICTED
        assert Figure.objects.get(indicator__code="MODEL_CITIZEN_TOTAL").origin == Origin.COMPUTED

    def test_a_place_above_adds_up_what_was_accepted_below(self, thai_nguyen: Place, act: Act) -> None:
        from tests.reporting.below import real

        first, second, third = real("05443"), real("01840"), real("01843")
        hands = Hands(first, thai_nguyen, act)
        up_to(hands, of(first), {"FUND_RAISED": 10})
        up_to(in_place(hands, second), of(second), {"FUND_RAISED": 20})
        up_to(in_place(hands, third), of(third), {"FUND_RAISED": 40}, "approved")
        above = Hands(thai_nguyen, country(), act)
        report = up_to(above, of(thai_nguyen), {"FUND_TEACHERS": 1}, "prepared")
        from densach.reporting.figures.queries import values_of

        assert values_of(report)["FUND_RAISED"].value == 30


class TestLeads:
    """What is unusual asks for a word, and no more."""

    def test_a_jump_since_the_year_before_asks_for_a_note(self, thai_nguyen: Place, act: Act) -> None:
        from tests.reporting.below import real

        place = real()
        hands = Hands(place, thai_nguyen, act)
        up_to(hands, of(place, year=2025), {"FUND_RAISED": 100, "FUND_PUPILS": 10})
        which = of(place, year=2026)
        up_to(hands, which, {"FUND_RAISED": 151, "FUND_PUPILS": 15}, "open")
        assert refused(lambda: domain.prepare(hands.writer, which, at=NOW)) == [("G115", "FUND_RAISED")]
        domain.write(hands.writer, which, typed({"FUND_RAISED": 151}, note="Một doanh nghiệp ủng hộ."), at=NOW)
        assert domain.prepare(hands.writer, which, at=NOW).state == "prepared"


class TestWhoMay:
    """Whoever is not of the place, the line or the step finds nothing there."""

    @pytest.mark.parametrize(
        "role", [Role.COMMUNE_OFFICER, Role.COMMUNE_LEADER, Role.FRONT_HEAD, Role.CENTRE_DIRECTOR, Role.AUDITOR]
    )
    def test_no_other_line_writes(self, commune: Place, act: Act, role: Role) -> None:
        viewer = looking(role, commune, act)
        assert [code for code, _ in refused(lambda: domain.write(viewer, of(commune), typed(SPENT), at=NOW))] == [
            "H103"
        ]

    def test_the_government_reports_what_is_its_own(self, commune: Place, thai_nguyen: Place, act: Act) -> None:
        which = of(commune, CENTRES)
        officer = looking(Role.COMMUNE_OFFICER, commune, act)
        domain.write(officer, which, typed({"CLC_CENTRES": 1, "CLC_USING_IT": 1}), at=NOW)
        domain.prepare(officer, which, at=NOW)
        domain.approve(looking(Role.COMMUNE_LEADER, commune, act), which, at=NOW)
        domain.accept(looking(Role.PROVINCE_OFFICER, thai_nguyen, act), which, at=NOW)
        assert figures_at(commune)[("CLC_USING_IT_SHARE", 20260)] == (1, 1)

    def test_a_neighbour_neither_writes_nor_accepts(self, hands: Hands, commune: Place, act: Act) -> None:
        beside = another(hands.above, 2, act).place
        stranger = looking(Role.ASSOCIATION_OFFICER, beside, act)
        up_to(hands, of(commune), SPENT, "approved")
        for doing in (
            lambda: domain.write(stranger, of(commune), typed(SPENT), at=NOW),
            lambda: domain.accept(stranger, of(commune), at=NOW),
            lambda: domain.give_back(stranger, of(commune), "sai", at=NOW),
            lambda: domain.accept(hands.head, of(commune), at=NOW),
        ):
            assert [code for code, _ in refused(doing)] == ["H103"]

    def test_fund_is_half_yearly(self, commune: Place) -> None:
        assert of(commune, FUND).period.code == "2026S2"

"""Questions about a commune's file, and what a province says of it: in turn, with reasons, and nothing rewritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from densach.authority.roles import Role
from densach.history.domain import verify_chain
from densach.history.queries import chain_of
from densach.problems import Refused
from densach.reporting.below.access import questions_waiting, see_questions, waiting_above
from densach.reporting.below.inquiries import Asked, answer, ask, ask_again, settle
from densach.reporting.below.opinions import Kind, Said, may_say, say_opinion
from densach.reporting.models import Inquiry, Opinion
from tests.assessing.making import YEAR, open_year, run
from tests.authority.roles import NOW, given, in_role
from tests.reporting.below import another, country, judged, looking, made_up

if TYPE_CHECKING:
    from densach.assessing.models import Round
    from densach.authority.access import Viewer
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
TEXT = "Chỉ tiêu 1.3: minh chứng nào cho tuần lễ học tập?"


@pytest.fixture
def round_(commune: Place, act: Act) -> Round:
    return judged(made_up(commune, act), act)


@pytest.fixture
def officer(thai_nguyen: Place, act: Act) -> Viewer:
    return looking(Role.PROVINCE_OFFICER, thai_nguyen, act)


@pytest.fixture
def leader(thai_nguyen: Place, act: Act) -> Viewer:
    return looking(Role.PROVINCE_LEADER, thai_nguyen, act)


@pytest.fixture
def xa(commune: Place, act: Act) -> Viewer:
    """The officer of the commune."""
    return looking(Role.COMMUNE_OFFICER, commune, act)


def asked(**more: object) -> Asked:
    return replace(Asked(uid=uuid4(), text=TEXT), **more)  # type: ignore[arg-type]


def words(inquiry: Inquiry) -> list[tuple[str, str]]:
    return [(message.kind, message.text) for message in inquiry.messages.all()]


class TestQuestions:
    """A thread: asked, answered, asked again, settled."""

    def test_a_thread_keeps_every_word_in_its_order(self, round_: Round, officer: Viewer, xa: Viewer) -> None:
        inquiry = ask(officer, round_, asked(), at=NOW)
        assert (questions_waiting(xa), waiting_above(officer)) == (1, {"answered": 0, "verified": 0, "returned": 0})
        answer(xa, inquiry.uid, "Có ảnh và kế hoạch số 5.", read=1, at=NOW)
        assert (questions_waiting(xa), waiting_above(officer)) == (0, {"answered": 1, "verified": 0, "returned": 0})
        ask_again(officer, inquiry.uid, "Kế hoạch ký ngày nào?", read=2, at=NOW)
        answer(xa, inquiry.uid, "Ngày 01/10/2026.", read=3, at=NOW)
        settle(officer, inquiry.uid, "Đã rõ.", read=4, at=NOW)
        assert words(inquiry) == [
            ("asked", TEXT),
            ("answered", "Có ảnh và kế hoạch số 5."),
            ("asked", "Kế hoạch ký ngày nào?"),
            ("answered", "Ngày 01/10/2026."),
            ("settled", "Đã rõ."),
        ]
        assert [entry.event for entry in chain_of("inquiry", str(inquiry.pk))] == [kind for kind, _ in words(inquiry)]
        assert verify_chain("inquiry", inquiry.pk) == []
        with pytest.raises(Refused, match="R188"):
            answer(xa, inquiry.uid, "Còn nữa.", read=5, at=NOW)

    def test_one_form_asks_once_and_one_answer_is_written_once(
        self, round_: Round, officer: Viewer, xa: Viewer
    ) -> None:
        question = asked()
        assert ask(officer, round_, question, at=NOW) == ask(officer, round_, question, at=NOW)
        for _ in range(2):
            answer(xa, question.uid, "Có.", read=1, at=NOW)
        assert words(Inquiry.objects.get()) == [("asked", TEXT), ("answered", "Có.")]

    def test_of_two_at_the_same_moment_the_second_hears_who_was_first(
        self, round_: Round, officer: Viewer, xa: Viewer, commune: Place, act: Act
    ) -> None:
        inquiry = ask(officer, round_, asked(), at=NOW)
        answer(looking(Role.COMMUNE_LEADER, commune, act), inquiry.uid, "Lãnh đạo đã trả lời.", read=1, at=NOW)
        with pytest.raises(Refused, match="R183") as refused:
            answer(xa, inquiry.uid, "Cán bộ cũng trả lời.", read=1, at=NOW)
        assert refused.value.problems[0].words["who"].startswith("Người MẪU commune_leader")
        assert len(words(inquiry)) == 2

    @pytest.mark.parametrize(
        ("more", "code"),
        [({"text": "  "}, "R182"), ({"text": "x" * 4001}, "R187"), ({"due": date(2026, 12, 1)}, "R186"),
         ({"due_basis": "Điều 5"}, "R186"), ({"due": date(2026, 1, 1), "due_basis": "Điều 5"}, "R190"),
         ({"due": date(2026, 12, 1), "due_basis": "x" * 301}, "R187")],
    )  # fmt: skip
    def test_what_cannot_be_is_refused_and_nothing_is_written(
        self, round_: Round, officer: Viewer, more: dict[str, object], code: str
    ) -> None:
        with pytest.raises(Refused, match=code):
            ask(officer, round_, asked(**more), at=NOW)
        assert not Inquiry.objects.exists()

    def test_a_deadline_stands_with_its_text(self, round_: Round, officer: Viewer) -> None:
        inquiry = ask(officer, round_, asked(due=date(2026, 12, 1), due_basis="Công văn MẪU số 9, điểm 2"), at=NOW)
        assert (inquiry.due, inquiry.due_basis) == (date(2026, 12, 1), "Công văn MẪU số 9, điểm 2")

    def test_who_is_outside_neither_asks_nor_answers_nor_reads(
        self, round_: Round, officer: Viewer, commune: Place, thai_nguyen: Place, act: Act
    ) -> None:
        from densach.places.lookup import get_place

        inquiry = ask(officer, round_, asked(), at=NOW)
        other = another(thai_nguyen, 2, act)
        elsewhere = looking(Role.PROVINCE_OFFICER, get_place("25", date(2026, 11, 26)).place, act)
        strangers = [
            elsewhere,
            looking(Role.COMMUNE_OFFICER, other.place, act),
            looking(Role.FRONT_HEAD, thai_nguyen, act),
            looking(Role.VILLAGE_HEAD, made_village(commune), act),
        ]
        for stranger in strangers:
            with pytest.raises(Refused, match="H103"):
                ask(stranger, round_, asked(), at=NOW)
            with pytest.raises(Refused, match="H103"):
                answer(stranger, inquiry.uid, "Tôi trả lời.", read=1, at=NOW)
            with pytest.raises(Refused, match="H103"):
                settle(stranger, inquiry.uid, "Khép.", read=1, at=NOW)
        assert see_questions(strangers[1]) == []
        with pytest.raises(Refused, match="H103"):
            see_questions(looking(Role.FRONT_HEAD, commune, act))
        # The ministry asks for itself, and leaves the province's questions to the province.
        ministry = looking(Role.MINISTRY_OFFICER, country(), act)
        ask(ministry, round_, asked(), at=NOW)
        with pytest.raises(Refused, match="H103"):
            settle(ministry, inquiry.uid, "Khép.", read=1, at=NOW)


class TestOpinions:
    """An officer verifies, a leader approves; either sends back or withdraws with a reason."""

    def said(self, round_: Round, kind: Kind, reason: str = "", **more: object) -> Said:
        from densach.assessing.models import Assessment

        seal = Assessment.objects.get(round=round_, title_key="commune.tt25").seal
        said = Said(kind=kind, reason=reason, read=Opinion.objects.filter(round=round_).count(), seal=seal)
        return replace(said, **more)  # type: ignore[arg-type]

    def test_two_people_in_turn(self, round_: Round, officer: Viewer, leader: Viewer) -> None:
        assert may_say(officer, None) == (Kind.VERIFIED, Kind.SENT_BACK)
        assert may_say(leader, None) == ()
        verified = say_opinion(officer, round_, self.said(round_, Kind.VERIFIED), at=NOW)
        assert (may_say(officer, verified), may_say(leader, verified)) == (
            (Kind.WITHDRAWN,),
            (Kind.APPROVED, Kind.SENT_BACK),
        )
        assert waiting_above(leader) == {"answered": 0, "verified": 1, "returned": 0}
        approved = say_opinion(leader, round_, self.said(round_, Kind.APPROVED), at=NOW)
        assert (may_say(officer, approved), may_say(leader, approved)) == ((), (Kind.FORWARDED, Kind.WITHDRAWN))
        withdrawn = say_opinion(leader, round_, self.said(round_, Kind.WITHDRAWN, "Ký nhầm hồ sơ."), at=NOW)
        assert may_say(officer, withdrawn) == (Kind.VERIFIED, Kind.SENT_BACK)
        kinds = [one.kind for one in Opinion.objects.order_by("order")]
        assert kinds == ["verified", "approved", "withdrawn"]
        entries = list(chain_of("opinion", str(round_.pk)))
        assert [entry.event for entry in entries] == kinds
        assert entries[-1].why == "Ký nhầm hồ sơ."
        assert verify_chain("opinion", round_.pk) == []

    @pytest.mark.parametrize("kind", [Kind.APPROVED, Kind.WITHDRAWN])
    def test_no_step_is_taken_out_of_turn(self, round_: Round, officer: Viewer, leader: Viewer, kind: Kind) -> None:
        for viewer in (officer, leader):
            with pytest.raises(Refused, match="R184"):
                say_opinion(viewer, round_, self.said(round_, kind, "Lý do."), at=NOW)

    def test_sending_back_needs_a_reason(self, round_: Round, officer: Viewer) -> None:
        with pytest.raises(Refused, match="R182"):
            say_opinion(officer, round_, self.said(round_, Kind.SENT_BACK, " "), at=NOW)
        say_opinion(officer, round_, self.said(round_, Kind.SENT_BACK, "Thiếu biên bản họp."), at=NOW)
        assert Opinion.objects.get().reason == "Thiếu biên bản họp."

    def test_who_verified_does_not_approve_as_well(self, round_: Round, thai_nguyen: Place, act: Act) -> None:
        both = looking(Role.PROVINCE_OFFICER, thai_nguyen, act)
        assert both.account is not None
        signing = in_role(both.account, given(both.account, Role.PROVINCE_LEADER, thai_nguyen, act))
        say_opinion(both, round_, self.said(round_, Kind.VERIFIED), at=NOW)
        with pytest.raises(Refused, match="R185"):
            say_opinion(signing, round_, self.said(round_, Kind.APPROVED), at=NOW)

    def test_of_two_at_the_same_moment_one_wins(
        self, round_: Round, officer: Viewer, thai_nguyen: Place, act: Act
    ) -> None:
        other = looking(Role.PROVINCE_OFFICER, thai_nguyen, act)
        read_by_both = self.said(round_, Kind.VERIFIED)
        say_opinion(officer, round_, read_by_both, at=NOW)
        say_opinion(officer, round_, read_by_both, at=NOW)  # the same form sent twice
        with pytest.raises(Refused, match="R183"):
            say_opinion(other, round_, read_by_both, at=NOW)
        assert Opinion.objects.count() == 1

    def test_nobody_agrees_to_a_result_that_changed_meanwhile(self, round_: Round, officer: Viewer) -> None:
        with pytest.raises(Refused, match="R183"):
            say_opinion(officer, round_, self.said(round_, Kind.VERIFIED, seal="sha256:old"), at=NOW)

    def test_there_is_nothing_to_verify_before_the_round_is_judged(
        self, thai_nguyen: Place, officer: Viewer, act: Act
    ) -> None:
        opened = open_year(another(thai_nguyen, 3, act), act)
        said = Said(kind=Kind.VERIFIED, reason="", read=0, seal="")
        with pytest.raises(Refused, match="R189"):
            say_opinion(officer, opened, said, at=NOW)
        run(opened, act)
        say_opinion(officer, opened, self.said(opened, Kind.VERIFIED), at=NOW)

    def test_only_the_province_of_the_commune_agrees(self, round_: Round, commune: Place, act: Act) -> None:
        from densach.places.lookup import get_place

        elsewhere = get_place("25", date(2026, 11, 26)).place
        for role, place in (
            (Role.COMMUNE_LEADER, commune),
            (Role.PROVINCE_OFFICER, elsewhere),
            (Role.PROVINCE_LEADER, elsewhere),
        ):
            with pytest.raises(Refused, match="H103"):
                say_opinion(looking(role, place, act), round_, self.said(round_, Kind.VERIFIED), at=NOW)
        with pytest.raises(Refused, match="R184"):  # nothing was sent up to the ministry
            say_opinion(looking(Role.MINISTRY_OFFICER, country(), act), round_, self.said(round_, Kind.AGREED), at=NOW)
        assert round_.year == YEAR


def made_village(commune: Place) -> Place:
    from densach.places.queries import villages_of

    row = villages_of(commune, date(2026, 11, 26)).first()
    assert row is not None
    return row.place

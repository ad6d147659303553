"""Requests: the days of the law, once though sent twice, erased or refused with the article, settled with a reason."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from densach.assessing.privacy.clock import due_days, working_days_after
from densach.policy.personal_data import request_rules
from densach.problems import Refused
from tests.assessing.privacy.making import head_of_first, says
from tests.people.making import enter, family, village

if TYPE_CHECKING:
    from densach.assessing.privacy.models import DataRequest
    from densach.history.domain import Act
    from densach.people.models import Person
    from densach.places.models import Place

THURSDAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("kind", "answer", "settle"),
    [("provide", date(2026, 11, 30), date(2026, 12, 6)), ("correct", date(2026, 11, 30), date(2026, 12, 6)),
     ("withdraw", date(2026, 11, 30), date(2026, 12, 11)), ("restrict", date(2026, 11, 30), date(2026, 12, 11)),
     ("object", date(2026, 11, 30), date(2026, 12, 11)), ("delete", date(2026, 11, 30), date(2026, 12, 16))],
)  # fmt: skip
def test_each_kind_is_due_by_the_days_of_the_decree(kind: Any, answer: date, settle: date) -> None:
    due = due_days(request_rules()[kind], THURSDAY)
    assert (due.answer_by, due.settle_by) == (answer, settle)


def test_a_weekend_is_no_working_day() -> None:
    assert [working_days_after(date(2026, 11, day), 2).day for day in (23, 26, 27, 28, 29)] == [25, 30, 1, 1, 1]


@pytest.fixture
def head(commune: Place, act: Act) -> Person:
    enter(commune, family(village(commune, act), 1), act)
    return head_of_first()


def ask(person: Person, act: Act, kind: Any = "correct", about: str = "full_name", **said: str) -> DataRequest:
    from densach.assessing.privacy.requesting import Ask, ask_people

    usual = {"wanted": "Nguyễn Văn Mầu"} if kind == "correct" else {"text": "Không muốn"}
    return ask_people(person, Ask(kind=kind, about=about, **(usual | said)), says(), on=THURSDAY, act=act)


def write(request: DataRequest, text: str, act: Act, *, officer: bool) -> None:
    from densach.assessing.privacy.requesting import Words, write_in_thread

    words = Words(text=text, by=None, role="commune_officer" if officer else "citizen", officer=officer)
    write_in_thread(request, words, on=date(2026, 11, 27), act=act)


def settled(
    request: DataRequest, act: Act, *, done: bool = True, reason: str = "Giấy khai sinh MẪU số 3"
) -> DataRequest:
    from densach.assessing.privacy.requesting import Settlement, settle

    how = Settlement(done=done, reason=reason, by=None, role="commune_officer")
    return settle(request, how, on=date(2026, 12, 1), act=act)


@pytest.mark.django_db
def test_what_is_sent_twice_is_one_request_of_the_commune_one_lives_in(head: Person, commune: Place, act: Act) -> None:
    first, again = ask(head, act), ask(head, act, wanted="Nguyễn Văn Khác")
    assert (first.pk, again.wanted, first.commune, first.state) == (again.pk, "Nguyễn Văn Mầu", commune, "waiting")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("about", "wanted"),
    [("full_name", "N"), ("full_name", "Nguyễn 2"), ("birth_date", "31/02/1980"), ("birth_date", "27/11/2026"),
     ("birth_date", "01/01/1800"), ("sex", "khác"), ("home", " "), ("other", "x" * 201)],
)  # fmt: skip
def test_what_cannot_stand_in_a_field_is_refused(head: Person, act: Act, about: str, wanted: str) -> None:
    from densach.assessing.privacy.models import DataRequest

    with pytest.raises(Refused, match="U157"):
        ask(head, act, about=about, wanted=wanted)
    assert DataRequest.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("about", "wanted", "column", "stands"),
    [("full_name", "nguyễn  văn Mầu", "full_name", "nguyễn văn Mầu"), ("sex", " nữ", "sex", "female"),
     ("birth_date", "2/5/1981", "birth_date", date(1980, 5, 1)),
     ("birth_date", "02/05/1981", "birth_date", date(1981, 5, 2)),
     ("home", "Thôn Đông", "full_name", "Nguyễn Văn Mẫu 1")],
)  # fmt: skip
def test_what_is_granted_stands_in_the_register_in_the_same_moment(
    head: Person, act: Act, about: str, wanted: str, column: str, stands: object
) -> None:
    if wanted == "2/5/1981":
        with pytest.raises(Refused, match="U157"):
            ask(head, act, about=about, wanted=wanted)
    else:
        settled(ask(head, act, about=about, wanted=wanted), act)
    head.refresh_from_db()
    assert getattr(head, column) == stands


@pytest.mark.django_db
def test_a_request_is_settled_once_and_with_a_reason(head: Person, act: Act) -> None:
    request = ask(head, act)
    with pytest.raises(Refused, match="U158"):
        settled(request, act, reason="  ")
    done = settled(request, act, done=False)
    assert (done.state, done.settled_on, done.reason) == ("refused", date(2026, 12, 1), "Giấy khai sinh MẪU số 3")
    with pytest.raises(Refused, match="U159"):
        settled(request, act)
    head.refresh_from_db()
    assert head.full_name == "Nguyễn Văn Mẫu 1"
    assert ask(head, act).pk != request.pk


@pytest.mark.django_db
def test_an_officers_first_word_answers_the_request_and_none_is_written_after(head: Person, act: Act) -> None:
    request = ask(head, act)
    write(request, "Có bản sao giấy khai sinh", act, officer=False)
    request.refresh_from_db()
    assert (request.state, request.received_on) == ("waiting", None)
    write(request, "Đã nhận, xin mang bản chính", act, officer=True)
    request.refresh_from_db()
    assert (request.state, request.received_on) == ("received", date(2026, 11, 27))
    settled(request, act)
    with pytest.raises(Refused, match="U159"):
        write(request, "Còn nữa", act, officer=False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("chosen", "state", "cites"),
    [(["fairness", "contact"], "done", ""), (["fairness", "recognise"], "partly", "recognise"),
     (["recognise", "account_for"], "refused", "recognise account_for")],
)  # fmt: skip
def test_what_rests_on_consent_goes_at_once_and_a_duty_is_refused_with_its_article(
    head: Person, act: Act, chosen: list[str], state: str, cites: str
) -> None:
    from densach.assessing.privacy.models import ConsentAct
    from densach.assessing.privacy.requesting import ask_erasure

    request = ask_erasure(head, chosen, says(), on=THURSDAY, act=act)
    assert (request.state, request.cites) == (state, cites)
    withdrawn = set(ConsentAct.objects.filter(given=False).values_list("purpose", flat=True))
    assert withdrawn == set(chosen) - {"recognise", "account_for"}
    with pytest.raises(Refused, match="U161"):
        ask_erasure(head, ["khong-co"], says(), on=THURSDAY, act=act)


@pytest.mark.django_db
def test_an_objection_to_what_rests_on_consent_is_a_withdrawal_once_it_is_granted(head: Person, act: Act) -> None:
    from densach.assessing.privacy.models import ConsentAct

    settled(ask(head, act, "object", "chapter_check"), act)
    assert list(ConsentAct.objects.values_list("purpose", "given")) == [("chapter_check", False)]
    refused = settled(ask(head, act, "object", "recognise"), act, done=False)
    assert refused.cites == "recognise"


@pytest.mark.django_db
def test_whoever_lives_nowhere_is_told_where_to_ask(head: Person, act: Act) -> None:
    from densach.people.records.lives import leave

    leave(head, on=date(2026, 6, 1), act=act)
    with pytest.raises(Refused, match="U156"):
        ask(head, act)

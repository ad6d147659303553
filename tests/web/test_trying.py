"""Trying a rubric without JavaScript: what is answered is judged as the engine does, told whole, and kept nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from densach.policy.library import open_library
from densach.rules.judging import Judge
from densach.web.trying import read_answers
from tests.rules.making import facts_for
from tests.web.walking import text_of, typed

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
LIBRARY = open_library()
RUBRICS = sorted(LIBRARY.rubrics)
CITIZEN = "congdan-324-2022"
SCORES = ("a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4", "c1", "c2")
WORDS = {"met": "● đạt", "unmet": "◯ chưa đạt", "unknown": "◐ chưa xác định", "not_applicable": "– không áp dụng"}


def tried(client: Client, answers: dict[str, str], rubric: str = CITIZEN) -> str:
    response = client.post(f"/luat/{rubric}/thu", answers)
    assert (response.status_code, response.headers["Cache-Control"]) == (200, "no-store")
    return text_of(response)


@pytest.mark.parametrize("rubric_id", RUBRICS)
def test_every_sheet_asks_its_questions_in_order(client: Client, rubric_id: str) -> None:
    html = client.get(f"/luat/{rubric_id}/thu").content.decode()
    facts = LIBRARY.rubric(rubric_id).rubric.facts
    places = [html.index(f'name="{fact.id}"') for fact in facts]
    assert (places == sorted(places), "no such variable" in html) == (True, False)
    assert html.count("<fieldset") == len(facts)
    if not facts:
        assert "Chưa thử được bộ tiêu chí này" in html


def test_enough_points_are_met(client: Client) -> None:
    text = tried(client, dict.fromkeys(SCORES, "8"))
    assert "● đạt: Đạt danh hiệu Công dân học tập 80 điểm trên 100" in text
    assert "Các bước nhỏ nhất" not in text
    assert "Đây là cách tính theo luật đã đọc, không phải công nhận." in text


def test_what_is_missing_comes_with_the_smallest_steps_and_their_article(client: Client) -> None:
    text = tried(client, dict.fromkeys(SCORES, "8") | {"b2": "4"})
    assert "◯ chưa đạt 76 điểm trên 100" in text
    steps = text[text.index("Các bước nhỏ nhất để đạt") : text.index("Kết quả từng chỉ tiêu")]
    assert "Từ “4” lên “8”." in steps
    assert steps.count("Từ “") == 1
    assert "324/QĐ-KHVN, Tiêu chí B, chỉ số b2" in steps


def test_what_is_not_answered_is_asked_and_never_counts_as_nought(client: Client) -> None:
    text = tried(client, dict.fromkeys(SCORES[:-1], "9"))
    assert "◐ chưa xác định từ 81 đến 91 điểm trên 100" in text
    asked = text[text.index("Cần biết thêm") : text.index("Kết quả từng chỉ tiêu")]
    assert "Hợp tác, chia sẻ trong lao động" in asked


def test_a_text_that_was_not_read_is_said_to_be_missing(client: Client) -> None:
    rubric = "donvitinh-tt24-2023"
    facts = {fact.id: "true" for fact in LIBRARY.rubric(rubric).rubric.facts if fact.kind == "boolean"}
    text = tried(client, facts, rubric)
    assert "◐ chưa xác định" in text
    assert "chưa đọc được." in text[text.index("Cần văn bản") : text.index("Kết quả từng chỉ tiêu")]


@pytest.mark.parametrize(
    ("answers", "told"),
    [({"a1": "11"}, "nhận số nguyên từ 0 đến 10; giá trị đã ghi là 11."),
     ({"a1": "bảy"}, "“bảy” không phải là câu trả lời của câu này."),
     ({"a1": "-1"}, "“-1” không phải là câu trả lời"),
     ({"a1": "7,5"}, "“7,5” không phải là câu trả lời"),
     ({"a1": "1\x002"}, "không phải là câu trả lời"),
     ({"a1": "٧"}, "“٧” không phải là câu trả lời"),
     ({"a1": "9" * 5000}, "không phải là câu trả lời"),
     ({"a1": "<script>alert(1)</script>"}, "“&lt;script&gt;alert(1)&lt;/sc” không phải")],
)  # fmt: skip
def test_an_answer_that_cannot_be_taken_is_told_beside_its_question(
    client: Client, answers: dict[str, str], told: str
) -> None:
    text = tried(client, dict.fromkeys(SCORES, "8") | answers)
    assert told in text
    assert "nên chưa có kết quả" in text
    assert "80 điểm" not in text


def test_a_part_that_is_more_than_its_whole_is_told_beside_it(client: Client) -> None:
    text = tried(client, {"members": "10", "members_trained": "11"}, "donvitinh-tt24-2023")
    assert "Phần không thể lớn hơn toàn bộ." in text


def test_a_number_may_be_written_with_its_thousands_grouped() -> None:
    rubric = LIBRARY.rubric("donvitinh-tt24-2023").rubric
    facts, problems = read_answers(rubric, {"members": "1.234", "learners": " 12 345 ", "members_trained": "1.23"})
    assert (facts, list(problems)) == ({"members": 1234, "learners": 12345}, ["members_trained"])


def test_what_was_answered_stays_in_the_form_to_be_changed(client: Client) -> None:
    html = client.post(f"/luat/{CITIZEN}/thu", {"a1": "7", "a2": "x"}).content.decode()
    assert 'value="7"' in html
    assert 'value="x" aria-invalid="true"' in html


def test_the_database_is_asked_only_what_law_stands_and_whether_it_is_a_demonstration(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(2):
        tried(client, dict.fromkeys(SCORES, "8"))
    assert not client.cookies


def test_a_program_is_sent_once_and_then_only_confirmed(client: Client) -> None:
    first = client.get(f"/luat/{CITIZEN}/chuong-trinh.json")
    assert (first.status_code, first["Content-Type"]) == (200, "application/json")
    again = client.get(f"/luat/{CITIZEN}/chuong-trinh.json", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/luat/khong-co/chuong-trinh.json").status_code == 404


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_the_page_says_what_the_engine_says(data: st.DataObject) -> None:
    rubric_id = data.draw(st.sampled_from(["congdan-324-2022", "donvitinh-tt24-2023", "xmc-nd20-2014", "xa-tt25-2023"]))
    judge = Judge(LIBRARY.rubric(rubric_id).rubric)
    facts = data.draw(facts_for(judge.rubric))
    text = tried(Client(), {name: typed(fact) for name, fact in facts.items()}, rubric_id)
    assert WORDS[judge.judge(facts).verdict] in text[: text.index("Kết quả từng chỉ tiêu")]


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(
    st.dictionaries(st.sampled_from([*SCORES, "csrf", "members", "", "a1[]"]), st.text(max_size=60)),
    st.sampled_from(RUBRICS),
)
def test_whatever_is_sent_is_answered_with_a_page(answers: dict[str, str], rubric_id: str) -> None:
    assert "Thử:" in tried(Client(), answers, rubric_id)

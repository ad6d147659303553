"""Programs send and read returns: idempotent, all or nothing, each refusal with its reason, and nothing of others."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from densach.api.domain import end_tokens, give_token
from densach.authority.roles import Role
from densach.history.domain import Act
from densach.reporting.figures.models import Report
from tests.reporting.below import another
from tests.reporting.figures.making import FUND, NOW, ORGANISATION, SPENT, TODAY, Hands, looking, of, up_to

if TYPE_CHECKING:
    from datetime import date

    from django.http.response import HttpResponseBase
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from densach.authority.access import Viewer
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
SETS = "/api/v1/dataValueSets"


@pytest.fixture(autouse=True)
def january(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything here happens on 15/01/2027."""
    monkeypatch.setattr("densach.api.interface.timezone.localdate", lambda: TODAY)


@pytest.fixture
def hands(commune: Place, thai_nguyen: Place, act: Act) -> Hands:
    return Hands(commune, thai_nguyen, act)


def token(viewer: Viewer, act: Act, until: date | None = None) -> str:
    assert viewer.account is not None
    return give_token(viewer.account, "phần mềm MẪU", since=TODAY, until=until or TODAY.replace(year=2028), act=act)


def body(place: Place, values: dict[str, Any], **more: Any) -> dict[str, Any]:
    rows = [{"dataElement": code, "value": value} for code, value in values.items()]
    return {"dataSet": FUND, "period": "2026S2", "orgUnit": str(place.uid), "dataValues": rows, **more}


def send(client: Client, secret: str, sent: Any, query: str = "") -> tuple[int, Any]:
    said = json.dumps(sent) if not isinstance(sent, str) else sent
    headers = {"Authorization": f"Bearer {secret}"}
    return answered(client.post(SETS + query, said, content_type="application/json", headers=headers))


def read(client: Client, secret: str, place: Place, dataset: str = FUND, period: str = "2026S2") -> tuple[int, Any]:
    asked = {"dataSet": dataset, "period": period, "orgUnit": str(place.uid)}
    return answered(client.get(SETS, asked, headers={"Authorization": f"Bearer {secret}"}))


def answered(answer: HttpResponseBase) -> tuple[int, Any]:
    return answer.status_code, json.loads(answer.getvalue())


def codes(summary: Any) -> list[tuple[int, str]]:
    return [(each["index"], each["problem"]["code"]) for each in summary["conflicts"]]


def test_sent_twice_it_changes_once(client: Client, hands: Hands, commune: Place, act: Act) -> None:
    secret = token(hands.writer, act)
    status, first = send(client, secret, body(commune, SPENT))
    assert (status, first["status"], first["importCount"]) == (200, "OK", {"changed": 3, "ignored": 0, "refused": 0})
    status, again = send(client, secret, body(commune, SPENT))
    assert (status, again["importCount"]) == (200, {"changed": 0, "ignored": 3, "refused": 0})
    assert Report.objects.get().version == 2


def test_one_bad_row_keeps_all_back_until_the_sender_says_so(
    client: Client, hands: Hands, commune: Place, act: Act
) -> None:
    secret = token(hands.writer, act)
    sent = body(commune, {"FUND_RAISED": 5, "FUND_SPENT": "nhiều", "FUND_MAGIC": 1, "FUND_PUPILS": -1})
    status, summary = send(client, secret, sent)
    assert (status, summary["status"], codes(summary)) == (409, "REFUSED", [(1, "G119"), (2, "G103"), (3, "G105")])
    assert not Report.objects.exists()
    status, summary = send(client, secret, sent, "?partly=true")
    assert (status, summary["status"], summary["importCount"]["changed"]) == (200, "PARTLY", 1)


def test_a_part_greater_than_its_whole_is_refused_by_its_row(
    client: Client, hands: Hands, commune: Place, act: Act
) -> None:
    numbers = {"KHVN_POPULATION": 10, "KHVN_MEMBERS": 11, "KHVN_BOARDS": 2}
    sent = body(commune, numbers, dataSet=ORGANISATION, period="2026")
    status, summary = send(client, token(hands.writer, act), sent, "?partly=true")
    assert (status, codes(summary), summary["importCount"]["changed"]) == (200, [(1, "G106")], 2)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"dataSet": "khong-co"}, "G122"),
        ({"period": "2026"}, "G102"),
        ({"period": "hôm qua"}, "G101"),
        ({"period": "2030S1"}, "G108"),
        ({"orgUnit": "00000"}, "G123"),
        ({"orgUnit": "\x00"}, "G123"),
    ],
)
def test_what_cannot_be_placed_is_refused(
    client: Client, hands: Hands, commune: Place, act: Act, more: dict[str, str], code: str
) -> None:
    status, answer = send(client, token(hands.writer, act), body(commune, {"FUND_RAISED": 5}, **more))
    found = answer["problems"][0]["code"] if "problems" in answer else codes(answer)[0][1]
    assert (status, found) == (409, code)


def test_a_code_that_comes_twice_is_refused(client: Client, hands: Hands, commune: Place, act: Act) -> None:
    sent = body(commune, {"FUND_RAISED": 5})
    sent["dataValues"] *= 2
    assert codes(send(client, token(hands.writer, act), sent)[1]) == [(1, "G124")]


def test_completed_it_goes_on_to_the_head(client: Client, hands: Hands, commune: Place, act: Act) -> None:
    status, _ = send(client, token(hands.writer, act), body(commune, SPENT, completeDate="2027-01-15"))
    assert (status, Report.objects.get().state) == (200, "prepared")


def test_what_is_locked_is_refused(client: Client, hands: Hands, commune: Place, act: Act) -> None:
    up_to(hands, of(commune), SPENT)
    status, summary = send(client, token(hands.writer, act), body(commune, {"FUND_RAISED": 1}))
    assert (status, codes(summary)) == (409, [(0, "G110")])


def test_what_was_accepted_is_read_and_can_be_sent_again(
    client: Client, hands: Hands, commune: Place, act: Act
) -> None:
    numbers = {"KHVN_MEMBERS": 5, "KHVN_POPULATION": 20}
    up_to(hands, of(commune, ORGANISATION), numbers)
    status, given = read(client, token(hands.receiver, act), commune, ORGANISATION, "2026")
    assert (status, given["state"], given["completeDate"]) == (200, "accepted", "2027-01-15")
    assert {each["dataElement"]: each["value"] for each in given["dataValues"]} == {
        "KHVN_MEMBERS": "5",
        "KHVN_POPULATION": "20",
    }
    assert [(each["numerator"], each["base"], each["baseVi"]) for each in given["shares"]] == [(5, 20, "trên dân số")]


def test_what_was_not_accepted_is_no_number(client: Client, hands: Hands, commune: Place, act: Act) -> None:
    up_to(hands, of(commune), SPENT, "approved")
    status, given = read(client, token(hands.receiver, act), commune)
    assert (status, given["state"], given["dataValues"]) == (200, "approved", [])


def test_a_neighbour_finds_nothing(client: Client, hands: Hands, commune: Place, act: Act) -> None:
    up_to(hands, of(commune), SPENT)
    stranger = token(looking(Role.ASSOCIATION_OFFICER, another(hands.above, 2, act).place, act), act)
    status, answer = read(client, stranger, commune)
    assert (status, answer["problems"][0]["code"]) == (404, "H103")
    assert codes(send(client, stranger, body(commune, SPENT))[1]) == [(0, "G123"), (1, "G123"), (2, "G123")]


def test_without_a_token_that_holds_nothing_opens(client: Client, hands: Hands, commune: Place, act: Act) -> None:
    secret = token(hands.writer, act)
    assert read(client, "khác", commune)[0] == 401
    assert hands.writer.account is not None
    assert end_tokens(hands.writer.account, on=TODAY, act=Act(who="thử", at=NOW)) == 1
    assert read(client, secret, commune)[0] == 401
    client.force_login(hands.writer.account)
    assert client.get(SETS).status_code == 401


def test_the_definitions_and_the_description_are_public(client: Client) -> None:
    status, found = answered(client.get("/api/v1/dataSets"))
    assert (status, [each["id"] for each in found]) == (
        200,
        ["khvn-mo-hinh", "khvn-quy", "khvn-to-chuc", "ttht-xoa-mu-chu"],
    )
    status, described = answered(client.get("/api/v1/openapi.json"))
    assert (status, sorted(described["paths"])) == (
        200,
        ["/api/v1/dataSets", "/api/v1/dataValueSets", "/api/v1/figures.csv"],
    )


@pytest.mark.parametrize("sent", ["", "{", "[]", '{"dataSet": 1}', '{"dataSet": "khvn-quy", "dataValues": 5}'])
def test_what_has_no_shape_is_refused(client: Client, hands: Hands, act: Act, sent: str) -> None:
    assert send(client, token(hands.writer, act), sent)[0] in {400, 422}


@pytest.mark.parametrize("count", [1, 3])
def test_more_rows_of_a_return_cost_no_more_queries(
    client: Client,
    hands: Hands,
    commune: Place,
    act: Act,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    secret = token(hands.writer, act)
    numbers = dict(list({**SPENT, "FUND_PUPILS": 1}.items())[:count])
    up_to(
        hands, of(commune), {"FUND_TEACHERS": 1, "FUND_RAISED": 1, "FUND_SPENT": 10**9, "FUND_SPENT_AWARDS": 1}, "open"
    )
    with django_assert_num_queries(19):
        send(client, secret, body(commune, numbers))

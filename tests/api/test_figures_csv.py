"""Programs read accepted figures as CSV: all that lie in their place, with codes that stay, and nothing of others."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from tests.api.test_data_value_sets import token
from tests.reporting.dashboards.making import accepted
from tests.reporting.figures.making import FUND, MODELS, SPENT, TODAY, Hands, of, up_to

if TYPE_CHECKING:
    from django.test import Client

    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
CSV = "/api/v1/figures.csv"
FAMILY = {"MODEL_FAMILY_TOTAL": 1000, "MODEL_FAMILY_RECOGNISED": 600}


@pytest.fixture(autouse=True)
def january(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("densach.api.interface.timezone.localdate", lambda: TODAY)


@pytest.fixture
def hands(commune: Place, thai_nguyen: Place, act: Act) -> Hands:
    return Hands(commune, thai_nguyen, act)


def read(client: Client, secret: str, place: Place, **asked: str) -> tuple[int, list[list[str]]]:
    said = {"dataSet": MODELS, "orgUnit": str(place.uid)} | asked
    answer = client.get(CSV, said, headers={"Authorization": f"Bearer {secret}"})
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
    return answer.status_code, list(csv.reader(body.decode().splitlines()))


def test_what_was_accepted_is_read_with_its_codes(client: Client, hands: Hands, thai_nguyen: Place, act: Act) -> None:
    up_to(hands, of(hands.place, MODELS), FAMILY)
    status, [heads, *rows] = read(client, token(hands.receiver, act), thai_nguyen, period="2026")
    assert status == 200
    assert heads == ["dataElement", "period", "orgUnit", "orgUnitCode", "value", "base", "origin", "fictional"]
    mine = [str(hands.place.uid), "99001"]
    assert ["MODEL_FAMILY_TOTAL", "2026", *mine, "1000", "", "reported", "true"] in rows
    assert ["MODEL_FAMILY_OF_ALL", "2026", *mine, "600", "1000", "reported", "true"] in rows
    assert len(rows) == 3
    assert read(client, token(hands.writer, act), hands.place)[1][1:] == rows


def test_nothing_but_accepted_numbers_is_given(client: Client, hands: Hands, act: Act) -> None:
    up_to(hands, of(hands.place, FUND), SPENT, "approved")
    assert read(client, token(hands.writer, act), hands.place, dataSet=FUND)[1][1:] == []


def test_what_lies_outside_is_not_there(client: Client, hands: Hands, thai_nguyen: Place, act: Act) -> None:
    from tests.reporting.below import another, real

    other = another(thai_nguyen, 1, act, households=1).place
    accepted(other, "FAMILY", (100, 100, 100, 10))
    secret = token(hands.writer, act)
    for place in (other, thai_nguyen, real()):
        assert read(client, secret, place)[0] == 404
    assert read(client, secret, hands.place)[1][1:] == []
    for wrong in ({"dataSet": "x"}, {"period": "2026S1"}, {"period": "\x00"}):
        assert read(client, secret, hands.place, **wrong)[0] == 404
    assert client.get(CSV, {"dataSet": MODELS, "orgUnit": str(hands.place.uid)}).status_code == 401

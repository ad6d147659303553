"""Every paper that a commune or a unit gets, drawn page by page and opened in a real word processor."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from densach.history.domain import Act
from densach.places.models import Place
from tests.assessing.making import settle
from tests.formats.official.drawing import faults_of_both_forms
from tests.reporting.papers import test_issuing as issuing
from tests.reporting.papers import test_unit as unit

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.mark.parametrize("packs", ["vn", "vn,demo"])
def test_every_paper_of_a_commune_drafted_and_issued(commune: Place, act: Act, tmp_path: Path, packs: str) -> None:
    round_ = issuing.proposed(settle(commune, act), act, packs)
    drafted = issuing.papers(round_)
    if packs == "vn,demo":
        issuing.issue(round_, act, signer="Nguyễn Thị Mẫu")
    issuing.number_dossier(round_, issuing.SIGNED, act)
    issued = {f"so-{name}": document for name, document in issuing.papers(round_).items()}
    assert [document for document in issued.values() if document.reference.number is not None]
    assert faults_of_both_forms({**drafted, **issued}, tmp_path) == {}


def test_every_paper_of_a_unit(tmp_path: Path) -> None:
    province = unit.papers(unit.PROVINCE, 2025, date(2026, 1, 10), unit.FACTS, fictional=True)
    district = unit.papers(unit.DISTRICT, 2024, date(2025, 1, 10), {"members": 20})
    named = {f"huyen-{name}": document for name, document in district.items()}
    assert faults_of_both_forms({**province, **named}, tmp_path) == {}

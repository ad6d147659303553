"""The papers of reviews drawn page by page, and opened in a real word processor: same words, nothing out of place."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from tests.authority.roles import viewer
from tests.formats.official.drawing import faults_of_both_forms
from tests.reporting.below import country
from tests.reporting.dashboards.making import accepted
from tests.reporting.reviews.test_reviews import beside, made_up, paper, write
from tests.reporting.targets.making import entered

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def test_the_papers_of_each_level_are_right_as_they_are_drawn(tmp_path: Path, thai_nguyen: Place, act: Act) -> None:
    commune = made_up(thai_nguyen, "99001", "Xã MẪU Đèn Sách", act)
    for year, recognised in ((2023, 300), (2025, 600)):
        accepted(commune, "FAMILY", (1000, 800, 700, recognised), year=year)
    accepted(beside(thai_nguyen, act), "CITIZEN", (500, 400, 300, 3), year=2025)
    entered(viewer(Role.COMMUNE_LEADER, commune, act))
    officer = viewer(Role.COMMUNE_OFFICER, commune, act)
    write(officer, commune, {"guidance": "Đã ban hành kế hoạch.\nHọp mỗi quý.", "causes": "Lời dài. " * 300})
    papers = {
        "xa": paper(officer, commune),
        "hoi": paper(viewer(Role.ASSOCIATION_OFFICER, commune, act), commune),
        "tinh": paper(viewer(Role.PROVINCE_OFFICER, thai_nguyen, act), thai_nguyen),
        "nuoc": paper(viewer(Role.MINISTRY_OFFICER, country(), act), country(), "2023-2030"),
    }
    assert faults_of_both_forms(papers, tmp_path) == {}

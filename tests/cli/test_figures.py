"""Kept sums are checked against the figures, and worked out anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.reporting.dashboards.making import accepted

if TYPE_CHECKING:
    from densach.places.models import Place
    from tests.cli.making import Terminal

pytestmark = pytest.mark.django_db


def test_a_sum_that_is_wrong_is_found_and_mended(densach: Terminal, commune: Place) -> None:
    from densach.reporting.sums.models import KeptSum

    accepted(commune, "FAMILY", (100, 100, 100, 10), year=2025)
    assert "worked out anew" in str(densach("figures", "keep"))
    assert "every kept sum agrees" in str(densach("figures", "check"))
    KeptSum.objects.filter(indicator__code="MODEL_FAMILY_TOTAL").update(value=101)
    assert densach.refusals("figures", "check") == ["Y201"]
    densach("figures", "keep")
    assert densach.refusals("figures", "check") == ["Y201"]
    densach("figures", "keep", "--all")
    assert "every kept sum agrees" in densach("figures", "check")

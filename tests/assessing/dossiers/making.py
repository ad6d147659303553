"""A unit's team and dossier in the made-up commune."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from tests.assessing.making import library

if TYPE_CHECKING:
    from densach.assessing.dossiers.domain import Named
    from densach.assessing.models import Round
    from densach.assessing.sheets.models import Sheet
    from densach.history.domain import Act
    from densach.people.models import Unit
    from tests.assessing.making import Small

DISTRICT, PROVINCE, COMMUNE_UNIT = "unit_district.tt24", "unit_province.tt24", "unit_commune.qd387"
MEMBERS = ("Lê Thị Mẫu", "Phạm Văn Mẫu", "Hoàng Mẫu")
ALL_YES: dict[str, int | bool | str] = {
    "yearly_plan": True,
    "training_regime": True,
    "public_preschool": False,
    "public_unit": True,
    "training_budget": True,
    "digital_transformation": True,
    "serves_lifelong_learning": True,
}


def the_unit(small: Small) -> Unit:
    unit = small.subject("unit", "U1").unit
    assert unit is not None
    return unit


def named(name: str = MEMBERS[0], **more: object) -> Named:
    """Somebody named by a decision of 1 September."""
    from densach.assessing.dossiers.domain import Named

    day = date(2026, 9, 1)
    usual = Named(name=name, duty="Tổ viên", decision="12/QĐ-TH", decided_on=day, valid_from=day)
    return replace(usual, **more)  # type: ignore[arg-type]


def begun_dossier(round_: Round, small: Small, act: Act, key: str = DISTRICT) -> Sheet:
    """The dossier of the school for a title, with what the records count."""
    from densach.assessing.dossiers.domain import begin_dossier
    from densach.assessing.sheets.judging import judge_group
    from densach.assessing.titles import BY_KEY

    sheet = begin_dossier(round_, BY_KEY[key], the_unit(small).pk, by=None, act=act)
    judge_group(sheet, library(*round_.packs.split(",")), act=act)
    return sheet

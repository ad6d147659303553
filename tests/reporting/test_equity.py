"""Who was recognised and who was left behind: every share with its base, no small count, nothing that is not known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from densach.assessing.domain import Decision, PaperAct, sign_act
from densach.assessing.models import Round
from densach.assessing.titles import BY_MODEL
from densach.formats.sheets import SPECIMEN
from densach.history.domain import Act
from densach.places.models import Place
from densach.problems import Refused
from densach.reporting.equity import HIDDEN, NOT_COUNTED, Part, equity_of, say_equity, write_equity
from tests.assessing.making import GOOD, POOR, adults, answer, library, open_year, run, settle

pytestmark = pytest.mark.django_db
CITIZEN = BY_MODEL["citizen"]
MADE = date(2027, 1, 20)
DO_WELL = {0, 1, 2, 3, 5}  # a man comes before a woman in each household: two men and three women


def signed(commune: Place, act: Act, households: int = 6) -> Round:
    """A round in which two men and three women are recognised of two adults in each household."""
    small = settle(commune, act, households)
    round_, people = open_year(small, act, "vn,demo"), adults(small)
    answer(round_, "citizen", {each: {**(GOOD if at in DO_WELL else POOR)} for at, each in enumerate(people)}, act)
    run(round_, act)
    paper = PaperAct(number="01/QĐ-MẪU", signed_on=MADE, office="mau-chu-tich-ubnd-cap-xa", basis="Biên bản MẪU")
    decisions = [Decision(subject=people[at]) for at in sorted(DO_WELL)]
    sign_act(round_, CITIZEN, paper, library("vn", "demo"), decisions, act=act)
    return round_


def test_each_group_has_its_base(commune: Place, act: Act) -> None:
    found = equity_of(signed(commune, act))
    assert found.by_sex == (Part("Nữ", 3, 6), Part("Nam", 2, 6))
    assert found.by_age == (Part("35–59 tuổi", 5, 12),)
    assert found.by_village == (Part("Thôn Đoài", 5, 12),)
    assert [part.percent for part in found.by_sex] == ["50,0 %", "33,3 %"]


def test_it_is_said_in_sentences_and_marked(commune: Place, act: Act) -> None:
    found = equity_of(signed(commune, act))
    assert "từ 18 tuổi, cũng là giả định." in found.who_counted
    assert list(say_equity(found)) == [
        "MẪU – KHÔNG CÓ GIÁ TRỊ. Người và số liệu đều hư cấu.",
        "Công dân học tập năm 2026 ở Xã MẪU Đèn Sách: ai được công nhận, trong số mọi người trưởng thành ngày "
        f"31/12/2026. {found.who_counted}",
        "Theo giới tính:",
        "  Nữ: 3 trên 6 người, 50,0 %",
        "  Nam: 2 trên 6 người, 33,3 %",
        "  Tỷ lệ của nữ cao hơn nam 16,7 điểm phần trăm.",
        "  Chỉ số cân bằng nữ trên nam (đã hiệu chỉnh): 1,33, ngoài khoảng cân bằng 0,97–1,03.",
        "Theo tuổi:",
        "  35–59 tuổi: 5 trên 12 người, 41,7 %",
        "Theo thôn:",
        "  Thôn Đoài: 5 trên 12 người, 41,7 %",
        f"Không đếm ở đây: {NOT_COUNTED}. Những chênh lệch theo các chiều ấy không thấy được.",
    ]


def test_without_an_act_nobody_knows(commune: Place, act: Act) -> None:
    round_ = open_year(settle(commune, act), act, "vn,demo")
    with pytest.raises(Refused) as refused:
        equity_of(round_)
    assert [each.code for each in refused.value.problems] == ["R150"]


def test_the_table_shows_no_small_count(commune: Place, act: Act, tmp_path: Path) -> None:
    found = equity_of(signed(commune, act))
    path = tmp_path / "cong-bang.xlsx"
    hidden = write_equity(path, found, made_on=MADE)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = [tuple(str(cell) for cell in row) for row in sheet.iter_rows(values_only=True, max_col=5)]
    said = {row[:4]: row[4] for row in rows[-len(found.table.cells) :]}
    assert said["Thôn Đoài", "Nữ", "tất cả", "được công nhận"] == HIDDEN
    assert sorted({text for text in said.values() if text != HIDDEN}, key=int) == ["0", "6", "12"]
    assert list(said.values()).count(HIDDEN) == len(hidden.cells) > 0
    assert SPECIMEN in {cell for row in rows for cell in row}


@pytest.mark.parametrize("households", [6, 20])
def test_the_number_of_queries_does_not_grow(commune: Place, act: Act, households: int) -> None:
    round_ = signed(commune, act, households)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        equity_of(round_)
    assert len(asked) == 20

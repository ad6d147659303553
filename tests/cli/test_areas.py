"""`densach places areas`: a list comes in with its text, from a workbook or a plain table, and goes out again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from densach.cli.area_list import FORM, read_list
from densach.cli.places import places
from densach.history.domain import Act
from densach.places.areas.reading import Line
from densach.places.models import AreaKind, AreaList, Place
from densach.problems import Refused
from tests.places.areas.making import communes
from tests.workbooks.making import fill

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
TEXT = (
    "--number", "01/QĐ-MẪU", "--signed", "20/8/2025", "--issuer", "Cơ quan MẪU", "--from", "1/9/2025",
    "--mark", "fictional",
)  # fmt: skip


def run(*words: str) -> list[str]:
    result = CliRunner().invoke(places, ["areas", *words], catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout.splitlines()


def filled(folder: Path, *rows: Mapping[str, object]) -> Path:
    path = folder / "dm.xlsx"
    assert run("template", str(path)) == [str(path)]
    return fill(path, FORM, rows)


def test_a_workbook_is_checked_loaded_once_shown_and_taken_back(tmp_path: Path, thai_nguyen: Place, act: Act) -> None:
    communes(thai_nguyen, act)
    path = filled(
        tmp_path,
        {"commune": 99101, "area_kind": "Khu vực III", "until": "31/12/2025"},
        {"commune": "99102", "area_kind": "xã biên giới"},
    )
    said = "  nêu tên 2 xã; 1 xã khác được hiểu là không thuộc: xã khu vực I, II, III; xã biên giới"
    assert run("load", str(path), *TEXT, "--dry-run") == ["dm.xlsx: chỉ kiểm tra, chưa nạp 01/QĐ-MẪU", said]
    assert not AreaList.objects.exists()
    loaded = run("load", str(path), *TEXT)
    [made] = AreaList.objects.all()
    undo = f"  rút lại: densach places areas take-back {made.uid} --why LÝ_DO"
    assert loaded == ["dm.xlsx: đã nạp 01/QĐ-MẪU", said, undo]
    assert made.entered_by == "densach places areas load"
    assert run("load", str(path), *TEXT) == [
        "dm.xlsx: danh mục này đã nạp trước đây, không có gì thay đổi / loaded before, nothing changed"
    ]
    source = "(01/QĐ-MẪU, 20/08/2025, Cơ quan MẪU; fictional)"
    assert run("show", "99101", "--on", "31/12/2025") == [
        "Xã MẪU Số 1, 31/12/2025",
        f"  xã khu vực I, II, III: xã khu vực III {source}",
        f"  xã biên giới: không thuộc danh mục {source}",
        "  xã đảo: chưa có danh mục",
    ]
    assert run("show", "99101", "--on", "1/1/2026")[1] == f"  xã khu vực I, II, III: không thuộc danh mục {source}"
    assert run("lists") == [
        "01/QĐ-MẪU, 20/08/2025, Cơ quan MẪU (fictional): từ 01/09/2025",
        "  xã khu vực III: 1; xã biên giới: 1",
        f"  {made.uid}",
    ]
    assert run("take-back", "01/QĐ-MẪU", "--why", "nạp nhầm tệp") == [
        "Đã rút 01/QĐ-MẪU (nạp nhầm tệp); 0 danh mục trước áp dụng lại. Nạp lại được bằng lệnh load."
    ]
    assert run("lists")[2] == f"  {made.uid}, đã rút lại / taken back"
    assert run("show", "99102", "--on", "31/12/2025")[2] == "  xã biên giới: chưa có danh mục"


def test_a_plain_table_is_read_by_its_headings_and_zeros_come_back(tmp_path: Path) -> None:
    path = tmp_path / "dm.csv"
    path.write_text("STT,Mã xã,Tên xã,Khu vực\n1,4,Phường Ví Dụ,I\n2,99101,Xã MẪU,III\n", "utf-8")
    assert read_list(path, TODAY) == [
        Line("dm!B2", "00004", AreaKind.REGION_1),
        Line("dm!B3", "99101", AreaKind.REGION_3),
    ]


def test_wrong_cells_are_named_by_their_address(tmp_path: Path, thai_nguyen: Place, act: Act) -> None:
    communes(thai_nguyen, act)
    good = {"commune": "99101", "area_kind": "xã đảo"}
    rows = [{"commune": "99102", "area_kind": "vùng xa"}, good, good, {"area_kind": "xã đảo"}]
    with pytest.raises(Refused) as found:
        read_list(filled(tmp_path, *rows), TODAY)
    assert [(problem.code, problem.where) for problem in found.value.problems] == [
        ("W205", "Danh mục xã!C7"), ("W201", "Danh mục xã!B10"), ("W221", "Danh mục xã!9")
    ]  # fmt: skip
    path = filled(tmp_path, good, {"commune": "99777", "area_kind": "xã đảo"})
    with pytest.raises(Refused) as refused:
        run("load", str(path), *TEXT)
    assert [(problem.code, problem.where) for problem in refused.value.problems] == [("L140", "Danh mục xã!B8")]
    assert not AreaList.objects.exists()

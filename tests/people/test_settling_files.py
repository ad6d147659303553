"""The list of villages of divided communes, as somebody typed it into a workbook or a .csv."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from densach.problems import Refused


def workbook(path: Path, *rows: tuple[object, ...]) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


def test_a_workbook_and_a_csv_say_the_same(tmp_path: Path) -> None:
    from densach.people.merger.settling import Said, read_said_file

    said = [Said("village", "Thôn Đông", "00412"), Said("clan", "DH01", "12345"), Said("unit", "DV01", "12345")]
    rows = [("Thôn Đông", 412, None), ("DH01", "12345", "Dòng họ"), ("DV01", "12345", "đơn vị")]
    filled = workbook(tmp_path / "thon.xlsx", ("Tên", "Mã xã mới", "Loại"), *rows, (None, None, None))
    assert read_said_file(filled) == said
    typed = tmp_path / "thon.csv"
    typed.write_text("Thôn Đông,412,\n\nDH01,12345,dong ho\nDV01,12345,don vi\n", "utf-8-sig")
    assert read_said_file(typed) == said


def test_a_line_without_a_code_or_of_an_unknown_kind_is_refused(tmp_path: Path) -> None:
    from densach.people.merger.settling import read_said, read_said_file

    for rows in (("Thôn Đông", "12345", "huyện"),), (("Tên", "Mã", ""), ("Thôn Đông", "", "")):
        with pytest.raises(Refused) as refused:
            read_said_file(workbook(tmp_path / "sai.xlsx", *rows))
        assert [each.code for each in refused.value.problems] == ["L126"]
    for text in ("Thôn Đông", "=12345", "Thôn Đông=xã mới"):
        with pytest.raises(Refused) as wrong:
            read_said("village", text)
        assert [each.code for each in wrong.value.problems] == ["L126"]
    (tmp_path / "hong.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Refused) as damaged:
        read_said_file(tmp_path / "hong.csv")
    assert [each.code for each in damaged.value.problems] == ["W110"]

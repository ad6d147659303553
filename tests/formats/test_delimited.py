"""Text files with columns: encoding and delimiter are found out, values stay as they were typed."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from densach.formats.excel import Row
from densach.formats.legacy import Encoding, recognise, to_unicode
from densach.formats.tables import read_tables
from densach.problems import Refused
from tests.formats.test_legacy import ENCODERS, names

HEADER = ("Mã hộ", "Họ và tên", "Số định danh cá nhân")
ROWS = (("H1", "Nguyễn Văn Đức", "001080000001"), ("H2", "Lê Thị Bé, chủ hộ", ""), ("H3", "K\"Brôi\nEa H'Leo", "=1+1"))


def written(rows: list[tuple[str, ...]], delimiter: str = ",", end: str = "\r\n") -> str:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, lineterminator=end).writerows(rows)
    return file.getvalue()


def read(path: Path, content: bytes) -> list[Row]:
    path.write_bytes(content)
    (sheet,) = read_tables(path)
    assert (sheet.merged, sheet.is_hidden) == ((), False)
    return list(sheet.rows())


def refused(path: Path, content: bytes) -> tuple[str, dict[str, str]]:
    path.write_bytes(content)
    with pytest.raises(Refused) as found:
        read_tables(path)
    (problem,) = found.value.problems
    assert problem.told("vi").startswith(problem.code)
    return problem.code, problem.words


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "sổ hộ.csv"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", list(",;\t|"))
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_delimiter_and_line_end_gives_the_same_rows(
    path: Path, codec: str, delimiter: str, end: str
) -> None:
    mark = b"\xff\xfe" if codec == "utf-16-le" else b""
    rows = read(path, mark + written([HEADER, *ROWS], delimiter, end).encode(codec))
    assert rows == [
        Row(1, HEADER),
        Row(2, ROWS[0]),
        Row(3, ("H2", "Lê Thị Bé, chủ hộ", None)),
        Row(4, ROWS[2]),
    ]


def test_a_sheet_is_named_as_its_file(path: Path) -> None:
    path.write_text("a,b\n1,2\n")
    assert read_tables(path)[0].name == "sổ hộ"


@pytest.mark.parametrize("encoding", ENCODERS, ids=lambda encoding: encoding.value)
def test_text_of_before_unicode_comes_through_to_be_decoded(path: Path, encoding: Encoding) -> None:
    people = names(40, 5)
    text = written([(f"H{place}", ENCODERS[encoding](name)) for place, name in enumerate(people)], ";")
    codes = {byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(256)}
    single_bytes = {letter: byte for byte, letter in codes.items()}
    rows = read(path, bytes(single_bytes[letter] for letter in text))
    column = [str(row.values[1]) for row in rows]
    if encoding is Encoding.WINDOWS_1258:  # the one of them that Python knows
        assert column == people
    else:
        assert recognise(column) is encoding
        assert [to_unicode(name, encoding) for name in column] == people


def test_a_text_whose_encoding_is_not_clear_is_refused(path: Path) -> None:
    assert refused(path, "name,age\nMüller,30\n".encode("latin-1"))[0] == "W116"
    assert refused(path, "tên,tuổi\nNguyễn,30\n".encode("utf-16")[:-1])[0] == "W116"
    assert refused(path, b"\xef\xbb\xbfa,b\n\xff,2\n")[0] == "W116"


def test_values_stay_text_as_they_were_typed(path: Path) -> None:
    rows = read(path, b'01,1.5,1e5,TRUE,23/11/1980,="001"\n x ,,"",",",\n')
    assert rows[0] == Row(1, ("01", "1.5", "1e5", "TRUE", "23/11/1980", "001"))
    assert rows[1] == Row(2, (" x ", None, None, ",", None))


def test_the_line_by_which_excel_names_the_delimiter_is_no_row(path: Path) -> None:
    assert read(path, b"sep=|\r\na,b|c\r\n") == [Row(1, ("a,b", "c"))]
    assert refused(path, b"sep=;\r\n")[0] == "W109"


def test_blank_lines_keep_their_number(path: Path) -> None:
    assert [(row.number, row.is_blank) for row in read(path, b"a;b\n\n;\n1;2\n")] == [
        (1, False),
        (2, True),
        (3, True),
        (4, False),
    ]


def test_a_title_above_the_header_does_not_hide_the_delimiter(path: Path) -> None:
    text = "Danh sách hộ, thôn 3, xã Ia Mơ\n\nMã;Họ, tên;Ghi chú\n" + "H1;Lê, Văn A;\n" * 5
    assert read(path, text.encode())[3].values == ("H1", "Lê, Văn A", None)


def test_one_column_is_a_table_too(path: Path) -> None:
    assert read(path, "Họ và tên\nLê Văn A\n".encode()) == [Row(1, ("Họ và tên",)), Row(2, ("Lê Văn A",))]


@pytest.mark.parametrize(
    ("content", "code", "word"),
    [
        (b"a,b\n1," + b"x" * 32_768 + b"\n", "W117", ("cell", "B2")),
        (b"a,b\n1," + b"x" * 10_000_000 + b"\n", "W117", ("cell", "?")),
        (b'a,b\n1,"' + b"x\n" * 3_000_000, "W117", ("cell", "?")),
        (b"a,b\n" + b"," * 3_000_000, "W117", ("cell", "? (2)")),
        (b'a,b\n1,"x\n2,y\n', "W118", ("line", "3")),
        (b'a,b\n1,"x"y\n', "W118", ("line", "2")),
        (b"a," * 300 + b"\n", "W108", ("columns", "301")),
        (b"a\n" * 200_001, "W108", ("rows", "200001")),
        (b"a,b\n" + b"," * 100 + b"\n" + b"1,2\n" * 40_000, "W108", ("columns", "101")),
        (b"\n\n\n", "W102", ("", "")),
        (b"\xef\xbb\xbf", "W109", ("", "")),
        (b"a,b\n\0,2\n", "W102", ("", "")),
        (b"a,b\n" * 2_000 + b"\0", "W102", ("", "")),
    ],
    ids=[
        "long field", "field of 10 MB", "endless quote", "endless line", "open quote", "letter behind a quote",
        "wide", "long", "large",
        "blank", "only a mark", "binary", "binary at the end",
    ],
)  # fmt: skip
def test_what_is_too_much_or_broken_is_refused(path: Path, content: bytes, code: str, word: tuple[str, str]) -> None:
    found, words = refused(path, content)
    assert found == code
    assert words.get(word[0], "").startswith(word[1])


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_end_in_rows_or_a_code(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_bytes(content)
    try:
        assert [list(sheet.rows()) for sheet in read_tables(path)]
    except Refused as refused:
        assert refused.problems[0].code.startswith("W1")  # noqa: PT017


CELL = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=12)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=1, max_size=8), delimiter=st.sampled_from(",;\t|")
)
def test_what_a_program_wrote_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]], delimiter: str
) -> None:
    path = tmp_path_factory.mktemp("csv") / "a.csv"
    path.write_bytes(
        b"\xef\xbb\xbf" + f"sep={delimiter}\r\n".encode() + written([tuple(row) for row in rows], delimiter).encode()
    )
    assert [row.values for row in read_tables(path)[0].rows()] == [tuple(map(plain, row)) for row in rows]


def plain(value: str) -> str | None:
    """Exports write ="001" to keep the zeros."""
    is_forced = value.startswith('="') and value.endswith('"') and len(value) > 2
    return (value[2:-1] if is_forced else value) or None

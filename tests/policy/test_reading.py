"""Broken files: each kind of mistake has its code, and the line it stands on."""

from __future__ import annotations

from pathlib import Path

import pytest

from densach.policy.library import open_library
from densach.policy.reading import line_at, open_source, read
from densach.problems import Refused
from densach.rules.model import Document

GOOD = """# yaml-language-server: $schema=x
id: mau
number: MẪU-01
kind_vi: Quyết định
issuer_vi: MẪU
signed: 2024-01-26
mark: read
"""


def refusal(path: Path) -> tuple[str, str]:
    with pytest.raises(Refused) as refused:
        read(open_source(path), Document)
    (found,) = refused.value.problems
    return found.code, found.where


def written(folder: Path, text: str) -> Path:
    path = folder / "document.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_date_stays_the_text_that_was_written(tmp_path: Path) -> None:
    document = read(open_source(written(tmp_path, GOOD)), Document)
    assert document.signed == "2024-01-26"


@pytest.mark.parametrize("word", ["yes", "no", "on", "off", "True", "1.5", "0x10", "1_000", "12:30"])
def test_only_what_looks_plain_is_not_text(tmp_path: Path, word: str) -> None:
    document = read(open_source(written(tmp_path, GOOD.replace("MẪU-01", word))), Document)
    assert document.number == word


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("mark: read\n", "", "P105", 2),
        ("number: MẪU-01", "nummer: MẪU-01", "P106", 3),
        ("mark: read", "mark: sure", "P107", 7),
        ("signed: 2024-01-26", "signed: 2014", "P107", 6),
        ("signed: 2024-01-26", "signed: 26/01/2024", "P107", 6),
        ("mark: read", "mark: [read", "P103", 8),
        ("mark: read", "mark: read\nid: other", "P104", 8),
        ("mark: read", "mark: ~", "P107", 7),
        ("mark: read", "mark: &a read\nnotes: [*a]", "P103", 8),
        ("mark: read", "mark: \x00", "P103", 7),
        ("mark: read", "notes: " + "[" * 100_000 + "]" * 100_000, "P103", 7),
        ("mark: read", "mark: !!python/name:os.system read", "P103", 7),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, old: str, new: str, code: str, line: int) -> None:
    path = written(tmp_path, GOOD.replace(old, new))
    assert refusal(path) == (code, f"{path}:{line}")


def test_a_missing_file(tmp_path: Path) -> None:
    path = tmp_path / "document.yaml"
    assert refusal(path) == ("P101", str(path))


def test_a_number_too_long_to_be_one_stays_text(tmp_path: Path) -> None:
    document = read(open_source(written(tmp_path, GOOD.replace("MẪU-01", "9" * 5000))), Document)
    assert document.number == "9" * 5000


def test_an_empty_file(tmp_path: Path) -> None:
    path = written(tmp_path, "# nothing\n")
    assert refusal(path) == ("P103", f"{path}:1")


def test_a_file_that_is_not_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "document.yaml"
    path.write_bytes(b"id: mau\nnumber: \xff\xfe\n")
    assert refusal(path) == ("P102", f"{path}:2")


def test_a_trail_leads_to_its_line(tmp_path: Path) -> None:
    source = open_source(written(tmp_path, "a:\n  - {b: 1}\n  - c: 2\n    d: 3\n"))
    assert [line_at(source, trail) for trail in [(), ("a",), ("a", 1), ("a", 1, "d"), ("a", 7)]] == [1, 1, 3, 4, 1]


def test_all_broken_files_of_a_folder_are_named_at_once(tmp_path: Path) -> None:
    written(tmp_path, GOOD.replace("mark: read", "mark: sure"))
    (tmp_path / "powers.yaml").write_text("- {", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        open_library((), (tmp_path,))
    assert [found.code for found in refused.value.problems] == ["P107", "P103"]


def test_a_missing_folder(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        open_library((), (tmp_path / "none",))
    assert [found.code for found in refused.value.problems] == ["P108"]

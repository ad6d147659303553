"""`densach judge` says what is known, what is not and why, and refuses what it cannot take."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.making import Terminal

CITIZEN = "congdan-324-2022"
NAMES = ("a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4", "c1", "c2")
KEYS = {"rubric", "verdict", "level", "points", "findings", "questions", "receipt", "mark"}


def facts(folder: Path, content: object) -> str:
    path = folder / "so-lieu.json"
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return str(path)


@pytest.mark.parametrize(
    ("given", "verdict", "level", "points", "open_questions"),
    [
        (dict.fromkeys(NAMES, 8), "met", "recognised", {"low": 80, "high": 80}, 0),
        (dict.fromkeys(NAMES, 7), "unmet", None, {"low": 70, "high": 70}, None),
        (dict.fromkeys(NAMES[:9], 9), "unknown", None, {"low": 81, "high": 91}, 1),
        ({}, "unknown", None, {"low": 0, "high": 100}, 10),
        (dict.fromkeys(NAMES), "unknown", None, {"low": 0, "high": 100}, 10),
    ],
)
def test_the_answer_as_json_is_whole(
    densach: Terminal,
    tmp_path: Path,
    given: dict[str, Any],
    verdict: str,
    level: str | None,
    points: dict[str, int],
    open_questions: int | None,
) -> None:
    said = json.loads(densach("judge", CITIZEN, facts(tmp_path, given), "--on", "2025-06-01", "--json"))
    assert set(said) == KEYS
    assert (said["rubric"], said["verdict"], said["level"], said["points"]) == (CITIZEN, verdict, level, points)
    assert [finding["id"].lower() for finding in said["findings"]] == list(NAMES)
    for finding in said["findings"]:
        assert {"id", "verdict", "points", "cites", "missing"} <= set(finding)
        assert finding["cites"][0]["document"] == "qd324-khvn"
    if open_questions is not None:
        assert len(said["questions"]) == open_questions
    assert said["receipt"]["facts"] == {name: value for name, value in given.items() if value is not None}
    assert said["receipt"]["on"] == "2025-06-01"
    assert said["receipt"]["seal"].startswith("sha256:")


def test_the_answer_in_words_names_verdict_points_and_document_in_both_languages(
    densach: Terminal, tmp_path: Path
) -> None:
    file = facts(tmp_path, dict.fromkeys(NAMES, 8))
    assert "● đạt" in densach("judge", CITIZEN, file).splitlines()[0]
    english = densach("judge", CITIZEN, file, "--lang", "en").splitlines()
    assert "● met" in english[0]
    assert "80 points" in english[0]
    assert "324/QĐ-KHVN" in english[0]


def test_an_unread_rubric_is_unknown_and_asks_for_its_text(densach: Terminal, tmp_path: Path) -> None:
    said = json.loads(densach("judge", "giadinh-387-2022", facts(tmp_path, {}), "--json"))
    assert (said["verdict"], said["findings"]) == ("unknown", [])
    assert [(question["kind"], question["id"]) for question in said["questions"]] == [("law", "giadinh-387-2022")]


def test_with_the_fictional_pack_the_mark_says_so(densach: Terminal, tmp_path: Path) -> None:
    said = json.loads(densach("judge", "giadinh-387-2022", facts(tmp_path, {}), "--demo", "--json"))
    assert said["mark"] == "fictional"
    assert "MẪU" in densach("judge", "giadinh-387-2022", facts(tmp_path, {}), "--demo").splitlines()[0]


GOOD = dict.fromkeys(NAMES, 8)


@pytest.mark.parametrize(
    ("rubric", "content", "more", "codes"),
    [
        (CITIZEN, {**GOOD, "a1": 11}, (), ["F102"]),
        (CITIZEN, {**GOOD, "a1": -1}, (), ["F102"]),
        (CITIZEN, {**GOOD, "a1": 7.5}, (), ["F102"]),
        (CITIZEN, {**GOOD, "a1": "8"}, (), ["F102"]),
        (CITIZEN, {**GOOD, "a1": True}, (), ["F102"]),
        (CITIZEN, '{"a1": NaN}', (), ["F102"]),
        (CITIZEN, '{"a1": 1e999}', (), ["F102"]),
        (CITIZEN, {**GOOD, "a1": 11, "z9": 1}, (), ["F102", "F101"]),
        (CITIZEN, {**GOOD, "z9": None}, (), ["F101"]),
        (CITIZEN, {**GOOD, "a1": [8]}, (), ["F108"]),
        (CITIZEN, [1], (), ["F108"]),
        (CITIZEN, "null", (), ["F108"]),
        (CITIZEN, '{"a1": 8, "a1": 9}', (), ["F109"]),
        (CITIZEN, '{"a1": 8', (), ["F107"]),
        (CITIZEN, "", (), ["F107"]),
        (CITIZEN, "[" * 100_000, (), ["F107"]),
        (CITIZEN, '{"a1": ' + "9" * 5000 + "}", (), ["F107"]),
        (CITIZEN, GOOD, ("--on", "31/02/2026"), ["D101"]),
        (CITIZEN, GOOD, ("--on", "hôm nay"), ["D101"]),
        (CITIZEN, GOOD, ("--lang", "fr"), ["D103"]),
        (CITIZEN, GOOD, ("--place", "98"), ["D104"]),
        ("congdan-324", GOOD, (), ["P120"]),
        ("xa-tt25-2023", {"yearly_plan": 1}, (), ["F103"]),
        ("xa-tt25-2023", {}, ("--on", "11/02/2024"), ["D102"]),
        ("donvitinh-tt24-2023", {"members": 10, "members_trained": 11}, (), ["F104"]),
        ("donvitinh-tt24-2023", {"institution_kind": "market"}, (), ["F105"]),
    ],
)
def test_what_it_cannot_take_is_refused_in_both_languages(
    densach: Terminal, tmp_path: Path, rubric: str, content: object, more: tuple[str, ...], codes: list[str]
) -> None:
    assert densach.refusals("judge", rubric, facts(tmp_path, content), *more) == codes


def test_a_file_that_cannot_be_read_is_refused(densach: Terminal, tmp_path: Path) -> None:
    (tmp_path / "latin.json").write_bytes(b'{"a1": "\xe9"}')
    assert densach.refusals("judge", CITIZEN, str(tmp_path / "khong-co.json")) == ["F106"]
    assert densach.refusals("judge", CITIZEN, str(tmp_path)) == ["F106"]
    assert densach.refusals("judge", CITIZEN, str(tmp_path / "latin.json")) == ["F107"]

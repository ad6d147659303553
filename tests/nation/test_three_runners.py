"""One form, three runners: Python, the browser's engine, and table expressions on DuckDB and Polars agree."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import ibis
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from py_mini_racer import MiniRacer

import densach
from densach.nation.judging import judge_table
from densach.policy.library import open_library
from densach.problems import Refused
from densach.rules.export import to_json
from densach.rules.judging import Judge, Judgement
from densach.rules.model import MARKS, Condition, Rubric, Threshold
from densach.rules.sheet import Answer
from tests.rules.making import CHOICES, criterion, fact, facts_for, indicator, level, rubric, rubrics, with_enumerations

# Ibis 12 still calls DuckDB by the older of two names.
pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")

SCRIPT = Path(densach.__file__).parent / "web" / "static" / "densach-rules.js"
LIBRARY = open_library(("vn", "demo"))
KINDS = {"boolean": "boolean", "choice": "string", "ordinal": "string", "count": "int64", "score": "int64"}
Subjects = Sequence[dict[str, Answer]]


@pytest.fixture(scope="module")
def browser() -> Iterator[MiniRacer]:
    with MiniRacer() as engine:
        engine.eval(SCRIPT.read_text("utf-8"))
        engine.eval("""
            function told(program, facts) {
                try { return DensachRules.judge(program, facts); } catch (refusal) { return refusal; }
            }
            function all(program, subjects) {
                return JSON.stringify(subjects.map(function (facts) { return told(program, facts); }));
            }
        """)
        yield engine


def by_browser(browser: MiniRacer, judge: Judge, subjects: Subjects) -> list[dict[str, Any]]:
    told = browser.eval(f"all({to_json(judge).decode()}, {json.dumps(list(subjects))})")
    found: list[dict[str, Any]] = json.loads(str(told))
    return found


def by_tables(
    judge: Judge, subjects: Subjects, engine: str, whole: type[pl.DataType] = pl.Int64
) -> list[dict[str, Any]]:
    schema = {"subject": "int64"} | {one.id: KINDS[one.kind] for one in judge.rubric.facts}
    rows = [{name: at if name == "subject" else facts.get(name) for name in schema}
            for at, facts in enumerate(subjects)]  # fmt: skip
    data = pl.DataFrame(rows, schema={name: POLARS.get(kind, whole) for name, kind in schema.items()})
    connection = ibis.duckdb.connect() if engine == "duckdb" else ibis.polars.connect({"subjects": data})
    if engine == "duckdb":
        connection.con.register("subjects", data.to_arrow())
    table = connection.table("subjects")
    judged = judge_table(judge, table, key="subject", findings=True)
    found: list[dict[str, Any]] = connection.to_pyarrow(judged).sort_by("subject").to_pylist()
    return found


POLARS: dict[str, type[pl.DataType]] = {"boolean": pl.Boolean, "string": pl.String}


def in_words(judgement: Judgement) -> dict[str, Any]:
    """What the browser says."""
    points = judgement.points
    return {
        "rubric": judgement.rubric,
        "verdict": judgement.verdict,
        "level": judgement.level,
        "points": None if points is None else {"low": points.low, "high": points.high},
        "findings": [{"id": one.id, "verdict": one.verdict} for one in judgement.findings],
    }


def in_columns(judge: Judge, judgement: Judgement) -> dict[str, Any]:
    """What a table says."""
    points = judgement.points
    columns: dict[str, Any] = {
        "verdict": judgement.verdict,
        "level": None if judgement.level is None else str(judgement.level),
        "points_low": points.low if points else None,
        "points_high": points.high if points else None,
        "refused": None,
    }
    for one in judgement.findings:
        columns[f"finding_{one.id}"] = one.verdict
        if judge.rubric.style == "points" and one.points is not None:
            columns |= {f"points_{one.id}_low": one.points.low, f"points_{one.id}_high": one.points.high}
    return columns


def check_all(browser: MiniRacer, judge: Judge, subjects: Subjects) -> None:
    judged = [judge.judge(facts) for facts in subjects]
    assert by_browser(browser, judge, subjects) == [in_words(one) for one in judged]
    for engine in ("duckdb", "polars"):
        rows = by_tables(judge, subjects, engine)
        for row, judgement in zip(rows, judged, strict=True):
            wanted = in_columns(judge, judgement)
            assert {name: row[name] for name in wanted} == wanted


@settings(deadline=None, max_examples=12, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_random_rubrics_come_out_the_same_in_all_runners(browser: MiniRacer, data: st.DataObject) -> None:
    made: Rubric = with_enumerations(data.draw(rubrics(most=4)))
    subjects = data.draw(st.lists(facts_for(made), min_size=25, max_size=40))
    check_all(browser, Judge(made), subjects)


@settings(deadline=None, max_examples=2, suppress_health_check=list(HealthCheck))
@given(st.data())
@pytest.mark.parametrize("rubric_id", ["congdan-324-2022", "donvitinh-tt24-2023", "xmc-nd20-2014"])
def test_shipped_rubrics_come_out_the_same(browser: MiniRacer, rubric_id: str, data: st.DataObject) -> None:
    judge = Judge(LIBRARY.rubric(rubric_id).rubric, deciding=frozenset(MARKS))
    subjects = data.draw(st.lists(facts_for(judge.rubric), min_size=10, max_size=10))
    check_all(browser, judge, subjects)


SHEET = rubric(
    "targets",
    (fact("base", "count", high=10), fact("part", "count", high=10, part_of="base"), fact("yes", "boolean"),
     fact("grade", "ordinal", choices=CHOICES)),
    (criterion("A", indicator("i", "share", "part", base="base", levels={1: Threshold(value="50%")}),
               indicator("j", "ordinal", "grade", levels={1: Threshold(value="b")},
                         applies_if=(Condition(fact="yes", among=(True,)),))),),
    (level(1),),
)  # fmt: skip


@pytest.mark.parametrize("engine", ["duckdb", "polars"])
@pytest.mark.parametrize(
    ("facts", "code"),
    [({"base": 11}, "F102"), ({"base": 3, "part": -1}, "F102"), ({"base": 3, "part": 4}, "F104"),
     ({"grade": "d"}, "F105"), ({"base": 3, "part": 3, "grade": "c", "yes": True}, None)],
)  # fmt: skip
def test_rows_that_no_sheet_would_take_get_a_code_and_no_verdict(
    engine: str, facts: dict[str, Answer], code: str | None, browser: MiniRacer
) -> None:
    judge = Judge(SHEET)
    [row] = by_tables(judge, [facts], engine)
    assert (row["refused"], row["verdict"]) == (code, None if code else "met")
    assert by_browser(browser, judge, [facts])[0].get("code") == code


@pytest.mark.parametrize("engine", ["duckdb", "polars"])
@pytest.mark.parametrize("whole", [pl.Int8, pl.Int16])
def test_refused_numbers_as_large_as_their_column_harm_no_row(engine: str, whole: type[pl.DataType]) -> None:
    judge = Judge(LIBRARY.rubric("congdan-324-2022").rubric)
    facts = [one.id for one in judge.rubric.facts]
    subjects: Subjects = [dict.fromkeys(facts, number) for number in (127, 10, -128, 11, 0)]
    rows = by_tables(judge, subjects, engine, whole)
    assert [row["refused"] for row in rows] == ["F102", None, "F102", "F102", None]
    assert [row["verdict"] for row in rows] == [None, "met", None, None, "unmet"]
    assert [row["points_high"] for row in rows] == [None, 10 * len(facts), None, None, 0]


def test_the_browser_refuses_names_and_kinds(browser: MiniRacer) -> None:
    told = by_browser(browser, Judge(SHEET), [{"nothing": 1}, {"yes": 1}, {"base": "3"}, {"grade": 0}])
    assert [(one["code"], one["fact"]) for one in told] == [
        ("F101", "nothing"), ("F103", "yes"), ("F102", "base"), ("F105", "grade"),
    ]  # fmt: skip


def test_a_column_of_another_kind_is_refused() -> None:
    table = ibis.memtable(pl.DataFrame({"base": [1.5]}))
    with pytest.raises(Refused) as refused:
        judge_table(Judge(SHEET), table, key="base")
    assert [(one.code, one.where) for one in refused.value.problems] == [("F110", "base")]


def test_a_missing_column_is_a_missing_fact() -> None:
    judged = judge_table(Judge(SHEET), ibis.memtable(pl.DataFrame({"base": [4, 4], "part": [1, 2]})), key="part")
    rows = ibis.duckdb.connect().to_pyarrow(judged.order_by("part")).to_pylist()
    assert [row["verdict"] for row in rows] == ["unmet", "unknown"]

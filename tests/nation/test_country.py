"""The country judged: the same on every engine, and as one subject after another; who gains and loses by a change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from shutil import copytree

import polars as pl
import pytest
from click.testing import CliRunner

from densach.cli import cli
from densach.nation.chain import VERDICTS
from densach.nation.changing import changed
from densach.nation.comparing import Gains, changes, compare, gains_of
from densach.nation.engines import DuckDB, Engine, Polars
from densach.nation.folder import said_in
from densach.nation.making import make
from densach.nation.running import CELLS, COUNTS, REASONS, run
from densach.nation.titles import LEVELS, Chain, chain_of
from densach.nation.told import STATEMENT
from densach.places.territory import territory
from densach.policy.library import open_library
from densach.problems import Refused
from tests.nation.recounting import Recount, rows_of

# Ibis 12 still calls DuckDB by the older of two names.
pytestmark = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")

ON = date(2026, 11, 26)
CITIZENS = 12_000
DEMO, REAL = (chain_of(open_library(packs), ON) for packs in (("vn", "demo"), ("vn",)))
NO_FLOOR = "congdan-324-2022.b2.floor=none"


def judged(folder: Path, chain: Chain, engine: Engine, out: Path) -> Path:
    with engine:
        run(folder, chain, engine, out, said={"on": ON.isoformat()}, progress=lambda _: None)
    return out


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("nation") / "country"
    make(territory(), citizens=CITIZENS, seed=11, folder=folder, progress=lambda _: None)
    return folder


@pytest.fixture(scope="module")
def result(country: Path) -> Path:
    return judged(country, DEMO, Polars(), country.parent / "polars")


@pytest.fixture(scope="module")
def recount(country: Path) -> Recount:
    return Recount(country, DEMO)


def told(out: Path) -> dict[str, pl.DataFrame]:
    """Every table of a result by name, in one order."""
    tables = {name: out / name for name in (COUNTS, REASONS, CELLS)}
    found = {name: pl.read_parquet(path) for name, path in tables.items()}
    for level in LEVELS[1:]:
        found[level.name] = pl.concat(pl.read_parquet(file) for file in sorted((out / level.name).glob("*.parquet")))
    return {name: table.sort(table.columns) for name, table in found.items()}


def check_equal(one: Path, other: Path) -> None:
    for (name, table), (_, same) in zip(told(one).items(), told(other).items(), strict=True):
        assert table.rows() == same.select(table.columns).rows(), name


def test_duckdb_gives_the_same_as_polars_value_by_value(country: Path, result: Path) -> None:
    check_equal(result, judged(country, DEMO, DuckDB(), country.parent / "duckdb"))


def test_batches_change_nothing(country: Path, result: Path) -> None:
    engine = Polars()
    engine.most_rows = 3_000
    check_equal(result, judged(country, DEMO, engine, country.parent / "batches"))


def test_every_row_is_what_one_subject_alone_gets(result: Path, recount: Recount) -> None:
    for level in LEVELS[1:-1]:
        rows = {row[level.key]: row for row in told(result)[level.name].to_dicts()}
        assert rows.keys() == recount.judged[level.name].keys()
        for key, judgement in recount.judged[level.name].items():
            reached = None if judgement.level is None else str(judgement.level)
            assert (rows[key]["verdict"], rows[key]["level"]) == (judgement.verdict, reached), (level.name, key)
            points = judgement.points
            ends = (points.low, points.high) if points else (None, None)
            assert (rows[key]["points_low"], rows[key]["points_high"]) == ends


def test_citizens_are_counted_as_one_by_one(country: Path, result: Path, recount: Recount) -> None:
    wanted: Counter[tuple[int, int, str]] = Counter()
    for person in rows_of(country, "citizens"):
        if person["age"] >= 18:
            verdict = recount.judged["citizens"][person["citizen"]].verdict
            wanted[person["commune"], person["occupation"], verdict] += 1
    found: Counter[tuple[int, int, str]] = Counter()
    for row in told(result)[CELLS].to_dicts():
        for name in VERDICTS:
            found[row["commune"], row["occupation"], name] += row[name]
    assert +found == wanted


def test_reasons_are_counted_as_one_by_one(result: Path, recount: Recount) -> None:
    rows = told(result)[REASONS].filter(pl.col("place_level") == "commune", pl.col("level") != "provinces").to_dicts()
    found = {(row["level"], int(row["place"]), row["verdict"], row["kind"], row["id"]): row["subjects"] for row in rows}
    assert found == dict(recount.reasons)


def test_places_add_up(result: Path) -> None:
    counts = told(result)[COUNTS].filter(pl.col("level") != "provinces")
    sums = counts.group_by("place_level", "level", "verdict").agg(pl.col("subjects").sum())
    by_place = [
        sums.filter(pl.col("place_level") == place).drop("place_level") for place in ("commune", "province", "country")
    ]
    small, middle, whole = (table.sort("level", "verdict").rows() for table in by_place)
    assert small == middle == whole


def test_what_the_law_leaves_unknown_is_unknown_and_named(country: Path) -> None:
    out = judged(country, REAL, Polars(), country.parent / "real")
    whole = {name: told(out)[name].filter(pl.col("place_level") == "country") for name in (COUNTS, REASONS)}
    for level in ("families", "units", "clans", "villages"):
        [[verdict, subjects]] = whole[COUNTS].filter(pl.col("level") == level).select("verdict", "subjects").rows()
        reasons = whole[REASONS].filter(pl.col("level") == level).select("verdict", "kind", "id", "subjects").rows()
        assert (verdict, reasons) == ("unknown", [("unknown", "law", "criteria", subjects)])
    communes = whole[REASONS].filter(pl.col("level") == "communes", pl.col("kind") == "law")
    assert communes["id"].to_list() == ["3.x.text", "4.x.text", "5.x.text"]


def test_every_result_says_that_it_is_made_up_and_by_which_law(result: Path) -> None:
    for file in result.rglob("*.parquet"):
        said = said_in(file)
        assert (said["densach"], said["seed"], said["on"]) == (STATEMENT, "11", "2026-11-26")
        assert "policy:congdan-324-2022" in said


def gains(country: Path, *settings: str) -> list[Gains]:
    with Polars() as engine:
        return [*gains_of(changes(engine, country, DEMO, changed(DEMO, settings)))]


def counted(recount: Recount, settings: Sequence[str], country: Path) -> tuple[int, int, int, int, int]:
    judge = changed(DEMO, settings).judges["citizens"]
    names = [fact.id for fact in judge.rubric.facts]
    adults = [person for person in rows_of(country, "citizens") if person["age"] >= 18]
    was = [recount.judged["citizens"][person["citizen"]].verdict == "met" for person in adults]
    now = [judge.judge({name: person[name] for name in names}).verdict == "met" for person in adults]
    both = [*zip(was, now, strict=True)]
    return len(adults), sum(was), sum(now), both.count((False, True)), both.count((True, False))


@pytest.mark.parametrize("settings", [(NO_FLOOR,), (NO_FLOOR, "congdan-324-2022.levels.recognised.at_least=84")])
def test_who_gains_and_who_loses(country: Path, recount: Recount, settings: tuple[str, ...]) -> None:
    whole, *groups = gains(country, *settings)
    numbers = (whole.subjects, whole.before, whole.after, whole.gained, whole.lost)
    assert numbers == counted(recount, settings, country)
    for name in ("sex", "occupation", "province"):
        own = [one for one in groups if one.what == name]
        assert (sum(one.gained or 0 for one in own), sum(one.lost or 0 for one in own)) == (whole.gained, whole.lost)


@pytest.mark.parametrize(
    ("setting", "code"),
    [("congdan.b2.floor=none", "N204"), ("congdan-324-2022.b9.floor=none", "N204"),
     ("congdan-324-2022.b2.floor=low", "N205"), ("giadinh-387-2022.1.1.levels.recognised=101%", "N205"),
     ("giadinh-387-2022.1.1.levels.recognised=30", "N205"),
     ("congdan-324-2022.levels.recognised.at_least=none", "N205")],
)  # fmt: skip
def test_a_setting_that_does_not_fit_is_refused(setting: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        changed(DEMO, [setting])
    assert [(one.code, one.where) for one in refused.value.problems] == [(code, setting)]


def test_results_of_two_countries_are_not_compared(tmp_path: Path, result: Path) -> None:
    make(territory(), citizens=4_000, seed=12, folder=tmp_path / "other", progress=lambda _: None)
    other = judged(tmp_path / "other", DEMO, Polars(), tmp_path / "result")
    with pytest.raises(Refused) as refused:
        compare(result, other)
    assert [one.code for one in refused.value.problems] == ["N206"]


def test_a_folder_without_results_is_not_compared(result: Path, tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        compare(result, tmp_path)
    assert [(one.code, one.where) for one in refused.value.problems] == [("N200", str(tmp_path))]


def test_a_folder_without_people_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        judged(tmp_path / "nothing", DEMO, Polars(), tmp_path / "out")
    assert [one.code for one in refused.value.problems] == ["N200"]


def test_the_commands_say_that_the_people_are_made_up(country: Path, result: Path, tmp_path: Path) -> None:
    asked = [str(country), "--on", "2026-11-26", "--pack", "demo"]
    ran = CliRunner().invoke(cli, ["nation", "run", *asked, "--out", str(tmp_path / "run")], catch_exceptions=False)
    assert ran.stdout.splitlines()[:2] == [STATEMENT, "LUẬT HƯ CẤU – MẪU"]
    compared = CliRunner().invoke(
        cli, ["nation", "compare", str(result), str(tmp_path / "run")], catch_exceptions=False
    )
    assert compared.stdout.splitlines()[0] == STATEMENT
    assert "được thêm 0, mất 0" in compared.stdout
    what = ["nation", "whatif", *asked, "--set", NO_FLOOR, "--out", str(tmp_path / "whatif")]
    lines = CliRunner().invoke(cli, what, catch_exceptions=False).stdout.splitlines()
    assert lines[:2] == [STATEMENT, f"Giả sử: {NO_FLOOR}"]
    assert said_in(tmp_path / "whatif" / "changes.parquet")["set"] == NO_FLOOR


def test_what_if_needs_no_day_and_no_folder_and_keeps_nothing(country: Path) -> None:
    what = ["nation", "whatif", str(country), "--pack", "demo", "--set", NO_FLOOR]
    ran = CliRunner().invoke(cli, what, catch_exceptions=False)
    assert ran.stdout.splitlines()[:2] == [STATEMENT, f"Giả sử: {NO_FLOOR}"]
    assert sorted(path.name for path in country.parent.iterdir() if "whatif" in path.name) == []


def test_a_country_is_made_without_a_seed_as_with_the_first(tmp_path: Path) -> None:
    for name, more in (("a", []), ("b", ["--seed", "1"])):
        asked = ["nation", "make", "--citizens", "1000", *more, "--out", str(tmp_path / name)]
        CliRunner().invoke(cli, asked, catch_exceptions=False)
    first, second = (sorted((tmp_path / name).rglob("*.parquet")) for name in "ab")
    assert first
    assert [
        pl.read_parquet(path).equals(pl.read_parquet(other)) for path, other in zip(first, second, strict=True)
    ] == [True] * len(first)


def with_one_bad(country: Path, into: Path) -> tuple[Path, int]:
    """The same people, one adult with a score of 11; and who that is."""
    copytree(country, into)
    path = sorted((into / "citizens").rglob("*.parquet"))[0]
    said = said_in(path)
    people = pl.read_parquet(path, hive_partitioning=False)
    who = people.filter(pl.col("age") >= 18)["citizen"][7]
    bad = people.with_columns(
        pl.when(pl.col("citizen") == who).then(11).otherwise(pl.col("b2")).cast(pl.Int8).alias("b2")
    )
    bad.write_parquet(path, metadata=said)
    return into, int(who)


def test_one_bad_row_keeps_all_back_and_is_named_until_the_sender_decides(country: Path, tmp_path: Path) -> None:
    folder, who = with_one_bad(country, tmp_path / "country")
    out = tmp_path / "out"
    with pytest.raises(Refused) as refused:
        judged(folder, DEMO, Polars(), out)
    whole, row = refused.value.problems
    assert (whole.code, whole.words["count"]) == ("N208", "1")
    assert (row.code, row.where, row.words["fact"], row.words["value"]) == ("N207", f"citizens {who}", "b2", "11")
    assert not out.exists()
    asked = ["nation", "run", str(folder), "--on", "2026-11-26", "--pack", "demo", "--out", str(out), "--partly"]
    lines = CliRunner().invoke(cli, asked, catch_exceptions=False).stdout.splitlines()
    assert lines[2] == f"Không tính 1 dòng sai: xem {out / 'refused.parquet'}"
    assert pl.read_parquet(out / "refused.parquet").row(0, named=True)["subject"] == who

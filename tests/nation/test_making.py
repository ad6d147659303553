"""The synthetic country: the same by its seed, as large as asked, with the marginals that its sources give."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from densach.cli import cli
from densach.nation.figures import WHOLE, assumptions, marginals, shares_of
from densach.nation.folder import TABLES, files_of, said_in
from densach.nation.making import make
from densach.nation.scores import FLOOR, GROUPS, PASSING, SCORES
from densach.nation.territory import sizes
from densach.nation.told import STATEMENT
from densach.places.territory import territory
from densach.problems import Refused

COUNTRY = territory()
CITIZENS = 300_000
NEAR = 0.01


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("country") / "made"
    make(COUNTRY, citizens=CITIZENS, seed=7, folder=made, progress=lambda _: None)
    return made


def table(folder: Path, name: str) -> pl.DataFrame:
    return pl.concat(pl.read_parquet(file, hive_partitioning=False) for file in files_of(folder, name))


def test_every_commune_of_the_34_provinces_is_lived_in() -> None:
    of_communes = sizes(COUNTRY, 100_000_000)
    assert (len(COUNTRY), len(of_communes), sum(of_communes.values())) == (34, 3321, 100_000_000)
    assert min(of_communes.values()) > 1_000


def test_a_province_has_its_share_of_the_people() -> None:
    of_communes = sizes(COUNTRY, 112_093_848)
    for province in COUNTRY:
        found = sum(of_communes[one.code] for one in province.communes)
        assert abs(found - province.population) <= len(province.communes)


def test_the_same_seed_gives_the_same_people(tmp_path: Path) -> None:
    for name, seed in (("one", 5), ("same", 5), ("other", 6)):
        make(COUNTRY, citizens=20_000, seed=seed, folder=tmp_path / name, progress=lambda _: None)
    for name in TABLES:
        assert table(tmp_path / "one", name).equals(table(tmp_path / "same", name))
    assert not table(tmp_path / "one", "citizens").equals(table(tmp_path / "other", "citizens"))


def test_the_marginals_come_out(folder: Path) -> None:
    people = table(folder, "citizens")
    adults = people.filter(pl.col("age") >= 18)
    worked = adults.filter(pl.col("occupation") != GROUPS.index("student"))
    shares = {
        ("urban", "urban"): people["urban"].mean(),
        ("sex", "male"): (people["sex"] == 0).mean(),
        ("age", "0-14"): (people["age"] < 15).mean(),
        ("age", "65-89"): (people["age"] >= 65).mean(),
        ("occupation", "farmer"): (worked["occupation"] == GROUPS.index("farmer")).mean(),
        ("ethnicity", "kinh"): (people["ethnicity"] == 0).mean(),
    }
    for (measure, key), found in shares.items():
        assert found == pytest.approx(shares_of(measure)[key] / WHOLE, abs=NEAR), (measure, key)
    assert people.height / people["household"].n_unique() == pytest.approx(
        3.6, abs=0.15
    )  # no household crosses a commune


def test_each_group_passes_as_often_as_was_published(folder: Path) -> None:
    adults = table(folder, "citizens").filter(pl.col("age") >= 18).drop_nulls(SCORES)
    scores = pl.col(SCORES).cast(pl.Int32)
    passing = (pl.sum_horizontal(scores) >= PASSING) & (pl.min_horizontal(scores) >= FLOOR)
    found = dict(adults.group_by("occupation").agg(passing.mean()).iter_rows())
    for group, share in shares_of("passes").items():
        assert found[GROUPS.index(group)] == pytest.approx(share / WHOLE, abs=NEAR), group


def test_households_clans_units_and_villages_lie_in_one_commune(folder: Path) -> None:
    people = table(folder, "citizens")
    assert people["citizen"].to_list() == list(range(1, CITIZENS + 1))
    for name in ("household", "unit"):
        grouped = people.drop_nulls(name).group_by(name).agg(pl.col("commune").n_unique())
        assert grouped["commune"].max() == 1
    homes = table(folder, "households")
    assert homes["household"].equals(people["household"].unique().sort())
    assert set(homes["clan"].drop_nulls()) == set(table(folder, "clans")["clan"])


def test_children_have_no_scores_and_some_scores_are_missing(folder: Path) -> None:
    people = table(folder, "citizens")
    children, adults = people.filter(pl.col("age") < 18), people.filter(pl.col("age") >= 18)
    assert children.select(SCORES).null_count().row(0) == (children.height,) * 10
    assert adults["a1"].null_count() / adults.height == pytest.approx(0.01, abs=0.005)


def test_every_file_says_that_it_is_made_up(folder: Path) -> None:
    for name in TABLES:
        for file in files_of(folder, name):
            assert said_in(file) == {"densach": STATEMENT, "seed": "7", "citizens": str(CITIZENS)}


def test_a_file_that_does_not_say_so_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "real.parquet"
    pl.DataFrame({"citizen": [1]}).write_parquet(file)
    with pytest.raises(Refused) as refused:
        said_in(file)
    assert [(one.code, one.where) for one in refused.value.problems] == [("N201", str(file))]


@pytest.mark.parametrize("content", [b"", b"PAR1 no table at all PAR1"])
def test_a_broken_file_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "broken.parquet"
    file.write_bytes(content)
    with pytest.raises(Refused) as refused:
        said_in(file)
    assert [(one.code, one.where) for one in refused.value.problems] == [("N201", str(file))]


def test_nothing_is_written_over(folder: Path) -> None:
    with pytest.raises(Refused) as refused:
        make(COUNTRY, citizens=1_000, seed=1, folder=folder, progress=lambda _: None)
    assert [one.code for one in refused.value.problems] == ["N202"]


def test_the_command_names_its_sources_and_assumptions(tmp_path: Path) -> None:
    asked = ["nation", "make", "--citizens", "4000", "--seed", "3", "--out", str(tmp_path / "new")]
    told = CliRunner().invoke(cli, asked, catch_exceptions=False)
    lines = told.stdout.splitlines()
    assert (told.exit_code, lines[0], lines[-1]) == (0, STATEMENT, f"{STATEMENT}: {tmp_path / 'new'}")
    sources, assumed = ({line for line in lines if line.startswith(start)} for start in ("Nguồn", "Giả định"))
    assert (len(sources), len(assumed)) == (len({one.source for one in marginals()}), len(assumptions()))

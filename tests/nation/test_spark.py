"""Spark on a cluster of separate processes gives the same as Polars; runs where `densach[spark]` is installed."""

from __future__ import annotations

from pathlib import Path

import pytest

from densach.nation.engines import Polars, Spark
from densach.nation.making import make
from densach.nation.running import run
from densach.places.territory import territory
from tests.nation.test_country import DEMO, check_equal

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]  # Spark and its bridge warn of much

CLUSTER = "local-cluster[2,1,1024]"  # two workers, each a process of its own with one core and 1 GB
EXECUTOR = "CoarseGrainedExecutorBackend"


def test_spark_gives_the_same_as_polars_value_by_value(tmp_path: Path) -> None:
    make(territory(), citizens=4_000, seed=21, folder=tmp_path / "country", progress=lambda _: None)
    with Polars() as engine:
        run(tmp_path / "country", DEMO, engine, tmp_path / "polars", said={}, progress=lambda _: None)
    with Spark(CLUSTER) as cluster:
        run(tmp_path / "country", DEMO, cluster, tmp_path / "spark", said={}, progress=lambda _: None)
        executors = sum(EXECUTOR in _command(process) for process in Path("/proc").glob("[0-9]*"))
    assert executors == 2
    check_equal(tmp_path / "polars", tmp_path / "spark")


def _command(process: Path) -> str:
    """What a process was started with; nothing where it has ended meanwhile."""
    try:
        return (process / "cmdline").read_text("utf-8", errors="replace")
    except OSError:
        return ""

"""The engines that a country can be judged on; the table expressions are the same for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Protocol, Self

import ibis
import polars as pl
from ibis.expr.types import Table


class Engine(Protocol):
    """Takes tables in, and works out expressions over them."""

    most_rows: int  # people of the files that are judged together

    def scan(self, name: str, files: Sequence[Path]) -> Table:
        """The rows of Parquet files; the next files of the same name take their place in expressions made before."""

    def table(self, name: str, frame: pl.DataFrame) -> Table:
        """A small table that is at hand."""

    def work_out(self, source: Table, wanted: Sequence[Table]) -> list[pl.DataFrame]:
        """The results of expressions that are all made from one source."""

    def __enter__(self) -> Self:
        """Ready to work."""

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Leave nothing behind."""


class Polars:
    """Polars, streaming: all results of one source in one pass over it."""

    most_rows = 4_000_000

    def __init__(self) -> None:
        self.connection = ibis.polars.connect()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.disconnect()

    def scan(self, name: str, files: Sequence[Path]) -> Table:
        """Polars reads the files itself: what Ibis would open here is a slow generic reader."""
        return self.connection.create_table(name, pl.scan_parquet(list(files), hive_partitioning=False), overwrite=True)

    def table(self, name: str, frame: pl.DataFrame) -> Table:
        """A view of what is at hand."""
        return self.connection.create_table(name, frame, overwrite=True)

    def work_out(self, source: Table, wanted: Sequence[Table]) -> list[pl.DataFrame]:  # noqa: ARG002  - see Engine
        """All results in one pass over the source."""
        return pl.collect_all([self.connection.compile(one) for one in wanted], engine="streaming")


class DuckDB:
    """DuckDB: a source of several results is worked out once and kept for them."""

    most_rows = 4_000_000

    def __init__(self) -> None:
        self.connection = ibis.duckdb.connect()
        self.connection.raw_sql("SET memory_limit = '600MB'; SET preserve_insertion_order = false")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.disconnect()

    def scan(self, name: str, files: Sequence[Path]) -> Table:
        """The files as one table."""
        return self.connection.read_parquet([str(file) for file in files], table_name=name, hive_partitioning=False)

    def table(self, name: str, frame: pl.DataFrame) -> Table:
        """A view of what is at hand."""
        self.connection.con.register(name, frame.to_arrow())
        return self.connection.table(name)

    def work_out(self, source: Table, wanted: Sequence[Table]) -> list[pl.DataFrame]:
        """All results of the source."""
        if len(wanted) == 1:
            return [_arrow(self.connection.to_pyarrow(wanted[0]))]
        self.connection.con.execute(f"CREATE OR REPLACE TEMP TABLE kept AS {self.connection.compile(source)}")
        kept = self.connection.table("kept")
        return [_arrow(self.connection.to_pyarrow(_over(one, source, kept))) for one in wanted]


class Spark:
    """Spark on a cluster; what is at hand goes through a file that the workers read."""

    most_rows = 20_000_000

    def __init__(self, master: str = "local[2]") -> None:
        from pyspark.sql import SparkSession  # noqa: PLC0415  - optional: densach[spark]

        builder = SparkSession.builder.master(master).appName("densach")
        builder = builder.config("spark.ui.enabled", "false").config("spark.sql.shuffle.partitions", "4")
        self.session = builder.config("spark.sql.ansi.enabled", "true").getOrCreate()
        self.connection = ibis.pyspark.connect(self.session)
        self._folder = TemporaryDirectory()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.session.stop()
        self._folder.cleanup()

    def scan(self, name: str, files: Sequence[Path]) -> Table:
        """The session reads them: Ibis would take the list for one pattern."""
        self.session.read.parquet(*map(str, files)).createOrReplaceTempView(name)
        return self.connection.table(name)

    def table(self, name: str, frame: pl.DataFrame) -> Table:
        """A view of what is at hand."""
        path = Path(self._folder.name) / f"{name}.parquet"
        frame.write_parquet(path)
        return self.scan(name, [path])

    def work_out(self, source: Table, wanted: Sequence[Table]) -> list[pl.DataFrame]:
        """All results of the source."""
        if len(wanted) == 1:
            return [_arrow(self.connection.to_pyarrow(wanted[0]))]
        kept = source.cache()
        return [_arrow(self.connection.to_pyarrow(_over(one, source, kept))) for one in wanted]


ENGINES: dict[str, type[Polars] | type[DuckDB] | type[Spark]] = {"polars": Polars, "duckdb": DuckDB, "spark": Spark}


def _over(wanted: Table, source: Table, kept: Table) -> Table:
    """The same expression over what was kept of its source."""
    replaced: Table = wanted.op().replace({source.op(): kept.op()}).to_expr()
    return replaced


def _arrow(found: object) -> pl.DataFrame:
    frame = pl.from_arrow(found)
    assert isinstance(frame, pl.DataFrame)  # noqa: S101  - a table of several columns
    return frame

"""The data sets and quoted figures of the published policy, read once: what a code means, and who said what."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from densach.policy.datasets import DataSet, Indicator
from densach.policy.files import HOME, files_in
from densach.policy.library import read_entries
from densach.rules.model import Claim


@cache
def datasets() -> Mapping[str, DataSet]:
    """The data sets by id, in the order of their files."""
    entries = (entry for path in files_in(HOME / "vn" / "datasets") for entry in read_entries(path))
    return {entry.value.id: entry.value for entry in entries}


@cache
def indicators() -> Mapping[str, tuple[DataSet, Indicator]]:
    """Every indicator by its code, with the data set that it belongs to."""
    return {each.code: (dataset, each) for dataset in datasets().values() for each in dataset.indicators}


@cache
def claims() -> tuple[Claim, ...]:
    """The published figures that are quoted, in the order of their file."""
    return tuple(entry.value for entry in read_entries(HOME / "vn" / "claims.yaml"))

"""The data sets of the published national policy, read once; every room asks here for what a code means."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from densach.policy.datasets import DataSet, Indicator
from densach.policy.files import HOME, files_in
from densach.policy.library import read_entries


@cache
def datasets() -> Mapping[str, DataSet]:
    """The data sets by id, in the order of their files."""
    entries = (entry for path in files_in(HOME / "vn" / "datasets") for entry in read_entries(path))
    return {entry.value.id: entry.value for entry in entries}


@cache
def indicators() -> Mapping[str, tuple[DataSet, Indicator]]:
    """Every indicator by its code, with the data set that it belongs to."""
    return {each.code: (dataset, each) for dataset in datasets().values() for each in dataset.indicators}

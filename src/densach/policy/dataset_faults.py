"""What a data set must be before anybody reports by it: every code its own, every rule about counts it has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from densach.policy.datasets import DataSet, Indicator
from densach.policy.overlaying import Fault

# The computations that `reporting.figures.computing` knows, by the name that a data set gives.
FOUR = ("total", "registered", "assessed", "recognised")
MODELS = ("citizen", "family", "clan", "village", "unit")
COMPUTATIONS = frozenset(f"four_counts.{model}.{count}" for model in MODELS for count in FOUR)


def dataset_faults(dataset: DataSet) -> Iterator[Fault]:
    """Every mistake of one data set."""
    for code, times in Counter(each.code for each in dataset.indicators).items():
        if times > 1:
            yield Fault("P230", ("indicators",), {"name": code})
    for at, each in enumerate(dataset.indicators):
        yield from _share_faults(at, each, dataset)
        if each.computed_by is not None and each.computed_by not in COMPUTATIONS:
            words: dict[str, object] = {"name": each.code, "computation": each.computed_by}
            yield Fault("P232", ("indicators", at, "computed_by"), words)
    counted = {each.code for each in dataset.asked}
    for at, rule in enumerate(dataset.rules):
        for code in {rule.whole, *rule.parts} - counted:
            yield Fault("P231", ("rules", at), {"name": code, "dataset": dataset.id})


def _share_faults(at: int, share: Indicator, dataset: DataSet) -> Iterator[Fault]:
    """A share names two counts of its data set and its base in words; what is none names neither."""
    named = (share.numerator, share.denominator, share.base_vi, share.base_en)
    if share.kind == "share":
        counts = {each.code for each in dataset.asked}
        is_wrong = None in named or not {share.numerator, share.denominator} <= counts
    else:
        is_wrong = any(part is not None for part in named)
    if is_wrong:
        yield Fault("P233", ("indicators", at), {"name": share.code})

"""The assumptions that hold for every rubric, for rooms that need one of them and no more of the law."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from densach.policy.files import HOME
from densach.policy.library import read_entries
from densach.rules.model import Assumption


@cache
def assumptions() -> Mapping[str, Assumption]:
    """The assumptions of the published national law by id, read once."""
    entries = read_entries(HOME / "vn" / "assumptions.yaml")
    return {entry.value.id: entry.value for entry in entries}


def adult_age() -> int:
    """From how many years of age on somebody is taken for an adult."""
    return int(assumptions()["adult_age"].value or 0)

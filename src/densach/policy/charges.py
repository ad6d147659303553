"""Who is named for the targets of a decision, by its own text or by those who wrote about it; read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from densach.policy.files import HOME
from densach.policy.in_charge import InCharge
from densach.policy.library import read_entries


@cache
def charges() -> Mapping[str, tuple[InCharge, ...]]:
    """Everybody who is named, by the id of the document; a document of which nothing was seen is not there."""
    found: dict[str, tuple[InCharge, ...]] = {}
    for entry in read_entries(HOME / "vn" / "charges.yaml"):
        charge: InCharge = entry.value
        found[charge.document] = (*found.get(charge.document, ()), charge)
    return found

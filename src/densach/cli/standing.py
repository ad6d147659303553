"""The law by which a command judges: what comes with the product, and what was published at the lawyer's desk."""

from __future__ import annotations

from django.utils import timezone

import densach.config.ready  # noqa: F401  - before the models below
from densach.cli.options import packs_of
from densach.config.database import ensure_ready
from densach.lawmaking.standing import library_for
from densach.places.models import Place
from densach.policy.library import Library


def law_in(place: Place, *, demo: bool) -> Library:
    """The law as it is read in a place today."""
    ensure_ready()
    return library_for(packs_of(demo=demo), timezone.localdate(), place)

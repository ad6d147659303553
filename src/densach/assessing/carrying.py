"""Taking back a carry-over of merged communes, as far as no round stands on it."""

from __future__ import annotations

from datetime import date

from densach.assessing.queries import rounds_since
from densach.history.domain import Act
from densach.people.merger.carrying import undo_carry_over
from densach.places.models import Place


def undo(commune: Place, on: date, *, act: Act) -> int:
    """Put what a commune took over on a day back into the old ones; gives the number of households.

    Refused (N141) where a round was opened in the commune, or anything else later stands on it.
    """
    return undo_carry_over(commune, on, rounds=rounds_since(commune, on.year), act=act)

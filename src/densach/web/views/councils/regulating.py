"""Quorum and majority on a form: each with its text, or left empty where no text is known."""

from __future__ import annotations

from densach.awards.councils.domain import Regulation
from densach.awards.councils.models import Counted, Regulated
from densach.web.filling import Filled

CHOICES = Counted.choices
MOST = 1000


def regulation_in(form: Filled) -> Regulation:
    """What a form says of quorum and majority."""
    top, bottom = (_count(form, name) for name in ("quorum_top", "quorum_bottom"))
    return Regulation(
        quorum_top=top,
        quorum_bottom=bottom,
        quorum_source=form.text("quorum_source", most=300),
        majority_of=form.one_of("majority_of", dict(Counted.choices)),
        majority_source=form.text("majority_source", most=300),
    )


def typed_of(regulated: Regulated) -> dict[str, str]:
    """What is known of quorum and majority, as a form shows it."""
    names = ("quorum_top", "quorum_bottom", "quorum_source", "majority_of", "majority_source")
    return {name: str(getattr(regulated, name) or "") for name in names}


def _count(form: Filled, name: str) -> int | None:
    return form.number(name, least=1, most=MOST) if form.text(name, most=6) else None

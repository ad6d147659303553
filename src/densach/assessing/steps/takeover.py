"""The years before a commune's first round here: acts recorded from paper, or not assessed, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import transaction

from densach.assessing.models import Round
from densach.assessing.steps import queries
from densach.assessing.steps.models import ActScan, NotAssessed
from densach.history.bringing import bring
from densach.history.domain import Act
from densach.problems import Refused, problem

FIRST = 2023  # the decisions of 2023-2025 are those that communes still hand over


@dataclass(frozen=True)
class YearBefore:
    """One year: the acts that are recorded for it, and why it was not assessed where people said so."""

    year: int
    acts: tuple[dict[str, Any], ...]
    reason: str


def years_before(round_: Round) -> tuple[YearBefore, ...]:
    """Each year from 2023 to the one before a round, in two queries."""
    acts, said = queries.acts_before(round_, FIRST), queries.not_assessed(round_.place)
    return tuple(
        YearBefore(
            year=year,
            acts=tuple(act for act in acts if act["year"] == year),
            reason=said[year].reason if year in said else "",
        )
        for year in range(FIRST, round_.year)
    )


def say_not_assessed(round_: Round, year: int, reason: str, *, act: Act) -> NotAssessed:
    """Say why a year before was not assessed; refused without a reason (R179), or where there are acts (R200)."""
    if not reason.strip():
        raise Refused(problem("R179", year))
    with transaction.atomic():
        if any(row["year"] == year for row in queries.acts_before(round_, FIRST)):
            raise Refused(problem("R200", year, year=year))
        known = queries.not_assessed(round_.place).get(year)
        fields = {"place_id": round_.place_id, "year": year, "reason": reason.strip()}
        return bring(NotAssessed, [(known, fields)], kind="not_assessed", act=act).rows[0]


def number_scan(round_: Round, key: int, number: str, *, act: Act) -> ActScan:
    """Write down under which number the scan of an act is kept; refused without one (R171), or for no act (H103)."""
    signed = queries.act_of(round_, key)
    if signed is None:
        raise Refused(problem("H103", key))
    if not number.strip():
        raise Refused(problem("R171", "scan"))
    with transaction.atomic():
        known = queries.scan_for_update(signed)
        fields = {"act_id": signed.pk, "number": number.strip()}
        return bring(ActScan, [(known, fields)], kind="act_scan", act=act).rows[0]

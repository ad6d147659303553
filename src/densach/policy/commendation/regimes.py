"""Which law judges a dossier: by the day the appraising authority received it (Luật 06/2026/QH16, Điều 4)."""

from __future__ import annotations

from datetime import date

from densach.policy.commendation.model import CommendationLaw, Regime
from densach.policy.dates import holds
from densach.problems import Refused, problem

SECOND_LOOK_FROM = date(2026, 10, 1)  # the day Luật 06/2026/QH16 comes into force


def regime_on(law: CommendationLaw, received_on: date) -> str:
    """The regime of a day of receipt; Refused (Q401) before the first one that is held."""
    found = next((each for each in law.regimes if holds(each.valid_from, each.valid_to, received_on) == "yes"), None)
    if found is None:
        raise Refused(problem("Q401", "received_on", day=received_on.isoformat(), first=law.regimes[0].valid_from))
    return found.code


def is_automatic(regime: Regime) -> bool:
    """Whether the decree of a regime is known, without which nothing is judged automatically."""
    return regime.decree is not None


def needs_both(regime: str, decided_on: date | None, today: date) -> bool:
    """Whether a dossier of regime B was not decided when the newer law came, and is judged by both (rule R-02)."""
    return regime == "B" and (decided_on or today) >= SECOND_LOOK_FROM

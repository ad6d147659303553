"""What a person decides where the law known here does not: by which regime one judges, and what a rule gives.

Luật 06/2026/QH16, Điều 4 khoản 4: a dossier received before 01/10/2026 goes by the old law, or by the new one where
that is more favourable. Which one is, a person says; the findings of the rules are never changed.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from densach.authority.access import Viewer
from densach.awards import by_law, queries
from densach.awards.access import may_handle
from densach.awards.attempts import keeping_attempts
from densach.awards.domain import tidy
from densach.awards.judging import rules_for_a_person
from densach.awards.models import ENDED, Judged, Nomination, Regime
from densach.history.domain import Happening, record
from densach.problems import Refused, problem


def choose_regime(viewer: Viewer, nomination: Nomination, regime: Regime, why: str, *, at: datetime) -> Nomination:
    """Record by which law a dossier between two is judged; refused for others (Q134), and without why (Q131)."""
    act = viewer.act(at, why)
    _require(viewer, nomination)
    with keeping_attempts("nomination", nomination.uid, f"choose {regime}", act), transaction.atomic():
        now = queries.nomination_for_update(nomination)
        if regime not in by_law.choices_of(now, viewer.today):
            raise Refused(problem("Q134", "regime", regime=regime or "–"))
        if not tidy(why):
            raise Refused(problem("Q131", "why"))
        before = {"chosen_regime": now.chosen_regime}
        now.chosen_regime, now.chosen_by, now.chosen_why = regime, viewer.account, tidy(why)[:300]
        now.version += 1
        now.save(update_fields=["chosen_regime", "chosen_by", "chosen_why", "version"])
        happening = Happening(
            kind="nomination",
            object_id=now.uid,
            event="regime_chosen",
            before=before,
            after={"chosen_regime": regime},
        )
        record(happening, act)
        return now


def judge_by_person(
    viewer: Viewer, nomination: Nomination, rule: str, why: str, *, fulfilled: bool, at: datetime
) -> Judged:
    """Record what a person says of a rule that needs one, with the reason (Q131); said again, the later word stands.

    A rule that the law decides, or that is none of this nomination, is not there to be judged (H103).
    """
    act = viewer.act(at, why)
    _require(viewer, nomination)
    if rule not in rules_for_a_person(nomination, viewer):
        raise Refused(problem("H103", rule))
    if not tidy(why):
        raise Refused(problem("Q131", "why"))
    with transaction.atomic():
        said = {"fulfilled": fulfilled, "why": tidy(why), "by": viewer.account, "said_at": at}
        row, _ = Judged.objects.update_or_create(nomination=nomination, rule=rule, defaults=said)
        after = {"rule": rule, "fulfilled": fulfilled}
        record(Happening(kind="nomination", object_id=nomination.uid, event="judged", after=after), act)
        return row


def _require(viewer: Viewer, nomination: Nomination) -> None:
    if not may_handle(viewer, nomination) or nomination.step in ENDED:
        raise Refused(problem("H103", nomination.uid))

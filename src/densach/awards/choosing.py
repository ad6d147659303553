"""What a person decides where the law known here does not: by which regime one judges, and what a rule gives.

Luật 06/2026/QH16, Điều 4 khoản 4: a dossier received before 01/10/2026 goes by the old law, or by the new one where
that is more favourable. Which one is, a person says; the findings of the rules are never changed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from densach.authority.access import Viewer
from densach.awards import by_law, queries
from densach.awards.access import may_handle
from densach.awards.attempts import keeping_attempts
from densach.awards.domain import tidy
from densach.awards.judging import causes_for_a_person
from densach.awards.models import ENDED, Judged, Nomination, Regime
from densach.history.domain import Happening, record, record_many
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
    viewer: Viewer, nomination: Nomination, rules: Collection[str], why: str, *, fulfilled: bool, at: datetime
) -> list[Judged]:
    """Record what a person says of rules that need one, with the reason (Q131); said again, the later word stands.

    Several are answered together where they wait for one cause (else Q228), each in a row and an entry of its own.
    Refused with none (Q227); a rule that the law decides, or that is none of this nomination, is not there (H103).
    """
    act = viewer.act(at, why)
    _require(viewer, nomination)
    causes = causes_for_a_person(nomination, viewer)
    _refuse_rules(rules, causes)
    if not tidy(why):
        raise Refused(problem("Q131", "why"))
    with transaction.atomic():
        said = {"fulfilled": fulfilled, "why": tidy(why), "by": viewer.account, "said_at": at}
        rows = [Judged(nomination=nomination, rule=rule, **said) for rule in rules]
        Judged.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["nomination", "rule"], update_fields=list(said)
        )
        record_many((_judged(nomination, rule, fulfilled=fulfilled) for rule in rules), act)
        return rows


def _refuse_rules(rules: Collection[str], causes: Mapping[str, str]) -> None:
    for rule in rules:
        if rule not in causes:
            raise Refused(problem("H103", rule))
    if not rules:
        raise Refused(problem("Q227", "rule"))
    if len({causes[rule] for rule in rules}) > 1:
        raise Refused(problem("Q228", "rule"))


def _judged(nomination: Nomination, rule: str, *, fulfilled: bool) -> Happening:
    after = {"rule": rule, "fulfilled": fulfilled}
    return Happening(kind="nomination", object_id=nomination.uid, event="judged", after=after)


def _require(viewer: Viewer, nomination: Nomination) -> None:
    if not may_handle(viewer, nomination) or nomination.step in ENDED:
        raise Refused(problem("H103", nomination.uid))

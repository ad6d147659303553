"""A nomination held against the law of its day: what is known of it as facts, the findings, and what persons said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from densach.authority.access import Viewer
from densach.awards import by_law, queries
from densach.awards.access import levels_of, way_up
from densach.awards.bodies import is_there
from densach.awards.models import Hold, HoldEnd, HoldGround, Judged, Nomination, Regime, Step, SubjectKind
from densach.policy.commendation.facts import EndOfHold, Facts
from densach.policy.commendation.findings import Finding, Outcome, Result
from densach.policy.commendation.judging import BothRegimes, both_regimes, judge, outcome

CONSIDERED = (Step.PASSED, Step.REFUSED, Step.FORWARDED, Step.AWARDED)
ORDER: tuple[Result, ...] = ("unfulfilled", "needs_person", "fulfilled")


@dataclass(frozen=True)
class Said:
    """One finding with what a person said of it, where the law does not decide."""

    finding: Finding
    judged: Judged | None


@dataclass(frozen=True)
class Judgement:
    """All that the law gives for a nomination by one regime; what does not concern it stands apart."""

    regime: Regime
    groups: Mapping[Result, tuple[Said, ...]]
    beside: tuple[Said, ...]
    outcome: Outcome
    both: BothRegimes | None


def facts_of(nomination: Nomination, viewer: Viewer) -> Facts:
    """What is known of a nomination that one may see; what nobody recorded stays unknown."""
    return Facts(**_told(nomination), **_standing(nomination, viewer), **_papers(nomination, viewer))


def judgement_of(nomination: Nomination, viewer: Viewer) -> Judgement | None:
    """The findings by the chosen regime, else by that of the day of receipt; none before the dossier came in."""
    today = viewer.today
    regime = by_law.judged_by(nomination)
    if regime == Regime.UNKNOWN:
        return None
    facts = facts_of(nomination, viewer)
    found = judge(by_law.law(), facts, regime, today=today)
    both = both_regimes(by_law.law(), facts, today=today, regime_chosen=nomination.chosen_regime or None)
    said = queries.judged_of(nomination)
    lines = [Said(each, said.get(each.rule.id)) for each in found]
    shown = [each for each in lines if each.finding.applies]
    groups = {result: tuple(each for each in shown if each.finding.result == result) for result in ORDER}
    whole = outcome(found, {rule: row.fulfilled for rule, row in said.items()})
    return Judgement(regime, groups, tuple(each for each in lines if not each.finding.applies), whole, both)


def rules_for_a_person(nomination: Nomination, viewer: Viewer) -> frozenset[str]:
    """The rules that the law known here does not decide for a nomination."""
    found = judgement_of(nomination, viewer)
    waiting = found.groups["needs_person"] if found else ()
    return frozenset(each.finding.rule.id for each in waiting if each.finding.decides)


def _told(nomination: Nomination) -> dict[str, Any]:
    """What its proposer and whoever handles it wrote."""
    nominee, award = nomination.nominee, by_law.award(nomination.award)
    stands = bool(nominee.stands_for_clan_id or nominee.stands_for_place_id)
    return {
        "award": nomination.award,
        "subject": nominee.kind,
        "mode": nomination.mode,
        "branch": nomination.branch or None,
        "authority": award.authority if award else None,
        "occasion": nomination.round.occasion,
        "received_on": nomination.received_on,
        "regime_chosen": True if nomination.chosen_regime else None,
        "stands_for_another": stands,
        "legal_subject_stated": bool(nominee.stated_as) if stands else None,
        "is_enterprise": nominee.is_enterprise,
    }


def _standing(nomination: Nomination, viewer: Viewer) -> dict[str, Any]:
    """What the register, the ledger and the holds say of the nominee."""
    nominees = queries.same_nominees(nomination.nominee)
    claims = queries.claims_and_uses(nomination)
    body = is_there(nomination.nominee, viewer.today) if nomination.nominee.kind == SubjectKind.COLLECTIVE else None
    return {
        "province": by_law.province_among(way_up(nomination, viewer)),
        "body_exists": body,
        "achievement_used": any(used for _, used in claims) if claims else None,
        "achievement_began_on": min((done.began_on for done, _ in claims), default=None),
        "achievement_ended_on": max((done.ended_on for done, _ in claims), default=None),
        **_held(queries.holds_of(nominees)),
        **_quotas(nomination),
    }


def _held(holds: list[Hold]) -> dict[str, Any]:
    """Whether nobody was ever disciplined is not known from holds alone; that somebody was, is."""
    ended = [each for each in holds if each.ended_on is not None]
    guilty = [each for each in ended if each.end == HoldEnd.VIOLATION and each.ground == HoldGround.DISCIPLINE]
    last: EndOfHold = ended[0].end if ended else "none"  # type: ignore[assignment]  # the same words
    return {
        "under_hold": any(each.ended_on is None for each in holds),
        "hold_ended": last,
        "was_disciplined": True if guilty else None,
        "discipline_served_on": guilty[0].served_on if guilty else None,
    }


def _quotas(nomination: Nomination) -> dict[str, Any]:
    quotas = queries.quotas_for(nomination)
    within = all(queries.counted_against(each, nomination) < each.most for each in quotas)
    return {"quota_registered": bool(quotas), "within_quota": within if quotas else None}


def _papers(nomination: Nomination, viewer: Viewer) -> dict[str, Any]:
    parts = queries.parts_of(nomination)
    made = any(each.is_made for each in parts)
    agreed = {each.place_id for each in queries.confirmations_of(nomination) if each.agrees}
    levels = {row.place_id for row in levels_of(nomination, viewer)}
    return {
        "parts": frozenset(each.kind for each in parts if each.kind in by_law.law().forms),
        "files": frozenset({"pdf", "docx"} if made else {"pdf"} if parts else ()),
        "council_sat": nomination.step in CONSIDERED,
        "confirmed_by_all": levels <= agreed,
    }

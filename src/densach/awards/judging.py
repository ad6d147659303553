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
NOT_REREAD = "not re-read"
ORDER: tuple[Result, ...] = ("unfulfilled", "needs_person", "fulfilled")


@dataclass(frozen=True)
class Said:
    """One finding with what a person said of it, where the law does not decide."""

    finding: Finding
    judged: Judged | None


@dataclass(frozen=True)
class Waiting:
    """Findings that wait for a person for one cause (`cause_of`), which may be answered together with one reason."""

    cause: str
    said: tuple[Said, ...]

    @property
    def is_by_old_text(self) -> bool:
        """Whether all that is missing is a look into the newer law: by the texts that were read they are fulfilled."""
        return self.cause == NOT_REREAD

    @property
    def is_several(self) -> bool:
        """Whether there are some to be answered together."""
        return len(self.said) > 1

    @property
    def left(self) -> int:
        """How many nobody answered yet."""
        return len(self.unanswered)

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The rules that nobody answered yet."""
        return tuple(each.finding.rule.id for each in self.said if each.judged is None)


@dataclass(frozen=True)
class Judgement:
    """All that the law gives for a nomination by one regime; what does not concern it stands apart."""

    regime: Regime
    groups: Mapping[Result, tuple[Said, ...]]
    beside: tuple[Said, ...]
    outcome: Outcome
    both: BothRegimes | None

    @property
    def waiting(self) -> tuple[Waiting, ...]:
        """What waits for a person, by cause: what was not answered and can be answered together comes first."""
        found: dict[str, list[Said]] = {}
        for each in self.groups["needs_person"]:
            if each.finding.decides:
                found.setdefault(cause_of(each.finding), []).append(each)
        rows = (Waiting(cause, tuple(said)) for cause, said in found.items())
        return tuple(sorted(rows, key=lambda row: (not row.left, -len(row.said))))

    @property
    def by_result(self) -> tuple[tuple[Result, tuple[Said, ...]], ...]:
        """What concerns the nomination, by result, without the rules that are switched off."""
        shown = {"needs_person": tuple(each for row in self.waiting for each in row.said)}
        return tuple((result, shown.get(result, said)) for result, said in self.groups.items())

    @property
    def to_answer(self) -> int:
        """How many wait for a person, answered or not."""
        return sum(len(row.said) for row in self.waiting)

    @property
    def switched_off(self) -> tuple[Said, ...]:
        """What is shown of rules that are switched off, and decides nothing."""
        return tuple(each for each in self.groups["needs_person"] if not each.finding.decides)


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


def causes_for_a_person(nomination: Nomination, viewer: Viewer) -> dict[str, str]:
    """The rules that the law known here does not decide for a nomination, each with why it does not."""
    found = judgement_of(nomination, viewer)
    waiting = found.waiting if found else ()
    return {each.finding.rule.id: row.cause for row in waiting for each in row.said}


def cause_of(finding: Finding) -> str:
    """Why a finding waits for a person: the same facts are not known, the newer law was not re-read, or its own cause.

    What the texts that were read do not fulfil, and what they are silent on, has a cause of its own each time.
    """
    if finding.missing:
        return f"not known: {', '.join(finding.missing)}"
    return NOT_REREAD if finding.last_known == "fulfilled" else finding.rule.id


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

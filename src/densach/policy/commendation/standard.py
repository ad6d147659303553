"""The standard of an award: the branch that is invoked, its text, and what those competent found of it."""

from __future__ import annotations

from densach.policy.commendation.checks import Asked
from densach.policy.commendation.findings import Told, ask, fulfilled, missing, unfulfilled
from densach.policy.commendation.model import Award, Branch, Rule
from densach.policy.dates import holds
from densach.rules.model import DECIDING

STANDARD = "TC"  # the id under which the standard stands among the rules


def standard_rule(asked: Asked) -> Rule:
    """The invoked branch as a rule, so that a finding can carry its text, citation and mark."""
    branch, award = _branch(asked), asked.award
    text = branch or next(iter(_held(asked)), None)
    return Rule(
        id=STANDARD,
        group="standard",
        carried_out="nomination",
        when_vi=award.name_vi if award else "Hình thức khen thưởng",
        when_en=award.name_en if award else "The award",
        then_vi=" ".join(filter(None, (branch.gate_vi, branch.text_vi))) if branch else "Đạt tiêu chuẩn của hình thức.",
        then_en=" ".join(filter(None, (branch.gate_en, branch.text_en))) if branch else "The award's standard is met.",
        source=_source(branch, award),
        cites=branch.cites if branch else award.cites if award else (),
        mark=text.mark if text else award.mark if award else "unknown",
        enabled=True,
        regimes=text.regimes if text else (),
    )


def standard_told(asked: Asked) -> Told:
    """Whether the standard is met, by the branch that is invoked; without a text that was read a person must say."""
    facts, award = asked.facts, asked.award
    if award is None or facts.subject is None:
        return missing(*(name for name in ("award", "subject") if getattr(facts, name) is None))
    if facts.subject not in award.subjects:
        return unfulfilled("Hình thức này không dành cho loại đối tượng ấy.", "This award is not for such a subject.")
    held = _held(asked)
    if not held:
        return ask(
            "Chưa có căn cứ: tiêu chuẩn của nơi này chưa được nạp.", "No basis: the standard of this place is not held."
        )
    if facts.branch is None:
        return missing("branch")
    branch = _branch(asked)
    return _judged(asked, branch) if branch else _no_branch(asked)


def _judged(asked: Asked, branch: Branch) -> Told:
    received = asked.facts.received_on
    if received is None:
        return missing("received_on")
    if holds(branch.valid_from, None, received) == "no":
        return ask(
            "Chưa có căn cứ: quy định này chưa có hiệu lực khi tiếp nhận.",
            "No basis: this regulation was not yet in force on the day of receipt.",
        )
    if branch.mark not in DECIDING:
        return ask(
            "Chưa có căn cứ: nguyên văn tiêu chuẩn chưa có.", "No basis: the wording of the standard is not held."
        )
    asks = ("gate_met", "branch_met") if branch.gate_vi else ("branch_met",)
    found = {name: getattr(asked.facts, name) for name in asks}
    if False in found.values():
        return unfulfilled(f"Không đạt: {branch.name_vi}.", f"Not met: {branch.name_en}.")
    if None in found.values():
        return missing(*(name for name, value in found.items() if value is None))
    return fulfilled(f"Đạt theo nhánh: {branch.name_vi}.", f"Met by the branch: {branch.name_en}.")


def _no_branch(asked: Asked) -> Told:
    """A branch that is not there for this subject: refused where every text was read, else a person must look."""
    held = _held(asked)
    vi, en = ", ".join(each.name_vi for each in held), ", ".join(each.name_en for each in held)
    told = unfulfilled if all(each.mark in DECIDING for each in held) else ask
    return told(f"Loại đối tượng này chỉ có nhánh: {vi}.", f"For such a subject there is only: {en}.")


def _branch(asked: Asked) -> Branch | None:
    return next((each for each in _held(asked) if each.code == asked.facts.branch), None)


def _held(asked: Asked) -> tuple[Branch, ...]:
    award, subject = asked.award, asked.facts.subject
    return award.branches_for(subject, asked.facts.province) if award and subject else ()


def _source(branch: Branch | None, award: Award | None) -> str:
    cites = branch.cites if branch else award.cites if award else ()
    return "; ".join(" ".join(filter(None, (cite.document, cite.place))) for cite in cites)

"""What is found when a nomination is held against a rule, and what all findings together come to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from densach.policy.commendation.facts import FACT_WORDS
from densach.policy.commendation.model import Rule, Words

Result = Literal["fulfilled", "unfulfilled", "needs_person"]
RESULT_WORDS: dict[Result, Words] = {
    "fulfilled": Words("đạt", "fulfilled"),
    "unfulfilled": Words("không đạt", "not fulfilled"),
    "needs_person": Words("cần người xem xét", "a person must look at it"),
}


@dataclass(frozen=True)
class Told:
    """What a rule says of the facts by itself, before the regime is asked; `missing` are facts that are not known."""

    result: Result
    words: Words
    applies: bool = True
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """What is found by one rule.

    `decides` is false for a rule that is switched off: it is shown, and grants or blocks nothing. `last_known` is what
    the rule gave by the texts that were read, where the regime does not let it decide.
    """

    rule: Rule
    result: Result
    words: Words
    decides: bool = True
    applies: bool = True
    missing: tuple[str, ...] = ()
    last_known: Result | None = None


@dataclass(frozen=True)
class Outcome:
    """All findings together: `open` rules wait for a person, `against` are not fulfilled."""

    result: Result
    open: tuple[str, ...] = ()
    against: tuple[str, ...] = ()


def outcome(findings: Iterable[Finding], judged: Mapping[str, bool] | None = None) -> Outcome:
    """What the findings come to with what persons said (rule to fulfilled or not) where the law does not decide.

    A person's word stands only for a rule that waits for one; it never turns what the law decided.
    """
    said = judged or {}
    results = {each.rule.id: _result(each, said) for each in findings if each.decides}
    waiting = tuple(rule for rule, result in results.items() if result == "needs_person")
    against = tuple(rule for rule, result in results.items() if result == "unfulfilled")
    if against:
        return Outcome("unfulfilled", waiting, against)
    return Outcome("needs_person" if waiting or not results else "fulfilled", waiting)


def _result(finding: Finding, said: Mapping[str, bool]) -> Result:
    if finding.result != "needs_person" or finding.rule.id not in said:
        return finding.result
    return "fulfilled" if said[finding.rule.id] else "unfulfilled"


def fulfilled(vi: str, en: str) -> Told:
    """The rule is fulfilled."""
    return Told("fulfilled", Words(vi, en))


def unfulfilled(vi: str, en: str) -> Told:
    """The rule is not fulfilled."""
    return Told("unfulfilled", Words(vi, en))


def ask(vi: str, en: str) -> Told:
    """A person must look at it."""
    return Told("needs_person", Words(vi, en))


def beside(vi: str, en: str) -> Told:
    """The rule does not concern this nomination, so that nothing stands against it."""
    return Told("fulfilled", Words(f"Không áp dụng: {vi}", f"Does not apply: {en}"), applies=False)


def missing(*names: str) -> Told:
    """A person must look at it, because facts are not known."""
    vi, en = (", ".join(FACT_WORDS[name][at] for name in names) for at in (0, 1))
    return Told("needs_person", Words(f"Chưa biết: {vi}.", f"Not known: {en}."), missing=names)

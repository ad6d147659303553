"""What figures must be, and what is unusual in them: the first is refused, the second asks for a word."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from densach.measures.unusual import far_off, jumped, share_jumped
from densach.policy.datasets import DataSet, Indicator, Rule
from densach.problems import Problem, problem
from densach.reporting.figures.access import Of
from densach.reporting.figures.models import Figure
from densach.reporting.figures.queries import figures_of

MOST = 10**15  # more đồng than the State budget of a year; keeps every sum within 64 bits
Numbers = Mapping[str, int]
LeadKind = Literal["jump", "share_jump", "far_off"]


@dataclass(frozen=True)
class Lead:
    """A number that deserves a second look before it goes up: `code` is where the reporter says why it is right."""

    code: str
    indicator: Indicator
    kind: LeadKind
    now: int | Fraction
    usual: int | Fraction


def number_faults(dataset: DataSet, typed: Mapping[str, int | None]) -> Iterator[Problem]:
    """What single numbers cannot be: of a code that the data set does not have, a share, below 0, or beyond all."""
    for code, value in typed.items():
        indicator = dataset.indicator(code)
        if indicator is None:
            yield problem("G103", code, name=code[:40], dataset=dataset.id)
        elif indicator.kind == "share":
            yield problem("G104", code, name=code, numerator=indicator.numerator, denominator=indicator.denominator)
        elif value is not None and not 0 <= value <= MOST:
            yield problem("G105", code, **_named(indicator), value=value, most=MOST)


def rule_faults(dataset: DataSet, numbers: Numbers) -> list[Problem]:
    """How numbers do not hold together; each problem stands at the part, and rules with unknown numbers are silent."""
    found = [fault for rule in dataset.rules for fault in _rule(dataset, rule, numbers)]
    for share in (each for each in dataset.indicators if each.kind == "share"):
        pair = Rule(kind="at_most", whole=share.denominator or "", parts=(share.numerator or "",))
        found += _rule(dataset, pair, numbers)
    return list({(each.code, each.where): each for each in found}.values())


def _rule(dataset: DataSet, rule: Rule, numbers: Numbers) -> Iterator[Problem]:
    whole = numbers.get(rule.whole)
    parts = {code: numbers[code] for code in rule.parts if code in numbers}
    if whole is None:
        return
    base = dataset.indicator(rule.whole)
    for code, value in parts.items():
        part = dataset.indicator(code)
        if value > whole and part and base:
            words = {"base_vi": base.name_vi, "base_en": base.name_en, "value": value, "base": whole}
            yield problem("G106", code, **_named(part), **words)
    total = sum(parts.values())
    too_many = rule.kind == "together" and total > whole
    differs = rule.kind == "sum" and len(parts) == len(rule.parts) and total != whole
    if base and (too_many or differs):
        yield problem("G107", rule.whole, **_named(base), value=whole, total=total)


def leads_in(of: Of, numbers: Numbers, others: Mapping[str, Collection[Figure]]) -> tuple[Lead, ...]:
    """What is unusual beside the year before, and in shares beside places like it."""
    before = figures_of(of.where.place_id, of.period.before.key, [each.code for each in of.dataset.indicators])
    found: list[Lead] = []
    for each in of.dataset.indicators:
        last = before.get(each.code)
        if each.kind == "share":
            found += _share_leads(each, numbers, last, others.get(each.code, ()))
        elif each.code in numbers and last is not None and jumped(numbers[each.code], last.value):
            found.append(Lead(each.code, each, "jump", numbers[each.code], last.value))
    return tuple({lead.code: lead for lead in reversed(found)}.values())[::-1]


def _share_leads(share: Indicator, numbers: Numbers, last: Figure | None, others: Collection[Figure]) -> Iterator[Lead]:
    numerator, base = numbers.get(share.numerator or ""), numbers.get(share.denominator or "")
    if numerator is None or not base or share.numerator is None:
        return
    now = Fraction(numerator, base)
    usual = [Fraction(each.value, each.base) for each in others if each.base]
    if last is not None and last.base and share_jumped(now, Fraction(last.value, last.base)):
        yield Lead(share.numerator, share, "share_jump", now, Fraction(last.value, last.base))
    elif far_off(now, usual):
        yield Lead(share.numerator, share, "far_off", now, sorted(usual)[(len(usual) - 1) // 2])


def _named(indicator: Indicator) -> dict[str, object]:
    return {"name_vi": indicator.name_vi, "name_en": indicator.name_en}

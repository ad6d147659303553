"""The law of commendation and its findings as lines for a reader."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from densach.policy.commendation.findings import RESULT_WORDS, Finding, Outcome
from densach.policy.commendation.model import Award, CommendationLaw, Regime, Rule, Words
from densach.policy.commendation.regimes import is_automatic, regime_on
from densach.policy.dates import holds
from densach.policy.words import day, period, say, sources
from densach.problems import Language
from densach.rules.model import Document

Documents = Mapping[str, Document]
_HEADS = {
    "awards": Words("Hình thức khen thưởng", "Awards"),
    "rules": Words("Quy tắc", "Rules"),
    "parameters": Words("Quy định của nơi ban hành", "Parameter sets"),
    "result": Words("Kết quả", "Result"),
    "not_held": Words("không có quy định nào được nạp cho các nơi khác", "nothing was entered for any other place"),
}
_ON, _OFF = Words("bật", "on"), Words("tắt, chỉ để xem", "off, only shown")


def law_lines(law: CommendationLaw, documents: Documents, on: date, lang: Language) -> Iterator[str]:
    """The law of commendation on a day: its regime, who awards what, the rules, and whose own rules are held."""
    yield from _regime_lines(law.regime(regime_on(law, on)), documents, lang)
    yield f"# {pick(_HEADS['awards'], lang)}"
    for award in law.awards.values():
        yield from _award_lines(law, award, documents, on, lang)
    yield f"# {pick(_HEADS['rules'], lang)}"
    for rule in law.rules.values():
        yield _rule_line(rule, documents, lang)
    yield f"# {pick(_HEADS['parameters'], lang)}"
    for each in law.parameters:
        yield f"{each.authority} {each.place or 'VN'}: {each.source} {sources(each.mark, each.cites, documents, lang)}"
    yield f"({pick(_HEADS['not_held'], lang)})"


def finding_lines(findings: Sequence[Finding], found: Outcome, documents: Documents, lang: Language) -> Iterator[str]:
    """Each finding with its rule and where that stands, then what all of them come to."""
    for each in findings:
        state = pick(RESULT_WORDS[each.result], lang) if each.decides else pick(_OFF, lang)
        cited = sources(each.rule.mark, each.rule.cites, documents, lang)
        yield f"{each.rule.id} {state}: {pick(each.words, lang)} {cited}"
    waiting = f" ({', '.join(found.against or found.open)})" if found.against or found.open else ""
    yield f"{pick(_HEADS['result'], lang)}: {pick(RESULT_WORDS[found.result], lang)}{waiting}"


def pick(words: Words, lang: Language) -> str:
    """One language of a sentence."""
    return words.vi if lang == "vi" else words.en


def _regime_lines(regime: Regime, documents: Documents, lang: Language) -> Iterator[str]:
    words = pick(Words(regime.law_vi, regime.law_en), lang)
    cited = sources(regime.mark, regime.cites, documents, lang)
    yield f"{regime.code} {period(regime.valid_from, regime.valid_to, lang)}: {words} {cited}"
    note = pick(Words(regime.note_vi, regime.note_en), lang)
    if note or not is_automatic(regime):
        yield f"  {note}"


def _award_lines(law: CommendationLaw, award: Award, documents: Documents, on: date, lang: Language) -> Iterator[str]:
    name = pick(Words(award.name_vi, award.name_en), lang)
    yield f"{award.code} {name} {sources(award.mark, award.cites, documents, lang)}"
    for authority in law.authorities.values():
        for power in authority.powers:
            if power.award == award.code and holds(power.valid_from, power.valid_to, on) == "yes":
                decider = pick(Words(authority.name_vi, authority.name_en), lang)
                yield f"  {decider}, {say('from', lang, day=day(power.valid_from, lang))}"
    for sentence in award.open_vi if lang == "vi" else award.open_en:
        yield f"  ? {sentence}"


def _rule_line(rule: Rule, documents: Documents, lang: Language) -> str:
    when, then = Words(rule.when_vi, rule.when_en), Words(rule.then_vi, rule.then_en)
    state = pick(_ON if rule.enabled else _OFF, lang)
    return (
        f"{rule.id} {state}: {pick(when, lang)} → {pick(then, lang)} {sources(rule.mark, rule.cites, documents, lang)}"
    )

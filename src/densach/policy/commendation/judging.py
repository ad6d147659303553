"""A nomination held against the rules, by the regime of its day: fulfilled, not fulfilled, or a person must look.

Nothing passes or fails in silence. A rule that is switched off decides nothing; a rule that was not re-read for the
regime says what it gave before and asks a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from densach.policy.commendation.checks import CHECKS, Asked
from densach.policy.commendation.facts import Facts, refuse_strangers
from densach.policy.commendation.findings import RESULT_WORDS, Finding, Outcome, Told, outcome
from densach.policy.commendation.model import CommendationLaw, Regime, Rule, Words
from densach.policy.commendation.regimes import is_automatic, needs_both, regime_on
from densach.policy.commendation.standard import standard_rule, standard_told
from densach.rules.model import DECIDING, Mark

__all__ = ["Facts", "Finding", "Outcome", "both_regimes", "judge", "outcome"]

NOT_REREAD = Words("chưa đối chiếu với Luật 06/2026", "not re-read against Law 06/2026")
C_UNKNOWN = Words(
    "C chưa biết: nguyên văn Luật 06/2026/QH16 chưa có; người có trách nhiệm ghi lựa chọn và lý do.",
    "C is not known: the text of Law 06/2026/QH16 is not held; a person records the choice and why.",
)
_OFF: dict[Mark, Words] = {
    "inferred": Words("mới suy ra", "only inferred"),
    "memory": Words("chỉ là trí nhớ", "only memory"),
}


@dataclass(frozen=True)
class BothRegimes:
    """An open dossier of regime B by both laws (rule R-02): B's result, and that C's is not known."""

    of_b: tuple[Finding, ...]
    of_c: tuple[Finding, ...]
    by_b: Outcome
    by_c: Outcome
    words_c: Words
    waits: bool


def judge(law: CommendationLaw, facts: Facts, regime: str, *, today: date) -> tuple[Finding, ...]:
    """One finding for each rule that a nomination is judged by, and one for the standard of the award.

    Refused (Q402) for an award, an authority or a part that the law does not have.
    """
    refuse_strangers(law, facts)
    asked = Asked(law, facts, regime, today)
    rules = [rule for rule in law.rules.values() if rule.carried_out == "nomination"]
    found = [_finding(asked, rule, _told(asked, rule)) for rule in rules]
    return (*found, _finding(asked, standard_rule(asked), standard_told(asked)))


def both_regimes(
    law: CommendationLaw, facts: Facts, *, today: date, regime_chosen: str | None = None
) -> BothRegimes | None:
    """The findings by B and by C for a dossier of B that was still open on 01/10/2026; none for any other.

    It waits until a person has recorded which of the two is applied.
    """
    if facts.received_on is None:
        return None
    if not needs_both(regime_on(law, facts.received_on), facts.decided_on, today):
        return None
    of_b, of_c = (judge(law, facts, regime, today=today) for regime in ("B", "C"))
    return BothRegimes(of_b, of_c, outcome(of_b), outcome(of_c), C_UNKNOWN, regime_chosen not in {"B", "C"})


def _told(asked: Asked, rule: Rule) -> Told:
    if rule.id in CHECKS:
        return CHECKS[rule.id](asked)
    return Told("needs_person", Words("Luật không nói, hoặc chưa đọc được.", "The law is silent, or was not read."))


def _finding(asked: Asked, rule: Rule, told: Told) -> Finding:
    if not rule.enabled:
        return Finding(rule, "needs_person", _switched_off(rule), decides=False, applies=told.applies)
    asks = _why_asked(asked.law.regime(asked.regime), rule)
    if asks is not None:
        return Finding(rule, "needs_person", _asking(asks, told), True, told.applies, told.missing, told.result)
    return Finding(rule, told.result, _carried(asked.regime, rule, told), True, told.applies, told.missing)


def _why_asked(regime: Regime, rule: Rule) -> Words | None:
    """Why a rule cannot decide in a regime: its decree is not known, or the rule was not read for it."""
    if not is_automatic(regime):
        return Words("nghị định của thời kỳ này chưa biết", "the decree of this regime is not known")
    if regime.code in {"C", "D"} and regime.code not in rule.regimes:
        return NOT_REREAD
    if regime.code == "A" and rule.regimes and "A" not in rule.regimes and rule.group != "regime":
        return Words("văn bản được dẫn chưa có hiệu lực khi tiếp nhận", "the cited text was not yet in force")
    if rule.mark not in DECIDING:
        return Words("chưa có căn cứ", "no basis is held")
    return None


def _asking(why: Words, told: Told) -> Words:
    was = RESULT_WORDS[told.result]
    return Words(
        f"Cần người xem xét: {why.vi}. Theo văn bản đã đọc: {was.vi}. {told.words.vi}",
        f"A person must look at it: {why.en}. By the texts that were read: {was.en}. {told.words.en}",
    )


def _carried(regime: str, rule: Rule, told: Told) -> Words:
    """A rule of a repealed text is carried on as the last that is known, and says so."""
    if regime != "B" or rule.regimes != ("A",):
        return told.words
    return Words(
        f"{told.words.vi} Theo văn bản của thời kỳ A, chưa thấy điều tương ứng của Nghị định 152/2025/NĐ-CP.",
        f"{told.words.en} By a text of regime A; the article of Decree 152/2025/NĐ-CP was not seen.",
    )


def _switched_off(rule: Rule) -> Words:
    how = _OFF.get(rule.mark, Words("chưa biết", "not known"))
    return Words(
        f"Đang tắt, không quyết định: quy tắc {how.vi}. {rule.then_vi}",
        f"Switched off, does not decide: the rule is {how.en}. {rule.then_en}",
    )

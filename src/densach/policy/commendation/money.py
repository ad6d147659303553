"""Award money: the multiple times the base salary of the day of the decision, rounded up to ten thousand đồng.

Nghị định 152/2025/NĐ-CP Điều 49, 54. The order of rounding: a household's 1.5 times is taken of the unrounded sum of a
person, and the last product is rounded once. Nothing is paid out by a multiple that is only inferred.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from densach.policy.commendation.model import CommendationLaw, Multiple, Salary, SubjectKind, Words
from densach.policy.commendation.regimes import SECOND_LOOK_FROM
from densach.policy.dates import holds
from densach.problems import Refused, problem
from densach.rules.model import DECIDING, MARKS, Mark

NOT_REREAD = Words(
    "Nghị định 152/2025/NĐ-CP chưa đối chiếu với Luật 06/2026: người có trách nhiệm xác nhận mức này.",
    "Decree 152/2025/NĐ-CP was not re-read against Law 06/2026: a person confirms this sum.",
)
NO_SALARY = Words(
    "Chưa có căn cứ: mức lương cơ sở của ngày này chưa có.", "No basis: the base salary of this day is not held."
)
NO_MULTIPLE = Words("Chưa có căn cứ: hệ số của hình thức này chưa có.", "No basis: no multiple is held for this award.")
OWN_FUND = Words(
    "Chi từ quỹ riêng: hệ số của Nhà nước không ràng buộc, mức do quy chế của đơn vị.",
    "Paid from its own fund: the multiples of the State do not bind, its own rules do.",
)


@dataclass(frozen=True)
class Step:
    """One step of the reckoning, in words and with what comes of it."""

    words: Words
    dong: Decimal


@dataclass(frozen=True)
class Sum:
    """What is paid, in đồng, with its steps; none where the law does not give it, and then `reason` says why.

    `would_be` is what it would be if a multiple applied that is switched off or not known for that day.
    `needs_person` says that the sum stands on a text that was not re-read for that day.
    """

    dong: int | None
    steps: tuple[Step, ...]
    mark: Mark
    reason: Words | None = None
    would_be: int | None = None
    needs_person: bool = False


def sum_for(law: CommendationLaw, award: str, subject_kind: SubjectKind, decided_on: date) -> Sum:
    """The money that goes with an award for a kind of subject, decided on a day; Refused (Q402) if it is no award."""
    if award not in law.awards:
        raise Refused(problem("Q402", "award", value=award, known=", ".join(law.awards)))
    if award in law.money.own_funds:
        return Sum(None, (), "unknown", OWN_FUND)
    salary, multiple = _salary(law, decided_on), _multiple(law, award, subject_kind)
    if salary is None or multiple is None:
        return Sum(None, (), "unknown", NO_SALARY if salary is None else NO_MULTIPLE)
    steps, mark = _steps(law, salary, multiple, subject_kind), _weakest(law, salary, multiple, subject_kind)
    dong = int(steps[-1].dong)
    reason = _why_not(multiple, mark, decided_on)
    if reason is not None:
        return Sum(None, steps, mark, reason, would_be=dong)
    late = decided_on >= SECOND_LOOK_FROM
    return Sum(dong, steps, mark, NOT_REREAD if late else None, needs_person=late)


def rounded_up(dong: Decimal, to: int) -> Decimal:
    """A sum rounded up to whole tens of thousands, or to another number."""
    return (dong / to).to_integral_value(ROUND_CEILING) * to


def _salary(law: CommendationLaw, on: date) -> Salary | None:
    return next((each for each in law.money.salaries if holds(each.valid_from, each.valid_to, on) == "yes"), None)


def _multiple(law: CommendationLaw, award: str, kind: SubjectKind) -> Multiple | None:
    """The multiple of a kind of subject; a household's is a person's."""
    if kind not in law.awards[award].subjects:
        return None
    of = "person" if kind == "household" else kind
    return next((each for each in law.money.multiples if (each.award, each.subject) == (award, of)), None)


def _steps(law: CommendationLaw, salary: Salary, multiple: Multiple, kind: SubjectKind) -> tuple[Step, ...]:
    raw = salary.dong * Decimal(multiple.times)
    steps = [
        Step(
            Words("Mức lương cơ sở của ngày quyết định", "Base salary on the day of the decision"), Decimal(salary.dong)
        ),
        Step(Words(f"Nhân hệ số {_vi(multiple.times)}", f"Times {multiple.times}"), raw),
    ]
    if kind == "household":
        raw *= law.money.household
        times = law.money.household_times
        steps.append(Step(Words(f"Hộ gia đình: nhân {_vi(times)} mức cá nhân", f"Household: {times} times"), raw))
    to = law.money.rounded_up_to
    words = Words(f"Làm tròn lên {to // 1000} nghìn đồng, một lần", f"Rounded up to {to:,} đồng, once")
    return (*steps, Step(words, rounded_up(raw, to)))


def _weakest(law: CommendationLaw, salary: Salary, multiple: Multiple, kind: SubjectKind) -> Mark:
    """The mark of the least sure of all that the sum is made of."""
    marks = [salary.mark, multiple.mark, law.money.rounding_mark]
    return max([*marks, law.money.household_mark] if kind == "household" else marks, key=MARKS.index)


def _why_not(multiple: Multiple, mark: Mark, on: date) -> Words | None:
    if holds(multiple.valid_from, multiple.valid_to, on) != "yes":
        return Words(
            "Chưa có căn cứ: hệ số có hiệu lực vào ngày này chưa đọc được.",
            "No basis: the multiple in force on this day was not read.",
        )
    if not multiple.enabled or mark not in DECIDING:
        return Words(
            "Hệ số này mới suy ra, đang tắt: số tiền chỉ là nếu áp dụng.",
            "This multiple is only inferred and switched off: the sum is what it would be.",
        )
    return None


def _vi(times: str) -> str:
    return times.replace(".", ",")


@dataclass(frozen=True)
class Won:
    """A title or a form of commendation that one subject received at one time, with its period and achievement."""

    code: str
    kind: Literal["title", "form"]
    period: str
    achievement: str
    dong: int


@dataclass(frozen=True)
class Paid:
    """Whether something won is paid beside what was won with it; none where the law does not say."""

    won: Won
    is_paid: bool | None
    words: Words


def payable(together: Sequence[Won]) -> tuple[Paid, ...]:
    """What is paid of several things won at one time (Nghị định 152/2025/NĐ-CP Điều 49, rules R-41 to R-43).

    Of titles of one period the highest only, of different periods each; of forms with another period and another
    achievement each; a title and a form both. Forms that share one of the two are left to a person.
    """
    titles = [each for each in together if each.kind == "title"]
    forms = [each for each in together if each.kind == "form"]
    return tuple(_title(each, titles) if each.kind == "title" else _form(each, forms) for each in together)


def _title(won: Won, titles: Iterable[Won]) -> Paid:
    same = [each for each in titles if each.period == won.period]
    if won is max(same, key=lambda each: each.dong):
        return Paid(won, True, Words("Mức cao nhất của thời gian này.", "The highest of its period."))
    return Paid(won, False, Words("Cùng thời gian: chỉ mức cao nhất (R-41).", "Same period: the highest only (R-41)."))


def _form(won: Won, forms: Iterable[Won]) -> Paid:
    others = [each for each in forms if each is not won]
    if any(each.period == won.period or each.achievement == won.achievement for each in others):
        words = Words(
            "Trùng thời gian hoặc thành tích: luật không nói, cần người xem xét (R-42).",
            "Same period or achievement: the law is silent, a person must look at it (R-42).",
        )
        return Paid(won, None, words)
    return Paid(won, True, Words("Hưởng mức của hình thức này (R-42, R-43).", "Paid for this form (R-42, R-43)."))

"""Published figures as quoted claims: kept as printed, beside our own recomputation and the named difference.

Nothing is corrected. A reader sees what was printed, what the same counts give, and why the two differ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from densach.formats.vietnamese import format_number
from densach.problems import Language
from densach.reporting.shares import rounded_half_up, show_percent, truncated
from densach.rules.model import Claim

Difference = Literal["equal", "truncated", "unexplained", "no_base", "not_a_percentage"]
_PERCENT = re.compile(r"(\d+)(?:[.,](\d+))?\s*%")


@dataclass(frozen=True)
class Recomputed:
    """What one base of a claim gives: our percentage as text, and how the printed one differs from it."""

    base: str
    ours: str | None
    difference: Difference


@dataclass(frozen=True)
class Checked:
    """A claim with the recomputation from every base that was published with it.

    `implied` is the lowest and highest whole base from which the printed figure could come, when none given does.
    """

    claim: Claim
    recomputed: tuple[Recomputed, ...]
    implied: tuple[int, int] | None


def check_claim(claim: Claim) -> Checked:
    """Recompute a published percentage from its counts, for each base named, and name the difference."""
    printed = _PERCENT.search(claim.quoted)
    if printed is None:
        return Checked(claim, (Recomputed("", None, "not_a_percentage"),), None)
    decimals = len(printed[2] or "")
    units = int(printed[1] + (printed[2] or ""))
    if claim.numerator is None or not claim.bases:
        implied = _implied(claim.numerator, units, decimals) if claim.numerator and units else None
        return Checked(claim, (Recomputed("", None, "no_base"),), implied)
    recomputed = tuple(_recompute(name, claim.numerator, base, units, decimals) for name, base in claim.bases.items())
    explained = any(row.difference in {"equal", "truncated"} for row in recomputed)
    return Checked(claim, recomputed, None if explained else _implied(claim.numerator, units, decimals))


def _recompute(name: str, numerator: int, base: int, units: int, decimals: int) -> Recomputed:
    ours = rounded_half_up(numerator, base, decimals)
    difference: Difference = "unexplained"
    if units == ours:
        difference = "equal"
    elif units == truncated(numerator, base, decimals):
        difference = "truncated"
    return Recomputed(f"{BASES_VI.get(name, name)} {format_number(base)}", show_percent(ours, decimals), difference)


def _implied(numerator: int, units: int, decimals: int) -> tuple[int, int]:
    """Whole bases b for which numerator / b rounds half up to the printed figure."""
    scaled = 200 * 10**decimals * numerator
    return scaled // (2 * units + 1) + 1, scaled // (2 * units - 1)


BASES_VI = {"registered": "trên số đăng ký", "households": "trên tổng số hộ", "population": "trên dân số"}
DIFFERENCES: dict[Language, dict[Difference, str]] = {
    "vi": {
        "equal": "khớp khi làm tròn nửa lên",
        "truncated": "số in ra bị cắt bớt, không làm tròn",
        "unexplained": "không khớp với mẫu số này",
        "no_base": "không kiểm tra được: nguồn không nêu đủ tử số và mẫu số",
        "not_a_percentage": "không phải tỷ lệ phần trăm, chỉ ghi lại",
    },
    "en": {
        "equal": "agrees when rounded half up",
        "truncated": "the printed figure is cut off, not rounded",
        "unexplained": "does not agree with this base",
        "no_base": "cannot be checked: the source gives no numerator and base",
        "not_a_percentage": "not a percentage, only recorded",
    },
}


def say_claim(checked: Checked, lang: Language = "vi") -> list[str]:
    """The claim as printed, then one line for each recomputation."""
    claim = checked.claim
    what = claim.what_vi if lang == "vi" else claim.what_en
    lines = [f"{claim.id} {claim.place_vi}, {claim.date}: {what}: “{claim.quoted}” ({claim.source})"]
    lines += [f"  {_row(row)} {DIFFERENCES[lang][row.difference]}." for row in checked.recomputed]
    if checked.implied:
        low, high = (format_number(number) for number in checked.implied)
        implied = {"vi": "Số in ra ứng với mẫu số từ {} đến {}.", "en": "The printed figure fits a base of {} to {}."}
        lines.append("  " + implied[lang].format(low, high))
    return lines


def _row(row: Recomputed) -> str:
    return f"{row.base} → {row.ours};" if row.ours else "–"

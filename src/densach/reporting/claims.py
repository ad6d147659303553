"""Published figures as quoted claims: kept as printed, beside our own recomputation and the named difference.

Nothing is corrected. A reader sees what was printed, what the same counts give, and why the two differ.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, get_args

from densach.formats.vietnamese import format_number
from densach.problems import Language
from densach.reporting.shares import rounded_half_up, show_percent, truncated
from densach.rules.model import Claim

Difference = Literal["equal", "truncated", "unexplained", "no_base", "not_a_percentage"]
BEST_FIRST: tuple[Difference, ...] = get_args(Difference)
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

    @property
    def difference(self) -> Difference:
        """What is to be said of the claim as a whole: the best that one of its bases gives."""
        return min((row.difference for row in self.recomputed), key=BEST_FIRST.index)


def check_claim(claim: Claim, lang: Language = "vi") -> Checked:
    """Recompute a published percentage from its counts, for each base named, and name the difference."""
    printed = _PERCENT.search(claim.quoted)
    if printed is None:
        return Checked(claim, (Recomputed("", None, "not_a_percentage"),), None)
    decimals = len(printed[2] or "")
    units = int(printed[1] + (printed[2] or ""))
    if claim.numerator is None or not claim.bases:
        implied = _implied(claim.numerator, units, decimals) if claim.numerator and units else None
        return Checked(claim, (Recomputed("", None, "no_base"),), implied)
    recomputed = tuple(
        _recompute(lang, name, claim.numerator, base, units, decimals) for name, base in claim.bases.items()
    )
    explained = any(row.difference in {"equal", "truncated"} for row in recomputed)
    return Checked(claim, recomputed, None if explained else _implied(claim.numerator, units, decimals))


def _recompute(lang: Language, name: str, numerator: int, base: int, units: int, decimals: int) -> Recomputed:
    ours = rounded_half_up(numerator, base, decimals)
    difference: Difference = "unexplained"
    if units == ours:
        difference = "equal"
    elif units == truncated(numerator, base, decimals):
        difference = "truncated"
    base_named = f"{BASES[lang].get(name, name)} {number_in(lang, base)}"
    return Recomputed(base_named, percent_in(lang, ours, decimals), difference)


def _implied(numerator: int, units: int, decimals: int) -> tuple[int, int]:
    """Whole bases b for which numerator / b rounds half up to the printed figure."""
    scaled = 200 * 10**decimals * numerator
    return scaled // (2 * units + 1) + 1, scaled // (2 * units - 1)


BASES: dict[Language, dict[str, str]] = {
    "vi": {
        "registered": "trên số đăng ký",
        "households": "trên tổng số hộ",
        "population": "trên dân số",
        "communes": "trên số xã",
        "communities": "trên số cộng đồng",
        "units": "trên số đơn vị",
    },
    "en": {
        "registered": "of those registered",
        "households": "of all households",
        "population": "of the population",
        "communes": "of the communes",
        "communities": "of the communities",
        "units": "of the units",
    },
}
IMPLIED: dict[Language, str] = {
    "vi": "Số in ra ứng với mẫu số từ {} đến {}.",
    "en": "The printed figure fits a base of {} to {}.",
}
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
    if implied := implied_line(checked, lang):
        lines.append(f"  {implied}")
    return lines


def implied_line(checked: Checked, lang: Language) -> str:
    """Between which bases the printed figure would be right; empty where one that was given explains it."""
    return IMPLIED[lang].format(*(number_in(lang, base) for base in checked.implied)) if checked.implied else ""


def number_in(lang: Language, number: int) -> str:
    """A count with its thousands grouped as the language does it."""
    return format_number(number) if lang == "vi" else f"{number:,}"


def percent_in(lang: Language, units: int, decimals: int) -> str:
    """Units of the last decimal as a percentage; English has a point where Vietnamese has a comma."""
    shown = show_percent(units, decimals)
    return shown if lang == "vi" else shown.translate(str.maketrans(",.", ".,"))


def _row(row: Recomputed) -> str:
    return f"{row.base} → {row.ours};" if row.ours else "–"

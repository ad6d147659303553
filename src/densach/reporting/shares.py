"""Shares that never travel alone: every percentage keeps its numerator, its base, its day and its source."""

from __future__ import annotations

from dataclasses import dataclass

from densach.formats.vietnamese import format_number


@dataclass(frozen=True)
class Share:
    """So many of so many: `on` is the day the facts are taken at, `base_vi` says what was counted as the whole."""

    numerator: int
    base: int
    base_vi: str
    on: str
    source: str

    def percent(self, decimals: int = 1) -> str | None:
        """The share for display, rounded once, half up (làm tròn nửa lên); nothing for an empty base."""
        if not self.base:
            return None
        return show_percent(rounded_half_up(self.numerator, self.base, decimals), decimals)


def rounded_half_up(numerator: int, base: int, decimals: int) -> int:
    """The percentage in units of its last decimal, rounded half up: 1/3 with 2 decimals is 3333."""
    scaled: int = 100 * 10**decimals * numerator
    return (2 * scaled + base) // (2 * base)


def truncated(numerator: int, base: int, decimals: int) -> int:
    """The percentage in units of its last decimal, the rest cut off: 2/3 with 2 decimals is 6666."""
    scaled: int = 100 * 10**decimals * numerator
    return scaled // base


def show_percent(units: int, decimals: int) -> str:
    """Units of the last decimal as Vietnamese text: 6009 with 2 decimals is "60,09 %"."""
    whole, part = divmod(units, 10**decimals)
    tail = f",{part:0{decimals}d}" if decimals else ""
    return f"{format_number(whole)}{tail} %"

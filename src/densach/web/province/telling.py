"""Counts and shares as words: what was not reported, and what no act says, is never a nought."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from densach.formats.vietnamese import format_date
from densach.reporting.below.comparing import Compared
from densach.reporting.claims import percent_in
from densach.reporting.statistics import Counts
from densach.web.sentences import language, say

FEW = 100  # below it a share is told as its two counts


def not_told() -> str:
    """What stands where a commune has not reported."""
    return say("province.not_reported")


def recognised_said(counts: Counts | None) -> object:
    """How many are recognised, or why that is not known."""
    if counts is None:
        return not_told()
    return say("province.no_act") if counts.silent == counts.communes else counts.recognised


def base_said(row: Compared) -> object:
    """The base of a share, or that nothing was reported."""
    return not_told() if row.whole is None else row.whole


def tenths(permille: int | None) -> str:
    """Tenths of a percent in the language of the page; nothing where it is not known."""
    return "" if permille is None else percent_in(language(), permille, 1)


def share_said(part: int | None, whole: int | None, permille: int | None) -> str:
    """A share with its base: a percentage, or two counts where the base is small; nothing where it is not known."""
    if part is None or not whole:
        return ""
    if whole < FEW or permille is None:
        return say("province.few", part=part, whole=whole)
    return say("province.share", share=tenths(permille), whole=whole)


def moment(at: datetime | None) -> str:
    """A moment by the clock of Viet Nam; nothing where there is none."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{local:%H:%M} {format_date(local.date())}"

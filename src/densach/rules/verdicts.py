"""The four verdicts, and how one is read off two spans: does anything apply, and is it met?"""

from __future__ import annotations

from typing import Literal

Verdict = Literal["met", "unmet", "unknown", "not_applicable"]


def verdict_of(skips: int, may_skip: int, met: int, may_be_met: int) -> Verdict:
    """The verdict that every completion agrees on, or `unknown`."""
    if skips:
        return "not_applicable"
    if met and not may_skip:
        return "met"
    return "unknown" if may_be_met or may_skip else "unmet"

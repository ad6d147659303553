"""Targets as words: goals, levels and standings in the language of the page."""

from __future__ import annotations

from fractions import Fraction

from densach.policy.aims import Aim, aims
from densach.reporting.claims import number_in, percent_in
from densach.reporting.targets.models import Target, Unit
from densach.reporting.targets.progress import Point, Progress
from densach.web.sentences import language, say

FEW = 100  # below it a share is told as its two counts
PERCENT = 100  # hundredths in one percent
TENTH = 10  # hundredths in a tenth of a percent


def amount(value: Fraction | int | None, unit: str) -> str:
    """A number in the unit of a target; a whole percentage has no decimals, any other one."""
    if value is None:
        return str(say("targets.not_known"))
    if unit == Unit.COUNT:
        return number_in(language(), round(value))
    whole, rest = divmod(value, PERCENT)
    if rest == 0:
        return percent_in(language(), int(whole), 0)
    return percent_in(language(), int(Fraction(value, TENTH) + Fraction(1, 2)), 1)


def point_said(point: Point, unit: str) -> str:
    """One figure: a share with its two counts, of few as the counts alone."""
    lang = language()
    if unit == Unit.COUNT or not point.base:
        return number_in(lang, point.value)
    counts = say("targets.of", part=point.value, whole=point.base)
    return str(counts) if point.base < FEW else f"{amount(point.level(unit), unit)} ({counts})"


def title_said(target: Target) -> str:
    """What a target is called; a national one in the language of the page."""
    aim = aim_of(target)
    return aim.target.title_en if aim and language() == "en" else target.title


def base_said(target: Target) -> str:
    """What its share is taken of, in words."""
    aim = aim_of(target)
    return (aim.target.base_en or target.base) if aim and language() == "en" else target.base


def aim_of(target: Target) -> Aim | None:
    """The target of the policy that a national one holds."""
    return aims().get(target.national)


def standing_said(progress: Progress) -> str:
    """What is to be said of a target, as a sentence."""
    words: dict[str, object] = {"year": str(progress.target.year)}
    if progress.base_ended:
        words["day"] = progress.base_ended
    return str(say(f"targets.standing_{progress.standing}", **words))

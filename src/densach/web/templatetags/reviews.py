"""How reviews are told on a page."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django import template

from densach.policy.datasets import DataSet
from densach.reporting.figures.periods import Period
from densach.reporting.reviews.kinds import Review
from densach.web.sentences import language, say

register = template.Library()


@register.filter
def called(review: Review) -> str:
    """The name of a review."""
    return say(f"reviews.called_{review.key}")


@register.filter
def begun(review: Review, today: date) -> bool:
    """Whether a year of it is over."""
    return bool(review.years(today))


@register.filter
def over(review: Review, today: date) -> bool:
    """Whether all of its years are over."""
    return review.is_over(today)


@register.filter
def set_named(dataset: DataSet) -> str:
    """The name of a data set."""
    return dataset.name_vi if language() == "vi" else dataset.name_en


@register.filter
def when(period: Period) -> str:
    """A period in words."""
    return say(f"returns.period_{period.half}", year=str(period.year))


@register.filter
def written(words: Mapping[str, str], section: str) -> str:
    """What was written for a section, or that nothing was."""
    return words.get(section) or say("reviews.nothing_written")

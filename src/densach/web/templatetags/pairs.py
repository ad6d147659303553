"""The filters of the pages about records that look alike."""

from __future__ import annotations

from django import template

from densach.people.models import LikelyDuplicate, Person
from densach.people.records.naming import public_id
from densach.web import pair_words

register = template.Library()


@register.filter
def why_alike(pair: LikelyDuplicate) -> str:
    """Why two records look alike."""
    return pair_words.why_said(pair)


@register.filter
def born(person: Person) -> str:
    """The birth date as exactly as it is known."""
    return pair_words.born(person)


@register.filter
def record_id(person: Person) -> str:
    """The short id of a record."""
    return public_id(person)

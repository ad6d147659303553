"""The people of the first household, and words they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from densach.assessing.privacy.consenting import Word
    from densach.people.models import Person


def named(name: str) -> Person:
    from densach.people.models import Person

    return Person.objects.get(full_name=name)


def head_of_first() -> Person:
    return named("Nguyễn Văn Mẫu 1")


def child_of(head: Person) -> Person:
    """The child of the household, born 05/09/2015."""
    return named(f"Nguyễn Mẫu Con {head.full_name[-1]}")


def says(giver: str = "self", paper: str = "") -> Word:
    from densach.assessing.privacy.consenting import Word
    from densach.assessing.privacy.models import Giver

    return Word(giver=Giver(giver), by=None, role="citizen", paper=paper)

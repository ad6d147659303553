"""The people of the first household, and words they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from densach.assessing.privacy.consenting import Word
    from densach.history.domain import Act
    from densach.people.models import Person


def named(name: str) -> Person:
    from densach.people.models import Person

    return Person.objects.get(full_name=name)


def head_of_first() -> Person:
    return named("Nguyễn Văn Mẫu 1")


def child_of(head: Person) -> Person:
    """The child of the household, born 05/09/2015."""
    return named(f"Nguyễn Mẫu Con {head.full_name[-1]}")


def agree(act: Act, *besides: str) -> int:
    """On paper everybody entered so far agrees that the association checks, besides some by name; at once."""
    from datetime import date

    from densach.assessing.privacy.papers import Sheet, enter_pile
    from densach.people.models import Person

    people = Person.objects.filter(same_as__isnull=True).exclude(full_name__in=besides)
    sheet = Sheet(signed_on=date(2026, 1, 1), kept_at="Cặp phiếu MẪU", by=None, role="village_head")
    says = dict.fromkeys(people.values_list("pk", flat=True), True)
    return enter_pile(says, "chapter_check", sheet, today=date(2026, 1, 1), act=act)


def says(giver: str = "self", paper: str = "") -> Word:
    from densach.assessing.privacy.consenting import Word
    from densach.assessing.privacy.models import Giver

    return Word(giver=Giver(giver), by=None, role="citizen", paper=paper)

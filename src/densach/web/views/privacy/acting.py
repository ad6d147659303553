"""What a viewer says, as the rooms want it: whose word it is, when, and in which role."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from densach.assessing.privacy.access import Own
from densach.assessing.privacy.consenting import Word
from densach.assessing.privacy.models import Giver
from densach.history.domain import Act
from densach.web.viewing import viewer


def own_word(request: HttpRequest, own: Own) -> Word:
    """The word of whoever looks after somebody's data, by the account."""
    seen = viewer(request)
    return Word(giver=own.giver, by=seen.account, role=seen.role or "")


def paper_word(request: HttpRequest, giver: Giver, paper: str) -> Word:
    """Somebody's word on a paper that an officer enters."""
    seen = viewer(request)
    return Word(giver=giver, by=seen.account, role=seen.role or "", paper=paper)


def acted(request: HttpRequest, why: str = "") -> Act:
    """The circumstances of what the viewer does now."""
    return viewer(request).act(timezone.now(), why)

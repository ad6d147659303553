"""Sending files up to the ministry: many at once, each only as it was read, all of them or none."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from densach.authority.access import Viewer
from densach.problems import Refused, problem
from densach.reporting.below.access import GoingUp, files_going_up, may_send_up
from densach.reporting.below.opinions import Kind, Said, say_opinion
from densach.reporting.models import Opinion


def send_up(viewer: Viewer, chosen: Collection[UUID], reason: str, *, at: datetime) -> list[Opinion]:
    """Send the chosen files up, by their communes; refused for none (R192), where one is not waiting (H103) or changed
    since it was approved (R193), and as saying an opinion is.
    """
    if not may_send_up(viewer):
        raise Refused(problem("H103", "trinh"))
    if not chosen:
        raise Refused(problem("R192", "xa"))
    waiting = {each.period.place.uid: each for each in files_going_up(viewer)}
    if not set(chosen) <= waiting.keys():
        raise Refused(problem("R183", "xa", who="…"))
    with transaction.atomic():
        return [_send(viewer, waiting[uid], reason, at) for uid in chosen]


def _send(viewer: Viewer, file: GoingUp, reason: str, at: datetime) -> Opinion:
    if not file.is_current:
        raise Refused(problem("R193", file.period.place.uid, place=file.period.name))
    said = Said(kind=Kind.FORWARDED, reason=reason, read=file.last.order, seal=file.seal)
    return say_opinion(viewer, file.last.round, said, at=at)

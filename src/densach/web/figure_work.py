"""Work that accepted figures give rise to: counting a commune's year by village, sex and age."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from densach.authority.access import Viewer
from densach.jobs.domain import Asker, ask_for
from densach.jobs.tasks import Handler, Result, Task
from densach.people.numbers import load_keys
from densach.places.models import Level, Place
from densach.reporting.breakdowns.domain import keep_breakdown
from densach.reporting.figures.access import Of

KEEP_BREAKDOWN = "keep_breakdown"
COUNTED = "khvn-mo-hinh"  # the data set whose numbers of citizens it goes beside


def ask_for_breakdown(viewer: Viewer, of: Of) -> None:
    """Ask for the breakdown of a commune whose models were accepted; of any other return there is none."""
    if of.dataset.id != COUNTED or of.where.level != Level.COMMUNE or viewer.account is None:
        return
    now, said = timezone.now(), {"place": str(of.where.place.uid), "year": of.period.year}
    asker = Asker(viewer.act(now).who, viewer.account.uid)
    ask_for(KEEP_BREAKDOWN, said, key=f"{said['place']} {said['year']}", asker=asker, now=now)


def keep_asked_breakdown(task: Task) -> Result:
    """Count the year in one transaction with the end of the job; done twice it is the same count."""
    said = task.arguments
    with transaction.atomic():
        place = Place.objects.get(uid=said["place"])
        act = task.act("đếm theo thôn, giới tính và tuổi")
        kept = keep_breakdown(place, said["year"], keys=load_keys(settings.KEYS_FILE), act=act)
        return task.finish(Result({"kept": kept, "place": said["place"], "year": str(said["year"])}))


HANDLERS: Mapping[str, Handler] = {KEEP_BREAKDOWN: keep_asked_breakdown}

"""Reading what is written at the desk."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from densach.accounts.models import Account
from densach.history.prepared import prepared
from densach.lawmaking.models import Edition, LawText, Scan, State, Wording
from densach.lawmaking.texts import PARTS
from densach.places.models import Place, PlacePeriod
from densach.places.queries import in_force

_ENDING = ("end_asked_by", "end_approved_by", "undo_asked_by")
_WHOLE = ("place", "started_by", "put_forward_by", "approved_by", "published_by", *_ENDING)


def texts_in(place: Place | None) -> list[LawText]:
    """The texts of the desk of a place, of every desk without one; the newest first."""
    rows = LawText.objects.filter(place=place) if place else LawText.objects.all()
    return list(rows.select_related(*_WHOLE).order_by("-pk"))


def text_by_uid(uid: UUID) -> LawText | None:
    """One text."""
    return LawText.objects.filter(uid=uid).select_related(*_WHOLE).first()


def text_for_update(uid: UUID) -> LawText | None:
    """One text, locked until the transaction ends."""
    return LawText.objects.select_for_update(of=("self",)).filter(uid=uid).select_related(*_WHOLE).first()


def edition_of(text: LawText, number: int) -> Edition | None:
    """One form of a text with its files."""
    rows = Edition.objects.filter(text=text, number=number)
    return rows.select_related("law", "document", "cases", "written_by").first()


def scans_of(text: LawText) -> list[Scan]:
    """The scans that are kept with a text, oldest first, without their bytes."""
    return list(Scan.objects.filter(text=text).select_related("sent_by").defer("content").order_by("pk"))


def scan_of(text: LawText, uid: UUID) -> Scan | None:
    """One scan with its bytes."""
    return Scan.objects.filter(text=text, uid=uid).first()


def scan_like(text: LawText, sha256: str) -> Scan | None:
    """The scan of a text with these bytes."""
    return Scan.objects.filter(text=text, sha256=sha256).first()


def writers_of(text: LawText) -> set[int]:
    """Whoever wrote a form of a text, by key."""
    return set(Edition.objects.filter(text=text).values_list("written_by", flat=True))


def waiting_in(place: Place | None, state: State) -> int:
    """How many texts of a desk, of every desk without a place, have come just so far."""
    rows = LawText.objects.filter(place=place) if place else LawText.objects.all()
    return rows.filter(state=state).count()


def published_forms(today: date, *, fictional: bool, without: UUID | None = None) -> list[tuple[Any, ...]]:
    """The last form of each published text, as `stamp_of` reads it: nearly every page asks, so no more of it."""
    if without:
        return list(_forms.plain(today, fictional).exclude(uid=without))
    return _forms(today, fictional)


@prepared
def _forms(today: date, fictional: bool) -> QuerySet[LawText, tuple[Any, ...]]:
    rows = published_texts(today, fictional=fictional).filter(editions__number=F("edition"))
    fixed = ("policy_id", "target", "kind", "end_on", "end_approved_by_id")
    return rows.values_list(*fixed, *(f"editions__{part}_id" for part in PARTS))


def published_texts(today: date, *, fictional: bool) -> QuerySet[LawText]:
    """All that was published by a day and holds on some day; the made-up where that is asked for."""
    rows = LawText.objects.filter(state=State.PUBLISHED, published_on__lte=today)
    rows = rows if fictional else rows.filter(fictional=False)
    rows = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=F("valid_from")))
    return rows.select_related("place", "approved_by", "published_by").order_by("valid_from", "pk")


def standing_for_update(text: LawText) -> list[LawText]:
    """The other published texts for the same place that have not ended, locked until the transaction ends."""
    rows = LawText.objects.select_for_update(of=("self",)).filter(state=State.PUBLISHED, ended_on__isnull=True)
    rows = rows.filter(place=text.place, fictional=text.fictional)
    return list(rows.exclude(pk=text.pk).order_by("valid_from", "pk"))


def stands_under_its_id(text: LawText) -> bool:
    """Whether another published text has taken up the id of a text."""
    rows = LawText.objects.filter(policy_id=text.policy_id, fictional=text.fictional, state=State.PUBLISHED)
    return rows.filter(ended_on__isnull=True).exclude(pk=text.pk).exists()


def contents_of(digests: Iterable[str]) -> dict[str, bytes]:
    """Kept bytes by their hash."""
    rows = Wording.objects.filter(pk__in=list(digests)).values_list("digest", "content")
    return {digest: bytes(content) for digest, content in rows}


def editions_of(text: LawText) -> list[Edition]:
    """Every form of a text, the last first."""
    return list(Edition.objects.filter(text=text).select_related("written_by").order_by("-number"))


def names_of_accounts(uids: Iterable[str]) -> dict[str, str]:
    """The names of accounts by their identity, as the log gives it."""
    rows = Account.objects.filter(uid__in=list(uids)).values_list("uid", "name")
    return {str(uid): name for uid, name in rows}


def code_of(place: Place, on: date) -> str:
    """The code of a place on a day, empty where it was not there or had none."""
    row = in_force(on).filter(place=place).first()
    return row.code if row else ""


def codes_around(period: PlacePeriod, on: date) -> frozenset[str]:
    """The codes of a place and of the places around it on a day."""
    keys = [int(key) for key in period.path.split("/") if key]
    return frozenset(in_force(on).filter(place__in=keys).exclude(code="").values_list("code", flat=True))

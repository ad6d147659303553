"""Reading prepared and signed decisions, and what was withdrawn."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Q

from densach.assessing.models import Certificate, Kind, Recognition, Round, Subject
from densach.assessing.privacy.publishing import COLLECTIVE, PURPOSE
from densach.assessing.privacy.queries import saying_yes
from densach.assessing.queries import NOT_WITHDRAWN
from densach.assessing.signing.models import Prepared, SignedPaper, Withdrawal

_OBJECTS = ("subject__person", "subject__household", "subject__clan", "subject__unit", "subject__place")


def prepared_of(round_: Round) -> list[Prepared]:
    """The decisions of a round that were prepared, the latest first."""
    rows = Prepared.objects.filter(round=round_).select_related("act").order_by("-pk")
    return list(rows.annotate(files=Count("papers")))


def prepared_by_uid(round_: Round, uid: UUID) -> Prepared | None:
    """One prepared decision of a round."""
    return Prepared.objects.filter(round=round_, uid=uid).select_related("round__place", "act").first()


def prepared_for_update(prepared: Prepared) -> Prepared:
    """The same as it is now, locked until the transaction ends."""
    rows = Prepared.objects.select_for_update(of=("self",)).select_related("round__place", "act")
    return rows.get(pk=prepared.pk)


def waiting(round_: Round, title_key: str) -> Prepared | None:
    """The decision on a title that waits for its signature."""
    rows = Prepared.objects.filter(round=round_, title_key=title_key, act__isnull=True, cancelled_at__isnull=True)
    return rows.first()


def published(uid: UUID) -> Prepared | None:
    """A decision whose page was opened to the public."""
    rows = Prepared.objects.filter(uid=uid, published_at__isnull=False, act__isnull=False)
    return rows.select_related("act__place", "round").first()


def papers_of(prepared: Prepared) -> list[SignedPaper]:
    """The files that came back, without their bytes."""
    return list(SignedPaper.objects.filter(prepared=prepared).defer("content").order_by("pk"))


def paper_by_uid(prepared: Prepared, uid: UUID) -> SignedPaper | None:
    """One file that came back."""
    return SignedPaper.objects.filter(prepared=prepared, uid=uid).first()


def paper_for_update(paper: SignedPaper) -> SignedPaper:
    """The same file as it is now, without its bytes, locked until the transaction ends."""
    rows = SignedPaper.objects.select_for_update(of=("self",)).select_related("prepared").defer("content")
    return rows.get(pk=paper.pk)


def subjects_by_key(keys: list[int]) -> dict[int, Subject]:
    """Some subjects by their keys."""
    found: dict[int, Subject] = {}
    for start in range(0, len(keys), 900):
        found.update({row.pk: row for row in Subject.objects.filter(pk__in=keys[start : start + 900])})
    return found


def counts_of_act(act: int) -> tuple[int, int]:
    """How many an act recognises, and how many of them were withdrawn since."""
    rows = Recognition.objects.filter(act=act)
    numbers = rows.aggregate(all=Count("pk"), gone=Count("pk", filter=Q(withdrawal__isnull=False)))
    return numbers["all"], numbers["gone"]


def collectives_of_act(act: int) -> list[Recognition]:
    """The clans, units and places that an act recognises and that were not withdrawn since, as the act names them."""
    rows = Recognition.objects.filter(NOT_WITHDRAWN, act=act, subject__kind__in=COLLECTIVE)
    return list(rows.select_related("named", "subject").order_by("pk"))


def agreeing_of_act(act: int) -> list[Recognition]:
    """The persons whom an act recognises, not withdrawn since, whose last word on being named is yes."""
    agreed = saying_yes(PURPOSE)
    rows = Recognition.objects.filter(NOT_WITHDRAWN, act=act, subject__kind=Kind.PERSON)
    rows = rows.filter(Q(subject__person__in=agreed) | Q(subject__person__same_as__in=agreed))
    return list(rows.select_related("named", "subject__person").order_by("subject__person__sort", "pk"))


def recognised_by(act: int, text: str, first: int, count: int) -> list[Recognition]:
    """Some whom an act recognises, by a part of the name as signed."""
    rows = Recognition.objects.filter(act=act).select_related("named", "withdrawal", "subject")
    rows = rows.filter(named__name__icontains=text) if text else rows
    return list(rows.order_by("pk")[first : first + count])


def recognition_of(act: int, pseudonym: UUID) -> Recognition | None:
    """The recognition of one subject by an act."""
    rows = Recognition.objects.filter(act=act, subject__pseudonym=pseudonym)
    return rows.select_related("act__place", "named", "withdrawal", *_OBJECTS).first()


def recognition_for_update(recognition: Recognition) -> Recognition:
    """The same as it is now, locked until the transaction ends."""
    return Recognition.objects.select_for_update().get(pk=recognition.pk)


def withdrawal_of(recognition: Recognition) -> Withdrawal | None:
    """The act that took a recognition back."""
    return Withdrawal.objects.filter(recognition=recognition).first()


def certificates_held(recognition: Recognition) -> list[Certificate]:
    """The certificates of a recognition that were not taken back."""
    return list(Certificate.objects.filter(recognition=recognition, withdrawn_on__isnull=True).order_by("pk"))

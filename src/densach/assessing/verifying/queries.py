"""Reading samples, the files in them, and leads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from densach.assessing.evidence.models import Evidence
from densach.assessing.models import Answers, Assessment, Round, Stage, Subject
from densach.assessing.sheets.models import Sheet, State, Way
from densach.assessing.verifying.models import Draw, DrawnFile, Found, Lead, Origin, Returned

_AT_ONCE = 900
_OBJECTS = ("subject__person", "subject__household", "subject__clan", "subject__unit", "subject__place")


def draws_of(round_: Round) -> list[Draw]:
    """The samples of a round, the latest first, each with how many files it has and how many were looked through."""
    rows = Draw.objects.filter(round=round_).select_related("village").defer("listed").order_by("-pk")
    drawn = Count("files", filter=Q(files__origin=Origin.DRAWN))
    seen = Count("files", filter=Q(files__origin=Origin.DRAWN) & ~Q(files__found=""))
    return list(rows.annotate(drawn=drawn, seen=seen))


def draw_by_uid(round_: Round, uid: UUID) -> Draw | None:
    """One sample of a round."""
    return Draw.objects.filter(round=round_, uid=uid).select_related("village", "round__place").first()


def draw_for_update(draw: Draw) -> Draw:
    """The same sample as it is now, locked until the transaction ends."""
    return Draw.objects.select_for_update(of=("self",)).select_related("round__place", "village").get(pk=draw.pk)


def files_of(draw: Draw) -> list[DrawnFile]:
    """The files of a sample in the order they came, those of leads last."""
    rows = DrawnFile.objects.filter(draw=draw).select_related(*_OBJECTS, "looked_by")
    return list(rows.order_by("origin", "look", "pk"))


def file_by_uid(round_: Round, uid: UUID) -> DrawnFile | None:
    """One file of a sample of a round."""
    rows = DrawnFile.objects.filter(draw__round=round_, uid=uid)
    return rows.select_related("draw__round__place", "draw__village", *_OBJECTS).first()


def file_for_update(file: DrawnFile) -> DrawnFile:
    """The same file as it is now, locked until the transaction ends."""
    return DrawnFile.objects.select_for_update(of=("self",)).get(pk=file.pk)


def drawn_and_bad(draw: Draw) -> tuple[int, int, int]:
    """How many files were drawn, how many of them were looked through, and how many of those are bad."""
    rows = DrawnFile.objects.filter(draw=draw, origin=Origin.DRAWN)
    numbers = rows.aggregate(
        drawn=Count("pk"), seen=Count("pk", filter=~Q(found="")), bad=Count("pk", filter=Q(found=Found.DIFFERS))
    )
    return numbers["drawn"], numbers["seen"], numbers["bad"]


def bad_in_village(draw: Draw, village: int) -> int:
    """How many files of a village were found bad, drawn or not, each subject once."""
    rows = DrawnFile.objects.filter(draw=draw, village=village, found=Found.DIFFERS)
    return rows.values("subject").distinct().count()


def is_returned(draw: Draw, village: int) -> bool:
    """Whether a village was sent back already."""
    return Returned.objects.filter(draw=draw, village=village).exists()


def returned_of(draw: Draw) -> list[Returned]:
    """The villages that a sample sent back."""
    return list(Returned.objects.filter(draw=draw).order_by("pk"))


def answered_subjects(round_: Round, title_key: str) -> list[Subject]:
    """Who answered for a title, in the order the answers came."""
    rows = Answers.objects.filter(round=round_, title_key=title_key, stage=Stage.SELF)
    return [row.subject for row in rows.select_related("subject").order_by("pk")]


def unchecked_subjects(round_: Round, title_key: str) -> set[int]:
    """Who answered and was not checked yet, or was given back."""
    same = {"round": OuterRef("round"), "subject": OuterRef("subject"), "title_key": OuterRef("title_key")}
    verified = Answers.objects.filter(**same, stage=Stage.VERIFIED)
    open_ = Sheet.objects.filter(**same).exclude(state=State.CHECKED)
    rows = Answers.objects.filter(round=round_, title_key=title_key, stage=Stage.SELF)
    return set(rows.filter(~Exists(verified) | Exists(open_)).values_list("subject", flat=True))


def subjects_by_pseudonym(pseudonyms: Iterable[str]) -> dict[str, Subject]:
    """Subjects by what they are called in a list that names nobody."""
    wanted, found = list(pseudonyms), {}
    for start in range(0, len(wanted), _AT_ONCE):
        rows = Subject.objects.filter(pseudonym__in=wanted[start : start + _AT_ONCE])
        found.update({str(row.pseudonym): row for row in rows})
    return found


def checked_sheets_in(round_: Round, title_key: str, subjects: Iterable[int]) -> list[Sheet]:
    """The sheets of some subjects that count as checked."""
    wanted, found = list(subjects), list[Sheet]()
    for start in range(0, len(wanted), _AT_ONCE):
        rows = Sheet.objects.filter(round=round_, title_key=title_key, state=State.CHECKED)
        found += rows.filter(subject__in=wanted[start : start + _AT_ONCE])
    return found


def helped_sheets(round_: Round, title_key: str) -> dict[int, Sheet]:
    """The sheets that somebody wrote for others, by subject, with the account of that hand."""
    rows = Sheet.objects.filter(round=round_, title_key=title_key).exclude(way=Way.OWN)
    return {row.subject_id: row for row in rows.exclude(written_by=None).select_related("written_by")}


def scores_of(round_: Round, title_key: str) -> list[tuple[int, int]]:
    """Subject and points of all whose points are known exactly."""
    rows = Assessment.objects.filter(round=round_, title_key=title_key, points_low__isnull=False)
    rows = rows.filter(points_low=F("points_high"))
    return [(row.subject_id, row.points_low or 0) for row in rows.only("subject_id", "points_low")]


def evidence_of_title(round_: Round, title_key: str) -> list[Evidence]:
    """The evidence of the sheets of a title that were sent; what is still being written is nobody's business yet."""
    rows = Evidence.objects.filter(sheet__round=round_, sheet__title_key=title_key).select_related("sheet__subject")
    return list(rows.exclude(sheet__state=State.WRITING).order_by("pk"))


def leads_of(round_: Round) -> list[Lead]:
    """The leads of a round, those nobody decided first."""
    rows = Lead.objects.filter(round=round_).annotate(count=Count("subjects"))
    return sorted(rows, key=lambda lead: (lead.stand != "open", lead.title_key, lead.pk))


def lead_by_uid(round_: Round, uid: UUID) -> Lead | None:
    """One lead of a round."""
    return Lead.objects.filter(round=round_, uid=uid).first()


def lead_for_update(lead: Lead) -> Lead:
    """The same lead as it is now, locked until the transaction ends."""
    return Lead.objects.select_for_update().get(pk=lead.pk)


def subjects_of(lead: Lead) -> list[Subject]:
    """Whom a lead is about."""
    rows: QuerySet[Subject] = lead.subjects.select_related("person", "household", "clan", "unit", "place")
    return list(rows.order_by("pk"))


def digests_known(round_: Round, title_key: str) -> set[str]:
    """The leads of a title that were found before."""
    return set(Lead.objects.filter(round=round_, title_key=title_key).values_list("digest", flat=True))


def answered_titles(round_: Round) -> dict[str, int]:
    """How many answered for each title that anybody answered for."""
    rows = Answers.objects.filter(round=round_, stage=Stage.SELF).order_by()
    found: dict[str, int] = defaultdict(int)
    found.update(rows.values_list("title_key").annotate(Count("pk")))
    return dict(found)

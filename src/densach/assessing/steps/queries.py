"""Reading the steps of a round, and counting in one query how far each has come."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import CharField, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce

from densach.assessing.meetings.models import Meeting, Otherwise
from densach.assessing.models import (
    Answers,
    Assessment,
    Certificate,
    FormerProposal,
    Proposal,
    Recognition,
    RecognitionAct,
    Registration,
    Round,
    Stage,
    Verdict,
)
from densach.assessing.past.models import ScanFile, TypedList
from densach.assessing.privacy.queries import open_to_association
from densach.assessing.sheets.models import Sheet, State
from densach.assessing.signing.models import Prepared
from densach.assessing.steps.models import ActScan, NotAssessed, RoundStep
from densach.assessing.titles import BY_MODEL
from densach.assessing.verifying.models import Draw, DrawnFile, Lead, Origin
from densach.places.models import Place

_SAME = {"round": OuterRef("round"), "subject": OuterRef("subject"), "title_key": OuterRef("title_key")}


def rounds_of(place: Place) -> list[Round]:
    """The rounds of a place, the latest year first."""
    return list(Round.objects.filter(place=place).select_related("place").order_by("-year", "packs"))


def steps_of(round_: Round) -> dict[str, RoundStep]:
    """What was planned and said of the steps of a round, by step."""
    return {row.step: row for row in RoundStep.objects.filter(round=round_)}


def step_for_update(round_: Round, step: str) -> RoundStep | None:
    """One step as it is now, locked until the transaction ends."""
    return RoundStep.objects.select_for_update().filter(round=round_, step=step).first()


def counted(round_: Round, today: date) -> dict[str, int]:
    """How many there are of everything that the steps of a round count, in one query."""
    mine = Q(round=round_)
    registered, answered = Registration.objects.filter(mine), Answers.objects.filter(mine, stage=Stage.SELF)
    judged = Assessment.objects.filter(mine)
    recognised = Recognition.objects.filter(
        year=round_.year, act__place=round_.place_id, act__fictional=round_.is_fictional
    )
    proposed = Proposal.objects.filter(mine)
    drawn = DrawnFile.objects.filter(draw__round=round_, origin=Origin.DRAWN)
    meetings = Meeting.objects.filter(mine)
    homes = Sheet.objects.filter(mine, title_key__in=(BY_MODEL["citizen"].key, BY_MODEL["family"].key))
    wanted: dict[str, QuerySet[Any]] = {
        "meetings": meetings,
        "meetings_closed": meetings.filter(closed_at__isnull=False),
        "registered": registered,
        "families": registered.filter(title_key=BY_MODEL["family"].key),
        "registered_answered": registered.filter(Exists(answered.filter(**_SAME))),
        "answered": answered,
        "checked": answered.filter(_is_checked()),
        "for_state": homes.filter(~open_to_association(today), state=State.SENT),
        "drawn": drawn,
        "drawn_seen": drawn.exclude(found=""),
        "registered_judged": registered.filter(Exists(judged.filter(**_SAME))),
        "met": judged.filter(verdict=Verdict.MET),
        "met_proposed": judged.filter(Exists(proposed.filter(**_SAME)), verdict=Verdict.MET),
        "proposed": proposed,
        "proposed_recognised": proposed.filter(Exists(_of_same_subject(recognised))),
        "recognised": recognised,
        "printed": recognised.filter(
            Exists(Certificate.objects.filter(recognition=OuterRef("pk"), printing__written=True))
        ),
    }
    fields = {name: _number(rows) for name, rows in wanted.items()}
    [numbers] = Round.objects.filter(pk=round_.pk).values_list(*fields.values())
    return dict(zip(fields, numbers, strict=True))


def _is_checked() -> Q:
    """Verified by somebody, and not given back to be completed since."""
    verified = Answers.objects.filter(**_SAME, stage=Stage.VERIFIED)
    given_back = Sheet.objects.filter(**_SAME).exclude(state=State.CHECKED)
    return Q(Exists(verified)) & ~Q(Exists(given_back))


def _of_same_subject(rows: QuerySet[Recognition]) -> QuerySet[Recognition]:
    return rows.filter(subject=OuterRef("subject"), title_key=OuterRef("title_key"))


def _number(rows: QuerySet[Any]) -> Coalesce:
    counted_rows = rows.order_by().values(all=Value(1)).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted_rows, output_field=IntegerField()), 0)


def keys_logged(round_: Round) -> dict[str, dict[str, QuerySet[Any, Any]]]:
    """The objects of a round by which its log is found: their keys as the log writes them, by group and kind."""
    mine = Q(round=round_)
    acts = RecognitionAct.objects.filter(
        place=round_.place_id, fictional=round_.is_fictional, recognitions__year=round_.year
    )
    return {
        "round": {
            "round": _keys(Round.objects.filter(pk=round_.pk)),
            "round_step": _keys(RoundStep.objects.filter(mine)),
            "meeting": _keys(Meeting.objects.filter(mine)),
            "otherwise": _keys(Otherwise.objects.filter(meeting__round=round_)),
            "prepared": _keys(Prepared.objects.filter(mine)),
            "draw": _keys(Draw.objects.filter(mine)),
            "drawn_file": _keys(DrawnFile.objects.filter(draw__round=round_)),
            "act": _keys(acts),
            "not_assessed": _keys(NotAssessed.objects.filter(place=round_.place_id)),
            "act_scan": _keys(ActScan.objects.filter(act__place=round_.place_id)),
            "scan_file": _keys(ScanFile.objects.filter(act__place=round_.place_id)),
            "typed_list": _keys(TypedList.objects.filter(act__place=round_.place_id)),
        },
        "leads": {"lead": _keys(Lead.objects.filter(mine))},
        "list": {
            "proposal": _keys(Proposal.objects.filter(mine)).union(_keys(FormerProposal.objects.filter(mine), "key")),
            "recognition": _keys(Recognition.objects.filter(act__in=acts, year=round_.year)),
        },
        "sheets": {
            "answers": _keys(Answers.objects.filter(mine)),
            "sheet": _keys(Sheet.objects.filter(mine)),
        },
    }


def _keys(rows: QuerySet[Any], name: str = "pk") -> QuerySet[Any, Any]:
    return rows.order_by().values_list(Cast(name, CharField()), flat=True)


def acts_before(round_: Round, since: int) -> list[dict[str, Any]]:
    """The acts of a place for the years from `since` to a round's, with year, title and how many each recognises."""
    rows = Recognition.objects.filter(
        act__place=round_.place_id, act__fictional=round_.is_fictional, year__gte=since, year__lt=round_.year
    )
    named = rows.values("act", "act__number", "act__signed_on", "act__office_title", "act__scan__number", "year")
    counted_acts = named.annotate(count=Count("pk")).order_by("year", "act__signed_on", "act")
    return [dict(row) for row in counted_acts]


def act_of(round_: Round, key: int) -> RecognitionAct | None:
    """An act of the place of a round, under the same reading of the law."""
    return RecognitionAct.objects.filter(place=round_.place_id, fictional=round_.is_fictional, pk=key).first()


def scan_for_update(act: RecognitionAct) -> ActScan | None:
    """The number of the scan of an act, locked until the transaction ends."""
    return ActScan.objects.select_for_update().filter(act=act).first()


def not_assessed(place: Place) -> dict[int, NotAssessed]:
    """The years of a place that were said not to be assessed, by year."""
    return {row.year: row for row in NotAssessed.objects.filter(place=place)}

"""Looking for leads about the communes of a province, and dismissing one with a reason."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from densach.assessing.run import judged_on
from densach.assessing.titles import BY_MODEL, rubric_on
from densach.assessing.verifying.finding import mark_of
from densach.authority.access import Viewer
from densach.history.domain import Happening, record, record_many
from densach.measures.formalism import Part, Sign, jumps, lifted, misfits, round_counts, round_scores
from densach.policy.library import Library
from densach.problems import Refused, problem
from densach.reporting.dashboards.board import COUNTS, MODELS
from densach.reporting.figures.periods import Period
from densach.reporting.formalism.access import communes_of, see_lead, year_of
from densach.reporting.formalism.models import CommuneLead, Stand
from densach.reporting.formalism.queries import counts_of, known_in, lead_for_update, points_in, rounds_judged

KIND = "commune_lead"  # of the log
LONGEST = 2000
TITLE = BY_MODEL["citizen"]
BUILT_ON = (("UNIT", "CITIZEN"), ("COMMUNITY", "FAMILY"))  # a title of the first asks for holders of the second
YEARLY = ("CITIZEN", "FAMILY")
CODES = tuple(f"MODEL_{model}_{count}" for model in MODELS for count in COUNTS)
LawOf = Callable[[str], Library]  # the law under some packs
Counts = Mapping[int, Mapping[str, int]]


def look_for_leads(viewer: Viewer, law_of: LawOf, *, at: datetime) -> int:
    """Look for leads in the last year that is over, and keep what was not found before; gives how many are new.

    Made-up communes are looked at by themselves.
    """
    communes, year = communes_of(viewer), year_of(viewer)
    found = [
        sign
        for fictional in (False, True)
        if (places := [place for place, row in communes.items() if row.place.fictional == fictional])
        for sign in _signs(places, year, law_of)
    ]
    with transaction.atomic():
        known = known_in(communes.keys(), year)
        new = [sign for sign in found if (int(sign.place), sign.kind, sign.about) not in known]
        rows = [_row(sign, year, at) for sign in new]
        CommuneLead.objects.bulk_create(rows)
        happenings = (Happening(kind=KIND, object_id=row.uid, event="found", after={"kind": row.kind}) for row in rows)
        record_many(happenings, viewer.act(at))
        return len(rows)


def dismiss(viewer: Viewer, uid: UUID, reason: str, *, at: datetime) -> CommuneLead:
    """Dismiss a lead, saying why it is none; refused outside (H103), without a reason (Y111), once decided (Y112)."""
    see_lead(viewer, uid)
    if not 0 < len(reason.strip()) <= LONGEST:
        raise Refused(problem("Y111", "reason", most=LONGEST))
    with transaction.atomic():
        lead = lead_for_update(uid)
        if lead.stand != Stand.OPEN:
            raise Refused(problem("Y112", uid))
        lead.stand, lead.reason, lead.decided_by, lead.decided_at = Stand.DISMISSED, reason.strip(), viewer.account, at
        lead.save()
        record(Happening(kind=KIND, object_id=lead.uid, event="dismissed"), viewer.act(at, lead.reason))
        return lead


def _signs(places: Collection[int], year: int, law_of: LawOf) -> Iterator[Sign]:
    now = counts_of(CODES, Period(year).key, places)
    before = counts_of(CODES, Period(year - 1).key, places)
    for upper, lower in BUILT_ON:
        yield from misfits(_parts(now, upper), _parts(now, lower), f"{upper} {lower}")
    for model in YEARLY:
        yield from jumps(_parts(before, model), _parts(now, model), model)
    yield from round_counts({str(place): list(counts.values()) for place, counts in now.items()})
    yield from _signs_in_scores(places, year, law_of)


def _signs_in_scores(places: Collection[int], year: int, law_of: LawOf) -> Iterator[Sign]:
    """In the points of the rounds that were run here; those judged by another mark are looked at by themselves."""
    by_mark: dict[int, list[int]] = {}
    for round_ in rounds_judged(places, year, TITLE.key):
        mark = mark_of(rubric_on(law_of(round_.packs), TITLE, judged_on(round_)).rubric)
        if mark is not None:
            by_mark.setdefault(mark, []).append(round_.pk)
    for mark, rounds in by_mark.items():
        scores = {str(place): points for place, points in points_in(rounds, TITLE.key).items()}
        yield from round_scores(scores, mark)
        yield from lifted(scores, mark)


def _parts(counts: Counts, model: str) -> dict[str, Part]:
    """Recognised of all there are; a commune that did not report both is in no comparison."""
    whole, part = f"MODEL_{model}_TOTAL", f"MODEL_{model}_RECOGNISED"
    return {
        str(place): Part(each[part], each[whole]) for place, each in counts.items() if whole in each and part in each
    }


def _row(sign: Sign, year: int, at: datetime) -> CommuneLead:
    numbers = dict(sign.numbers)
    return CommuneLead(
        place_id=int(sign.place), year=year, kind=sign.kind, about=sign.about, numbers=numbers, found_at=at
    )

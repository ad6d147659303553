"""Opening a round of commendation, and the quotas that guidance letters give it; none is invented (R-19, R-20)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from densach.authority.access import Viewer
from densach.awards import by_law, queries
from densach.awards.access import own_round, require_handler
from densach.awards.domain import tidy
from densach.awards.models import AwardRound, Occasion, Quota, SubjectKind
from densach.history.domain import Happening, record
from densach.places.access import is_demonstration
from densach.places.models import Place
from densach.problems import Refused, problem


@dataclass(frozen=True, kw_only=True)
class Opening:
    """What a round is about: the occasion, its year and name, the letter that guides it, and its days."""

    occasion: Occasion
    year: int
    name: str
    guidance: str = ""
    opens_on: date
    closes_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Allowed:
    """The most that a letter allows; without a subject of all kinds together, without a proposer of each place."""

    award: str
    subject: SubjectKind | None = None
    proposer: Place | None = None
    most: int
    source: str


def open_round(viewer: Viewer, opening: Opening, *, at: datetime) -> AwardRound:
    """Open a round of the viewer's place; where places are made up, it is made up too.

    Refused where no authority of the place decides awards (Q102), for days that cannot be (Q135), and twice (Q101).
    """
    place = require_handler(viewer)
    authority = by_law.authority_at(viewer.where.level if viewer.where else "")
    if not authority:
        raise Refused(problem("Q102", "place"))
    if opening.closes_on is not None and opening.closes_on < opening.opens_on:
        raise Refused(problem("Q135", "closes_on"))
    said = vars(opening) | {"name": tidy(opening.name)[:200], "guidance": tidy(opening.guidance)[:300]}
    row = AwardRound(place=place, authority=authority, is_fictional=is_demonstration(), **said)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            after = {"name": row.name, "occasion": row.occasion, "year": row.year, "opens_on": row.opens_on}
            after |= {"closes_on": row.closes_on, "guidance": row.guidance}
            record(Happening(kind="award_round", object_id=row.uid, event="opened", after=after), viewer.act(at))
    except IntegrityError as error:
        raise Refused(problem("Q101", "name", name=row.name)) from error
    return row


def set_quota(viewer: Viewer, round_: AwardRound, allowed: Allowed, *, at: datetime) -> Quota:
    """Register what a letter allows in a round of one's own, in place of what was registered for the same before.

    Refused without the letter (Q104) and for an award that is none of the round (Q103).
    """
    round_ = own_round(viewer, round_.uid)
    source = tidy(allowed.source)[:300]
    if not source:
        raise Refused(problem("Q104", "source"))
    if allowed.award not in {each.code for each in by_law.awards_in(round_, viewer.today)}:
        raise Refused(problem("Q103", "award", round=round_.name))
    with transaction.atomic():
        award, subject, proposer = allowed.award, allowed.subject or "", allowed.proposer
        row = queries.quota_for_update(round_, award, subject, proposer)
        row = row or Quota(round=round_, award=award, subject=subject, proposer=proposer)
        before = {"most": row.most, "source": row.source} if row.pk else None
        row.most, row.source = allowed.most, source
        row.save()
        after = {"award": row.award, "subject": row.subject, "most": row.most, "source": row.source}
        happening = Happening(kind="award_round", object_id=round_.uid, event="quota_set", before=before, after=after)
        record(happening, viewer.act(at))
        return row

"""Who reads and writes the reviews of a place; whatever lies outside is as if it did not exist (H103).

Whoever sees the figures of a place takes its review; the words are written by those who report, accept or set targets
there. The association writes its own, all others that of the authority.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.places.models import Level, PlacePeriod
from densach.places.models import Line as Command
from densach.places.queries import has_fictional_places
from densach.problems import Refused, problem
from densach.reporting.dashboards.queries import unit_at
from densach.reporting.reviews.gathering import Gathered, Outline, gather, outline
from densach.reporting.reviews.kinds import REVIEWS, Review
from densach.reporting.reviews.models import Draft, Line
from densach.reporting.reviews.queries import draft_of, drafts_of

HOLDS = frozenset({Level.COMMUNE, Level.PROVINCE, Level.COUNTRY})
WRITES = frozenset({Right.REPORT_FIGURES, Right.ACCEPT_FIGURES, Right.SET_TARGETS})


@dataclass(frozen=True)
class Of:
    """Which review of which place is meant, in whose name, and whether this viewer writes its words."""

    review: Review
    place: PlacePeriod
    line: Line
    may_write: bool


@dataclass(frozen=True)
class Seen:
    """A review with its words and all the figures of its paper."""

    of: Of
    draft: Draft
    gathered: Gathered


def see_reviews(viewer: Viewer) -> list[tuple[Of, Draft]]:
    """The reviews of the viewer's own place; refused (H103) to whoever sees no figures of such a place."""
    place = viewer.where
    if place is None or viewer.place is None or place.level not in HOLDS or not viewer.may(Right.SEE_FIGURES):
        raise Refused(problem("H103", "so-ket"))
    drafts = drafts_of(place.place_id, line_of(viewer))
    return [(_of(viewer, each, place), drafts.get(each.key, Draft())) for each in REVIEWS.values()]


def find_review(viewer: Viewer, key: str, uid: UUID) -> Of:
    """A review of a place in the viewer's; refused (H103) for any other, and before a year of it is over."""
    place, review = unit_at(uid, viewer.today), REVIEWS.get(key)
    seen = place is not None and viewer.may(Right.SEE_FIGURES) and viewer.reaches(place.path)
    if place is None or review is None or not seen or not review.years(viewer.today):
        raise Refused(problem("H103", uid))
    return _of(viewer, review, place)


def see_outline(viewer: Viewer, of: Of) -> tuple[Draft, Outline]:
    """The words of a review that was found for the viewer, and how far its figures are."""
    periods = of.review.years(viewer.today)
    return _draft(of), outline(of.place, periods, viewer.today, fictional=_is_made_up(of))


def see_review(viewer: Viewer, of: Of) -> Seen:
    """A review that was found for the viewer, with the figures of this moment, in a constant number of queries."""
    periods = of.review.years(viewer.today)
    return Seen(of, _draft(of), gather(of.place, periods, viewer.today, fictional=_is_made_up(of)))


def line_of(viewer: Viewer) -> Line:
    """In whose name somebody writes or reads a review."""
    association = viewer.post is not None and viewer.post.line == Command.ASSOCIATION
    return Line.ASSOCIATION if association else Line.GOVERNMENT


def _draft(of: Of) -> Draft:
    return draft_of(of.place.place_id, of.line, of.review.key) or Draft()


def _is_made_up(of: Of) -> bool:
    """Whether made-up communes are told: a made-up commune itself, and whatever lies above one."""
    return of.place.place.fictional if of.place.level == Level.COMMUNE else has_fictional_places()


def _of(viewer: Viewer, review: Review, place: PlacePeriod) -> Of:
    writes = viewer.place == place.place and any(viewer.may(right) for right in WRITES)
    return Of(review, place, line_of(viewer), writes)

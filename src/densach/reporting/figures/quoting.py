"""Published figures put beside each other: what several sources printed of the same thing, each with its own base.

They are quoted, accepted by nobody and added up with nothing. That they contradict each other is for the reader to see.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from densach.places.models import Level, PlacePeriod
from densach.places.queries import country_on, names_ever, real_lists, units_by_code
from densach.policy.datasets import Indicator
from densach.policy.dates import latest
from densach.policy.reported import claims, indicators
from densach.problems import Refused, problem
from densach.reporting.figures.models import Quoted
from densach.reporting.figures.queries import indicator_keys, quoted, replace_quoted
from densach.rules.model import Claim

COUNTRY = "VN"
NOT_SAID = "unsaid"


@dataclass(frozen=True)
class Beside:
    """What was printed of one thing at one place, the latest first."""

    indicator: Indicator
    name: str
    rows: tuple[Quoted, ...]

    @property
    def disputed(self) -> bool:
        """Whether percentages of different or unsaid bases stand here, which a reader could take for a change."""
        bases = [row.base_word for row in self.rows if "%" in row.printed]
        return len(bases) > 1 and (len(set(bases)) > 1 or NOT_SAID in bases)


def holds_quoted() -> bool:
    """Whether the database holds the published figures of this version."""
    held = {row.claim: (row.printed, row.indicator.code, row.base_word, row.source) for row in quoted()}
    return held == {
        claim.id: (claim.quoted, claim.indicator, claim.base_said or NOT_SAID, claim.source) for claim in _placed()
    }


def load_quoted() -> int:
    """Write the published figures that name what they speak of and where; says how many."""
    placed = _placed()
    keys = indicator_keys(sorted({claim.indicator or "" for claim in placed}))
    replace_quoted({claim.id: _row(claim, keys) for claim in placed})
    return len(placed)


def side_by_side() -> tuple[Beside, ...]:
    """Published figures of the same thing and place together, where there is more than one."""
    found = quoted()
    names = names_ever({row.place_id for row in found})
    groups = groupby(found, key=lambda row: (row.indicator.code, row.place_id))
    beside = (Beside(indicators()[code][1], names[place], tuple(rows)) for (code, place), rows in groups)
    return tuple(each for each in beside if len(each.rows) > 1)


def _placed() -> tuple[Claim, ...]:
    return tuple(claim for claim in claims() if claim.indicator and claim.place_code)


def _row(claim: Claim, keys: Mapping[str, int]) -> Quoted:
    bases = [*claim.bases.values()]
    return Quoted(
        claim=claim.id,
        indicator_id=keys[claim.indicator or ""],
        place=_where(claim).place,
        year=latest(claim.date).year,
        printed=claim.quoted,
        value=claim.numerator,
        base=bases[0] if len(bases) == 1 else None,
        base_word=claim.base_said or NOT_SAID,
        said_on=claim.date,
        source=claim.source,
        mark=claim.mark,
    )


def _where(claim: Claim) -> PlacePeriod:
    """The place as it was on the day of the figure, or on the first day that a list speaks of."""
    known = min(each.known_from for each in real_lists())
    on = max(latest(claim.date), known)
    found = country_on(on) if claim.place_code == COUNTRY else _province(claim.place_code or "", on)
    if found is None:
        raise Refused(problem("L101", claim.place_code, day=on.isoformat()))
    return found


def _province(code: str, on: date) -> PlacePeriod | None:
    return units_by_code(code, on).filter(level=Level.PROVINCE, place__fictional=False).first()

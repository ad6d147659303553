"""What stands around a nomination that one may see: who said what of it, what holds it, what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from densach.awards import queries
from densach.awards.models import AwardRound, Claim, Confirmation, Hold, Nomination, Opinion, Quota


@dataclass(frozen=True)
class Around:
    """The confirmations, opinions, holds and claims of a nomination."""

    confirmations: list[Confirmation]
    opinions: list[Opinion]
    holds: list[Hold]
    claims: list[Claim]

    @property
    def is_held(self) -> bool:
        """Whether a hold stands."""
        return any(each.ended_on is None for each in self.holds)


def around(nomination: Nomination) -> Around:
    """All of it, for a nomination that `access.nomination_of` gave."""
    holds = queries.holds_of(queries.same_nominees(nomination.nominee))
    confirmations, opinions = queries.confirmations_of(nomination), queries.opinions_of(nomination)
    return Around(confirmations, opinions, holds, queries.claims_of(nomination))


def quotas_in(round_: AwardRound) -> list[Quota]:
    """What is registered for a round that `access.round_of` gave."""
    return queries.quotas_of(round_)

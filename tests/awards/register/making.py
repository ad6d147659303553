"""Rounds, nominees with their achievements and nominations that a council passed: all made up."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from densach.formats.vietnamese import fold

if TYPE_CHECKING:
    from densach.accounts.models import Account
    from densach.awards.models import Achievement, AwardRound, Nomination, Nominee
    from densach.awards.register.models import Award, Decision
    from densach.history.domain import Act
    from densach.places.models import Place

TODAY = date(2026, 11, 26)
SIGNED = date(2026, 11, 20)
AWARD = "giay_khen_xa"
CHAIR = "chu-tich-ubnd-cap-xa"
BASIS = "Biên bản họp Hội đồng MẪU ngày 12/11/2026"


def open_round(place: Place, name: str = "Khen thưởng MẪU năm 2026", *, fictional: bool = True) -> AwardRound:
    from densach.awards.models import AwardRound

    return AwardRound.objects.create(
        place=place, authority=CHAIR, occasion="year", year=2026, name=name, opens_on=date(2026, 1, 1),
        is_fictional=fictional,
    )  # fmt: skip


def nominee(place: Place, name: str, kind: str = "person") -> Nominee:
    from densach.awards.models import Nominee

    return Nominee.objects.create(kind=kind, name=name, folded=fold(name), place=place, about="Thôn MẪU 1")


def achieved(who: Nominee, text: str) -> Achievement:
    from densach.awards.models import Achievement

    return Achievement.objects.create(
        nominee=who, text=text, folded=fold(text), began_on=date(2026, 1, 1), ended_on=date(2026, 10, 31)
    )


def nominated(
    round_: AwardRound, who: Nominee, *achievements: Achievement, step: str = "passed", citation: str = ""
) -> Nomination:
    from densach.awards.models import Claim, Nomination

    row = Nomination.objects.create(
        round=round_, award=AWARD, nominee=who, mode="movement", proposer=round_.place,
        proposed_by="Ủy ban nhân dân xã MẪU", citation=citation, step=step, received_on=date(2026, 10, 5), regime="C",
    )  # fmt: skip
    for each in achievements or (achieved(who, f"Học tập suốt đời của {who.name}"),):
        Claim.objects.create(nomination=row, achievement=each)
    return row


def passed(round_: AwardRound, *names: str, kind: str = "person") -> list[Nomination]:
    """A nomination that the council passed for each name."""
    return [nominated(round_, nominee(round_.place, name, kind)) for name in names]


def act_at(hour: int, why: str = "") -> Act:
    from densach.history.domain import Act

    return Act(who="người nhập MẪU", at=datetime(2026, 11, 26, hour, tzinfo=UTC), why=why)


def prepared(
    round_: AwardRound, rows: list[Nomination], *, number: int | None = None, signed: date = SIGNED
) -> Decision:
    from densach.awards.register.paper import Order
    from densach.awards.register.preparing import prepare_decision
    from densach.policy.commendation.reading import commendation_law

    order = Order(signed=signed, basis=BASIS, signer="Nguyễn Thị Hòa", number=number)
    chosen = [row.uid for row in rows]
    return prepare_decision(round_, AWARD, chosen, order, commendation_law(), today=TODAY, act=act_at(1))


def signer(name: str = "lanh-dao-mau") -> Account:
    from densach.accounts.models import Account
    from tests.authority.roles import account

    return Account.objects.filter(username=name).first() or account(name)


def awarded(round_: AwardRound, *names: str, kind: str = "person", signed: date = SIGNED) -> list[Award]:
    """The awards of a decision that was signed and recorded."""
    from densach.awards.register.models import Award
    from densach.awards.register.signing import record_signed

    decision = record_signed(
        prepared(round_, passed(round_, *names, kind=kind), signed=signed), signer(), act=act_at(2)
    )
    return list(Award.objects.filter(decision=decision).order_by("ordinal"))

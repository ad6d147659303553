"""A made-up council with its members, a round with nominations that wait for it, and sittings on them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from densach.authority.roles import Role
from densach.people.numbers import Keys
from tests.authority.roles import TODAY, account, given

if TYPE_CHECKING:
    from densach.accounts.models import Account
    from densach.awards.councils.domain import Regulation
    from densach.awards.councils.models import Council, Item, Seat, Sitting
    from densach.awards.models import AwardRound, Nomination
    from densach.history.domain import Act
    from densach.places.models import Place

KEYS = Keys({"k1": bytes(range(32))}, "k1", b"h" * 32)
FIRST = date(2026, 1, 1)
AWARD, FLAG = "giay_khen_xa", "co_thi_dua_bo_tinh_chuyen_de"
SEATED = ("chair", "vice_chair", "secretary")


@dataclass
class Bench:
    """A council with its accounts, by the order in which they were named, and its round."""

    council: Council
    round: AwardRound
    accounts: list[Account] = field(default_factory=list)

    def seat(self, sitting: Sitting, number: int) -> Seat:
        """The seat of one of the accounts."""
        from densach.awards.councils.models import Seat

        return Seat.objects.select_related("member__account").get(
            sitting=sitting, member__account=self.accounts[number]
        )


def council_of(place: Place, act: Act, *, members: int = 3, known: bool = True, abstains: bool = True) -> Bench:
    """A council of a place: a chair, a vice chair, a secretary, and others."""
    from densach.awards.councils.domain import Founded, Named, Regulation, found_council, name_member

    rules = regulation() if known else Regulation()
    founded = Founded(
        name="Hội đồng Thi đua - Khen thưởng xã MẪU",
        authority="chu-tich-ubnd-cap-xa",
        basis="Quyết định MẪU số 05/QĐ-UBND",
        valid_from=FIRST,
        interest_abstains=abstains,
        regulation=rules,
    )
    council = found_council(place, founded, act=act)
    bench = Bench(council, round_of(place))
    for number in range(members):
        who = account(f"hoi-dong-{place.pk}-{number}")
        given(who, Role.COUNCIL_MEMBER, place, act)
        seated = SEATED[number] if number < len(SEATED) else "member"
        named = Named(account=who, seated=seated, title="", valid_from=FIRST)
        name_member(council, named, act=act)
        bench.accounts.append(who)
    return bench


def regulation(top: int = 1, bottom: int = 2, majority_of: str = "members") -> Regulation:
    """Quorum and majority by the council's own regulation."""
    from densach.awards.councils.domain import Regulation

    source = "Quy chế MẪU, Điều 6"
    return Regulation(
        quorum_top=top, quorum_bottom=bottom, quorum_source=source, majority_of=majority_of, majority_source=source
    )


def round_of(place: Place) -> AwardRound:
    """A fictional round of this year."""
    from densach.awards.models import AwardRound

    said = {"authority": "chu-tich-ubnd-cap-xa", "occasion": "year", "year": 2026, "opens_on": FIRST}
    return AwardRound.objects.create(place=place, name="Khen thưởng MẪU năm 2026", is_fictional=True, **said)


def nominate(round_: AwardRound, count: int, *, award: str = AWARD, first: int = 0, **about: Any) -> list[Nomination]:
    """Nominations that may go before a council."""
    from densach.awards.models import Nomination, Nominee

    people = Nominee.objects.bulk_create(
        [
            Nominee(
                **({"kind": "person", "name": f"Lê Thị Mẫu {n}", "folded": f"le thi mau {n:05d}"} | about),
                place=round_.place,
            )
            for n in range(first, first + count)
        ],
        batch_size=500,
    )  # fmt: skip
    said = {"mode": "movement", "proposer": round_.place, "proposed_by": "Thôn MẪU", "citation": "Học tập suốt đời MẪU"}
    came = {"step": "eligible", "received_on": FIRST, "regime": "B"}
    return Nomination.objects.bulk_create(
        [Nomination(round=round_, award=award, nominee=one, **said, **came) for one in people], batch_size=500
    )


def prepared(
    bench: Bench, act: Act, *, secret: bool = True, count: int = 2, regulation: Regulation | None = None
) -> Sitting:
    """A sitting with nominations on its agenda."""
    from densach.awards.councils.domain import Planned, Regulation, prepare_sitting, put_on_agenda

    rules = regulation or Regulation()
    planned = Planned(held_on=TODAY, is_secret=secret, regulation=rules, begins="8 giờ", where="Nhà văn hóa MẪU")
    sitting = prepare_sitting(bench.council, bench.round, planned, act=act)
    if count:
        nominate(bench.round, count)
    put_on_agenda(sitting, None, act=act)
    return fresh(sitting)


def opened(
    bench: Bench, act: Act, *, writing: tuple[int, ...] = (), absent: tuple[int, ...] = (), **words: Any
) -> Sitting:
    """A sitting on which members are voting."""
    sitting = prepared(bench, act, **words)
    return begin(bench, sitting, act, writing=writing, absent=absent)


def begin(
    bench: Bench, sitting: Sitting, act: Act, *, writing: tuple[int, ...] = (), absent: tuple[int, ...] = ()
) -> Sitting:
    """Call the roll and open the voting."""
    from densach.awards.councils.domain import mark_attendance
    from densach.awards.councils.voting import open_voting

    called = {number: "writing" if number in writing else "absent" if number in absent else "present"
              for number in range(len(bench.accounts))}  # fmt: skip
    marks = {bench.seat(sitting, number).uid: mark for number, mark in called.items()}
    mark_attendance(sitting, marks, sitting.version, act=act)
    chair = next(number for number, mark in called.items() if mark == "present")
    now = fresh(sitting)
    return open_voting(now, bench.seat(now, chair), now.version, keys=KEYS, today=TODAY, act=act)


def vote(bench: Bench, sitting: Sitting, number: int, said: str, *, act: Act, items: list[Item] | None = None) -> int:
    """Let one member say the same of all items, or of some."""
    from densach.awards.councils.models import Choice
    from densach.awards.councils.voting import cast

    choices = {item.uid: Choice(said) for item in items or items_of(sitting)}
    return cast(sitting, bench.seat(sitting, number), choices, keys=KEYS, act=act)


def closed(bench: Bench, sitting: Sitting, act: Act, number: int = 0) -> Sitting:
    """Close the voting."""
    from densach.awards.councils.counting import close_voting

    now = fresh(sitting)
    return close_voting(now, bench.seat(now, number), now.version, keys=KEYS, act=act)


def ended(bench: Bench, sitting: Sitting, act: Act) -> Sitting:
    """End a sitting that was counted."""
    from densach.awards.councils.counting import end_sitting

    now = fresh(sitting)
    return end_sitting(now, bench.seat(now, 0), now.version, act=act)


def items_of(sitting: Sitting) -> list[Item]:
    """The agenda in its order."""
    from densach.awards.councils.queries import all_items

    return all_items(sitting)


def fresh(sitting: Sitting) -> Sitting:
    """The sitting as it is now."""
    from densach.awards.councils.queries import sitting_by_uid

    found = sitting_by_uid(sitting.uid)
    assert found is not None
    return found

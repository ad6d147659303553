"""Three made-up communes of 2024 that became one on 01/07/2025; a fourth was divided between it and a neighbour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.people.making import KEYS, number

if TYPE_CHECKING:
    from densach.history.domain import Act
    from densach.people.domain import Resident
    from densach.places.models import Place

BEGAN, MERGED = date(2024, 1, 1), date(2025, 7, 1)
EVE = MERGED - timedelta(days=1)
LAW = "Nghị quyết MẪU"


@dataclass(frozen=True)
class Merger:
    """The communes by a letter: A and B whole in N, D divided between N and M."""

    a: Place
    b: Place
    d: Place
    n: Place
    m: Place

    @property
    def all(self) -> tuple[Place, ...]:
        return (self.a, self.b, self.d, self.n, self.m)


def merger(province: Place, act: Act, *, merged: bool = True) -> Merger:
    """The five communes; those of before have two villages each, Thôn 1 in all of them."""
    from densach.places.domain import add_fictional_commune, add_villages

    def commune(code: str, name: str, on: date) -> Place:
        return add_fictional_commune(province, code, f"Xã MẪU {name}", on=on, act=act)

    olds = [commune(f"9910{order}", name, BEGAN) for order, name in enumerate(("An", "Bình", "Đồng"), 1)]
    for old, other in zip(olds, ("Thôn Đoài", "Thôn Bến", "Thôn Đông"), strict=True):
        add_villages(old, ["Thôn 1", other], on=BEGAN, act=act, source="MẪU")
    new = [commune("99201", "Nguyên", MERGED), commune("99202", "Mới", MERGED)]
    found = Merger(*olds, *new)
    if merged:
        end_old(found, act)
    return found


def end_old(found: Merger, act: Act) -> None:
    from densach.places.merging import Part, merge_communes

    parts = [
        Part(found.a, found.n, whole=True),
        Part(found.b, found.n, whole=True),
        Part(found.d, found.n, whole=False),
        Part(found.d, found.m, whole=False),
    ]
    merge_communes(parts, on=MERGED, legal_act=LAW, source="MẪU", act=act)


def settle_old(found: Merger, act: Act) -> None:
    """Households H1 and H2 in each old commune, one in each village, three people each; a clan D1 and a unit U1."""
    for order, commune in enumerate((found.a, found.b, found.d)):
        settle_commune(commune, order, act)


def settle_commune(commune: Place, order: int, act: Act) -> None:
    from densach.people.domain import enter_clans, enter_residents, enter_units, join_clans, join_units
    from densach.people.queries import households_of, open_members
    from densach.places.queries import villages_of

    villages = [row.place for row in villages_of(commune, BEGAN)]
    lines = [line for home, village in enumerate(villages, 1) for line in family(village, home, 10 * order + home)]
    enter_residents(commune, lines, on=BEGAN, keys=KEYS, act=act)
    clan = enter_clans(commune, {"D1": f"Họ MẪU {order}"}, on=BEGAN, act=act)["D1"]
    join_clans(commune, [(clan, home) for home in households_of(commune, BEGAN).values()], on=BEGAN, act=act)
    unit = enter_units(commune, {"U1": (f"Trường MẪU {order}", "school")}, on=BEGAN, act=act)["U1"]
    heads = [row.person_id for row in open_members(commune) if row.is_head]
    join_units(commune, [(unit, head, "member") for head in heads], on=BEGAN, act=act)


def family(village: Place, home: int, order: int) -> list[Resident]:
    from densach.people.domain import Resident

    lines = (("Nguyễn Văn Mẫu", "male", "1980-05-01"), ("Trần Thị Mẫu", "female", "1982"), ("Mẫu Con", "male", "2015"))
    return [
        Resident(
            household=f"H{home}", village=village, full_name=f"{name} {order}", sex=sex, birth=birth,
            number=number(order) if place == 0 else "", is_head=place == 0,
        )
        for place, (name, sex, birth) in enumerate(lines)
    ]  # fmt: skip


def recognise_old(found: Merger, act: Act, *packs: str) -> None:
    """In 2024 commune A recognised its families, clan and village by a local decision (or by the fictional law)."""
    from densach.assessing.titles import BY_MODEL
    from densach.authority.domain import enter_local_decision
    from densach.people.queries import clans_of, households_of
    from densach.places.queries import villages_of

    if "demo" not in packs:
        for model in ("family", "clan", "village"):
            key = BY_MODEL[model].key
            enter_local_decision(
                title_key=key, place=found.a, office_title="UBND xã MẪU An", citation="MẪU", valid_from=BEGAN, act=act
            )
    recognise(found.a, "family", [home.pk for home in households_of(found.a, EVE).values()], act, packs)
    recognise(found.a, "clan", [clan.pk for clan in clans_of(found.a, EVE).values()], act, packs)
    recognise(found.a, "village", [villages_of(found.a, EVE)[0].place_id], act, packs)


def recognise(commune: Place, model: str, keys: list[int], act: Act, packs: tuple[str, ...], level: str = "") -> None:
    from densach.assessing.domain import Decision, PaperAct, record_past_act, subjects_for
    from densach.assessing.titles import BY_MODEL
    from densach.authority.competence import competent_office
    from densach.policy.library import open_library

    title, law, signed = BY_MODEL[model], open_library(packs or ("vn",)), date(2024, 12, 20)
    offices = competent_office(law, title.key, signed, title.subject).offices
    paper = PaperAct(
        number=f"{model}/QĐ-MẪU", signed_on=signed, office=offices[0].id if offices else "", basis="Biên bản MẪU"
    )
    decisions = [
        Decision(subject=subject, level=level, reason="Hội nghị MẪU", scorer="Ban MẪU")
        for subject in subjects_for(title.kind, keys).values()
    ]
    record_past_act(commune, title, 2024, paper, law, decisions, act=act)

"""Whatever communes are merged or divided: nobody is lost, nobody is in two places, and the old day stays as it was."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Q
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from densach.assessing.frame import Frame, frame_of
from densach.history.domain import Act
from densach.people.domain import Resident, enter_residents
from densach.people.merger.carrying import Settled, carry_over, undo_carry_over
from densach.people.merger.moving import with_codes
from densach.people.models import HouseholdHome
from densach.places.domain import add_fictional_commune, add_villages
from densach.places.merging import Part, merge_communes
from densach.places.models import Place
from densach.places.queries import villages_of
from tests.people.making import KEYS
from tests.people.merger import BEGAN, EVE, MERGED, family

ACT = Act(who="MẪU", at=datetime(2026, 1, 1, tzinfo=UTC))
LATER = date(2026, 1, 1)
NAMES = ("Thôn 1", "Thôn 2", "Thôn Đoài")

# For each old commune: the new ones it went to (one is whole), and how many households each of its villages has.
OLD = st.tuples(st.sets(st.integers(0, 1), min_size=1), st.lists(st.integers(0, 2), min_size=1, max_size=3))
# For each village of a divided commune: which new commune people say it went to, or None.
SAID = st.lists(st.one_of(st.none(), st.integers(0, 1)), min_size=12, max_size=12)


def make(province: Place, olds: list[tuple[set[int], list[int]]]) -> tuple[list[Place], list[Place]]:
    before = [
        add_fictional_commune(province, f"993{n:02}", f"Xã MẪU {n % 3}", on=BEGAN, act=ACT) for n in range(len(olds))
    ]
    after = [add_fictional_commune(province, f"994{n:02}", f"Xã MẪU Mới {n}", on=MERGED, act=ACT) for n in range(2)]
    order = 0
    for commune, (_, sizes) in zip(before, olds, strict=True):
        villages = add_villages(commune, NAMES[: len(sizes)], on=BEGAN, act=ACT, source="MẪU")
        lines: list[Resident] = []
        for village, size in zip(villages, sizes, strict=True):
            for _ in range(size):
                order += 1
                lines += family(village, len(lines) // 3 + 1, order)
        enter_residents(commune, lines, on=BEGAN, keys=KEYS, act=ACT)
    parts = [
        Part(old, after[new], whole=len(targets) == 1)
        for old, (targets, _) in zip(before, olds, strict=True)
        for new in sorted(targets)
    ]
    merge_communes(parts, on=MERGED, legal_act="MẪU", source="MẪU", act=ACT)
    return before, after


def shape(frame: Frame) -> tuple[object, ...]:
    return frame.people, dict(frame.household_people), dict(frame.village_households), frame.villages


def said_of(
    before: list[Place], after: list[Place], olds: list[tuple[set[int], list[int]]], said: list[int | None]
) -> Settled:
    answers = iter(said)
    found = {}
    for old, (targets, _) in zip(before, olds, strict=True):
        for row in villages_of(old, EVE):
            answer = next(answers)
            if len(targets) > 1 and answer is not None:
                found[row.place_id] = after[answer].pk
    return Settled(villages=found)


@pytest.mark.slow
@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(olds=st.lists(OLD, min_size=1, max_size=4), said=SAID)
def test_nobody_is_lost_and_nobody_is_in_two_communes(
    thai_nguyen: Place, olds: list[tuple[set[int], list[int]]], said: list[int | None]
) -> None:
    with transaction.atomic():
        before, after = make(thai_nguyen, olds)
        eve = [shape(frame_of(old, EVE)) for old in before]
        settled = said_of(before, after, olds, said)
        made = [after[n] for n in sorted(set().union(*(targets for targets, _ in olds)))]
        plans = [carry_over(new, MERGED, settled, act=ACT) for new in made]
        counted = Counter(person for place in (*before, *after) for person in frame_of(place, LATER).people)
        waiting = sum(len(frame_of(old, LATER).people) for old in before)
        lived = Counter(person for old in before for person in frame_of(old, EVE).people)
        assert counted == lived
        assert set(counted.values()) <= {1}
        assert sum(plan.people for plan in plans) == len(lived) - waiting
        assert waiting == 3 * sum(
            each.homes for each in {(w.origin.period.pk, w.name): w for p in plans for w in p.waiting}.values()
        )
        assert_one_commune_a_day()
        assert [shape(frame_of(old, EVE)) for old in before] == eve
        for new in made:
            undo_carry_over(new, MERGED, rounds=0, act=ACT)
        assert [shape(frame_of(old, LATER)) for old in before] == eve
        transaction.set_rollback(True)


def assert_one_commune_a_day() -> None:
    for day in (BEGAN, EVE, MERGED, MERGED + timedelta(days=1), LATER):
        there = HouseholdHome.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)
        homes = list(there.values_list("household", flat=True))
        assert len(homes) == len(set(homes))
        codes = list(there.values_list("commune", "code"))
        assert len(codes) == len(set(codes))
    assert connection.is_usable()


ROWS = st.lists(
    st.tuples(st.integers(1, 3), st.sampled_from(["H1", "H2", "H1-b", "H1-a", "H1-a-2"])), max_size=9, unique=True
)


@given(ROWS, st.sets(st.sampled_from(["H1", "H1-a", "H2"])))
def test_codes_are_unique_and_only_those_that_collide_change(rows: list[tuple[int, str]], taken: set[str]) -> None:
    homes = [HouseholdHome(commune_id=commune, code=code) for commune, code in rows]
    moves = with_codes(homes, taken, {1: "a", 2: "b", 3: "c"})
    codes = [move.code for move in moves]
    assert len({*codes, *taken}) == len(codes) + len(taken)
    often = Counter(code for _, code in rows)
    for move in moves:
        alone = often[move.row.code] == 1 and move.row.code not in taken
        assert (move.code == move.row.code) is alone
        assert move.code.startswith(move.row.code)

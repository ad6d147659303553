"""Sums kept ready are those that the figures give, after whatever was accepted, opened again or merged."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

import pytest

from densach.authority.access import nobody
from tests.people.merger import end_old, merger
from tests.reporting.below import country
from tests.reporting.dashboards.making import accepted
from tests.reporting.figures.making import MODELS, NOW, TODAY, Hands, of, typed, up_to

if TYPE_CHECKING:
    from collections.abc import Iterable

    from densach.history.domain import Act
    from densach.places.models import Place
    from densach.reporting.dashboards.access import Seen
    from densach.reporting.dashboards.board import Choice
    from tests.people.merger import Merger

pytestmark = pytest.mark.django_db
FAMILY = {"MODEL_FAMILY_TOTAL": 1000, "MODEL_FAMILY_RECOGNISED": 600}


def keep() -> list[int]:
    """Keep all sums ready; which years were worked out."""
    from densach.reporting.sums.keeping import keep_all

    return [period.year for period in keep_all(TODAY)]


def differing() -> list[tuple[str, str]]:
    from densach.reporting.dashboards.comparing import differences

    return list(differences(TODAY))


def look(place: Place | None, choice: Choice) -> Seen:
    from densach.reporting.dashboards.access import see_board

    return see_board(nobody(TODAY), place.uid if place else None, choice)


def assert_same(places: Iterable[Place | None]) -> None:
    """What dashboards read from kept rows is what they add up without them."""
    from densach.reporting.dashboards.board import MODELS as ALL_MODELS
    from densach.reporting.dashboards.board import Choice, board_of, codes_of
    from densach.reporting.dashboards.guarding import guard_for
    from densach.reporting.sums.queries import days_of

    for place in places:
        for todays_map in (False, True):
            board = look(place, Choice("CITIZEN", "ALL", 2024, todays_map=todays_map, fictional=True)).board
            assert board.frame.kept
            frame = board.frame
            days = days_of(frame.periods, TODAY)
            guard = guard_for(codes_of(ALL_MODELS, "ALL"), days, frame.country, fictional=frame.fictional, kept=False)
            plain = board_of(replace(frame, kept=False, guard=guard))
            assert (board.models, board.trend, board.below) == (plain.models, plain.trend, plain.below)
            assert (board.alike, board.apart) == (plain.alike, plain.apart)


def take(place: Place, year: int, random: Random) -> None:
    """Figures of a place as if they were accepted, small ones among them, and what follows from it."""
    from densach.reporting.figures.periods import Period
    from densach.reporting.sums.keeping import follow

    model = random.choice(["CITIZEN", "FAMILY", "UNIT"])
    total = random.choice([4, 40, 400])
    accepted(place, model, (total, total, random.randint(0, total), random.randint(0, total)), year)
    counts = ("TOTAL", "REGISTERED", "ASSESSED", "RECOGNISED", "OF_ALL", "OF_REGISTERED")
    follow(place.pk, Period(year), [f"MODEL_{model}_{count}" for count in counts], TODAY)


@pytest.mark.parametrize("seed", [1, 2])
def test_whatever_is_accepted_the_sums_are_those_of_the_figures(thai_nguyen: Place, act: Act, seed: int) -> None:
    random = Random(seed)  # noqa: S311  - made up, and the same each time
    world = merger(thai_nguyen, act)
    keep()
    for _ in range(12):
        year = random.choice([2023, 2024, 2026])
        take(random.choice([world.n, world.m] if year == 2026 else [world.a, world.b, world.d]), year, random)
    assert differing() == []
    assert_same([None, thai_nguyen, world.n, world.m])


class TestAReturn:
    """A return on its way, with sums that are kept."""

    @pytest.fixture
    def hands(self, commune: Place, thai_nguyen: Place, act: Act) -> Hands:
        keep()
        return Hands(commune, thai_nguyen, act)

    def shown(self) -> tuple[int | None, int | None]:
        from densach.reporting.dashboards.board import Choice

        board = look(country(), Choice("FAMILY", "ALL", 2026)).board
        assert board.frame.kept
        return board.now.value, board.now.base

    def test_what_is_accepted_shows_at_once_and_after_a_correction_too(self, hands: Hands) -> None:
        from densach.reporting.figures import domain

        which = of(hands.place, MODELS)
        up_to(hands, which, FAMILY, "approved")
        assert self.shown() == (None, None)
        domain.accept(hands.receiver, which, at=NOW)
        assert self.shown() == (600, 1000)
        domain.reopen(hands.receiver, which, "Đếm lại", at=NOW)
        assert self.shown() == (600, 1000)
        domain.write(hands.writer, which, typed({"MODEL_FAMILY_RECOGNISED": None}), at=NOW)
        up_to(hands, which, {"MODEL_FAMILY_TOTAL": 900})
        assert self.shown() == (None, None)
        assert differing() == []


class TestANewMap:
    """Kept sums hold on the map they were made on, and are not read on another."""

    @pytest.fixture
    def world(self, thai_nguyen: Place, act: Act) -> Merger:
        found = merger(thai_nguyen, act, merged=False)
        for place in (found.a, found.d):
            accepted(place, "FAMILY", (100, 100, 100, 10), year=2024)
        keep()
        return found

    def test_after_a_merger_they_are_added_up_until_they_are_kept_anew(self, world: Merger, act: Act) -> None:
        from densach.reporting.dashboards.board import Choice

        choice = Choice("FAMILY", "ALL", 2024, todays_map=True)
        end_old(world, act)
        seen = look(world.n, choice).board
        assert (seen.frame.kept, seen.now.value, seen.apart) == (False, 10, 1)
        assert 2024 in keep()
        again = look(world.n, choice).board
        assert (again.frame.kept, again.now.value, again.apart) == (True, 10, 1)
        assert keep() == []
        assert differing() == []

    def test_what_was_accepted_in_between_is_not_forgotten_when_the_map_comes_back(self, world: Merger) -> None:
        from densach.places.models import Lineage
        from densach.reporting.sums.maps import kept_periods

        edge = Lineage.objects.create(old=world.a, new=world.n, on=TODAY, whole=True, source="MẪU")
        take(world.b, 2024, Random(1))  # noqa: S311
        edge.delete()
        assert kept_periods([20240, 20230], TODAY) == {20230}

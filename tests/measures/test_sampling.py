"""Samples of finite lists: equal to trying out every sample, to scipy, to printed values, and to their page."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import cache
from hashlib import sha256
from itertools import combinations
from math import comb
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import hypergeom

from densach.measures.chance import drawn_at_least, drawn_at_most, tossed_at_least
from densach.measures.groups import NotMeasurable
from densach.measures.sampling import CONFIDENCE, draw, sample_size, what_it_proves, widen

PAGE = (Path(__file__).resolve().parents[2] / "docs/sampling.md").read_text("utf-8")
SMALL = [(population, bad) for population in range(1, 9) for bad in range(population + 1)]
CONFIDENCES = st.sampled_from([Fraction(1, 2), Fraction(8, 10), Fraction(9, 10), CONFIDENCE, Fraction(99, 100)])


@st.composite
def samples(pick: st.DrawFn, most: int = 400) -> tuple[int, int, int]:
    """A population, how many of it are drawn, and how many of those are bad."""
    population = pick(st.integers(0, most))
    sampled = pick(st.integers(0, population))
    return population, sampled, pick(st.integers(0, sampled))


def tried_out(population: int, bad: int, drawn: int) -> Iterator[int]:
    """How many bad ones each possible sample holds; the first `bad` of the population are bad."""
    return (sum(each < bad for each in chosen) for chosen in combinations(range(population), drawn))


@pytest.mark.parametrize(("population", "bad"), SMALL)
def test_the_chance_is_that_of_trying_out_every_sample(population: int, bad: int) -> None:
    for drawn in range(population + 1):
        found = list(tried_out(population, bad, drawn))
        for most in range(-1, drawn + 1):
            chance = Fraction(sum(each <= most for each in found), len(found))
            assert drawn_at_most(most, population=population, marked=bad, drawn=drawn) == chance
            assert drawn_at_least(most + 1, population=population, marked=bad, drawn=drawn) == 1 - chance


def test_the_chance_of_a_coin_is_counted() -> None:
    assert [tossed_at_least(heads, 3) for heads in range(-1, 5)] == [
        1, 1, Fraction(7, 8), Fraction(4, 8), Fraction(1, 8), 0,
    ]  # fmt: skip


@given(samples(), st.data())
def test_the_chance_is_that_of_scipy(sample: tuple[int, int, int], data: st.DataObject) -> None:
    population, drawn, most = sample
    marked = data.draw(st.integers(0, population))
    population += 1  # scipy knows no empty list
    ours = drawn_at_most(most, population=population, marked=marked, drawn=drawn)
    assert float(ours) == pytest.approx(float(hypergeom.cdf(most, population, marked, drawn)), abs=1e-9)


@pytest.mark.parametrize("population", range(9))
def test_the_size_is_the_first_that_trying_out_finds(population: int) -> None:
    for most_bad in range(population):
        for drawn in range(population + 1):
            found = list(tried_out(population, most_bad + 1, drawn))
            is_enough = found.count(0) * 20 <= len(found)
            assert is_enough == (drawn >= sample_size(population, most_bad))
    assert sample_size(population, population) == 0


@pytest.mark.parametrize("population", range(9))
def test_the_bound_is_the_last_that_trying_out_allows(population: int) -> None:
    for sampled in range(population + 1):
        for bad_found in range(sampled + 1):
            possible = [
                bad
                for bad in range(bad_found, population - sampled + bad_found + 1)
                if sum(each <= bad_found for each in tried_out(population, bad, sampled)) * 20
                > comb(population, sampled)
            ]
            assert what_it_proves(population, sampled, bad_found) == max(possible)


@pytest.mark.parametrize(
    ("population", "bad", "printed"),
    [(100, 1, 95), (200, 2, 156), (500, 5, 226), (1000, 10, 259), (10_000, 100, 296), (80, 1, 76), (80, 2, 63),
     (80, 5, 37), (80, 10, 21), (100, 5, 46)],
)  # fmt: skip
def test_the_printed_sizes_of_the_usual_approximation_lie_at_most_two_above(
    population: int, bad: int, printed: int
) -> None:
    """The manual of RSurveillance 0.2.1 (n.hypergeo) prints these for 95 %; its formula errs to the safe side."""
    assert 0 <= printed - sample_size(population, bad - 1) <= 2


def test_sizes_are_exact_to_one_file() -> None:
    for population, most_bad in [(300, 14), (5000, 250), (20_000, 199)]:
        size = sample_size(population, most_bad)
        missed, fewer = (hypergeom.pmf(0, population, most_bad + 1, drawn) for drawn in (size, size - 1))
        assert missed <= 0.05 < fewer


@given(st.integers(0, 400), st.integers(0, 400), CONFIDENCES)
def test_a_clean_sample_of_the_size_proves_what_it_is_for(population: int, most_bad: int, confidence: Fraction) -> None:
    size = sample_size(population, most_bad, confidence)
    assert what_it_proves(population, size, 0, confidence) <= most_bad or most_bad >= population
    if size:
        assert what_it_proves(population, size - 1, 0, confidence) > most_bad


@given(st.integers(1, 400), st.integers(0, 400), CONFIDENCES)
def test_more_files_or_a_sharper_claim_need_no_smaller_sample(
    population: int, most_bad: int, confidence: Fraction
) -> None:
    size = sample_size(population, most_bad, confidence)
    assert size <= sample_size(population + 1, most_bad, confidence)
    assert sample_size(population, most_bad + 1, confidence) <= size
    assert size <= sample_size(population, most_bad, (1 + confidence) / 2)


@given(samples(), CONFIDENCES)
def test_the_bound_grows_with_what_was_found_and_shrinks_with_what_was_seen(
    sample: tuple[int, int, int], confidence: Fraction
) -> None:
    population, sampled, bad_found = sample
    bound = what_it_proves(population, sampled, bad_found, confidence)
    assert bad_found <= bound <= population - sampled + bad_found
    assert bound <= what_it_proves(population, sampled, bad_found, (1 + confidence) / 2)
    if bad_found < sampled:
        assert bound <= what_it_proves(population, sampled, bad_found + 1, confidence)
    if sampled < population:
        assert what_it_proves(population, sampled + 1, bad_found, confidence) <= bound
    else:
        assert bound == bad_found


@given(samples(120), st.integers(0, 130), st.integers(1, 4))
def test_a_widened_sample_proves_what_was_to_be_proved(sample: tuple[int, int, int], most_bad: int, looks: int) -> None:
    population, sampled, bad_found = sample
    wider = widen(population, sampled, bad_found, most_bad=most_bad, looks=looks)
    assert sampled <= wider <= population
    if bad_found > most_bad:
        assert wider == population
    elif bad_found:
        assert what_it_proves(population, wider, bad_found, 1 - (1 - CONFIDENCE) / 2**looks) <= most_bad
    else:
        assert wider == sampled


def let_through(population: int, bad: int, most_bad: int, spends: bool) -> Fraction:
    """The chance that a list is let through in the end, when its sample is widened for as long as that may help."""

    @cache
    def from_here(sampled: int, found: int, looks: int) -> Fraction:
        if found > most_bad:
            return Fraction(0)
        wider = (
            widen(population, sampled, found, most_bad=most_bad, looks=looks)
            if looks and spends
            else next(n for n in range(sampled, population + 1) if what_it_proves(population, n, found) <= most_bad)
        )
        more, rest, bad_left = wider - sampled, population - sampled, bad - found
        return sum(
            (
                Fraction(comb(bad_left, new) * comb(rest - bad_left, more - new), comb(rest, more))
                * (from_here(wider, found + new, looks + 1) if new else 1)
                for new in range(min(more, bad_left) + 1)
                if more - new <= rest - bad_left
            ),
            Fraction(0),
        )

    return from_here(0, 0, 0)


@pytest.mark.parametrize("population", [5, 9, 14, 20])
def test_widening_again_and_again_errs_at_most_twice_as_often_as_one_sample(population: int) -> None:
    for most_bad in range(population):
        for bad in range(most_bad + 1, population + 1):
            assert let_through(population, bad, most_bad, spends=True) <= 2 * (1 - CONFIDENCE)


def test_the_page_tells_the_numbers_that_are_computed() -> None:
    rows = [tuple(map(int, row)) for row in re.findall(r"^\| (\d+) \| (\d+) \| (\d+) \|$", PAGE, re.MULTILINE)]
    assert len(rows) == 5
    assert [sample_size(files, most_bad) for files, most_bad, _ in rows] == [size for *_, size in rows]
    one_bad, wider = what_it_proves(300, 54, 1), widen(300, 54, 1, most_bad=14)
    assert (sample_size(300, 14), one_bad, wider, wider - 54) == (54, 23, 95, 41)
    told = tuple(f"{100 * float(let_through(300, 15, 14, spends)):.1f}" for spends in (True, False))
    assert told == ("8.2", "26.7")
    for said in ("**54**", "23", "**95**", "41", *told):
        assert said in PAGE


def test_a_draw_is_ordered_by_the_hash_of_seed_and_name() -> None:
    ids = [f"hs-{number}" for number in range(20)]
    assert draw(ids, 20, "81-13-47") == tuple(
        sorted(ids, key=lambda each: sha256(f"81-13-47:{each}".encode()).hexdigest())
    )
    assert draw(["Đào", "Bưởi", "Cam"], 1, "7") == ("Cam",)


@given(st.sets(st.text(max_size=5), max_size=40), st.text(), st.data())
def test_a_draw_can_be_repeated_and_a_wider_one_begins_with_it(ids: set[str], seed: str, data: st.DataObject) -> None:
    number = data.draw(st.integers(0, len(ids)))
    drawn = draw(sorted(ids), number, seed)
    assert drawn == draw(sorted(ids, reverse=True), number, seed) == draw(ids, len(ids), seed)[:number]
    assert len(set(drawn)) == number


def test_every_file_is_drawn_about_as_often_over_many_seeds() -> None:
    ids = [str(number) for number in range(10)]
    times = [sum(each in draw(ids, 3, str(seed)) for seed in range(3000)) for each in ids]
    assert all(abs(count - 900) < 110 for count in times)  # four standard deviations


@pytest.mark.parametrize(
    "asked",
    [
        lambda: sample_size(-1, 0),
        lambda: sample_size(10, -1),
        lambda: sample_size(10, 1, Fraction(1)),
        lambda: what_it_proves(10, 11, 0),
        lambda: what_it_proves(10, 5, 6),
        lambda: widen(10, 5, -1, most_bad=1),
        lambda: widen(10, 5, 1, most_bad=1, looks=0),
        lambda: draw(["a", "a"], 1, "7"),
        lambda: draw(["a"], 2, "7"),
        lambda: drawn_at_most(1, population=3, marked=4, drawn=1),
        lambda: tossed_at_least(1, -1),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_not_measured(asked: Callable[[], object]) -> None:
    with pytest.raises(NotMeasurable):
        asked()

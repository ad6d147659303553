"""A register in whatever layout loads what the clean one loads, or is refused with the cell named."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from densach.history.domain import Act
from densach.places.models import Place
from densach.problems import Refused
from tests.assessing.making import YEAR, library
from tests.people.making import KEYS
from tests.workbooks.making import written
from tests.workbooks.untidying import POISONS, Untidy, clean_rows, write_untidy

if TYPE_CHECKING:
    from densach.assessing.models import Round

pytestmark = pytest.mark.django_db
SLOW_FIXTURES = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def round_(commune: Place, act: Act) -> Round:
    from densach.assessing.domain import open_round

    return open_round(commune, YEAR, "vn", act=act)


@pytest.fixture
def clean(round_: Round, act: Act, tmp_path: Path) -> dict[str, list[Any]]:
    """What the same register loads from our own template."""
    return loaded_from(written(tmp_path, "register", clean_rows()), round_, act)[0]


@st.composite
def untidy(draw: st.DrawFn, poisons: int = 0) -> Untidy:
    household = draw(st.sampled_from(["each", "first", "number"]))
    birth = draw(st.sampled_from(["one", "pair", "parts"]))
    extra = draw(st.lists(st.sampled_from(["order", "ethnic", "faith", "remark"]), unique=True))
    wrong = draw(st.lists(st.sampled_from(sorted(POISONS)), min_size=poisons, max_size=poisons * 3, unique=True))
    return Untidy(
        seed=draw(st.integers(0, 2**20)),
        titles=draw(st.integers(0, 5)),
        left=draw(st.integers(0, 2)),
        extra=tuple(extra),
        by_section=draw(st.booleans()),
        household=household,
        head=draw(st.sampled_from(["relation", "is_head"])),
        birth=birth,
        sex=draw(st.sampled_from(["one", "marks"])),
        name=draw(st.sampled_from(["one", "two"])),
        shuffled=draw(st.booleans()),
        numbered=draw(st.sampled_from(["", "plain", "brackets"])),
        repeated_header=draw(st.booleans()),
        blank_rows=draw(st.booleans()),
        totals=draw(st.booleans()),
        signatures=draw(st.booleans()),
        doubled=draw(st.integers(0, 3)),
        strange_letters=draw(st.booleans()),
        merged=draw(st.booleans()),
        poisons=tuple(wrong),
    )


def content() -> dict[str, list[Any]]:
    """All that a register put into the database, without keys and chance: people, households, villages, the log."""
    from densach.history.models import Entry
    from densach.people.models import HouseholdHome, HouseholdMember, Person
    from densach.places.models import PlacePeriod

    person = ("full_name", "folded", "sort", "birth_date", "birth_precision", "sex", "literacy")
    lives = (
        "person__full_name",
        "person__birth_date",
        "household__homes__code",
        "kind",
        "is_head",
        "valid_from",
        "valid_to",
    )
    log = Entry.objects.exclude(who="tests").values_list("kind", "event")
    return {
        "people": sorted(map(str, Person.objects.values_list(*person, "number_hash"))),
        "homes": sorted(map(str, HouseholdHome.objects.values_list("code", "village__periods__name"))),
        "lives": sorted(map(str, HouseholdMember.objects.values_list(*lives))),
        "villages": sorted(PlacePeriod.objects.filter(level="village").values_list("name", flat=True)),
        "log": sorted(log),
    }


def loaded_from(path: Path, round_: Round, act: Act) -> tuple[dict[str, list[Any]], Any]:
    """What the database holds after an import that people said yes to; then it is undone."""
    from densach.assessing.workbooks.loading import load_reading, read_for_year

    with transaction.atomic():
        reading = read_for_year(path, round_.place, round_.year, library())
        loaded = load_reading(reading, round_, library(), KEYS, act=act)
        found = content()
        transaction.set_rollback(True)
    for sheet in reading.sheets:
        counts = loaded.sheets[sheet.understood.form.id]
        assert sum(counts) + sheet.skips.count + sheet.refused == sheet.rows
    return found, reading


@SLOW_FIXTURES
@given(how=untidy())
def test_an_untidy_register_loads_what_the_clean_one_loads(
    round_: Round, act: Act, tmp_path: Path, clean: dict[str, list[Any]], how: Untidy
) -> None:
    found, _ = loaded_from(write_untidy(tmp_path / "so.xlsx", how), round_, act)
    assert found == clean


@SLOW_FIXTURES
@given(how=untidy(poisons=1))
def test_a_cell_that_cannot_be_read_is_named_in_whatever_layout(
    round_: Round, act: Act, tmp_path: Path, how: Untidy
) -> None:
    path = write_untidy(tmp_path / "so.xlsx", how)
    before = content()
    if not how.poisoned:
        return
    with pytest.raises(Refused) as refused:
        loaded_from(path, round_, act)
    assert set(how.poisoned) <= {found.where for found in refused.value.problems}
    assert content() == before

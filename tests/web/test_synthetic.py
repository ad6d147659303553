"""The synthetic country: told as made up everywhere, a page of its own, not there where nobody made one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from densach.nation.told import FILE, Level, Moved, Reason, Told, read_told, write_told
from tests.web.walking import text_of

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries, Settings

pytestmark = pytest.mark.django_db
PAGE = "/ca-nuoc-gia-lap"
TOLD = Told(
    citizens=1_000_000,
    seed=1,
    on="2026-11-26",
    fictional_law=True,
    setting="congdan-324-2022.b2.floor=none",
    levels=(
        Level("citizens", {"met": 369, "unmet": 600, "unknown": 31},
              (Reason("unmet", "indicator", "b2", "Sử dụng ngoại ngữ", 164),)),
    ),
    provinces={"25": (400, 1000), "48": (900, 1000)},
    moved=(
        Moved("country", "VN", 1000, 369, 469, 100, 0),
        Moved("sex", "1", 500, 180, 240, 60, 0),
        Moved("province", "25", 1000, 400, 500, 100, 0),
    ),
)  # fmt: skip


@pytest.fixture
def home(tmp_path: Path, settings: Settings) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def test_it_is_not_there_where_nobody_made_one(client: Client, home: Path) -> None:
    assert client.get(PAGE).status_code == 404
    assert PAGE not in client.get("/").content.decode()
    (home / FILE).write_text('{"citizens": 5}', "utf-8")
    assert client.get(PAGE).status_code == 404


def test_a_file_that_does_not_call_itself_made_up_is_not_shown(client: Client, home: Path) -> None:
    write_told(TOLD, home)
    said = (home / FILE).read_text("utf-8")
    (home / FILE).write_text(said.replace("GIẢ LẬP", "THẬT"), "utf-8")
    assert read_told(home) is None
    assert client.get(PAGE).status_code == 404


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_it_says_made_up_by_every_table_and_shows_all_of_it(client: Client, home: Path, lang: str) -> None:
    write_told(TOLD, home)
    answer = client.get(PAGE, headers={"Accept-Language": lang})
    html, text = answer.content.decode(), text_of(answer)
    assert html.count("DÂN SỐ GIẢ LẬP – MẪU") == 2 + 3 + 3
    assert "LUẬT HƯ CẤU – MẪU" in text
    assert html.count('<li class="c') == 3  # Phú Thọ, Đà Nẵng, Hoàng Sa
    for said in ("36,9 %", "46,9 % (469 / 1.000)", "90,0 %") if lang == "vi" else ("36.9 %", "46.9 % (469 / 1,000)"):
        assert said in text
    assert "Sử dụng ngoại ngữ" in text
    assert PAGE in client.get("/").content.decode()


def test_no_real_figure_stands_beside_it(client: Client, home: Path) -> None:
    write_told(TOLD, home)
    html = client.get(PAGE).content.decode()
    assert "89,06" not in html
    assert "/bang-so-lieu/" not in html
    assert "GIẢ LẬP" not in client.get("/so-lieu").content.decode()
    assert "GIẢ LẬP" not in client.get("/bang-so-lieu?loai=that").content.decode()


def test_the_page_asks_the_database_nothing(
    client: Client, home: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    write_told(TOLD, home)
    client.get(PAGE)
    with django_assert_num_queries(1):  # whether the database shows made-up places, for the layout
        client.get(PAGE)


@pytest.mark.slow
def test_a_million_people_are_made_judged_and_told(home: Path) -> None:
    from densach.trial.synthetic import CITIZENS, make_synthetic

    said: list[str] = []
    make_synthetic(home, ("vn", "demo"), said.append)
    assert "/ca-nuoc-gia-lap" in said[0]
    told = read_told(home)
    assert told is not None
    assert (told.citizens, len(told.provinces), len(told.levels)) == (CITIZENS, 34, 8)
    whole = next(one for one in told.moved if one.what == "country")
    assert whole.after - whole.before == (whole.gained or 0) - (whole.lost or 0) > 0
    assert whole.before == told.levels[0].verdicts["met"] == sum(met for met, _ in told.provinces.values())
    assert (home / FILE).stat().st_size < 50_000

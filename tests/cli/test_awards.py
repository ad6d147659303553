"""`densach awards` tells the law of commendation and judges a nomination by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from tests.cli.making import Terminal

pytestmark = pytest.mark.django_db
OURS = Path(__file__).parents[2] / "src/densach/formats/certificates/honours/bang-khen-phoi.toml"
EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "nomination.yaml"


def test_the_law_of_a_day(densach: Terminal) -> None:
    lines = densach("awards", "law", "--on", "2026-11-26").splitlines()
    assert lines[0].startswith("C từ 01/10/2026 đến trước 01/03/2027: Luật 06/2022/QH15 đã sửa đổi")
    assert sum(line.startswith("R-") for line in lines) == 53
    assert sum(" tắt, chỉ để xem: " in line for line in lines) == 8
    assert lines[-1] == "(không có quy định nào được nạp cho các nơi khác)"


def test_the_law_before_there_is_any_is_refused(densach: Terminal) -> None:
    assert densach.refusals("awards", "law", "--on", "2023-12-31") == ["Q401"]


def test_a_nomination_by_the_law_of_its_day(densach: Terminal) -> None:
    lines = densach("awards", "judge", str(EXAMPLE), "--on", "2026-04-01").splitlines()
    assert (lines[0], lines[-1]) == ("B", "Kết quả: đạt")


def test_a_nomination_still_open_under_the_amended_law(densach: Terminal) -> None:
    lines = densach("awards", "judge", str(EXAMPLE), "--on", "2026-11-26", "--lang", "en").splitlines()
    assert lines[-2] == "Result: a person must look at it (R-02)"
    assert lines[-1].startswith("C is not known")


def test_the_days_off_of_a_year_and_a_blank_are_entered(densach: Terminal, tmp_path: Path, settings: Settings) -> None:
    settings.CALENDAR_FOLDER, settings.BLANK_FOLDER = tmp_path / "calendars", tmp_path / "blanks"
    year = tmp_path / "nam.yaml"
    year.write_text("year: 2027\nholidays: [2027-01-01]\nsource: Thông báo MẪU\nmark: fictional\n", "utf-8")
    said = "2027: 1 ngày nghỉ, 0 ngày làm bù (Thông báo MẪU)\n"
    assert densach("awards", "calendar", str(year), "--check") == said
    assert densach("awards", "calendar") == ""
    assert densach("awards", "calendar", str(year)) == said == densach("awards", "calendar")
    year.write_text("year: 2027\nholidays: []\nworked_instead: [2027-01-04]\nsource: x\nmark: read\n", "utf-8")
    assert densach.refusals("awards", "calendar", str(year)) == ["Q404"]
    blank = tmp_path / "phoi-xa.toml"
    blank.write_text(OURS.read_text("utf-8"), "utf-8")
    assert densach("awards", "blank", str(blank), "--check").startswith("phoi-xa: ")
    assert densach("awards", "blank") == ""
    densach("awards", "blank", str(blank))
    assert densach("awards", "blank").endswith("400 × 300 mm\n")


def test_a_fact_that_no_rule_asks_is_refused(densach: Terminal, tmp_path: Path) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text("diem: 9\n", "utf-8")
    assert densach.refusals("awards", "judge", str(path)) == ["P106"]

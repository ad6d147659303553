"""Days off that an administrator enters: kept as a file, used at once, and a spoiled one counts as not loaded."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from densach.awards.calendars import enter_calendar, working_calendar
from densach.history.models import Entry
from densach.policy.commendation.working_days import NotLoadedError
from densach.problems import Refused

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import Settings

    from densach.history.domain import Act

pytestmark = pytest.mark.django_db
YEAR = """year: 2027
holidays: [2027-01-01]
worked_instead: [{instead}]
source: Thông báo MẪU số 1
mark: fictional
"""


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    settings.CALENDAR_FOLDER = tmp_path / "calendars"


def written(folder: Path, text: str) -> Path:
    path = folder / "nam.yaml"
    path.write_text(text, "utf-8")
    return path


def test_a_year_is_known_once_it_was_entered(tmp_path: Path, act: Act) -> None:
    with pytest.raises(NotLoadedError):
        working_calendar().is_working(date(2027, 1, 4))
    source = written(tmp_path, YEAR.format(instead="2027-01-09"))
    assert enter_calendar(source, act=act).year == 2027
    days = [date(2027, 1, day) for day in (1, 2, 4, 9)]
    assert [working_calendar().is_working(day) for day in days] == [False, False, True, True]
    kept = tmp_path / "calendars" / "2027.calendar.yaml"
    assert kept.read_bytes() == source.read_bytes()
    [entry] = Entry.objects.filter(kind="calendar")
    assert (entry.object_id, entry.event) == ("2027", "entered")
    enter_calendar(written(tmp_path, YEAR.format(instead="")), act=act)
    assert not working_calendar().is_working(date(2027, 1, 9))
    kept.write_text("year: hai nghìn", "utf-8")
    with pytest.raises(NotLoadedError):
        working_calendar().is_working(date(2027, 1, 4))


@pytest.mark.parametrize(("instead", "code"), [("2027-01-04", "Q404"), ("2026-01-10", "Q403"), ("x", "P107")])
def test_a_wrong_file_is_refused_and_enters_nothing(tmp_path: Path, act: Act, instead: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        enter_calendar(written(tmp_path, YEAR.format(instead=instead)), act=act)
    assert [each.code for each in refusal.value.problems] == [code]
    assert not (tmp_path / "calendars").exists()
    assert Entry.objects.filter(kind="calendar").count() == 0

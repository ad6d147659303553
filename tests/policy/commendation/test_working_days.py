"""When a step is due: working days by a loaded calendar, pauses, opinions, and years that nobody loaded."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from densach.policy.commendation.calendar import CalendarYear
from densach.policy.commendation.model import Deadline
from densach.policy.commendation.parameters import parameters_for
from densach.policy.commendation.reading import commendation_law
from densach.policy.commendation.working_days import Asked, Due, Pause, calendar_of, due, due_by, read_calendar
from densach.problems import Refused

LAW = commendation_law()
# Made up (MẪU): 5 and 6 October off, Saturday the 10th worked instead
YEAR = CalendarYear(
    year=2026,
    holidays=(date(2026, 10, 5), date(2026, 10, 6)),
    worked_instead=(date(2026, 10, 10),),
    source="MẪU",
    mark="fictional",
)
CALENDAR = calendar_of([YEAR])
THURSDAY = date(2026, 10, 1)


@pytest.mark.parametrize(
    ("days", "last"),
    [(0, 1), (1, 2), (2, 7), (3, 8), (4, 9), (5, 10), (6, 12)],
)
def test_working_days_skip_weekends_and_days_off_and_count_days_worked_instead(days: int, last: int) -> None:
    assert due(CALENDAR, THURSDAY, days, "working") == Due(date(2026, 10, last))


def test_calendar_days_need_no_calendar() -> None:
    assert due(calendar_of([]), THURSDAY, 10, "calendar") == Due(date(2026, 10, 11))


def test_a_year_that_was_not_loaded_is_not_known() -> None:
    assert LAW.calendars == {}
    found = due(CALENDAR, date(2026, 12, 30), 5, "working")
    assert found.day is None
    assert found.reason is not None
    assert found.reason.vi == "Chưa biết: lịch nghỉ năm 2027 chưa được nạp."
    assert found.is_late(date(2027, 5, 1)) is None


def test_days_of_a_pause_do_not_count() -> None:
    pause = Pause(date(2026, 10, 2), date(2026, 10, 8))
    assert due(CALENDAR, THURSDAY, 2, "working", [pause]) == Due(date(2026, 10, 9))
    assert due(CALENDAR, THURSDAY, 2, "calendar", [pause]) == Due(date(2026, 10, 9))


def test_two_pauses_at_once_count_once() -> None:
    pauses = [Pause(date(2026, 10, 2), date(2026, 10, 8)), Pause(date(2026, 10, 7), date(2026, 10, 9))]
    assert due(CALENDAR, THURSDAY, 1, "working", pauses) == Due(date(2026, 10, 9))


def test_time_stands_still_while_a_pause_is_open() -> None:
    found = due(CALENDAR, THURSDAY, 2, "working", [Pause(date(2026, 10, 7))])
    assert found.day is None
    assert found.reason is not None
    assert found.reason.vi == "Đang tạm dừng: thời hạn chưa tính tiếp."
    assert due(CALENDAR, THURSDAY, 1, "working", [Pause(date(2026, 10, 7))]) == Due(date(2026, 10, 2))


@pytest.mark.parametrize(("today", "late"), [(date(2026, 10, 7), False), (date(2026, 10, 8), True)])
def test_the_last_day_is_not_late(today: date, late: bool) -> None:
    assert due(CALENDAR, THURSDAY, 2, "working").is_late(today) is late


def central(asked: list[Asked], held: list[Pause] | None = None) -> Due:
    appraise = parameters_for(LAW, "thu-tuong").deadline("appraise")
    assert appraise is not None
    return due_by(CALENDAR, appraise, THURSDAY, asked, held or [])


def test_the_time_stands_still_under_a_hold() -> None:
    week = Pause(date(2026, 10, 19), date(2026, 10, 26))
    assert central([], [week]) == Due(date(2026, 11, 6))
    assert central([Asked(date(2026, 10, 2), date(2026, 10, 16), agrees=True)], [week]) == Due(date(2026, 11, 6))
    assert central([], [Pause(date(2026, 10, 19))]).day is None


def test_elsewhere_the_days_stop_while_an_opinion_is_out() -> None:
    days = Deadline(
        code="x", text_vi="MẪU", text_en="MẪU", days=2, unit="working", starts="complete_dossier",
        when_opinions_asked="pause", mark="fictional", cites=(),
    )  # fmt: skip
    out = Asked(date(2026, 10, 2), date(2026, 10, 8), agrees=False)
    assert due_by(CALENDAR, days, THURSDAY, [out]) == Due(date(2026, 10, 9))


def test_the_centre_counts_ten_days_from_the_last_agreeing_opinion() -> None:
    first = Asked(date(2026, 10, 2), date(2026, 10, 12), agrees=True)
    last = Asked(date(2026, 10, 2), date(2026, 10, 16), agrees=True)
    assert central([]) == Due(date(2026, 10, 30))
    assert central([first, last]) == Due(date(2026, 10, 30))
    assert central([first]) == Due(date(2026, 10, 26))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (Asked(date(2026, 10, 2)), "Đang chờ ý kiến."),
        (Asked(date(2026, 10, 2), date(2026, 10, 9), agrees=False), "Có ý kiến không đồng ý: cần người xem xét."),
    ],
)
def test_an_open_or_disagreeing_opinion_leaves_the_day_open(asked: Asked, said: str) -> None:
    found = central([asked])
    assert found.day is None
    assert found.reason is not None
    assert found.reason.vi == said


def test_days_that_no_text_gives_are_not_known() -> None:
    appraise = parameters_for(LAW, "chu-tich-ubnd-cap-xa", "24").deadline("appraise")
    assert appraise is not None
    assert due_by(CALENDAR, appraise, THURSDAY).day is None


def test_a_dossier_comes_in_before_the_conference() -> None:
    before = parameters_for(LAW, "chu-tich-ubnd-cap-tinh", "24").deadline("before_conference")
    assert before is not None
    assert due_by(CALENDAR, before, date(2026, 11, 20)) == Due(date(2026, 11, 10))


def test_the_days_off_of_a_file(tmp_path: Path) -> None:
    path = tmp_path / "2026.calendar.yaml"
    text = (
        "year: 2026\nholidays: [2026-10-05, 2026-10-06]\nworked_instead: [2026-10-10]\nsource: MẪU\nmark: fictional\n"
    )
    path.write_text(text, "utf-8")
    assert read_calendar(path) == YEAR


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("year: 2026\nholidays: [2026-13-45]\nsource: MẪU\nmark: unknown\n", "P107"),
        ("year: 2026\nholidays: [2027-01-01]\nsource: MẪU\nmark: unknown\n", "Q403"),
        ("year: 2026\nsource: MẪU\nmark: unknown\n", "P105"),
        ("[", "P103"),
    ],
)
def test_a_file_that_is_no_list_of_days_off_is_refused(tmp_path: Path, text: str, code: str) -> None:
    path = tmp_path / "2026.calendar.yaml"
    path.write_text(text, "utf-8")
    with pytest.raises(Refused) as refused:
        read_calendar(path)
    assert [each.code for each in refused.value.problems] == [code]


days = st.integers(0, 40)
starts = st.dates(date(2026, 1, 1), date(2026, 6, 30))


@given(starts, days, days)
def test_more_days_are_never_due_earlier(start: date, fewer: int, more: int) -> None:
    first, second = (due(CALENDAR, start, count, "working").day for count in (fewer, fewer + more))
    assert first is not None
    assert second is not None
    assert first <= second


@given(starts, days, days, days)
def test_a_pause_never_makes_a_day_earlier(start: date, count: int, after: int, length: int) -> None:
    began = start + timedelta(days=after)
    paused = due(CALENDAR, start, count, "working", [Pause(began, began + timedelta(days=length))]).day
    plain = due(CALENDAR, start, count, "working").day
    assert paused is not None
    assert plain is not None
    assert paused >= plain

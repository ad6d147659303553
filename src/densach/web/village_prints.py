"""What a village prints for its households, put together from its rows; at once or in the background."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from densach.assessing.privacy.papers import said_on_sheets
from densach.assessing.villages.access import Village, all_households, names_of
from densach.assessing.villages.marks import HouseholdRow
from densach.assessing.villages.rubrics import CITIZEN
from densach.formats.consent_sheets import AskedPurpose, ConsentSheet, consent_sheets
from densach.formats.village_papers import PaperSheet, Slip, household_sheets, household_slips
from densach.problems import Refused, problem
from densach.web.village_rows import columns_of
from densach.web.village_words import missing_of_slip

IN_ONE_FILE = 200  # households; setting them takes a second and some 200 MB, and a file of more is hard to print


@dataclass(frozen=True)
class Print:
    """A kind of paper: the name of its file, which households get one, and how some of them are set."""

    name: str
    wanted: Callable[[HouseholdRow], bool]
    set: Callable[[Village, Sequence[HouseholdRow]], bytes]


def sheets_pdf(village: Village, rows: Sequence[HouseholdRow], *, large: bool) -> bytes:
    """Blank sheets with the names of each household, to be filled in by hand."""
    year, place = _year(village), names_of(village)
    questions = tuple(column.title for column in columns_of(village.judge(CITIZEN)))
    papers = [
        PaperSheet(row.code, row.printed_head, *place, year, tuple(one.name for one in row.printed), questions)
        for row in rows
        if row.printed
    ]
    if not papers:
        raise Refused(problem("K144", "", village=village.period.name))
    return household_sheets(papers, large=large, made_on=village.today, fictional=village.is_specimen)


def slips_pdf(village: Village, rows: Sequence[HouseholdRow]) -> bytes:
    """A slip for each household that still lacks something, four on a sheet of paper."""
    year, place = _year(village), names_of(village)
    found = [Slip(row.code, row.printed_head, *place, year, missing_of_slip(row)) for row in rows if row.lacking]
    return household_slips(found, made_on=village.today, fictional=village.is_specimen)


def consents_pdf(village: Village, rows: Sequence[HouseholdRow]) -> bytes:
    """Sheets on which each of a household says yes or no about their own data and signs."""
    place = names_of(village)
    sheets = [ConsentSheet(row.code, row.asked_head, *place, people) for row in rows if (people := _names_to_ask(row))]
    if not sheets:
        raise Refused(problem("K144", "", village=village.period.name))
    asked = [AskedPurpose(each.name_vi, each.why_vi, each.after_withdrawal_vi or "") for each in said_on_sheets()]
    return consent_sheets(sheets, asked, made_on=village.today, fictional=village.is_specimen)


def _names_to_ask(row: HouseholdRow) -> tuple[str, ...]:
    return tuple(one.name for one in row.to_ask)


PRINTS: Mapping[str, Print] = {
    "phieu": Print("phieu", lambda row: bool(row.printed), partial(sheets_pdf, large=False)),
    "phieu-to": Print("phieu-chu-to", lambda row: bool(row.printed), partial(sheets_pdf, large=True)),
    "to-nhac": Print("to-nhac", lambda row: bool(row.lacking), slips_pdf),
    "dong-y": Print("phieu-dong-y", lambda row: bool(row.to_ask), consents_pdf),
}


def parts_of(kind: Print, village: Village) -> list[list[HouseholdRow]]:
    """The households that get such a paper, as many as one file holds at a time."""
    rows = [row for row in all_households(village) if kind.wanted(row)]
    return [rows[start : start + IN_ONE_FILE] for start in range(0, len(rows), IN_ONE_FILE)]


def _year(village: Village) -> int:
    if village.round is None:
        raise Refused(problem("K143", village.uid))
    return village.round.year

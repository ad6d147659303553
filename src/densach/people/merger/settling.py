"""What people say of a divided commune: which of its villages, clans and units went to which new commune."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from densach.formats.excel import read_workbook
from densach.formats.vietnamese import fold
from densach.people.merger import queries
from densach.people.merger.carrying import Settled, origins_of
from densach.people.models import ClanSeat, UnitSeat
from densach.places.lookup import get_place
from densach.places.models import Place, PlacePeriod
from densach.places.queries import became, rows_of_places, villages_under
from densach.problems import Problem, Refused, problem

KINDS = {"village": ("thôn, tổ dân phố", "village"), "clan": ("dòng họ", "clan"), "unit": ("đơn vị", "unit")}
_WORDS = {"dong ho": "clan", "don vi": "unit", "thon": "village", "to dan pho": "village", "": "village"}


@dataclass(frozen=True)
class Said:
    """One line: a village by name, or a clan or unit by code, and the code of its new commune.

    Where two old communes have the same, the code of the old one stands before it: "02017/Thôn Đông".
    """

    kind: str
    name: str
    code: str


@dataclass(frozen=True)
class _Known:
    """A village, clan or unit of a divided commune: its key, what it was called, its commune then and since."""

    key: int
    name: str
    origin: int
    now: int


def read_said(kind: str, text: str) -> Said:
    """A line as it is typed, "Thôn Đông=12345"; refused (L126) without a name or a code."""
    name, _, code = (part.strip() for part in text.rpartition("="))
    if not (name and code.isdecimal()):
        raise Refused(problem("L126", kind, line=text))
    return Said(kind, name, code)


def read_said_file(path: Path) -> list[Said]:
    """The lines of a workbook or a .csv: name, code of the new commune, and what it is (a village unless said)."""
    rows = _csv_rows(path) if path.suffix.lower() == ".csv" else _workbook_rows(path)
    lines = [[*(cell.strip() for cell in row), "", "", ""] for row in rows if any(cell.strip() for cell in row)]
    if lines and not lines[0][1].isdecimal():
        del lines[0]
    return [_line(path, *line[:3]) for line in lines]


def settle(commune: Place, on: date, lines: Iterable[Said]) -> Settled:
    """What the lines say, by key; refuses a line that names nothing (L122), too much (L123) or a stranger (L127)."""
    lines = list(lines)
    origins = {key: origin for key, origin in origins_of(commune, on).items() if not origin.whole}
    codes = {origin.period.code: key for key, origin in origins.items()}
    known = _known(origins, on)
    targets = {(edge.old_id, edge.new_id) for edge in became(origins)}
    found: dict[str, dict[int, int]] = {kind: {} for kind in KINDS}
    refused: list[Problem] = []
    for line in lines:
        try:
            one = _one(line, known[line.kind], codes)
            new = get_place(line.code, on)
            if (one.origin, new.place_id) not in targets:
                raise Refused(problem("L127", line.name, new=new.name, name=line.name))
            if one.now not in {one.origin, new.place_id}:
                raise Refused(problem("L129", line.name, name=line.name))
            found[line.kind][one.key] = new.place_id
        except Refused as error:
            refused += error.problems
    if refused:
        raise Refused(*refused)
    return Settled(found["village"], found["clan"], found["unit"])


def _known(origins: Iterable[int], on: date) -> Mapping[str, list[_Known]]:
    """What lay in divided communes the day before, whether or not it was moved since."""
    eve = on - timedelta(days=1)
    villages = list(villages_under(origins, eve))
    return {
        "village": list(_placed(villages, rows_of_places([row.place_id for row in villages], on))),
        "clan": [_Known(*row) for row in queries.seats_then_and_now(ClanSeat, "clan", list(origins), eve, on)],
        "unit": [_Known(*row) for row in queries.seats_then_and_now(UnitSeat, "unit", list(origins), eve, on)],
    }


def _placed(then: Iterable[PlacePeriod], now: Iterable[PlacePeriod]) -> Iterator[_Known]:
    parents = {row.place_id: row.parent_id or 0 for row in now}
    for row in then:
        origin = row.parent_id or 0
        yield _Known(row.place_id, row.name, origin, parents.get(row.place_id, origin))


def _one(line: Said, known: list[_Known], codes: Mapping[str, int]) -> _Known:
    before, _, name = line.name.partition("/")
    origin = codes.get(before.strip()) if name else None
    asked = fold(line.name if origin is None else name)
    found = [each for each in known if fold(each.name) == asked and origin in {None, each.origin}]
    if len(found) == 1:
        return found[0]
    kind_vi, kind_en = KINDS[line.kind]
    if not found:
        raise Refused(problem("L122", line.name, kind_vi=kind_vi, kind_en=kind_en, name=line.name))
    by_key = {key: code for code, key in codes.items()}
    twins = "; ".join(f"{by_key[each.origin]}/{each.name}" for each in found)
    raise Refused(problem("L123", line.name, kind_vi=kind_vi, kind_en=kind_en, name=line.name, found=twins))


def _line(path: Path, name: str, code: str, kind: str) -> Said:
    meant = _WORDS.get(fold(kind))
    if meant is None or not (name and code.isdecimal()):
        raise Refused(problem("L126", path.name, line=" | ".join(filter(None, (name, code, kind)))))
    return Said(meant, name, code.zfill(5))


def _csv_rows(path: Path) -> Iterator[list[str]]:
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(problem("W110", path.name, reason=type(error).__name__)) from error
    first = text.partition("\n")[0]
    yield from csv.reader(text.splitlines(), delimiter=";" if ";" in first else ",")


def _workbook_rows(path: Path) -> Iterator[list[str]]:
    for row in read_workbook(path)[0].rows():
        yield ["" if value is None else _text(value) for value in row.values]


def _text(value: object) -> str:
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)

"""Tables as files for a spreadsheet: the rows of the screen in their order, and how many they are."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO

from django.http import HttpResponse

from densach.reporting.below.comparing import Compared, Comparison
from densach.reporting.below.figures import Row
from densach.reporting.below.table import Below, Province, share_of
from densach.web.province.telling import base_said, moment, not_told, recognised_said, tenths
from densach.web.sentences import say

Line = list[object]
FORMULA = ("=", "+", "-", "@", "\t")


def as_file(name: str, lines: Iterable[Line], *, count: int, fictional: bool) -> HttpResponse:
    """A table as a file; a spreadsheet reads its letters right, and no cell is taken for a formula."""
    written = StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    if fictional:
        writer.writerow([say("layout.specimen")])
    writer.writerows([_safe(cell) for cell in line] for line in lines)
    writer.writerow([say("province.rows"), count])
    response = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{"MAU-" if fictional else ""}{name}.csv"'
    return response


def rows_of_table(seen: Below, rows: Iterable[Row | Province]) -> Iterator[Line]:
    """The heads and the rows of what lies below a place."""
    yield [say("province.figures_of", title=_title(seen.choice.title.model), year=str(seen.choice.year))]
    kind = "province" if seen.is_country else "commune"
    names = [kind, "code", *(("communes", "reporting") if seen.is_country else ()), "step"]
    yield [
        say(f"province.head_{name}")
        for name in (*names, "total", "registered", "assessed", "recognised", "share", "open", "changed")
    ]
    for row in rows:
        yield _row(row)


def rows_of_comparison(found: Comparison) -> Iterator[Line]:
    """The heads and the rows of a comparison."""
    yield [say("province.figures_of", title=_title(found.title.model), year=str(found.year))]
    heads = ("commune", "code", "recognised", found.base, "share", "low", "high", "on")
    yield [say(f"province.head_{name}") for name in heads]
    for row in found.rows:
        yield _compared(row, found)


def _row(row: Row | Province) -> Line:
    period, counts = row.period, row.counts
    parts: Line = [row.communes, row.reporting] if isinstance(row, Province) else []
    numbers: Line = [not_told()] * 3 if counts is None else [counts.total, counts.registered, counts.assessed]
    share = share_of(counts)
    said = [recognised_said(counts), f"{share[0]}/{share[1]}" if share else ""]
    step = say(f"province.step_{row.step}")
    return [period.name, period.code, *parts, step, *numbers, *said, row.open, moment(row.changed)]


def _compared(row: Compared, found: Comparison) -> Line:
    low, high = row.interval or (None, None)
    share = [tenths(row.permille), tenths(low), tenths(high)]
    return [row.period.name, row.period.code, recognised_said(row.counts), base_said(row), *share, found.on.isoformat()]


def _title(model: str) -> str:
    return say(f"province.model_{model}")


def _safe(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell

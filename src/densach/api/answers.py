"""Our own values in the shape in which they are answered."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from io import StringIO
from itertools import chain

from densach.api.shapes import (
    Conflict,
    Count,
    DataSetShape,
    Element,
    GivenSet,
    GivenShare,
    GivenValue,
    Refusal,
    Status,
    Summary,
    Told,
)
from densach.authority.access import Viewer
from densach.policy.datasets import DataSet
from densach.problems import Language, Problem
from densach.reporting.figures.access import Of
from densach.reporting.figures.exchange import Taken
from densach.reporting.figures.showing import Line, see_return
from densach.reporting.sums.giving import HEADS


def describe(dataset: DataSet) -> DataSetShape:
    """A data set as it is published."""
    return DataSetShape(
        id=dataset.id,
        nameVi=dataset.name_vi,
        nameEn=dataset.name_en,
        periodType=dataset.period,
        levels=list(dataset.levels),
        dataElements=[
            Element(
                code=each.code,
                kind=each.kind,
                nameVi=each.name_vi,
                nameEn=each.name_en,
                unitVi=each.unit_vi,
                numerator=each.numerator,
                denominator=each.denominator,
                baseVi=each.base_vi,
                mark=each.mark,
                source=each.source,
            )
            for each in dataset.indicators
        ],
    )


def given_set(viewer: Viewer, of: Of) -> GivenSet:
    """What was accepted of a return."""
    seen = see_return(viewer, of)
    place, period = str(of.where.place.uid), of.period.code
    report = seen.report
    return GivenSet(
        dataSet=of.dataset.id,
        period=period,
        orgUnit=place,
        completeDate=report.sent_on.isoformat() if report and report.sent_on else None,
        state=report.state if report else "silent",
        dataValues=[
            GivenValue(dataElement=line.indicator.code, period=period, orgUnit=place, value=str(line.accepted.value))
            for line in seen.lines
            if line.accepted is not None and line.indicator.kind != "share"
        ],
        shares=[share for line in seen.lines if (share := _share(line)) is not None],
    )


def csv_of(rows: Iterable[tuple[object, ...]]) -> Iterator[str]:
    """The heads and the rows as lines of a CSV file; nothing is held that was sent."""
    line = StringIO()
    writer = csv.writer(line, lineterminator="\r\n")
    for row in chain([HEADS], rows):
        writer.writerow(row)
        yield line.getvalue()
        line.seek(0)
        line.truncate()


def summary_of(taken: Taken) -> Summary:
    """What became of what was sent."""
    refused = len(taken.conflicts)
    status: Status = "OK" if not refused else "PARTLY" if taken.is_written else "REFUSED"
    conflicts = [
        Conflict(index=int(each.row.at), dataElement=each.row.code, problem=told(each.problem))
        for each in taken.conflicts
    ]
    count = Count(changed=taken.changed, ignored=taken.ignored, refused=refused)
    return Summary(status=status, importCount=count, conflicts=conflicts)


def refusal_of(problems: Iterable[Problem]) -> Refusal:
    """Why nothing was done."""
    return Refusal(problems=[told(each) for each in problems])


def told(problem: Problem) -> Told:
    """A problem in both languages."""
    return Told(code=problem.code, where=problem.where, vi=_said(problem, "vi"), en=_said(problem, "en"))


def _said(problem: Problem, lang: Language) -> str:
    return " ".join(part for name in ("what", "why", "todo") if (part := problem.sentence(name, lang)))


def _share(line: Line) -> GivenShare | None:
    figure, indicator = line.accepted, line.indicator
    if figure is None or figure.base is None:
        return None
    words = {"baseVi": indicator.base_vi or "", "baseEn": indicator.base_en or ""}
    return GivenShare(dataElement=indicator.code, numerator=figure.value, base=figure.base, **words)

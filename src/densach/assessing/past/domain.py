"""Everything that can happen to an act of a year before: it is typed with its list, and its scan is taken in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from densach.assessing.domain import Decision, PaperAct, record_past_act, subjects_for
from densach.assessing.models import RecognitionAct, Round
from densach.assessing.past import queries
from densach.assessing.past.models import ScanFile, TypedList
from densach.assessing.past.naming import Entry, Line
from densach.assessing.queries import round_for_update
from densach.assessing.titles import Title
from densach.formats.pictures import Evidence
from densach.formats.vietnamese import fold
from densach.history.bringing import bring
from densach.history.domain import Act, Happening, record
from densach.policy.library import Library
from densach.problems import Refused, problem

MOST_LINES = 500  # longer lists come by the workbook, which is looked through before it is loaded
LEFT = "left"  # what is chosen for a line that is to stay out for now


@dataclass(frozen=True, kw_only=True)
class TypedAct:
    """An act as it was typed from its paper: the year it recognises for, and what it says of all on its list alike."""

    year: int
    paper: PaperAct
    level: str
    reason: str
    scorer: str
    paper_sheet: str


@dataclass(frozen=True)
class Settled:
    """A list of which each line names one entry (`named`, key and name by line) or stays out for now (`left`).

    `goes_on` says that it is made of the lines that were left over before, so that none of those stays as it was.
    """

    named: tuple[tuple[int, str], ...]
    left: tuple[str, ...]
    goes_on: bool = False


def settle(lines: Sequence[Line], chosen: Mapping[str, str], *, goes_on: bool = False) -> Settled:
    """The list with what people chose for the lines that name nobody surely; `chosen` is by the text of a line.

    Refused empty (R214) or too long (R217), while a line is neither settled nor left out (R215), and where two lines
    name the same (R216).
    """
    if not lines:
        raise Refused(problem("R214", "lines"))
    if len(lines) > MOST_LINES:
        raise Refused(problem("R217", "lines", count=len(lines), most=MOST_LINES))
    whom = [(line, _chosen(line, chosen.get(line.text, ""))) for line in lines]
    left = tuple(line.text for line, _ in whom if _stays_out(line, chosen))
    named = [(line, entry) for line, entry in whom if entry is not None]
    if unsettled := len(lines) - len(left) - len(named):
        raise Refused(problem("R215", "lines", count=unsettled))
    if not named:
        raise Refused(problem("R214", "lines"))
    _refuse_twice(named)
    return Settled(tuple((entry.key, _called(line, entry)) for line, entry in named), left, goes_on)


def enter_past_act(
    round_: Round, title: Title, typed: TypedAct, settled: Settled, library: Library, *, scan: Evidence | None, act: Act
) -> RecognitionAct:
    """Record a typed act of a year before with its list and its scan, all or nothing; the same act goes on.

    Refused as `record_past_act`, which the workbook of decisions uses too.
    """
    subjects = subjects_for(title.kind, [key for key, _ in settled.named])
    said = {name: getattr(typed, name) for name in ("level", "reason", "scorer", "paper_sheet")}
    decisions = [Decision(subject=subjects[key], name=name, **said) for key, name in settled.named]
    with transaction.atomic():
        round_for_update(round_)
        signed = record_past_act(round_.place, title, typed.year, typed.paper, library, decisions, act=act)
        _keep_list(signed, settled, act)
        if scan is not None:
            keep_scan(signed, scan, act=act)
        return signed


def keep_scan(signed: RecognitionAct, sent: Evidence, *, act: Act) -> ScanFile:
    """Keep a scan that was looked through (`formats.pictures`); the same one sent again is the one that is kept."""
    with transaction.atomic():
        now = queries.act_for_update(signed)
        known = next((row for row in queries.files_of(now) if row.sha256 == sent.sha256), None)
        if known is not None:
            return known
        row = ScanFile.objects.create(
            act=now,
            media_type=sent.media_type,
            content=sent.content,
            sha256=sent.sha256,
            pages=sent.pages,
            sent_at=act.at,
        )
        after = {"number": now.number, "sha256": row.sha256}
        record(Happening(kind="scan_file", object_id=row.pk, event="sent", after=after), act)
        return row


def _chosen(line: Line, choice: str) -> Entry | None:
    """Whom a line names; None while nobody said, and where it stays out."""
    return line.sole or next((entry for entry in line.offered if str(entry.key) == choice), None)


def _called(line: Line, entry: Entry) -> str:
    """The name as the paper has it; what was typed without marks is no name, so then that of the register."""
    return entry.name if fold(line.name) == line.name.casefold() else line.name


def _stays_out(line: Line, chosen: Mapping[str, str]) -> bool:
    return line.sole is None and chosen.get(line.text) == LEFT


def _refuse_twice(named: Sequence[tuple[Line, Entry]]) -> None:
    first: dict[int, Line] = {}
    for line, entry in named:
        if first.setdefault(entry.key, line) is not line:
            raise Refused(problem("R216", "lines", first=first[entry.key].text, second=line.text))


def _keep_list(signed: RecognitionAct, settled: Settled, act: Act) -> None:
    known = queries.list_of(signed)
    entered = sum(count for _, _, count in queries.recognised_for(signed))
    before = known.left_over.split("\n") if known and known.left_over and not settled.goes_on else []
    left = dict.fromkeys((*before, *settled.left))
    fields = {"act_id": signed.pk, "entered": entered, "left_over": "\n".join(left)}
    bring(TypedList, [(known, fields)], kind="typed_list", act=act, secret=("left_over",))

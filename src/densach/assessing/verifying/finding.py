"""Leads of a round: found by the measures, taken into a sample or dismissed with a reason; private."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import transaction

from densach.assessing.domain import Facts
from densach.assessing.models import Round, Stage, Subject
from densach.assessing.queries import facts_answered, met_subjects, round_of
from densach.assessing.run import judged_on
from densach.assessing.titles import Title, rubric_on
from densach.assessing.verifying import queries
from densach.assessing.verifying.domain import add_files
from densach.assessing.verifying.models import Draw, Lead, Stand
from densach.assessing.verifying.naming import villages_of
from densach.assessing.verifying.reusing import reused_in
from densach.history.domain import Act, Happening, record, record_many
from densach.measures import formalism
from densach.measures import leads as measures
from densach.places.queries import rows_of_places
from densach.policy.library import Library
from densach.problems import Refused, problem
from densach.rules.model import Rubric


@dataclass(frozen=True)
class _Known:
    """What is known of the subjects of a title by their keys as texts, as the measures name them."""

    facts: Mapping[int, Facts]
    villages: Mapping[int, str]
    hands: Mapping[int, str]


def find_leads(round_: Round, title: Title, library: Library, *, act: Act) -> int:
    """Find what is unusual in the sheets of a title, and keep what was not found before; gives how many are new."""
    rubric = rubric_on(library, title, judged_on(round_)).rubric
    found = list(_leads(round_, title, rubric))
    with transaction.atomic():
        known = queries.digests_known(round_, title.key)
        new = [lead for lead in found if _digest(lead) not in known]
        rows = [_row(round_, title, lead, act) for lead in new]
        Lead.objects.bulk_create(rows)
        for row, lead in zip(rows, new, strict=True):
            row.subjects.add(*(int(key) for key in lead.subjects if key.isdigit()))
        record_many((_happening(row, "found", {"kind": row.kind}) for row in rows), act)
        return len(rows)


def dismiss_lead(lead: Lead, reason: str, *, act: Act) -> Lead:
    """Dismiss a lead, saying why it is none (R175 without); refused where it was decided already (R176)."""
    if not reason.strip():
        raise Refused(problem("R175", lead.uid))
    with transaction.atomic():
        return _decide(lead, Stand.DISMISSED, reason.strip(), act)


def take_lead(lead: Lead, draw: Draw, *, act: Act) -> int:
    """Have the files of a lead looked through beside a sample; gives how many are new in it."""
    with transaction.atomic():
        taken = _decide(lead, Stand.TAKEN, "", act)
        return add_files(draw, queries.subjects_of(taken), act=act)


def _decide(lead: Lead, stand: Stand, reason: str, act: Act) -> Lead:
    now = queries.lead_for_update(lead)
    if now.stand != Stand.OPEN:
        raise Refused(problem("R176", lead.uid, stand=Stand(now.stand).label))
    now.stand, now.reason, now.decided_at = stand, reason, act.at
    now.save(update_fields=["stand", "reason", "decided_at"])
    record(_happening(now, stand, {"reason": reason}), act)
    return now


def _leads(round_: Round, title: Title, rubric: Rubric) -> Iterator[measures.Lead]:
    known = _known(round_, title)
    order = [fact.id for fact in rubric.facts]
    sheets = [
        measures.Sheet(str(key), known.villages.get(key, ""), known.hands.get(key, ""), tuple(map(facts.get, order)))
        for key, facts in known.facts.items()
    ]
    yield from measures.straight_lined(sheets)
    yield from measures.identical(sheets)
    yield from measures.rushes(_sendings(round_, title))
    if (mark := mark_of(rubric)) is not None:
        scores = queries.scores_of(round_, title.key)
        yield from measures.at_the_mark(
            (measures.Score(str(key), known.villages.get(key, ""), points) for key, points in scores), mark
        )
    yield from measures.jumps(_two_years(round_, title, known))
    yield from _copied(sheets)
    yield from _too_even(round_, title, known)
    yield from reused_in(round_, title.key)


def _copied(sheets: Sequence[measures.Sheet]) -> Iterator[measures.Lead]:
    """Pairs of villages with many sheets in common, and whose sheets those are."""
    of_village: dict[str, dict[str, tuple[Hashable, ...]]] = defaultdict(dict)
    for sheet in sheets:
        of_village[sheet.village][sheet.subject] = sheet.answers
    of_village.pop("", None)
    for sign in formalism.copied({village: each.values() for village, each in of_village.items()}):
        one, other = of_village[sign.place], of_village[sign.about]
        both = set(one.values()) & set(other.values())
        subjects = tuple(sorted(key for key, answers in (one | other).items() if answers in both))
        numbers = {name: int(number) for name, number in sign.numbers.items()}
        yield measures.Lead(measures.Kind.COPIED, subjects, f"{sign.place} – {sign.about}", numbers)


def _too_even(round_: Round, title: Title, known: _Known) -> Iterator[measures.Lead]:
    """The villages of the commune, where their shares are nearer to each other than chance leaves them."""
    met, all_ = _by_village(round_, title, known.villages)
    parts = [formalism.Part(met[village], all_[village]) for village in sorted(all_) if village]
    for sign in formalism.too_even({"": parts}):
        numbers = {name: int(number) for name, number in sign.numbers.items()}
        yield measures.Lead(measures.Kind.TOO_EVEN, (), "", numbers)


def _known(round_: Round, title: Title) -> _Known:
    facts = facts_answered(round_, title.key, Stage.SELF)
    subjects = queries.answered_subjects(round_, title.key)
    hands = {key: str(sheet.written_by) for key, sheet in queries.helped_sheets(round_, title.key).items()}
    return _Known(facts, _village_names(subjects, judged_on(round_)), hands)


def _village_names(subjects: list[Subject], on: date) -> dict[int, str]:
    lives = villages_of(subjects, on)
    names = {row.place_id: row.name for row in rows_of_places(set(lives.values()), on)}
    return {key: names.get(village, "") for key, village in lives.items()}


def _sendings(round_: Round, title: Title) -> Iterator[measures.Sending]:
    for key, sheet in queries.helped_sheets(round_, title.key).items():
        if sheet.sent_at is not None:
            yield measures.Sending(str(key), str(sheet.written_by), sheet.sent_at)


def mark_of(rubric: Rubric) -> int | None:
    """The points that are needed, where the rubric has one such number that is known."""
    marks = [level.at_least.value for level in rubric.levels if level.passes and level.at_least is not None]
    return marks[0] if len(marks) == 1 and isinstance(marks[0], int) else None


def _two_years(round_: Round, title: Title, known: _Known) -> list[measures.TwoYears]:
    """How many of how many were met in each village, last year and now."""
    before = round_of(round_.place, round_.year - 1, round_.packs)
    if before is None:
        return []
    met, all_ = _by_village(round_, title, known.villages)
    was = _village_names(queries.answered_subjects(before, title.key), judged_on(before))
    met_before, all_before = _by_village(before, title, was)
    return [
        measures.TwoYears(name, met_before.get(name, 0), all_before.get(name, 0), met.get(name, 0), count)
        for name, count in sorted(all_.items())
    ]


def _by_village(round_: Round, title: Title, villages: Mapping[int, str]) -> tuple[dict[str, int], dict[str, int]]:
    met, all_ = dict.fromkeys(villages.values(), 0), dict.fromkeys(villages.values(), 0)
    passed = {subject.pk for subject in met_subjects(round_, title.key)}
    for key, name in villages.items():
        all_[name] += 1
        met[name] += key in passed
    return met, all_


def _row(round_: Round, title: Title, lead: measures.Lead, act: Act) -> Lead:
    numbers = {name: str(value) for name, value in lead.numbers.items() if name != "chance"}
    about = {"round": round_, "title_key": title.key, "kind": lead.kind.value, "group": lead.group[:200]}
    return Lead(**about, numbers=numbers, digest=_digest(lead), found_at=act.at)


def _digest(lead: measures.Lead) -> str:
    return sha256("\n".join((lead.kind.value, lead.group, *lead.subjects)).encode()).hexdigest()


def _happening(lead: Lead, event: str, after: dict[str, object]) -> Happening:
    return Happening(kind="lead", object_id=lead.pk, event=event, after=after)

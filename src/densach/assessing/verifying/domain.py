"""Everything that can happen to a sample: its list is fixed, it is drawn by a seed, files are looked through.

A bad file widens the sample once the drawn ones were all looked through; too many bad ones of one village send the
village back to its chapter; too many in all, and every file must be looked through.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.db import transaction

from densach.accounts.models import Account
from densach.assessing.models import Round, Subject
from densach.assessing.queries import round_for_update
from densach.assessing.run import judged_on
from densach.assessing.sheets.domain import check_again
from densach.assessing.verifying import queries
from densach.assessing.verifying.models import Draw, DrawnFile, Found, Origin, Returned
from densach.assessing.verifying.naming import villages_of
from densach.history.domain import Act, Happening, record
from densach.measures.sampling import draw as draw_ids
from densach.measures.sampling import sample_size, what_it_proves, widen
from densach.places.models import Place
from densach.problems import Refused, problem


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What the commune chose and why: less than `percent` bad, how surely, how many bad ones send a village back."""

    percent: int
    confidence: int
    returns_at: int
    reason: str


@dataclass(frozen=True, kw_only=True)
class Look:
    """What a second look found of one file."""

    found: Found
    what: str = ""
    why: str = ""


@dataclass(frozen=True)
class Proof:
    """What a sample shows by now: files drawn, looked through, bad; at most so many bad among all, once all were seen.

    `most` is None while some of the drawn files were not looked through.
    """

    drawn: int
    seen: int
    bad: int
    most: int | None


def fix_list(
    round_: Round, title_key: str, village: Place | None, choice: Choice, *, by: Account | None, act: Act
) -> Draw:
    """Fix the list that a sample will be drawn from, before anybody knows a seed.

    Refused without a reason (R165), where nobody answered (R164), and while files are not checked yet (R163).
    """
    if not choice.reason.strip():
        raise Refused(problem("R165", title_key))
    with transaction.atomic():
        round_for_update(round_)
        subjects = _listed(round_, title_key, village)
        unchecked = queries.unchecked_subjects(round_, title_key) & {subject.pk for subject in subjects}
        if not subjects:
            raise Refused(problem("R164", title_key))
        if unchecked:
            raise Refused(problem("R163", title_key, count=len(unchecked), all=len(subjects)))
        population = len(subjects)
        draw = Draw.objects.create(
            round=round_,
            title_key=title_key,
            village=village,
            listed="\n".join(sorted(str(subject.pseudonym) for subject in subjects)),
            population=population,
            most_bad=max(0, (population * choice.percent - 1) // 100),
            confidence=choice.confidence,
            returns_at=choice.returns_at,
            reason=choice.reason.strip(),
            listed_at=act.at,
            listed_by=by,
        )
        record(_happening(draw, "listed", {}, _state(draw)), act)
        return draw


def draw_sample(draw: Draw, seed: str, *, act: Act) -> Draw:
    """Draw the files by a seed chosen after the list was fixed; refused without one (R166) and twice (R167)."""
    if not seed.strip():
        raise Refused(problem("R166", draw.uid))
    with transaction.atomic():
        now = queries.draw_for_update(draw)
        if now.is_drawn:
            raise Refused(problem("R167", now.uid, seed=now.seed))
        now.seed, now.looks = seed.strip(), 1
        size = sample_size(now.population, now.most_bad, _confidence(now))
        _draw_to(now, max(1, size))
        record(_happening(now, "drawn", {}, {"seed": now.seed, "size": now.size}), act)
        return now


def enter_finding(file: DrawnFile, look: Look, version: int, *, by: Account | None, act: Act) -> DrawnFile:
    """Enter or correct what the second look found; then widen the sample and send the village back where that must be.

    Refused where it differs and nobody says what and why (R168), and where another wrote meanwhile (R169).
    """
    if look.found == Found.DIFFERS and not (look.what.strip() and look.why.strip()):
        raise Refused(problem("R168", file.uid))
    with transaction.atomic():
        draw = queries.draw_for_update(file.draw)
        now = queries.file_for_update(file)
        if now.version != version:
            raise Refused(problem("R169", file.uid))
        before = _finding(now) if now.found else None
        now.found, now.what, now.why = look.found, look.what.strip(), look.why.strip()
        now.looked_at, now.looked_by, now.version = act.at, by, now.version + 1
        now.save()
        said = Happening(kind="drawn_file", object_id=now.pk, event="found", before=before, after=_finding(now))
        record(said, act)
        _send_village_back(draw, now, act)
        _widen(draw, act)
        return now


def add_files(draw: Draw, subjects: Sequence[Subject], *, act: Act) -> int:
    """Look through some more files, because of a lead; they are no part of the sample. Gives how many are new."""
    with transaction.atomic():
        now = queries.draw_for_update(draw)
        known = {file.subject_id for file in queries.files_of(now)}
        new = [subject for subject in subjects if subject.pk not in known]
        _enter_files(now, new, Origin.LEAD)
        record(_happening(now, "added", {}, {"files": len(new)}), act)
        return len(new)


def proof_of(draw: Draw) -> Proof:
    """What a sample shows by now, in one query."""
    drawn, seen, bad = queries.drawn_and_bad(draw)
    if not drawn or seen < drawn:
        return Proof(drawn, seen, bad, None)
    return Proof(drawn, seen, bad, what_it_proves(draw.population, drawn, bad, _confidence(draw)))


def _listed(round_: Round, title_key: str, village: Place | None) -> list[Subject]:
    subjects = queries.answered_subjects(round_, title_key)
    if village is None:
        return subjects
    lives = villages_of(subjects, judged_on(round_))
    return [subject for subject in subjects if lives.get(subject.pk) == village.pk]


def _draw_to(draw: Draw, size: int) -> None:
    """Draw up to so many files; the first of them are those that were drawn before."""
    listed = draw.listed.split("\n")
    wanted = draw_ids(listed, size, draw.seed)[draw.size :]
    subjects = queries.subjects_by_pseudonym(wanted)
    _enter_files(draw, [subjects[each] for each in wanted], Origin.DRAWN)
    draw.size = size
    draw.save(update_fields=["seed", "size", "looks", "bad_known"])


def _enter_files(draw: Draw, subjects: Sequence[Subject], origin: Origin) -> None:
    lives = villages_of(subjects, judged_on(draw.round))
    DrawnFile.objects.bulk_create(
        DrawnFile(draw=draw, subject=subject, village_id=lives.get(subject.pk), origin=origin, look=draw.looks)
        for subject in subjects
    )


def _widen(draw: Draw, act: Act) -> None:
    """Widen a sample that was all seen and has bad files; beyond the chosen number, every file must be seen."""
    drawn, seen, bad = queries.drawn_and_bad(draw)
    if seen < drawn or bad <= draw.bad_known or draw.covers_all:
        return
    draw.bad_known = bad
    if bad > draw.most_bad:
        draw.covers_all = True
        draw.save(update_fields=["covers_all", "bad_known"])
        record(_happening(draw, "covers_all", {"covers_all": False}, {"covers_all": True, "bad": bad}), act)
        return
    size = widen(draw.population, drawn, bad, most_bad=draw.most_bad, looks=draw.looks, confidence=_confidence(draw))
    if size > drawn:
        draw.looks += 1
        _draw_to(draw, size)
        record(_happening(draw, "widened", {"size": drawn}, {"size": size, "bad": bad}), act)


def _send_village_back(draw: Draw, file: DrawnFile, act: Act) -> None:
    """Send a village back once: its checked sheets wait for the chapter again."""
    if file.village_id is None or queries.is_returned(draw, file.village_id):
        return
    bad = queries.bad_in_village(draw, file.village_id)
    if bad < draw.returns_at:
        return
    Returned.objects.create(draw=draw, village_id=file.village_id, bad=bad, at=act.at)
    record(_happening(draw, "village_returned", {}, {"village": file.village_id, "bad": bad}), act)
    subjects = queries.answered_subjects(draw.round, draw.title_key)
    lives = villages_of(subjects, judged_on(draw.round))
    here = [subject.pk for subject in subjects if lives.get(subject.pk) == file.village_id]
    for sheet in queries.checked_sheets_in(draw.round, draw.title_key, here):
        check_again(sheet, act=act)


def _confidence(draw: Draw) -> Fraction:
    return Fraction(draw.confidence, 100)


def _finding(file: DrawnFile) -> dict[str, object]:
    return {"found": file.found, "what": file.what, "why": file.why}


def _state(draw: Draw) -> dict[str, object]:
    names = ("title_key", "population", "most_bad", "confidence", "returns_at", "reason")
    return {name: getattr(draw, name) for name in names} | {"village": draw.village_id}


def _happening(draw: Draw, event: str, before: dict[str, object], after: dict[str, object]) -> Happening:
    return Happening(kind="draw", object_id=draw.pk, event=event, before=before or None, after=after)

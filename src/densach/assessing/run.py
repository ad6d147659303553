"""Judge a whole round: everyone for every title, children before parents, in bulk.

Run it again and nothing changes unless facts, law or recognitions did: each verdict is sealed, and an equal seal is
left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from densach.assessing.counts import Between, Counter, objects_of, standing_of
from densach.assessing.domain import subjects_for
from densach.assessing.frame import Frame, frame_of
from densach.assessing.models import Assessment, PolicyVersion, Round, Stage, Subject
from densach.assessing.queries import assessments, facts_answered, kept_digests, registered_subjects
from densach.assessing.titles import BY_KEY, LITERACY, TITLES, Title, in_order, rubric_on
from densach.history.bringing import bring
from densach.history.domain import Act
from densach.policy.library import Effective, Library
from densach.rules.counting import measures_of
from densach.rules.judging import Judge, Judgement
from densach.rules.lowering import highest
from densach.rules.model import DECIDING, DECIDING_IN_DEMO, Fact
from densach.rules.receipt import canonical, seal
from densach.rules.sheet import Given

Facts = dict[str, Given]
Progress = Callable[[Title, int], None]
_Sealed = tuple[int, dict[str, object]]
ALWAYS_JUDGED = frozenset({"commune", LITERACY})


@dataclass(frozen=True)
class Judged:
    """One subject with the facts it was judged by and what came out."""

    subject: Subject
    object_id: int
    facts: Facts
    judgement: Judgement


@dataclass(frozen=True)
class Tally:
    """How many verdicts of a title a run wrote, corrected and found as they were."""

    title: Title
    entered: int
    corrected: int
    unchanged: int


def run_round(
    round_: Round, library: Library, *, act: Act, after: Callable[[Title], None] | None = None, progress: Progress
) -> list[Tally]:
    """Judge every title in order; `after` may sign acts for a title before its parents are judged."""
    on = judged_on(round_)
    rubrics = {title.model: rubric_on(library, title, on) for title in TITLES}
    tallies = []
    for title in in_order(rubrics):
        tallies.append(judge_title(round_, title, rubrics[title.model], library, act=act, progress=progress))
        if after is not None:
            after(title)
    return tallies


def judged_on(round_: Round) -> date:
    """The day the facts of a round are taken at: 31/12 of its year, as the procedures that name a period say."""
    return date(round_.year, 12, 31)


def judge_title(
    round_: Round, title: Title, effective: Effective, library: Library, *, act: Act, progress: Progress
) -> Tally:
    """Judge everyone for one title and keep the sealed verdicts, all of them or none."""
    with transaction.atomic():
        keep_policy(library, effective)
        judge = judge_of(effective)
        rows = []
        for judged in judged_subjects(round_, title, judge):
            rows.append(_sealed(round_, title, judge, judged))
            if len(rows) % 500 == 0:
                progress(title, len(rows))
        progress(title, len(rows))
        return _keep(title, rows, assessments(round_, title.key), act)


def judge_some(
    frame: Frame, round_: Round, effective: Effective, library: Library, *, among: Collection[int], act: Act
) -> Tally:
    """Judge those of a frame of few for the title of a rubric, as the round would; `among` are all their subjects."""
    title = BY_KEY[effective.rubric.title_key]
    keep_policy(library, effective)
    judge = judge_of(effective)
    rows = [_sealed(round_, title, judge, judged) for judged in judged_in(frame, round_, title, judge, among)]
    return _keep(title, rows, assessments(round_, title.key, among), act)


def _sealed(round_: Round, title: Title, judge: Judge, judged: Judged) -> _Sealed:
    receipt = seal(judge, judged.facts, judged.judgement, on=judged_on(round_), subject=str(judged.subject.pseudonym))
    return judged.subject.pk, _fields(round_, title, judged, receipt.seal, canonical(receipt).decode())


def _keep(title: Title, rows: Iterable[_Sealed], known: Mapping[int, Assessment], act: Act) -> Tally:
    wanted = ((known.get(subject), fields) for subject, fields in rows)
    brought = bring(Assessment, wanted, kind="assessment", act=act, secret=("receipt",))
    return Tally(title, brought.entered, brought.corrected, brought.unchanged)


def judge_of(effective: Effective) -> Judge:
    """The judge of a rubric as it stands; fictional law decides only where it was opened."""
    deciding = DECIDING_IN_DEMO if effective.fictional else DECIDING
    return Judge(effective.rubric, effective.sources, deciding)


def judged_subjects(round_: Round, title: Title, judge: Judge) -> Iterator[Judged]:
    """Everyone who registered or answered, with facts and judgement, in a constant number of queries.

    What the register counts stands over what was typed.
    """
    return judged_in(frame_of(round_.place, judged_on(round_)), round_, title, judge)


def judged_in(
    frame: Frame, round_: Round, title: Title, judge: Judge, among: Collection[int] | None = None
) -> Iterator[Judged]:
    """The same of a frame that was read before; of some subjects alone, where the frame holds only those."""
    measures = measures_of(judge.rubric)
    asked = {fact.id: fact for fact in judge.rubric.facts}
    counter = Counter(frame)
    for other in TITLES:
        if any(measure.title_key == other.key for measure in measures.values()):
            counter.standings[other.key] = standing_of(round_, other, frame)
    subjects = _subjects(title, frame)
    given = _given(round_, title, among)
    wanted = registered_subjects(round_, title.key, among) | given.keys()
    for object_id, subject in _to_judge(title, subjects, wanted):
        counts = {name: counter.count(measure, title.model, object_id) for name, measure in measures.items()}
        facts: Facts = {**given.get(subject.pk, {}), **_possible(counts, asked)}
        if title.model == LITERACY:
            facts["subject_kind"] = "commune"
        yield Judged(subject, object_id, facts, judge.judge(facts))


def _possible(counts: Mapping[str, Between | None], asked: Mapping[str, Fact]) -> Facts:
    """The counts within what the sheet takes, one number where both ends agree.

    A unit none of whose members were entered has not said that it has none: then its count is not known, and
    neither is any part of it.
    """
    ends = {
        name: (max(counted[0], asked[name].low), min(counted[1], highest(asked[name])))
        for name, counted in counts.items()
        if counted is not None
    }
    known = {name: (low, high) for name, (low, high) in ends.items() if low <= high}
    unsaid = counts.keys() - known.keys()
    return {
        name: low if low == high else (low, high)
        for name, (low, high) in known.items()
        if asked[name].part_of not in unsaid
    }


def _given(round_: Round, title: Title, among: Collection[int] | None) -> dict[int, dict[str, bool | int | str]]:
    """What was answered, verified answers over the subject's own, fact by fact."""
    both: dict[int, dict[str, bool | int | str]] = {}
    for stage in (Stage.SELF, Stage.VERIFIED):
        for subject, facts in facts_answered(round_, title.key, stage, among).items():
            both[subject] = both.get(subject, {}) | facts
    return both


def _subjects(title: Title, frame: Frame) -> dict[int, Subject]:
    """Everyone and everything that could be judged, as subjects; those that were none yet are made."""
    everyone = frame.people if title.model == "citizen" else objects_of(frame, title)
    return subjects_for(title.kind, sorted(everyone))


def _to_judge(title: Title, subjects: dict[int, Subject], wanted: set[int]) -> list[tuple[int, Subject]]:
    everyone = title.model in ALWAYS_JUDGED
    return [(key, subjects[key]) for key in sorted(subjects) if everyone or subjects[key].pk in wanted]


def keep_policy(library: Library, effective: Effective) -> None:
    """Keep the bytes of the policy that receipts will name, each once."""
    kept = kept_digests()
    rows = [
        PolicyVersion(digest=digest, policy_id=policy_id, content=library.contents[digest])
        for policy_id, digest in effective.sources
        if digest not in kept
    ]
    PolicyVersion.objects.bulk_create(rows)


def _fields(round_: Round, title: Title, judged: Judged, stamp: str, receipt: str) -> dict[str, object]:
    judgement = judged.judgement
    points = judgement.points
    return {
        "round_id": round_.pk,
        "subject_id": judged.subject.pk,
        "title_key": title.key,
        "rubric": judgement.rubric,
        "verdict": judgement.verdict,
        "level": "" if judgement.level is None else str(judgement.level),
        "points_low": points.low if points else None,
        "points_high": points.high if points else None,
        "seal": stamp,
        "receipt": receipt,
    }

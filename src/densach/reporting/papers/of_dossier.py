"""The papers of a dossier that is kept here: which the text asks for, and each as it stands today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from densach.assessing.dossiers.access import Seen
from densach.assessing.run import judged_on
from densach.assessing.sheets.marks import counted_facts, facts_judged, facts_written
from densach.assessing.sheets.models import State
from densach.assessing.villages.rubrics import judge_for
from densach.formats.official.model import Official
from densach.policy.library import Library
from densach.problems import Refused, problem
from densach.reporting.papers import naming
from densach.reporting.papers.case import TITLE, Case, case_of_facts
from densach.reporting.papers.dossier import Held
from densach.reporting.papers.issuing import kept_documents
from densach.reporting.papers.unit import Team, Unit, unit_papers
from densach.reporting.papers.writing import the_dossier
from densach.rules.judging import Judge
from densach.rules.model import Rubric, Statement
from densach.rules.sheet import Given

WORKING_DAYS = "ngày làm việc"
_BY_WORDS = {
    "tờ trình": naming.PROPOSAL,
    "báo cáo": naming.REPORT,
    "bản tổng hợp": naming.SUMMARY,
}
UNIT_PAPERS = (
    naming.SETTING_UP,
    naming.INVITATION,
    naming.MINUTES,
    naming.REPORT,
    naming.SUMMARY,
    naming.PROPOSAL,
)
COMMUNE_PAPERS = (naming.INVITATION, naming.MINUTES, naming.REPORT, naming.SUMMARY, naming.PROPOSAL)


@dataclass(frozen=True)
class Asked:
    """A paper that the text asks for, with its article and mark; `name` is the one we make of it, if we do."""

    statement: Statement
    name: str


def papers_asked(rubric: Rubric) -> tuple[Asked, ...]:
    """The papers that go into a dossier, as the text lists them, in its order; none where it was not read."""
    return tuple(Asked(each, _name_of(each)) for each in rubric.recognition.forms)


def working_day_notes(rubric: Rubric) -> tuple[str, ...]:
    """What somebody says of a time in working days: told in their words, for no calendar of days off is known here."""
    return tuple(note for note in rubric.notes if WORKING_DAYS in note.casefold())


def names_of_papers(seen: Seen) -> tuple[str, ...]:
    """The papers that can be drawn up for a dossier."""
    if seen.sheet.subject.unit_id is not None:
        return UNIT_PAPERS
    return COMMUNE_PAPERS if seen.sheet.title_key == TITLE.key else ()


def paper_of(seen: Seen, name: str, library: Library, on: date) -> Official:
    """One paper of a dossier as on a day, or as it was issued; refused (H103) where there is none of this name."""
    if name not in names_of_papers(seen):
        raise Refused(problem("H103", name))
    return next(document for each, document in _papers(seen, library, on) if each == name)


def judge_of_dossier(seen: Seen, library: Library) -> Judge:
    """The rubric that a dossier goes by."""
    return judge_for(seen.sheet.round, seen.title, library)


def case_of_dossier(seen: Seen, library: Library) -> Case:
    """What the rubric says of a dossier: of the facts that were judged once it was sent, else of what is written.

    What the records of the commune count stands in both, as it was counted last.
    """
    judge = judge_of_dossier(seen, library)
    verdict = seen.judged[0] if seen.judged else None
    sealed = facts_judged(judge, verdict) if verdict else {}
    counted = {name: fact for name, fact in sealed.items() if name in counted_facts(judge)}
    known: dict[str, Given] = sealed if is_sent(seen) and verdict else {**facts_written(judge, seen.sheet), **counted}
    return case_of_facts(seen.title.name_vi, judge, known, library)


def is_sent(seen: Seen) -> bool:
    """Whether its sheet was sent and not given back since."""
    return seen.sheet.state in {State.SENT, State.CHECKED}


def _papers(seen: Seen, library: Library, on: date) -> Iterator[tuple[str, Official]]:
    round_ = seen.sheet.round
    if seen.sheet.subject.unit is None:
        issued = kept_documents(round_)
        for name, document in the_dossier(round_, library, on):
            yield name, issued.get(name, document)
        return
    fictional = round_.is_fictional or round_.place.fictional
    case = case_of_dossier(seen, library)
    yield from unit_papers(
        _unit(seen), case, library, round_.year, on=on, fictional=fictional, team=_team(seen, judged_on(round_))
    )


def _unit(seen: Seen) -> Unit:
    row = seen.dossier
    name = str(seen.sheet.subject.unit)
    return Unit(name=name, parent=row.parent, symbol=row.symbol, seat=row.seat, head=row.head or "Thủ trưởng")


def _team(seen: Seen, last_day: date) -> Team:
    """The team on the day of its meeting, else at the end of the round's year."""
    row = seen.dossier
    day = row.met_on or last_day
    members = tuple((each.name, each.post, each.duty) for each in seen.team if each.belongs_on(day))
    if row.met_on is None:
        return Team(members)
    votes = tuple((vote.member.name, vote.get_says_display(), vote.remark) for vote in seen.votes.values())
    held = Held(
        on=row.met_on,
        where=row.met_where,
        chair=row.chair,
        secretary=row.secretary,
        discussion=row.discussion,
        conclusion=row.conclusion,
        votes=votes,
        agrees=seen.agrees,
    )
    return Team(members, held)


def _name_of(statement: Statement) -> str:
    said = (statement.value or "").casefold()
    return next((name for words, name in _BY_WORDS.items() if said.startswith(words)), "")

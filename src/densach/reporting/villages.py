"""The page of open questions of each village: what is still missing, counted, so that one visit settles most of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date

from densach.assessing.models import Round
from densach.assessing.run import judged_on
from densach.assessing.titles import BY_MODEL, Title
from densach.formats.paper import Question as PaperQuestion
from densach.formats.paper import QuestionPage, question_pages
from densach.places.queries import period_of
from densach.policy.library import Library
from densach.reporting.outcomes import Outcomes
from densach.reporting.words import document_titles
from densach.rules.asking import Question
from densach.rules.saying import Titles, cite_text

UNITS = {"citizen": "người", "family": "hộ", "village": "thôn"}
LAW_READER = "Hội Khuyến học cấp trên hoặc Sở GDĐT"


def village_pages(round_: Round, library: Library, villages: Iterable[str], found: Outcomes, *, made_on: date) -> bytes:
    """One PDF with one page for each village, in the order given."""
    titles = document_titles(library)
    counted: dict[str, Counter[tuple[str, Question]]] = defaultdict(Counter)
    bases: Counter[tuple[str, str]] = Counter()
    for model in UNITS:
        for outcome in found[model]:
            bases[outcome.village, model] += 1
            counted[outcome.village].update((model, q) for q in outcome.questions if q.kind != "step")
    commune = period_of(round_.place, judged_on(round_))
    pages = [
        QuestionPage(
            place=name,
            part_of=commune.name if commune else "",
            year=round_.year,
            questions=tuple(
                _paper(question, BY_MODEL[model], count, bases[name, model], titles)
                for (model, question), count in counted[name].most_common()
            ),
        )
        for name in villages
    ]
    return question_pages(pages, made_on=made_on, fictional=round_.is_fictional or round_.place.fictional)


def _paper(question: Question, title: Title, count: int, base: int, titles: Titles) -> PaperQuestion:
    is_law = question.kind == "law"
    return PaperQuestion(
        text=f"{title.name_vi}: {'cần văn bản ' if is_law else ''}{question.title_vi or question.id}",
        who=LAW_READER if is_law else question.answered_by or "",
        article=cite_text(question.cites, titles),
        count=count,
        unit=UNITS[title.model],
        base=base,
        proof=question.proof_vi or "",
    )

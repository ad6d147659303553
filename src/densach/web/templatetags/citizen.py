"""How the pages of a citizen and of a household tell things."""

from __future__ import annotations

import re
from datetime import datetime
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from densach.assessing.evidence.models import Evidence
from densach.assessing.sheets.access import Home
from densach.assessing.sheets.marks import Glance, Mark
from densach.assessing.sheets.models import Sheet
from densach.assessing.sheets.story import Step
from densach.assessing.titles import BY_KEY
from densach.formats.vietnamese import format_date
from densach.policy.viewing import Said, in_language
from densach.policy.words import cited_place
from densach.rules.asking import Question
from densach.rules.model import Fact, Rubric
from densach.web.filling_in import LONGEST_SCALE, Screen
from densach.web.law import law
from densach.web.sentences import catalogue, language, say
from densach.web.templatetags.pages import SHAPES
from densach.web.trying import Outcome, SheetQuestion

register = template.Library()
_SCORE = re.compile(r":? *(mấy điểm, từ \d+ đến \d+|how many points from \d+ to \d+)\?$")
_STEP = '<label><input type="radio" name="{0}" value="{1}"{2}><span>{1}</span></label>'
_WRITING = {"written": "■", "open": "□"}


@register.filter
def plain(number: int) -> str:
    """A year, which is never grouped."""
    return str(number)


@register.filter
def home_title(home: Home, lacking: int) -> SafeString:
    """Whose home it is, and how many things it still lacks."""
    begun = any(line.sheet for line in home.lines)
    kind = "home" if home.household else "person"
    if not begun:
        return say(f"citizen.{kind}_none", name=home.name)
    return say(f"citizen.{kind}_lacks" if lacking else f"citizen.{kind}_whole", name=home.name, count=lacking)


@register.simple_tag
def sheet_title(sheet: Sheet, name: str) -> SafeString:
    """Which title a sheet is for, and whose it is."""
    return say(f"citizen.sheet_of_{sheet.subject.kind}", title=_title(sheet), name=name)


@register.simple_tag
def result_title(sheet: Sheet, name: str, outcome: Outcome) -> SafeString:
    """What came out for whom, as the title of its page."""
    return say("citizen.result_of", title=_title(sheet), name=name, verdict=_verdict(outcome.verdict))


@register.filter
def mark_shape(mark: Mark) -> str:
    """The shape that stands for a mark."""
    return _WRITING[mark] if mark in _WRITING else SHAPES[mark]  # type: ignore[index]


@register.filter
def glance_said(glance: Glance) -> str:
    """The strip of marks as a sentence, for those who hear it."""
    return "; ".join(f"{name} {_verdict(mark)}" for name, mark in glance.marks) + "."


@register.filter
def scale(question: SheetQuestion) -> SafeString:
    """The numbers to choose from, where they are few enough to stand side by side; a sheet has a hundred of them."""
    if question.most is None or question.fact.kind != "score" or question.most > LONGEST_SCALE:
        return SafeString("")
    name, numbers = escape(question.fact.id), map(str, range(question.fact.low, question.most + 1))
    return SafeString("\n".join(_STEP.format(name, n, " checked" if n == question.given else "") for n in numbers))


@register.filter
def theirs_of(screen: Screen, question: SheetQuestion) -> str | None:
    """What somebody else wrote meanwhile, in words; nothing where it is the same."""
    text = screen.theirs.get(question.fact.id)
    if text is None:
        return None
    said = {"": say("try.not_known"), "true": say("try.yes"), "false": say("try.no")}
    return question.fact.choices.get(text, "") or said.get(text, text)


@register.filter
def step_said(question: Question, rubric: Rubric) -> SafeString:
    """What to do next: a class, a book, an activity; never a number of points."""
    key, fact = f"step.{rubric.id}_{question.id}", _fact(rubric, question.id)
    if key in catalogue():
        return say(key)
    title = without_score(in_language(question, "title", language()))
    if fact.kind == "count" and isinstance(question.to, int) and isinstance(question.now, int):
        return say("citizen.step_count", title=title, now=question.now, to=question.to)
    proof = in_language(question, "proof", language())
    return say("citizen.step_proof" if proof else "citizen.step", title=title, proof=_small(proof))


@register.filter
def fact_said(question: Question, rubric: Rubric) -> SafeString:
    """What to find out; what the register counts waits for others."""
    title = without_score(in_language(question, "title", language()))
    return say("citizen.fact_counted" if _fact(rubric, question.id).counts else "citizen.fact", title=title)


@register.filter
def without_score(title: str) -> str:
    """A question without its number of points."""
    return _SCORE.sub("", title)


@register.filter
def step_line(step: Step) -> SafeString:
    """One thing that happened to a sheet, and who did it."""
    line = say(f"citizen.happened_{step.event}", number=step.said)
    if step.by is None:
        return line
    role = say(f"mine.role_{step.by.role}") if step.by.role else ""
    return say("citizen.by_role" if role else "citizen.by", line=line, name=step.by.name, role=role)


@register.filter
def who_wrote(sheet: Sheet) -> SafeString:
    """Who wrote it down last, so that the subject sees it."""
    name = sheet.written_by.name if sheet.written_by else ""
    return say(
        f"citizen.wrote_{sheet.way}" if name else "citizen.wrote_nobody", name=name, at=localdate(sheet.changed_at)
    )


@register.filter
def local_day(at: datetime) -> str:
    """The day in Viet Nam on which something happened."""
    return format_date(localdate(at))


@register.filter
def added_line(piece: Evidence) -> SafeString:
    """When a piece of evidence was added, by whom, and how large it is."""
    words = {"on": localdate(piece.added_at), "size": piece.size // 1000 + 1}
    return (
        say("evidence.line_by", name=piece.added_by.name, **words) if piece.added_by else say("evidence.line", **words)
    )


@register.inclusion_tag("web/citizen/cited.html")
def cited(said: Said) -> dict[str, object]:
    """The articles of a question, written out."""
    return {"mark": said.mark, "places": [cited_place(cite, law().documents) for cite in said.cites]}


def _title(sheet: Sheet) -> SafeString:
    return say(f"citizen.name_{BY_KEY[sheet.title_key].model}")


def _verdict(mark: str) -> SafeString:
    return say(f"citizen.mark_{mark}" if mark in _WRITING else f"verdict.{mark}")


def _fact(rubric: Rubric, name: str) -> Fact:
    return next(fact for fact in rubric.facts if fact.id == name)


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]

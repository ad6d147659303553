"""How the rows of a village are told."""

from __future__ import annotations

from collections.abc import Hashable
from functools import lru_cache
from html import escape

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from densach.assessing.villages.access import Search, Village
from densach.assessing.villages.marks import Member, Progress, Wanted
from densach.problems import Language
from densach.web import village_words
from densach.web.sentences import language, say
from densach.web.templatetags.pages import SHAPES
from densach.web.village_rows import EntryRow, OpenedMember

register = template.Library()
register.filter(village_words.list_rows)
register.filter(village_words.grid_rows)
register.filter(village_words.family_mark)
register.filter(village_words.why_here)
_ANSWERED = "▪"
_FIELD = (
    '<td class="cell"><input form="p-{0}" id="o-{0}-{1}" name="{1}" type="text" inputmode="numeric" autocomplete="off"'
    ' size="3" maxlength="20" value="{2}" aria-label="{3}: {4}"></td>'
)
_SHOWN = '<td class="cell"><span aria-label="{4}">{2}</span></td>'


@register.simple_tag(takes_context=True)
def tabs(context: Context) -> SafeString:
    """The ways within a village; before its round is open, with a word on that."""
    village: Village = context["village"]
    words = {"uid": village.uid, "page": context["page"], "may_check": village.may_check, "is_own": village.is_own}
    ways = _part("web/village/tabs.html", language(), **words)
    return ways if village.round else SafeString(ways + render_to_string("web/village/no_round.html"))


@register.simple_tag
def shut(village: Village) -> SafeString:
    """That not everything can be seen or is asked for yet, and where consents are asked for on paper."""
    words = {"uid": village.uid, "for_association": village.for_association, "is_own": village.is_own}
    return _part("web/village/shut.html", language(), **words)


@register.simple_tag
def filters(village: Village, search: Search) -> SafeString:
    """The ways to narrow the list; words that were searched for are not kept."""
    part = _part.__wrapped__ if search.text else _part
    return part("web/village/filters.html", language(), uid=village.uid, search=search, filters=tuple(Wanted))


@lru_cache(4096)
def _part(template: str, lang: Language, **words: Hashable) -> SafeString:  # noqa: ARG001
    """A part of a page that depends on these words and the language alone."""
    return render_to_string(template, words)


@register.filter
def all_marks(_: str) -> list[tuple[Progress, str]]:
    """Every mark with its shape, for the key."""
    return list(village_words.SHAPES.items())


@register.filter
def member_mark(member: Member) -> SafeString:
    """How far the sheet of one person has come."""
    return village_words.marked(member.mark)


@register.filter
def row_mark(row: EntryRow) -> SafeString:
    """How far the sheet of a row has come, and who wrote it where that was its owner."""
    mark = village_words.marked(row.mark)
    return format_html("{} <small>{}</small>", mark, say("village.way_own")) if row.way == "own" else mark


@register.filter
def plain_cells(row: EntryRow) -> SafeString:
    """The cells of a row with which nothing is wrong: a page has hundreds, too many for a template to go through."""
    uid, name = str(row.uid), escape(row.name)
    form, nothing = (_FIELD, "") if row.is_open else (_SHOWN, "–")
    words = ((each.column.fact.id, escape(each.given or nothing), escape(each.column.title)) for each in row.cells)
    return SafeString("\n".join(form.format(uid, fact, given, name, title) for fact, given, title in words))


@register.filter
def told_row(row: EntryRow) -> SafeString:
    """What became of a row just now."""
    return say(f"village.told_{row.told}", name=row.name, left=row.left)


@register.filter
def question_strip(one: OpenedMember) -> SafeString:
    """A mark for each question of a sheet, with a sentence for those who hear it."""
    words = [(name, "answered" if verdict is None else verdict) for name, verdict in one.marks]
    said = "; ".join(f"{name} {say(f'village.question_{word}')}" for name, word in words)
    spans = (("answered", _ANSWERED) if verdict is None else (verdict, SHAPES[verdict]) for _, verdict in one.marks)
    shapes = format_html_join("", '<span class="{}">{}</span>', spans)
    return format_html('<span class="marks" role="img" aria-label="{}.">{}</span>', said, shapes)

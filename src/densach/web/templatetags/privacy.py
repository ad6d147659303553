"""The tags of the pages about personal data."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from uuid import UUID

from django import template
from django.utils.safestring import SafeString
from django.utils.timezone import localdate

from densach.assessing.privacy.correcting import FIELDS, shown
from densach.assessing.privacy.holding import Told
from densach.assessing.privacy.models import ConsentAct, DataRequest, How
from densach.assessing.scans.models import ConsentScan
from densach.assessing.scans.reading import SignedSheet
from densach.assessing.villages.consents.access import Spoken
from densach.authority.roles import Role
from densach.people.models import Person
from densach.people.records.describing import birth_text
from densach.policy.personal_data import purposes
from densach.policy.purposes import Purpose, RequestRule, Until
from densach.policy.viewing import Said
from densach.web import sentences
from densach.web.consent_forms import Line, Part

register = template.Library()
_CHOICE = (
    '<td class="cell" data-head="{number}"><select form="p-{home}" id="o-{field}" name="{field}" aria-label="{label}">'
    '<option value="">{shape}</option>{options}</select></td>'
)


@register.filter
def in_words(value: Purpose | RequestRule, part: str) -> str:
    """A part of a purpose or a rule in the language of the page: {{ purpose|in_words:"why" }}."""
    return getattr(value, f"{part}_{sentences.language()}") or ""


@register.filter
def basis_said(purpose: Purpose) -> Said:
    """On which basis a purpose rests, with its mark and articles."""
    return Said(str(sentences.say("privacy.basis_" + purpose.basis)), purpose.mark, purpose.cites)


@register.filter
def until_said(until: Until) -> Said:
    """How long something is kept, with its mark and articles."""
    return Said(until.text_en if sentences.language() == "en" else until.text_vi, until.mark, until.cites)


@register.filter
def rule_said(rule: RequestRule) -> Said:
    """In which time a request is settled, with its mark and articles."""
    text = sentences.say("privacy.rule", days=rule.days, answer=rule.answer_working_days)
    return Said(str(text), rule.mark, rule.cites, "")


@register.filter
def roles_said(roles: tuple[Role, ...]) -> str:
    """Some roles by their names."""
    return "; ".join(str(sentences.say("mine.role_" + role)) for role in roles)


@register.filter
def holds_said(purpose: Purpose) -> str:
    """The kinds of data of a purpose by their names."""
    return ", ".join(str(sentences.say("privacy.holds_" + name)) for name in purpose.holds)


@register.filter
def stand_shape(spoken: Spoken) -> str:
    """The shape that goes with how a consent stands."""
    return {"given": "●", "withdrawn": "◯", "lapsed": "◐"}.get(spoken.stand, "–")


@register.filter
def part_cells(part: Part, home: UUID) -> SafeString:
    """Who signed and each matter as cells of one person: a page has hundreds, too many for a template to go through."""
    cells = [_signed_by(part, home)]
    words = {"co": sentences.say("try.yes"), "khong": sentences.say("try.no")}
    for number, line in enumerate(part.lines, 1):
        options = _options(words, line.chosen)
        shape, label = stand_shape(line.spoken), f"{escape(part.signer.person.full_name)}: {_matter(number, line)}"
        cells.append(
            _CHOICE.format(number=number, home=home, field=line.field, label=label, shape=shape, options=options)
        )
    return SafeString("\n".join(cells))


def _signed_by(part: Part, home: UUID) -> str:
    if not part.signed_by:
        return '<td class="giver"></td>'
    words = {str(giver): sentences.say("privacy.giver_" + giver) for giver in part.signer.givers}
    label = f"{escape(part.signer.person.full_name)}: {sentences.say('privacy.who_signed')}"
    field = f'<select form="p-{home}" id="o-{part.signed_by}" name="{part.signed_by}" aria-label="{label}">'
    return f'<td class="cell giver">{field}{_options(words, part.giver)}</select></td>'


def _options(words: Mapping[str, str], chosen: str) -> str:
    ticked = {value: " selected" if value == chosen else "" for value in words}
    return "".join(f'<option value="{value}"{ticked[value]}>{text}</option>' for value, text in words.items())


def _matter(number: int, line: Line) -> str:
    name = sentences.say("consents.purpose", number=number, name=in_words(line.spoken.purpose, "name"))
    return f"{name}. {sentences.say('consents.now')} {sentences.say('consents.stand_' + line.spoken.stand)}"


@register.filter
def word_said(row: ConsentAct) -> SafeString:
    """How and when a word was said, who entered it, and where the paper lies."""
    entered = localdate(row.at)
    if row.how == How.ACCOUNT:
        return sentences.say("consents.word_account", entered=entered)
    role = _role_said(row.role)
    if row.signed_on is None:
        return sentences.say("consents.word_paper_old", paper=row.paper, role=role, entered=entered)
    return sentences.say("consents.word_paper", day=row.signed_on, role=role, entered=entered, where=row.kept_at)


@register.filter
def paper_said(sheet: SignedSheet) -> SafeString:
    """Which paper a sheet is: the day on it and where it lies, or what it is called."""
    if sheet.signed_on is None:
        return sentences.say("consents.scan_paper_old", paper=sheet.paper)
    return sentences.say("consents.scan_paper", day=sheet.signed_on, where=sheet.kept_at)


@register.filter
def scan_named(scan: ConsentScan) -> SafeString:
    """What the scan of a sheet is: a photo, or a PDF with its pages."""
    if scan.is_picture:
        return sentences.say("consents.scan_photo")
    return sentences.say("consents.scan_pdf", count=scan.pages)


@register.filter
def scan_line(scan: ConsentScan) -> SafeString:
    """Who attached a scan and when, and why it was crossed out where it was."""
    words = {"role": _role_said(scan.added_as), "on": localdate(scan.added_at), "size": scan.size // 1000 + 1}
    if scan.crossed_out_at is None:
        return sentences.say("consents.scan_line", **words)
    return sentences.say("consents.scan_line_out", why=scan.crossed_out_why, **words)


def _role_said(role: str) -> SafeString:
    return sentences.say("mine.role_" + role if role in Role.values else "consents.by_program")


@register.filter
def born(person: Person) -> str:
    """The birth date as exactly as it is known."""
    return birth_text(person) if person.birth_date else str(sentences.say("privacy.not_known"))


@register.filter
def value_said(told: Told) -> str:
    """What a protected fact says; a choice by its name."""
    if told.said is None:
        return str(sentences.say("privacy.erased"))
    return told.said.value if told.fact.kind == "ethnicity" else choice_said(told.said.value)


@register.filter
def choice_said(value: str) -> str:
    """A choice of a protected fact by its name."""
    return str(sentences.say("privacy.choice_" + value))


@register.filter
def about_said(request: DataRequest) -> str:
    """What a request is about: a field, or purposes by their names."""
    if request.kind == "provide":
        return str(sentences.say("privacy.form_" + request.about))
    if request.about in FIELDS:
        return str(sentences.say("privacy.field_" + request.about))
    known = purposes()
    return "; ".join(in_words(known[name], "name") for name in request.about.split() if name in known)


@register.filter
def wanted_said(request: DataRequest) -> str:
    """What shall stand in a field, as people read it."""
    if request.about == "sex":
        return str(sentences.say("privacy.sex_" + request.wanted))
    return shown(request.about, request.wanted)


@register.filter
def value_of(typed: dict[str, str], name: str) -> str:
    """What was typed into a field."""
    return typed.get(name, "")

"""One line for each thing that has an id, and a short page for all that are not rubrics."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from densach.policy.coverage import coverage
from densach.policy.library import Library
from densach.policy.resolving import resolve
from densach.policy.showing import RubricPage, power_line
from densach.policy.words import day, known, period, say, sources
from densach.problems import Language, Refused
from densach.rules.model import Assumption, Claim, Document, Office, Overlay, Rubric, Target

Lines = Iterator[str]
KINDS = ("rubrics", "documents", "targets", "offices", "claims", "assumptions")


def list_lines(library: Library, kind: str, lang: Language) -> Lines:
    """One line for each thing of a kind (`all` for every kind), the id first, in the order of the ids."""
    for name in KINDS if kind == "all" else (kind,):
        things: Mapping[str, Any] = getattr(library, name)
        for thing in sorted(things.values(), key=lambda thing: thing.id):
            yield f"{thing.id}  {_LINES[name](library, thing, lang)}"


def page_lines(library: Library, wanted: str, on: date | None, lang: Language) -> Lines:
    """The page of any id; Refused (P120) with the nearest ids when there is none."""
    if wanted in library.rubrics:
        return RubricPage(library, wanted, on, lang).lines()
    for name, page in _PAGES.items():
        things: Mapping[str, Any] = getattr(library, name)
        if wanted in things:
            return page(library, things[wanted], lang)
    raise Refused(library.unknown_id(wanted, library.digests))


def _rubric_line(library: Library, rubric: Rubric, lang: Language) -> str:
    title = rubric.title_vi if lang == "vi" else rubric.title_en
    state = coverage(resolve(rubric, library.rubrics)).state
    return f"{title} · {period(rubric.valid_from, rubric.valid_to, lang)} · {say(state, lang)}"


def _document_line(_: Library, document: Document, lang: Language) -> str:
    title = document.title_vi if lang == "vi" else document.title_en
    return f"{document.number} · {title or '–'} · {document.issuer_vi} · {day(document.signed, lang)}"


def _target_line(_: Library, target: Target, lang: Language) -> str:
    goals = ", ".join(_goals(target, lang))
    return f"{target.title_vi if lang == 'vi' else target.title_en} · {goals}"


def _office_line(_: Library, office: Office, lang: Language) -> str:
    title = office.title_vi if lang == "vi" else office.title_en
    return f"{title} · {period(office.exists_from, office.exists_to, lang)}"


def _claim_line(_: Library, claim: Claim, lang: Language) -> str:
    what = claim.what_vi if lang == "vi" else claim.what_en
    return f"{claim.place_vi} · {day(claim.date, lang)} · {what} · “{claim.quoted}”"


def _assumption_line(_: Library, assumed: Assumption, lang: Language) -> str:
    return f"{assumed.text_vi if lang == 'vi' else assumed.text_en} · {assumed.value}"


_LINES: dict[str, Callable[[Library, Any, Language], str]] = {
    "rubrics": _rubric_line,
    "documents": _document_line,
    "targets": _target_line,
    "offices": _office_line,
    "claims": _claim_line,
    "assumptions": _assumption_line,
}


def _document_page(_: Library, document: Document, lang: Language) -> Lines:
    yield f"{document.id} · {document.kind_vi} {document.number}"
    yield (document.title_vi if lang == "vi" else document.title_en) or "–"
    yield f"{say('issuer', lang)}: {document.issuer_vi}"
    yield f"{say('signed', lang)}: {day(document.signed, lang)}"
    yield f"{say('period', lang)}: {period(document.in_force_from, document.in_force_to, lang)}"
    for word in ("replaces", "based_on"):
        if getattr(document, word):
            yield f"{say(word, lang)}: {', '.join(getattr(document, word))}"
    yield f"{say('mark', lang)}: {say(document.mark, lang)}"
    yield from _tail(document.notes, document.sources, lang)


def _target_page(library: Library, target: Target, lang: Language) -> Lines:
    yield f"{target.id} · {target.title_vi if lang == 'vi' else target.title_en}"
    yield f"{say('document', lang)}: {library.documents[target.document].number}"
    for goal, text in zip(target.goals, _goals(target, lang), strict=True):
        yield f"{text} [{say(goal.mark or 'unknown', lang)}]"
    base = target.base_vi if lang == "vi" else target.base_en
    yield f"{say('base', lang)}: {base or say('unknown', lang)}"
    if target.base_ended is not None:
        yield say("base_ended", lang, day=day(target.base_ended, lang))
    yield from _tail(target.notes, target.sources, lang)


def _office_page(library: Library, office: Office, lang: Language) -> Lines:
    yield f"{office.id} · {office.title_vi if lang == 'vi' else office.title_en}"
    cited = sources(office.mark, office.cites, library.documents, lang)
    yield f"{say('exists', lang)}: {period(office.exists_from, office.exists_to, lang)} {cited}"
    for title_key, powers in library.powers.items():
        for power in powers:
            if power.office == office.id:
                yield f"{say('powers', lang)} {title_key}: {power_line(library, power, lang)}"


def _claim_page(_: Library, claim: Claim, lang: Language) -> Lines:
    yield f"{claim.id} · {claim.place_vi}, {day(claim.date, lang)}"
    yield claim.what_vi if lang == "vi" else claim.what_en
    yield f"{say('quoted', lang)}: “{claim.quoted}”"
    yield f"{say('numerator', lang)}: {say('unknown', lang) if claim.numerator is None else claim.numerator}"
    yield from (f"{say('base', lang)} {name}: {base}" for name, base in claim.bases.items())
    yield f"{say('mark', lang)}: {say(claim.mark, lang)}"
    yield from _tail((), (claim.source,), lang)


def _overlay_page(library: Library, overlay: Overlay, lang: Language) -> Lines:
    yield f"{overlay.id} · {(overlay.title_vi if lang == 'vi' else overlay.title_en) or overlay.kind}"
    if overlay.mark == "fictional":
        yield say("made_up", lang)
    yield f"{say('lies_over', lang)}: {overlay.rubric}"
    cited = sources(overlay.mark, overlay.cites, library.documents, lang)
    yield f"{say('period', lang)}: {period(overlay.valid_from, overlay.valid_to, lang)} {cited}"
    yield from (f"{filling.hole}: {known(filling.value, lang)}" for filling in overlay.fills)


def _assumption_page(_: Library, assumed: Assumption, lang: Language) -> Lines:
    yield f"{assumed.id} · {assumed.text_vi if lang == 'vi' else assumed.text_en}"
    yield f"{say('assumed_since', lang, day=known(assumed.since, lang))}: {assumed.value}"
    yield from (f"  {each.value}: {each.text_vi if lang == 'vi' else each.text_en}" for each in assumed.options)


_PAGES: dict[str, Callable[[Library, Any, Language], Lines]] = {
    "documents": _document_page,
    "targets": _target_page,
    "offices": _office_page,
    "claims": _claim_page,
    "overlays": _overlay_page,
    "assumptions": _assumption_page,
}


def _goals(target: Target, lang: Language) -> Lines:
    for goal in target.goals:
        unit = " %" if target.unit == "%" else ""
        yield f"{goal.year}: {say('unknown', lang) if goal.value is None else f'{goal.value}{unit}'}"


def _tail(notes: tuple[str, ...], found: tuple[str, ...], lang: Language) -> Lines:
    for heading, lines in (("notes", notes), ("sources", found)):
        if lines:
            yield f"{say(heading, lang)}:"
            yield from (f"  {line}" for line in lines)

"""Finding an organisation, or the body of a place, from what somebody typed: always with its place and province."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from densach.formats.vietnamese import fold, format_date, nfc, single_spaced, tone_key
from densach.places import lookup as places
from densach.places.lookup import Likeness
from densach.places.models import OrganisationPeriod
from densach.places.organisations import queries
from densach.places.organisations.bodies import Body, bodies, body_on
from densach.places.organisations.command import Map, Node, body_node, nodes_of, organisation_node
from densach.places.organisations.names import search_key, written_out
from densach.places.queries import open_country
from densach.places.typed import halves, letters, one_letter_off, with_area_behind
from densach.problems import Refused, problem


@dataclass(frozen=True)
class FoundNode:
    """An organisation or a body as it was on the day asked for, and how near its name is to what was typed."""

    node: Node
    likeness: Likeness = Likeness.EXACT


def search_organisations(text: str, on: date) -> list[FoundNode]:
    """All that may be meant on a day, nearest first: registered ones, then the bodies of places that are not."""
    asked = single_spaced(nfc(text))
    registered = _registered(asked, on)
    known = {each.node.organisation for each in registered if each.node.organisation}
    derived = [each for each in _of_places(asked, on) if each.node.organisation not in known]
    return sorted([*registered, *derived], key=lambda each: each.likeness)


def search_misspelled(text: str, on: date) -> list[FoundNode]:
    """For a text that nothing fits: registered organisations whose name differs from it by one letter."""
    name, *areas = (part.strip() for part in single_spaced(nfc(text)).split(","))
    typed = letters(search_key(name))
    if not (parts := halves(typed)):
        return []
    rows = [row for row in queries.names_with_half(*parts, on) if _one_letter_off(typed, letters(row.folded))]
    nodes = nodes_of(rows, Map.of(on))
    return [FoundNode(node, Likeness.ONE_LETTER) for node in nodes if places.lies_in(node.ground, areas)]


def _one_letter_off(typed: str, name: str) -> bool:
    return any(one_letter_off(typed, each) for each in (name, name.removeprefix("truong")))


def find_organisation(reference: str, on: date) -> Node:
    """The one meant on a day: by permanent identity, as `education.province@19`, or by a name that fits no other.

    Refused where there is none (O101) or more than one (O102), and where it was not there on that day (O103).
    """
    if node := _by_identity(reference, on) or _by_key(reference, on):
        return node
    found = [each for each in search_organisations(reference, on) if each.likeness <= Likeness.WRITTEN_TOGETHER]
    near = [each.node for each in found if each.likeness == found[0].likeness]
    if not near:
        raise Refused(problem("O101", reference, day=format_date(on)))
    if len(near) > 1:
        names = "; ".join(f"{reference_of(node)} {node.label}" for node in near)
        raise Refused(problem("O102", reference, organisations=names))
    return near[0]


def reference_of(node: Node) -> str:
    """What names one for ever: the permanent identity, or the key of a body and the code of its place."""
    if node.organisation:
        return str(node.organisation.uid)
    key, code = (node.body.key if node.body else ""), (node.ground.period.code if node.ground else "")
    return f"{key}@{code}" if code else key


def _by_identity(reference: str, on: date) -> Node | None:
    try:
        uid = UUID(reference)
    except ValueError:
        return None
    organisation = queries.by_uid(str(uid))
    if organisation is None:
        raise Refused(problem("O101", reference, day=format_date(on)))
    if node := organisation_node(organisation, on):
        return node
    raise Refused(problem("O103", reference, day=format_date(on)))


def _by_key(reference: str, on: date) -> Node | None:
    key, _, code = reference.partition("@")
    body = body_on(key, on)
    if body is None:
        return None
    if not code:
        country = open_country()
        return body_node(key, country.place, on) if country else None
    return body_node(key, places.get_place(code, Map.of(on).read_on).place, on)


def _registered(asked: str, on: date) -> list[FoundNode]:
    name, *areas = (part.strip() for part in asked.split(","))
    ways = [(name, areas), *((before, [*areas, area]) for before, area in with_area_behind(name))]
    return next(filter(None, (_named(*way, on) for way in ways if letters(way[0]))), [])


def _named(name: str, areas: Iterable[str], on: date) -> list[FoundNode]:
    rows = list(queries.names_holding(search_key(name), on))
    found = zip(rows, nodes_of(rows, Map.of(on)), strict=True)
    return [FoundNode(node, _likeness(name, row)) for row, node in found if places.lies_in(node.ground, areas)]


def _likeness(name: str, row: OrganisationPeriod) -> Likeness:
    asked, own = written_out(name), written_out(row.name)
    for key, likeness in _KEYS:
        if key(asked) in (key(own), key(own.removeprefix("Trường "))):
            return likeness
    return Likeness.BEGINS if row.folded.startswith(search_key(name)) else Likeness.HOLDS


_KEYS = (
    (str.casefold, Likeness.EXACT),
    (tone_key, Likeness.TONE_PLACED_ELSEWHERE),
    (fold, Likeness.MARKS_MISSING),
    (letters, Likeness.WRITTEN_TOGETHER),
)


def _of_places(asked: str, on: date) -> list[FoundNode]:
    """The bodies whose name begins what was typed, at the places that the rest of it names."""
    words = written_out(asked)
    found = []
    for body in bodies():
        if body.exists(on) == "no":
            continue
        rest = _rest(words, body)
        if rest is not None:
            found += _at(body, rest, on)
    return list({each.node.key: each for each in found}.values())


def _rest(words: str, body: Body) -> str | None:
    """What follows the name of a body in a text; None where the text does not begin with it."""
    key, whole = search_key(words), search_key(body.named(""))
    # Who says "Phòng Giáo dục" means the Phòng Giáo dục và Đào tạo.
    for start in sorted({whole, whole.partition(" va ")[0], search_key(body.short)} - {""}, key=len, reverse=True):
        if key == start or key.startswith(start + " "):
            return " ".join(words.replace("–", " ").replace("-", " ").split()[len(start.split()) :])
    return None


def _at(body: Body, rest: str, on: date) -> list[FoundNode]:
    if not rest:
        country = open_country() if "{place}" not in body.name else None
        node = body_node(body.key, country.place, on) if country else None
        return [FoundNode(node)] if node else []
    found = places.search(rest, Map.of(on).read_on)
    near = [] if isinstance(found, places.NotKnown) else [each for each in found if each.period.level == body.level]
    nodes = ((body_node(body.key, each.period.place, on), each.likeness) for each in near[:_PLACES])
    return [FoundNode(node, likeness) for node, likeness in nodes if node]


_PLACES = 20  # a body is looked up at so many places; who means another types more of the name

"""Lines of command on a day: who stands above an organisation or a body, step by step, and who stands below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from densach.places.lookup import Found, known_on, likely, located
from densach.places.models import (
    Level,
    Organisation,
    OrganisationKind,
    OrganisationPeriod,
    Place,
    PlacePeriod,
    Subordination,
)
from densach.places.organisations import queries
from densach.places.organisations.bodies import LEVELS, Body, bodies_on, body_on, rule_on, rules_below
from densach.places.organisations.names import order_key
from densach.places.queries import country_on, rows_of_places
from densach.rules.model import MARKS


class End(StrEnum):
    """Why a chain goes no further."""

    TOP = "top"
    NOT_KNOWN = "not_known"
    PLACE_NOT_KNOWN = "place_not_known"


@dataclass(frozen=True)
class Node:
    """One that commands or is commanded on a day: a registered organisation, a body of a place, or both in one.

    `ground` is the place of the body or the seat of the organisation, None where it is not known.
    """

    name: str
    kind: str
    ground: Found | None
    organisation: Organisation | None = None
    body: Body | None = None

    @property
    def key(self) -> tuple[str, int]:
        """What tells two of them apart on one day."""
        if self.organisation:
            return ("", self.organisation.pk)
        return (self.body.key if self.body else "", self.ground.period.place_id if self.ground else 0)

    @property
    def label(self) -> str:
        """The name, with the places it lies in; a body of a place names its own place already."""
        places = self.ground.label if self.ground else ""
        if self.body and self.ground and not self.organisation:
            places = ", ".join(row.name for row in self.ground.above)
        return f"{self.name} ({places})" if places else self.name


@dataclass(frozen=True)
class Step:
    """One superior, and who says so with which mark (`inferred` where it follows from the places)."""

    node: Node
    mark: str
    source: str
    note: str = ""


@dataclass(frozen=True)
class Chain:
    """All above one, nearest first; `likely` where no list of places speaks of the day, only one confirmed for it."""

    steps: tuple[Step, ...]
    end: End
    note: str = ""
    likely: bool = False


@dataclass(frozen=True)
class Below:
    """One that stands below, by how many steps."""

    node: Node
    depth: int


@dataclass(frozen=True)
class Map:
    """The places as far as they are known on a day: by its list, or by the first list after it, then only likely."""

    on: date
    read_on: date
    likely: bool

    @classmethod
    def of(cls, on: date) -> Map:
        """The map of a day."""
        unknown = known_on(on)
        if unknown is None or not unknown.lists:
            return cls(on, on, likely=False)
        return cls(on, max(on, unknown.lists[0].known_from), likely=True)

    def ground(self, place: Place | None) -> Found | None:
        """A place with those above it; None where it is not known on the day, nor likely."""
        if place is None:
            return None
        return next(iter(self.grounds(rows_of_places([place.pk], self.read_on))), None)

    def grounds(self, rows: Iterable[PlacePeriod]) -> list[Found]:
        """Rows with the places above them, without those that are not even likely."""
        return [found for found in located(rows, self.read_on) if not self.likely or _likely(found, self.on)]


def _likely(found: Found, on: date) -> bool:
    """The country itself stands in no list that was compared."""
    return found.period.level == Level.COUNTRY or likely(found, on)


def organisation_node(organisation: Organisation, on: date) -> Node | None:
    """An organisation as it was on a day; None where it was not there."""
    period = queries.period_of(organisation, on)
    return _of_period(period, Map.of(on)) if period else None


def body_node(key: str, place: Place, on: date) -> Node | None:
    """The body of a place on a day, as registered where it is; None where there is none, or the place is not known."""
    body, ground = body_on(key, on), Map.of(on).ground(place)
    return _embodied(body, ground, on) if body and ground and ground.period.level == body.level else None


def chain_above(node: Node, line: str, on: date) -> Chain:
    """Everyone above on a day, to the top or to where it is not known; a few queries for each step."""
    known = Map.of(on)
    steps: list[Step] = []
    while True:
        above = _above(steps[-1].node if steps else node, line, known)
        if isinstance(above, Chain):
            return Chain(tuple(steps), above.end, above.note, known.likely)
        steps.append(above)


def all_below(node: Node, line: str, on: date) -> list[Below]:
    """Everyone below in a line on a day, nearest first; the number of queries grows with the depth alone."""
    known = Map.of(on)
    found: dict[tuple[str, int], Below] = {}
    bodies = _bodies_below(node, line, known)
    for below in (*bodies, *_seated_below(node, line, known)):
        found.setdefault(below.node.key, below)
    waiting = {below.node.organisation.pk: below.depth for below in found.values() if below.node.organisation}
    if node.organisation:
        waiting[node.organisation.pk] = 0
    while waiting:
        rows = queries.directly_below(waiting, line, on)
        periods = queries.periods_of_many((row.organisation_id for row in rows), on)
        depths = {row.organisation_id: waiting[row.superior_id or 0] + 1 for row in rows}
        nodes = nodes_of(periods.values(), known)
        new = [Below(each, depths[each.organisation.pk]) for each in nodes if each.organisation]
        new = [below for below in new if below.node.key not in found]
        found.update({below.node.key: below for below in new})
        waiting = {below.node.organisation.pk: below.depth for below in new if below.node.organisation}
    return sorted(found.values(), key=lambda below: (below.depth, order_key(below.node.name)))


def _above(node: Node, line: str, known: Map) -> Step | Chain:
    """Who stands directly above, or why nobody is named: a chain without steps."""
    if node.organisation is None or (node.body and node.body.line == line):
        return _above_body(node, line, known)
    if entered := queries.superior_on(node.organisation.pk, line, known.on):
        return _entered(entered, known)
    return _by_rule(node, line, known)


def _above_body(node: Node, line: str, known: Map) -> Chain | Step:
    if node.body is None or node.ground is None:
        return Chain((), End.PLACE_NOT_KNOWN)
    if node.body.line != line:
        return Chain((), End.NOT_KNOWN)
    higher = (*node.ground.above, *_country(known, node.ground))
    by_level = bodies_on(known.on, node.body.chain)
    for row in higher:
        if (body := by_level.get(Level(row.level))) and (ground := known.ground(row.place)):
            mark = _weakest("inferred", body.mark)
            return Step(_embodied(body, ground, known.on), mark, body.source, body.note)
    return Chain((), End.TOP)


def _weakest(*marks: str) -> str:
    return max(marks, key=[str(mark) for mark in MARKS].index)


def _country(known: Map, ground: Found) -> tuple[PlacePeriod, ...]:
    if ground.period.level == Level.COUNTRY:
        return ()
    country = country_on(known.read_on)
    return (country,) if country else ()


def _entered(row: Subordination, known: Map) -> Step | Chain:
    if row.superior:
        period = queries.period_of(row.superior, known.on)
        if period is None:
            return Chain((), End.NOT_KNOWN, row.source)
        return Step(_of_period(period, known), row.mark, row.source)
    ground, body = known.ground(row.place), body_on(row.body, known.on)
    if ground is None:
        return Chain((), End.PLACE_NOT_KNOWN, row.source)
    return Step(_embodied(body, ground, known.on), row.mark, row.source) if body else Chain((), End.NOT_KNOWN)


def _by_rule(node: Node, line: str, known: Map) -> Step | Chain:
    rule = rule_on(node.kind, line, known.on)
    if rule is None or rule.level is None:
        return Chain((), End.NOT_KNOWN, rule.note if rule else "")
    if node.ground is None:
        return Chain((), End.PLACE_NOT_KNOWN)
    row = next((row for row in (node.ground.period, *node.ground.above) if row.level == rule.level), None)
    ground, body = known.ground(row.place) if row else None, body_on(rule.key, known.on)
    if ground is None or body is None:
        return Chain((), End.NOT_KNOWN, rule.note)
    return Step(_embodied(body, ground, known.on), _weakest(rule.mark, body.mark), rule.source, rule.note)


def _embodied(body: Body, ground: Found, on: date) -> Node:
    """A body of a place: the registered organisation where there is one, else what the file says of all of them."""
    if registered := queries.body_at(body.key, ground.period.place, on):
        return Node(registered.name, registered.kind, ground, registered.organisation, body)
    return Node(body.named(ground.period.name), body.kind, ground, None, body)


def _of_period(period: OrganisationPeriod, known: Map) -> Node:
    body = body_on(period.body, known.on) if period.body else None
    return Node(period.name, period.kind, known.ground(period.seat), period.organisation, body)


def nodes_of(periods: Iterable[OrganisationPeriod], known: Map) -> list[Node]:
    """Organisations as their rows say, with one look at the places of all of them."""
    periods = list(periods)
    seats = {period.seat_id for period in periods if period.seat_id}
    grounds = {found.period.place_id: found for found in known.grounds(rows_of_places(seats, known.read_on))}
    return [
        Node(
            period.name,
            period.kind,
            grounds.get(period.seat_id or 0),
            period.organisation,
            body_on(period.body, known.on) if period.body else None,
        )
        for period in periods
    ]


def _bodies_below(node: Node, line: str, known: Map) -> Iterator[Below]:
    """The bodies of the same chain at the places inside, as registered where they are."""
    if node.body is None or node.body.line != line or node.ground is None:
        return
    levels = [level for level in bodies_on(known.on, node.body.chain) if LEVELS.index(level) > _depth(node)]
    inside = known.grounds(queries.places_inside(node.ground.period, levels, known.read_on))
    keys = [f"{node.body.chain}.{level}" for level in levels]
    rows = queries.embodied(keys, node.ground.period, known.on, known.read_on)
    registered = {(row.body, row.seat_id): row for row in rows}
    at_level = bodies_on(known.on, node.body.chain)
    for found in inside:
        body = at_level[Level(found.period.level)]
        own = registered.get((body.key, found.period.place_id))
        name, kind = (own.name, own.kind) if own else (body.named(found.period.name), str(body.kind))
        steps = sum(row.level in levels for row in found.above if _is_inside(row, node.ground.period)) + 1
        yield Below(Node(name, kind, found, own.organisation if own else None, body), steps)


def _seated_below(node: Node, line: str, known: Map) -> list[Below]:
    """The organisations that were put under these bodies, or that stand below them by the rule for their kind."""
    if node.body is None or node.body.line != line or node.ground is None:
        return []
    ground, chain = node.ground.period, node.body.chain
    depths = {level: number for number, level in enumerate(_levels_from(node, known), start=1)}
    entered = _entered_below(chain, depths, ground, line, known)
    rules = {rule.kind: rule.level for rule in rules_below(chain, known.on) if rule.line == line}
    kinds = {kind: depths[level] for kind, level in rules.items() if level in depths}
    rows = queries.seated_without_superior(kinds, ground, line, known.on, known.read_on) if kinds else []
    ruled = nodes_of((row for row in rows if not _is_body_of(row, line, known.on)), known)
    return entered + [Below(each, kinds[OrganisationKind(each.kind)]) for each in ruled if each.ground]


def _entered_below(chain: str, depths: dict[Level, int], ground: PlacePeriod, line: str, known: Map) -> list[Below]:
    keys = {f"{chain}.{level}": depth for level, depth in depths.items()}
    rows = queries.below_bodies(keys, ground, line, known.on, known.read_on)
    places = rows_of_places({row.place_id for row in rows if row.place_id}, known.read_on)
    there = {found.period.place_id for found in known.grounds(places)}
    depth_of = {row.organisation_id: keys[row.body] for row in rows if row.place_id in there}
    nodes = nodes_of(queries.periods_of_many(depth_of, known.on).values(), known)
    return [Below(each, depth_of[each.organisation.pk]) for each in nodes if each.organisation]


def _is_body_of(row: OrganisationPeriod, line: str, on: date) -> bool:
    body = body_on(row.body, on) if row.body else None
    return body is not None and body.line == line


def _levels_from(node: Node, known: Map) -> list[Level]:
    """The levels of the chain from that of a node down."""
    chain = node.body.chain if node.body else ""
    return [level for level in bodies_on(known.on, chain) if LEVELS.index(level) >= _depth(node)]


def _depth(node: Node) -> int:
    return LEVELS.index(node.body.level) if node.body else len(LEVELS)


def _is_inside(row: PlacePeriod, ground: PlacePeriod) -> bool:
    return row.path.startswith(ground.path) and row.path != ground.path

"""Opening policy files: bytes become frozen values, or a problem that names the file and the line.

The only module that opens policy files. Only `true` and `false` are yes and no, and a date or a number with a
point stays text, so that nothing is read as something its author did not write.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import msgspec
import yaml

from densach.policy.files import HOME
from densach.problems import Problem, Refused, problem

T = TypeVar("T")
Plain = None | bool | int | str | list["Plain"] | dict["Plain", "Plain"]
Trail = tuple[int | str, ...]

DEEPEST = 50  # far deeper than any shape
_BOOL, _INT, _NULL, _STR = (f"tag:yaml.org,2002:{kind}" for kind in ("bool", "int", "null", "str"))
_SCALARS: dict[str, Callable[[str], Plain]] = {
    _BOOL: lambda text: text == "true",
    _INT: int,
    _NULL: lambda _: None,
    _STR: str,
}


class _Loader(yaml.CSafeLoader):
    """The C loader that knows whole numbers, true, false and null; everything else is text."""


_Loader.yaml_implicit_resolvers = {
    "t": [(_BOOL, re.compile(r"true$"))],
    "f": [(_BOOL, re.compile(r"false$"))],
    "n": [(_NULL, re.compile(r"null$"))],
    "": [(_NULL, re.compile(r"$"))],
    **{digit: [(_INT, re.compile(r"-?(0|[1-9][0-9]{0,17})$"))] for digit in "-0123456789"},
}


@dataclass(frozen=True)
class Source:
    """One policy file as it stands on the disk."""

    path: Path
    data: bytes

    @property
    def sha256(self) -> str:
        """The digest by which a verdict says which text it was reached by."""
        return sha256(self.data).hexdigest()


def open_source(path: Path) -> Source:
    """Read the bytes of one policy file; Refused (P101) when it cannot be opened."""
    try:
        return Source(path, path.read_bytes())
    except OSError as error:
        raise Refused(problem("P101", shown(path), reason=error.strerror or error)) from error


def read(source: Source, shape: type[T]) -> T:
    """The values that a file holds, in their shape; Refused (P102 to P107) with the line of the first mistake."""
    node = _compose(source)
    try:
        return msgspec.convert(_plain(node, source), shape)
    except msgspec.ValidationError as error:
        raise Refused(_misshapen(source, node, str(error))) from error


def plain(source: Source) -> Plain:
    """What a file says before it is held against any shape."""
    return _plain(_compose(source), source)


def line_at(source: Source, trail: Trail) -> int:
    """The line of the value at the end of a trail of field names and positions, or of what comes nearest to it."""
    return _line(_compose(source), trail)


def shown(path: Path) -> str:
    """A path as messages show it: of our own files from `policy` on, of others as it was given."""
    return str(path.relative_to(HOME.parent) if path.is_relative_to(HOME) else path)


def _compose(source: Source) -> yaml.Node:
    try:
        text = source.data.decode("utf-8")
        trap = _trap(text)
        node = None if trap else yaml.compose(text, Loader=_Loader)
    except UnicodeDecodeError as error:
        line = source.data.count(b"\n", 0, error.start) + 1
        raise Refused(problem("P102", f"{shown(source.path)}:{line}")) from error
    except yaml.YAMLError as error:
        raise Refused(_unreadable(source, error)) from error
    if node is None:
        line, reason = trap or (1, "empty")
        raise Refused(problem("P103", f"{shown(source.path)}:{line}", reason=reason))
    return node


def _trap(text: str) -> tuple[int, str] | None:
    """Line and name of what could make a small file endless or overflow the stack of the C loader, if anything."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        line = event.start_mark.line + 1 if event.start_mark else 1
        if depth > DEEPEST:
            return line, "nested too deep"
        if isinstance(event, yaml.AliasEvent):
            return line, "an alias (*)"
    return None


def _unreadable(source: Source, error: yaml.YAMLError) -> Problem:
    mark = getattr(error, "problem_mark", None)
    line = mark.line if mark else source.data[: getattr(error, "position", 0)].count(b"\n")
    reason = getattr(error, "problem", None) or getattr(error, "reason", None) or error
    return problem("P103", f"{shown(source.path)}:{line + 1}", reason=reason)


def _plain(node: yaml.Node, source: Source) -> Plain:
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, source)
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item, source) for item in node.value]
    if node.tag not in _SCALARS:
        raise Refused(problem("P103", f"{shown(source.path)}:{node.start_mark.line + 1}", reason=node.tag))
    return _SCALARS[node.tag](node.value)


def _mapping(node: yaml.MappingNode, source: Source) -> dict[Plain, Plain]:
    found: dict[Plain, Plain] = {}
    for key_node, value_node in node.value:
        key = _plain(key_node, source)
        if not isinstance(key, str | int) or key in found:
            where = f"{shown(source.path)}:{key_node.start_mark.line + 1}"
            raise Refused(problem("P104", where, field=key_node.value))
        found[key] = _plain(value_node, source)
    return found


_MISSING = re.compile(r"Object missing required field `(?P<field>[^`]+)`")
_STRANGE = re.compile(r"Object contains unknown field `(?P<field>[^`]+)`")
_STEP = re.compile(r"\.(?P<name>\w+)|\[(?P<index>\d+)\]")


def _misshapen(source: Source, node: yaml.Node, message: str) -> Problem:
    reason, _, path = message.partition(" - at `$")
    trail = tuple(_steps(path))
    if found := _MISSING.match(reason):
        return problem("P105", f"{shown(source.path)}:{_line(node, trail)}", field=found["field"])
    if found := _STRANGE.match(reason):
        return problem("P106", f"{shown(source.path)}:{_line(node, (*trail, found['field']))}", field=found["field"])
    field = ".".join(map(str, trail)) or "$"
    return problem("P107", f"{shown(source.path)}:{_line(node, trail)}", field=field, reason=reason)


def _steps(path: str) -> Iterator[int | str]:
    for step in _STEP.finditer(path.partition("[...]")[0]):
        yield step["name"] if step["name"] else int(step["index"])


def _line(node: yaml.Node, trail: Trail) -> int:
    line = int(node.start_mark.line) + 1
    for step in trail:
        if isinstance(node, yaml.MappingNode):
            pair = next(((key, value) for key, value in node.value if key.value == str(step)), None)
        else:
            pair = _item(node, step)
        if pair is None:
            return line
        line, node = int(pair[0].start_mark.line) + 1, pair[1]
    return line


def _item(node: yaml.Node, step: int | str) -> tuple[yaml.Node, yaml.Node] | None:
    if not isinstance(node, yaml.SequenceNode) or not isinstance(step, int) or step >= len(node.value):
        return None
    return node.value[step], node.value[step]

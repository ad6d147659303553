"""Layouts of certificates as data: what stands where on the sheet, in millimetres from its upper left corner.

A layout is a TOML file. One that draws the whole face has its own frames, rules and standing words; one for a bought
blank (phôi) has only the boxes of what is filled in. docs/certificates.md describes each key.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct

from densach.formats.certificates.model import PARTS_OF
from densach.problems import Problem, Refused, problem

_HOME = Path(__file__).parent / "layouts"
_HONOURS = Path(__file__).parent / "honours"
Millimetres = Annotated[float, Meta(ge=-50, le=1200)]
Length = Annotated[float, Meta(gt=0, le=1200)]
Points = Annotated[float, Meta(ge=4, le=200)]
Thickness = Annotated[float, Meta(gt=0, le=20)]
Colour = Annotated[str, Meta(pattern=r"^#[0-9a-fA-F]{6}$")]
INK = "#1d2b36"


class Frame(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A rectangle that is drawn; `stroke` is its thickness in points."""

    x: Millimetres
    y: Millimetres
    width: Length
    height: Length
    stroke: Thickness
    colour: Colour = INK


class Rule(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A level line that is drawn."""

    x: Millimetres
    y: Millimetres
    length: Length
    stroke: Thickness
    colour: Colour = INK


class Box(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A box of words. They are set at `size` points, or smaller down to `least`, and in lines if they need to be.

    `says` holds standing words and `{parts}` of the certificate; a box whose parts are all empty stays empty.
    """

    says: str
    x: Millimetres
    y: Millimetres
    width: Length
    height: Length
    size: Points
    least: Points | None = None
    align: Literal["left", "center", "right"] = "left"
    stand: Literal["top", "middle", "bottom"] = "middle"
    bold: bool = False
    italic: bool = False
    capitals: bool = False
    colour: Colour = INK

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts of the certificate that the box shows."""
        return tuple(name for _, name, _, _ in Formatter().parse(self.says) if name is not None)

    def filled(self, words: Mapping[str, str]) -> str:
        """The words of the box for one certificate."""
        parts = self.parts
        if parts and not any(words[part] for part in parts):
            return ""
        text = " ".join(self.says.format_map(words).split())
        return text.upper() if self.capitals else text


class Qr(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where the QR code stands; `size` is that of its square with the quiet zone around it."""

    x: Millimetres
    y: Millimetres
    size: Annotated[float, Meta(ge=15, le=100)]


class Layout(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One sheet: its size, what is drawn on it and what is filled in.

    `words` says of which kind of certificate it shows the parts.
    """

    name: str
    words: Literal["recognition", "commendation"] = "recognition"
    width: Length
    height: Length
    box: tuple[Box, ...]
    frame: tuple[Frame, ...] = ()
    rule: tuple[Rule, ...] = ()
    qr: Qr | None = None


def shipped_layouts() -> tuple[str, ...]:
    """The names of the layouts that come with the product."""
    return tuple(sorted(path.stem for path in _HOME.glob("*.toml")))


def find_layout(name_or_file: str) -> Layout:
    """A layout of ours by its name, or one of a file (`.toml`); refused (R130 to R134) with the place of each fault."""
    if name_or_file in shipped_layouts():
        return read_layout(_HOME / f"{name_or_file}.toml")
    if not name_or_file.endswith(".toml"):
        raise Refused(problem("R130", name_or_file, layouts=", ".join(shipped_layouts())))
    return read_layout(Path(name_or_file))


def honour_layout(name: str) -> Layout:
    """A layout of ours for a Giấy khen or a Bằng khen by its name."""
    return read_layout(_HONOURS / f"{name}.toml")


def read_layout(path: Path) -> Layout:
    """The layout of a file, checked as a whole."""
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise Refused(problem("R131", path, reason=error.strerror or error)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(problem("R131", path, reason=str(error).rstrip("."))) from error
    faults = list(_misshapen(raw, path.name))
    if faults:
        raise Refused(*faults)
    layout = msgspec.convert(raw, Layout)
    faults = [*_strange_parts(layout, path.name), *_outside(layout, path.name)]
    if faults:
        raise Refused(*faults)
    return layout


def _misshapen(raw: dict[str, object], where: str) -> Iterator[Problem]:
    """Each table is held against its shape by itself, so that every one with a fault is named."""
    for key, shape in (("box", Box), ("frame", Frame), ("rule", Rule)):
        tables = raw.get(key)
        for place, table in enumerate(tables if isinstance(tables, list) else (), 1):
            yield from _fault(table, shape, f"{where} {key} {place}")
    kept = {key: value for key, value in raw.items() if not isinstance(value, list)}
    # Lists were looked at one by one; an empty one stands for them in the look at the whole.
    yield from _fault(kept | {key: [] for key in raw if key not in kept}, Layout, where)


def _fault(table: object, shape: type[Struct], where: str) -> Iterator[Problem]:
    try:
        msgspec.convert(table, shape)
    except msgspec.ValidationError as error:
        reason, _, at = str(error).partition(" - at `$")
        yield problem("R132", f"{where}{at.rstrip('`')}", reason=reason.replace("`", ""))


def _strange_parts(layout: Layout, where: str) -> Iterator[Problem]:
    known = PARTS_OF[layout.words]
    for place, box in enumerate(layout.box, 1):
        try:
            strange = [part for part in box.parts if part not in known]
        except ValueError:
            strange = [box.says]
        for part in strange:
            yield problem("R133", f"{where} box {place}", part=part, parts=", ".join(known))


def _outside(layout: Layout, where: str) -> Iterator[Problem]:
    for kind, place, (x, y, width, height) in _extents(layout):
        if x < 0 or y < 0 or x + width > layout.width or y + height > layout.height:
            sheet = f"{layout.width:g} × {layout.height:g}"
            yield problem("R134", f"{where} {kind} {place}", sheet=sheet)


def _extents(layout: Layout) -> Iterator[tuple[str, int, tuple[float, float, float, float]]]:
    for place, box in enumerate(layout.box, 1):
        yield "box", place, (box.x, box.y, box.width, box.height)
    for place, frame in enumerate(layout.frame, 1):
        yield "frame", place, (frame.x, frame.y, frame.width, frame.height)
    for place, rule in enumerate(layout.rule, 1):
        yield "rule", place, (rule.x, rule.y, rule.length, 0)
    if layout.qr is not None:
        yield "qr", 1, (layout.qr.x, layout.qr.y, layout.qr.size, layout.qr.size)

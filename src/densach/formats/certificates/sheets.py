"""Certificates as one PDF for a whole list, and the test sheet by which a layout is held against a blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date

from msgspec.structs import asdict as keyed

from densach.formats.certificates.fitting import PITCH, Fitted, fit, side_of
from densach.formats.certificates.layout import Box, Layout
from densach.formats.certificates.model import Honour, Words
from densach.formats.certificates.qr import qr_svg
from densach.formats.paper import render
from densach.formats.typeface import ASCENT, DESCENT, face
from densach.formats.vietnamese import nfc
from densach.problems import Problem, Refused, problem

Shift = tuple[float, float]  # millimetres to the right and downwards, against a printer that pulls paper askew
NO_SHIFT: Shift = (0.0, 0.0)


def certificates_pdf(
    certificates: Sequence[Words | Honour],
    layout: Layout,
    *,
    title: str,
    made_on: date,
    shift: Shift = NO_SHIFT,
    fictional: bool = False,
) -> bytes:
    """One page for each certificate, tagged, the same bytes for the same words.

    Refused (R135, R136) with the name of each certificate whose words do not fit their box or cannot be drawn.
    """
    setting = _Setting(layout)
    pages = [setting.page(words) for words in certificates]
    if setting.faults:
        raise Refused(*setting.faults)
    data = _sheet(layout, title, shift) | {"certificates": pages}
    return render("certificates", data, made_on=made_on, fictional=fictional)


def refuse_unfit(certificates: Sequence[Words | Honour], layout: Layout) -> None:
    """Refuse (R135, R136) what the layout cannot hold, without drawing it."""
    setting = _Setting(layout)
    for words in certificates:
        setting.words(words)
    if setting.faults:
        raise Refused(*setting.faults)


def grid_pdf(layout: Layout, *, made_on: date, shift: Shift = NO_SHIFT) -> bytes:
    """A grid in millimetres with every box of a layout in its place, to print on a blank and look at."""
    boxes = [{"x": box.x, "y": box.y, "width": box.width, "height": box.height, "says": box.says} for box in layout.box]
    if layout.qr is not None:
        side = layout.qr.size
        boxes.append({"x": layout.qr.x, "y": layout.qr.y, "width": side, "height": side, "says": "QR"})
    title = f"Tờ thử của mẫu “{layout.name}”"
    data = _sheet(layout, title, shift) | {"outlines": boxes, "moved": _moved(shift)}
    return render("certificates-grid", data, made_on=made_on)


@dataclass
class _Setting:
    """Sets the words of many certificates by one layout; words that come again are measured once."""

    layout: Layout
    faults: list[Problem] = field(default_factory=list)
    _known: dict[tuple[int, str], Fitted | None] = field(default_factory=dict)

    def page(self, words: Words | Honour) -> dict[str, object]:
        """What the page of one certificate holds; what cannot be set is added to the faults."""
        shown = self.layout.qr is not None and words.qr
        return {
            "words": self.words(words),
            "qr": qr_svg(words.qr) if shown else "",
            "alt": f"Mã QR: {words.qr}",
        }

    def words(self, words: Words | Honour) -> list[tuple[int, float, tuple[str, ...]]]:
        """The boxes that say something, with the size and the lines of what they say."""
        parts = asdict(words)
        texts = ((place, box, nfc(box.filled(parts))) for place, box in enumerate(self.layout.box))
        return [each for place, box, text in texts if text for each in self._set(words, place, box, text)]

    def _set(
        self, words: Words | Honour, place: int, box: Box, text: str
    ) -> Iterator[tuple[int, float, tuple[str, ...]]]:
        key = place, text
        if key not in self._known:
            self._known[key] = fit(text, box)
            if missing := face(bold=box.bold, italic=box.italic).missing(text):
                self.faults.append(problem("R136", words.name, letters=" ".join(missing), text=text))
        found = self._known[key]
        if found is None:
            smallest = f"{box.size if box.least is None else box.least:g}"
            self.faults.append(problem("R135", words.name, text=text, box=place + 1, least=smallest))
            return
        yield place, found.size, found.lines


def _moved(shift: Shift) -> str:
    right, down = (f"{length:g}".replace(".", ",").replace("-", "−") for length in shift)
    return f"Ô vuông 1 mm; đã dịch sang phải {right} mm, xuống dưới {down} mm."


def _sheet(layout: Layout, title: str, shift: Shift) -> dict[str, object]:
    """What is the same on every page."""
    return {
        "title": title,
        "sheet": {"width": layout.width, "height": layout.height},
        "shift": shift,
        "ascent": ASCENT,
        "descent": DESCENT,
        "pitch": PITCH,
        "frames": [keyed(frame) for frame in layout.frame],
        "rules": [keyed(rule) for rule in layout.rule],
        "boxes": [keyed(box) | {"side": side_of(box)} for box in layout.box],
        "qr": keyed(layout.qr) if layout.qr else None,
    }

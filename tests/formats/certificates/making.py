"""Made-up certificates, and the printed page as it looks: pixels, words, codes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import pypdfium2
import zxingcpp
from PIL import Image, ImageDraw

from densach.formats.certificates.layout import Box, Layout
from densach.formats.certificates.model import Words
from densach.formats.certificates.sheets import NO_SHIFT, Shift, certificates_pdf

ON = date(2027, 2, 3)
OFFICE = "Chủ tịch Ủy ban nhân dân xã MẪU Đèn Sách"
DOTS = 4  # of a drawn page for each millimetre


def words(order: int = 1, **said: str) -> Words:
    """A certificate of a household that does not exist."""
    usual = {
        "name": f"Hộ Nguyễn Thị Mẫu {order}",
        "title": "Gia đình học tập",
        "year": "2026",
        "issuer": OFFICE,
        "decision": f"Theo Quyết định số 12/QĐ-UBND ngày 03 tháng 02 năm 2027 của {OFFICE}",
        "place_and_date": "MẪU Đèn Sách, ngày 03 tháng 02 năm 2027",
        "office": "Chủ tịch",
        "serial": f"{order:05}",
        "code": f"7Q4K-9WER-2M5N-{order:04}",
        "qr": f"densach:7Q4K9WER2M5N{order:04}",
        "address": "Thôn Đoài, xã MẪU Đèn Sách, tỉnh Thái Nguyên",
    }
    return Words(**(usual | said))


def printed(
    certificates: Iterable[Words], layout: Layout, *, shift: Shift = NO_SHIFT, fictional: bool = False
) -> bytes:
    return certificates_pdf(
        list(certificates), layout, title="Giấy chứng nhận", made_on=ON, shift=shift, fictional=fictional
    )


def one_box(**said: object) -> Layout:
    """A sheet with one box for the name."""
    usual: dict[str, object] = {"says": "{name}", "x": 30, "y": 20, "width": 60, "height": 12, "size": 20, "least": 10}
    return Layout(name="một ô", width=120, height=60, box=(Box(**(usual | said)),))  # type: ignore[arg-type]


@dataclass(frozen=True)
class Sheet:
    """One drawn page."""

    page: pypdfium2.PdfPage

    @cached_property
    def picture(self) -> Image.Image:
        """What a printer puts on paper, in shades of grey."""
        drawn: Image.Image = self.page.render(scale=25.4 / 72 * DOTS).to_pil()
        return drawn.convert("L")

    @property
    def text(self) -> str:
        """The words in the order in which they are read."""
        return " ".join(self.page.get_textpage().get_text_bounded().split())

    def ink(self) -> tuple[float, float, float, float] | None:
        """Left, top, right and bottom of all that is drawn, in millimetres; None on an empty page."""
        box = self.picture.point(lambda shade: 255 if shade < 250 else 0).getbbox()
        return None if box is None else (box[0] / DOTS, box[1] / DOTS, box[2] / DOTS, box[3] / DOTS)

    def outside(self, layout: Layout) -> Sheet | None:
        """The page where anything is drawn outside its boxes and lines; None if nothing is."""
        rest = self.picture.copy()
        pen = ImageDraw.Draw(rest)
        for x, y, width, height in _places(layout):
            pen.rectangle([x * DOTS - 1, y * DOTS - 1, (x + width) * DOTS + 1, (y + height) * DOTS + 1], fill=255)
        return self if rest.point(lambda shade: 255 if shade < 250 else 0).getbbox() else None

    def codes(self, layout: Layout) -> list[str]:
        """What a reader finds in the QR code of the page."""
        assert layout.qr is not None
        x, y, side = layout.qr.x, layout.qr.y, layout.qr.size
        cut = tuple(round(edge * DOTS) for edge in (x, y, x + side, y + side))
        return [found.text for found in zxingcpp.read_barcodes(self.picture.crop(cut))]  # type: ignore[arg-type]


def _places(layout: Layout) -> Iterator[tuple[float, float, float, float]]:
    for box in layout.box:
        yield box.x, box.y, box.width, box.height
    for frame in layout.frame:
        for x, y, width, height in (
            (frame.x, frame.y, frame.width, 0.0),
            (frame.x, frame.y + frame.height, frame.width, 0.0),
            (frame.x, frame.y, 0.0, frame.height),
            (frame.x + frame.width, frame.y, 0.0, frame.height),
        ):
            half = frame.stroke * 25.4 / 72 / 2
            yield x - half, y - half, width + 2 * half, height + 2 * half
    for rule in layout.rule:
        yield rule.x, rule.y - rule.stroke / 4, rule.length, rule.stroke / 2
    if layout.qr is not None:
        yield layout.qr.x, layout.qr.y, layout.qr.size, layout.qr.size


def sheets(pdf: bytes) -> list[Sheet]:
    """The pages of a PDF."""
    return [Sheet(page) for page in pypdfium2.PdfDocument(pdf)]

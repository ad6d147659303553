"""Made-up photos and papers, and a vault of their own."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from densach.formats.pictures import check_evidence
from tests.people.making import KEYS

if TYPE_CHECKING:
    from pathlib import Path

    from densach.assessing.evidence.models import Evidence
    from densach.assessing.evidence.vault import Vault
    from densach.assessing.sheets.models import Sheet
    from densach.history.domain import Act


def photo(order: int = 1, size: tuple[int, int] = (640, 480)) -> bytes:
    """A JPEG with a place in its EXIF; each order is another picture."""
    image = Image.new("RGB", size, (240, 230, 210))
    draw = ImageDraw.Draw(image)
    for at in range(8):
        draw.rectangle((at * 70, 30 * at, at * 70 + 40 + order * 9, 30 * at + 60), fill=(20 * at, 90, 17 * order % 255))
    exif = Image.Exif()
    exif[0x010E] = "nơi chụp MẪU"
    exif.get_ifd(0x8825)[1] = "N"
    kept = BytesIO()
    image.save(kept, "JPEG", exif=exif)
    return kept.getvalue()


def vault(folder: Path) -> Vault:
    from densach.assessing.evidence.vault import Vault

    return Vault(folder / "evidence", KEYS)


def added(sheet: Sheet, folder: Path, act: Act, order: int = 1, indicator: str = "a1") -> Evidence:
    from densach.assessing.evidence.domain import add_evidence

    return add_evidence(sheet, indicator, check_evidence("anh", photo(order)), vault(folder), by=None, act=act)

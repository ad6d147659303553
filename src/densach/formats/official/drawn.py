"""The dots of a drawing, fine enough for paper; the same for both forms of an official document."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from io import BytesIO

from PIL import Image

from densach.formats.paper import picture

COLOURS = 32  # a chart has four and the greys at the edges of letters; so many make a third of the bytes
KEPT = 64


@lru_cache(maxsize=KEPT)
def png_of(svg: str) -> bytes:
    """The drawing as PNG, without a ground, so that MẪU shows through."""
    dots = picture("drawing", {"svg": svg}, made_on=date.min)
    made = BytesIO()
    Image.open(BytesIO(dots)).quantize(COLOURS, Image.Quantize.FASTOCTREE).save(made, "PNG", optimize=True)
    return made.getvalue()

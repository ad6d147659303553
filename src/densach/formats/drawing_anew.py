"""Draw a picture anew by Pillow: only its points survive, upright and small; what else stood in the file is gone."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from densach.problems import Refused, problem

MAX_SIDE = 1_600  # points: the writing of a certificate is still read, and a page of ten loads over mobile data
AIM_BYTES = 300_000  # ten thousand pieces of evidence of a commune take 3 GB
MAX_SCANS = 64  # a progressive JPEG has about ten; each of them makes us go over the whole picture again
_STEPS = ((1_600, 85), (1_600, 75), (1_600, 65), (1_280, 60), (1_024, 55), (800, 50))  # longest side and quality
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_PLAIN = 8  # of 256 shades: with less between its lightest and darkest part a picture has no fingerprint


@dataclass(frozen=True)
class Drawn:
    """A picture as a JPEG without anything but its points."""

    content: bytes
    width: int
    height: int
    fingerprint: int | None


def drawn_anew(name: str, content: bytes, kind: str, max_pixels: int) -> Drawn:
    """The first frame of a JPEG, PNG or WebP; raises Refused (E104, E105)."""
    if kind == "JPEG" and content.count(b"\xff\xda") > MAX_SCANS:
        raise Refused(problem("E105", name))
    try:
        return _drawn(_points(content, kind, max_pixels))
    except (_TooManyPixels, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(problem("E104", name, limit=max_pixels // 1_000_000)) from error
    except Exception as error:  # a damaged picture makes a decoder fail in any way it likes
        raise Refused(problem("E105", name)) from error


class _TooManyPixels(Exception):  # noqa: N818  - it says what the file is
    """Opening the picture would fill the memory."""


def _points(content: bytes, kind: str, max_pixels: int) -> Image.Image:
    """The picture upright, in three colours on white, at most `MAX_SIDE` long."""
    with Image.open(BytesIO(content), formats=[kind]) as sent:
        if sent.width * sent.height > max_pixels:
            raise _TooManyPixels
        sent.draft("RGB", (MAX_SIDE, MAX_SIDE))  # a JPEG can be opened at a part of its size
        small = _even(sent)
        small.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
        turn = _TURNS.get(_orientation(sent))
    return _on_white(small if turn is None else small.transpose(turn))


def _even(sent: Image.Image) -> Image.Image:
    """The picture in a mode that can be scaled: no palette, eight bits a colour."""
    if sent.mode.startswith("I"):
        return sent.convert("I").point(lambda shade: shade * (1 / 256)).convert("L")
    if sent.mode in {"L", "LA", "RGB", "RGBA"}:
        sent.load()
        return sent
    return sent.convert("RGB" if sent.mode == "CMYK" else "RGBA")


def _orientation(sent: Image.Image) -> int:
    try:
        return int(sent.getexif().get(_ORIENTATION, 1))
    except Exception:  # a photo whose description is damaged is still a photo; people see if it lies on its side
        return 1


def _on_white(image: Image.Image) -> Image.Image:
    """A new picture, so that nothing that Pillow read beside the points goes along."""
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image.getchannel("A") if "A" in image.getbands() else None)
    return paper


def _drawn(image: Image.Image) -> Drawn:
    fingerprint = _fingerprint(image)
    content = b""
    for side, quality in _STEPS:
        image.thumbnail((side, side), Image.Resampling.LANCZOS)
        content = _written(image, quality)
        if len(content) <= AIM_BYTES:
            break
    return Drawn(content, image.width, image.height, fingerprint)


def _written(image: Image.Image, quality: int) -> bytes:
    kept = BytesIO()
    image.save(kept, "JPEG", quality=quality, optimize=True)
    return kept.getvalue()


def _fingerprint(image: Image.Image) -> int | None:
    """Whether each of 8 by 8 parts is lighter than its left neighbour (the difference hash of Krawetz, 2013)."""
    shades = image.convert("L").resize((9, 8), Image.Resampling.BOX).tobytes()
    if max(shades) - min(shades) < _PLAIN:
        return None
    rises = (shades[row * 9 + column] < shades[row * 9 + column + 1] for row in range(8) for column in range(8))
    return sum(1 << place for place, rise in enumerate(rises) if rise)

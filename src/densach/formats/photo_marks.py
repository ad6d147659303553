"""What a JPEG says beside its picture (EXIF with the place, XMP, IPTC, comments), taken out without drawing it anew.

For photos inside a PDF: to draw those anew would change how the page looks. Segments: ITU-T T.81, annex B.
"""

from __future__ import annotations

from io import BytesIO

from PIL import ExifTags, Image

_KEPT_MARKS = {
    0xE0,
    0xE2,
    0xEE,
}  # JFIF, the colour profile, and how Adobe wrote the colours: without them it looks other
_COMMENT, _SCAN, _END = 0xFE, 0xDA, 0xD9
_ALONE = {0x01, *range(0xD0, 0xD9)}


def without_marks(jpeg: bytes) -> bytes:
    """The same picture, up to its end and without what is said beside it; ValueError for what is no JPEG."""
    if not jpeg.startswith(b"\xff\xd8"):
        raise ValueError("no JPEG")
    kept, at = [b"\xff\xd8"], 2
    while True:
        mark, start, end = _segment(jpeg, at)
        if mark == _END:
            return b"".join([*kept, b"\xff\xd9"])
        if not (0xE0 <= mark <= 0xEF or mark == _COMMENT) or mark in _KEPT_MARKS:
            kept.append(jpeg[start:end])
        at = end


def tells_place(jpeg: bytes) -> bool:
    """Whether the picture says where it was taken, in its EXIF or its XMP."""
    with Image.open(BytesIO(jpeg), formats=["JPEG"]) as photo:
        return bool(photo.getexif().get_ifd(ExifTags.IFD.GPSInfo)) or b":GPSLatitude" in jpeg


def _segment(jpeg: bytes, at: int) -> tuple[int, int, int]:
    """The next mark, and where its segment begins and ends; that of a scan holds the points behind it."""
    while jpeg[at : at + 2] == b"\xff\xff":
        at += 1
    if at + 2 > len(jpeg) or jpeg[at] != 0xFF:
        raise ValueError("cut off, or no mark where one must be")
    mark = jpeg[at + 1]
    if mark == _END or mark in _ALONE:
        return mark, at, at + 2
    end = at + 2 + int.from_bytes(jpeg[at + 2 : at + 4], "big")
    if end < at + 4 or end > len(jpeg):
        raise ValueError("a segment without an end")
    return mark, at, _end_of_points(jpeg, end) if mark == _SCAN else end


def _end_of_points(jpeg: bytes, at: int) -> int:
    """Where the next mark begins: among points 0xFF stands only before 0 or before a restart."""
    while (at := jpeg.find(b"\xff", at)) >= 0 and at + 1 < len(jpeg):
        if jpeg[at + 1] != 0 and not 0xD0 <= jpeg[at + 1] <= 0xD7:
            return at
        at += 2
    raise ValueError("points without an end")

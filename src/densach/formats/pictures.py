"""The one door for evidence that people send: a photo or a PDF, told by what it is and never by its name.

What is kept is never what was sent: a picture is drawn anew and a PDF written anew, so that nothing travels along that
nobody sees, above all the place where a photo was taken. Why each check is there: docs/evidence.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from hashlib import sha256

from densach.problems import Refused, problem

MAX_SENT_BYTES = (
    20_000_000  # a photo as a phone takes it has 3 to 15 MB; without script it is not shrunk before sending
)
MAX_PIXELS = 50_000_000  # of a JPEG, which opens at a part of its size: the largest that usual phones take
MAX_PIXELS_WHOLE = (
    25_000_000  # of a PNG or WebP, which takes 10 bytes a point; a page scanned at 400 dpi has 15 million
)
MAX_PAGES = 50  # of a PDF: a dossier in one file; a whole register is no evidence for one indicator

_HEIF = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_OTHERS = (  # the bytes that a kind begins with, and its name
    (b"GIF8", "tệp ảnh GIF", "a GIF picture"),
    (b"BM", "tệp ảnh BMP", "a BMP picture"),
    (b"II*\0", "tệp ảnh TIFF", "a TIFF picture"),
    (b"MM\0*", "tệp ảnh TIFF", "a TIFF picture"),
    (b"PK", "tệp nén hoặc tệp Word, Excel", "a compressed archive or a file of Word or Excel"),
    (b"Rar!", "tệp nén", "a compressed archive"),
    (b"7z\xbc\xaf", "tệp nén", "a compressed archive"),
    (b"\x1f\x8b", "tệp nén", "a compressed archive"),
    (b"\xd0\xcf\x11\xe0", "tệp Word, Excel kiểu cũ", "an old file of Word or Excel"),
    (b"{\\rtf", "văn bản RTF", "an RTF document"),
    (b"<", "trang web hoặc tệp XML", "a web page or an XML file"),
    (b"MZ", "chương trình", "a program"),
    (b"\x7fELF", "chương trình", "a program"),
    (b"ID3", "tệp âm thanh", "a sound file"),
    (b"OggS", "tệp âm thanh", "a sound file"),
    (b"\x1aE\xdf\xa3", "tệp video", "a video"),
)


class Kind(Enum):
    """What evidence may be sent as."""

    JPEG = "JPEG"
    PNG = "PNG"
    WEBP = "WEBP"
    PDF = "PDF"


@dataclass(frozen=True)
class Evidence:
    """What is kept: `content` is ready to be shown, and what else is known of it tells whether it was used before.

    `sha256` is that of the file as it was sent. `fingerprint` is 64 bits that nearly equal pictures share but for a few
    (`measures.reuse`); None for a PDF, and for a picture so plain that it would be near to any other.
    """

    kind: Kind
    media_type: str
    content: bytes
    sha256: str
    width: int | None = None
    height: int | None = None
    fingerprint: int | None = None
    pages: int | None = None


def check_evidence(name: str, content: bytes) -> Evidence:
    """The evidence in a file that was sent under a name; raises Refused (E101 to E111) for what cannot be kept."""
    if not content:
        raise Refused(problem("E106", name))
    if len(content) > MAX_SENT_BYTES:
        raise Refused(problem("E101", name, limit=MAX_SENT_BYTES // 1_000_000))
    kind = _kind_of(name, content)
    return _pdf(name, content) if kind is Kind.PDF else _picture(name, content, kind)


def _picture(name: str, content: bytes, kind: Kind) -> Evidence:
    from densach.formats.drawing_anew import drawn_anew  # noqa: PLC0415  - Pillow loads only when a picture comes

    max_pixels = MAX_PIXELS if kind is Kind.JPEG else MAX_PIXELS_WHOLE
    drawn = drawn_anew(name, content, kind.value, max_pixels)
    return Evidence(
        kind,
        "image/jpeg",
        drawn.content,
        sha256(content).hexdigest(),
        width=drawn.width,
        height=drawn.height,
        fingerprint=drawn.fingerprint,
    )


def _pdf(name: str, content: bytes) -> Evidence:
    from densach.formats.pdf_checks import checked_pdf  # noqa: PLC0415  - pypdf loads only when a PDF comes

    kept, pages = checked_pdf(name, content, MAX_PAGES)
    return Evidence(Kind.PDF, "application/pdf", kept, sha256(content).hexdigest(), pages=pages)


def _kind_of(name: str, content: bytes) -> Kind:
    if content.startswith(b"\xff\xd8\xff"):
        return Kind.JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind.PNG
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return Kind.WEBP
    if content.startswith(b"%PDF-"):
        return Kind.PDF
    if content[4:8] == b"ftyp" and content[8:12] in _HEIF:
        raise Refused(problem("E103", name))
    vi, en = _other(content)
    raise Refused(problem("E102", name, kind_vi=vi, kind_en=en))


def _other(content: bytes) -> tuple[str, str]:
    if content[4:8] == b"ftyp" or content.startswith(b"RIFF"):
        return "tệp video, âm thanh hoặc ảnh AVIF", "a video, a sound file or an AVIF picture"
    start = content[:64].removeprefix(b"\xef\xbb\xbf").lstrip()
    names = ((vi, en) for signature, vi, en in _OTHERS if start.startswith(signature))
    return next(names, ("tệp không rõ loại", "a file of an unknown kind"))

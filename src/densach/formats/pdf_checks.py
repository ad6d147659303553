"""Look through a PDF that was sent as evidence, and write it anew without what it says beside its pages.

Only what a reader of the file can reach is looked at and written, so earlier versions and what is hidden behind the end
are gone. A signed PDF would lose its signature: it is kept as it was sent.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import NamedTuple

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NameObject, PdfObject, StreamObject

from densach.formats.photo_marks import tells_place, without_marks
from densach.problems import Refused, problem

MAX_OBJECTS = 100_000  # fifty tagged pages have some ten thousand
MAX_PHOTO_BYTES = 50_000_000  # of a photo that was packed once more
_PHOTO = "/DCTDecode"


class _Forbidden(NamedTuple):
    """What may stand in a PDF but not in evidence, as people call it."""

    vi: str
    en: str


_PROGRAM = _Forbidden("chương trình (JavaScript)", "a program (JavaScript)")
_LAUNCH = _Forbidden("lệnh mở chương trình hoặc tệp khác", "an order to open another program or file")
_SENDS = _Forbidden("lệnh gửi hoặc lấy số liệu", "an order to send or fetch data")
_FILES = _Forbidden("tệp đính kèm bên trong", "files attached inside")
_MEDIA = _Forbidden("phim, âm thanh hoặc hình 3 chiều", "film, sound or a 3-D model")
_FORM = _Forbidden("biểu mẫu động (XFA)", "a dynamic form (XFA)")
_KEYS = {"/JS": _PROGRAM, "/JavaScript": _PROGRAM, "/EmbeddedFiles": _FILES, "/EF": _FILES, "/XFA": _FORM}
_VALUES = {
    ("/S", "/JavaScript"): _PROGRAM,
    ("/S", "/Launch"): _LAUNCH,
    ("/S", "/GoToR"): _LAUNCH,
    ("/S", "/GoToE"): _LAUNCH,
    ("/S", "/SubmitForm"): _SENDS,
    ("/S", "/ImportData"): _SENDS,
    ("/S", "/Rendition"): _MEDIA,
    ("/S", "/Movie"): _MEDIA,
    ("/S", "/Sound"): _MEDIA,
    ("/Type", "/EmbeddedFile"): _FILES,
    ("/Subtype", "/FileAttachment"): _FILES,
    **{("/Subtype", name): _MEDIA for name in ("/RichMedia", "/Movie", "/Sound", "/Screen", "/3D")},
}


def checked_pdf(name: str, content: bytes, max_pages: int) -> tuple[bytes, int]:
    """The PDF to keep and how many pages it has; raises Refused (E107 to E111)."""
    try:
        return _checked(name, content, max_pages)
    except Refused:
        raise
    except Exception as error:  # a damaged PDF makes a parser fail in any way it likes
        raise Refused(problem("E110", name)) from error


def _checked(name: str, content: bytes, max_pages: int) -> tuple[bytes, int]:
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        raise Refused(problem("E107", name))
    inside = _looked_through(name, [reader.trailer])
    pages = sum(each.get("/Type") == "/Page" for each in inside)
    if pages > max_pages:
        raise Refused(problem("E109", name, pages=pages, limit=max_pages))
    if not pages:
        raise Refused(problem("E110", name))
    is_signed = any("/ByteRange" in each for each in inside)
    return _signed(name, content, inside) if is_signed else _written_anew(name, reader), pages


def _looked_through(name: str, start: Iterable[PdfObject | None]) -> list[DictionaryObject]:
    inside = list(_inside(start))
    for found in filter(None, map(_forbidden, inside)):
        raise Refused(problem("E108", name, what_vi=found.vi, what_en=found.en))
    return inside


def _inside(start: Iterable[PdfObject | None]) -> Iterator[DictionaryObject]:
    """Every dictionary that can be reached, once; ValueError where there are too many."""
    seen: set[int] = set()
    waiting = list(start)
    met = 0
    while waiting:
        each = waiting.pop()
        if isinstance(each, IndirectObject):
            if each.idnum in seen:
                continue
            seen.add(each.idnum)
            each = each.get_object()
        met += 1
        if met > 10 * MAX_OBJECTS or len(seen) > MAX_OBJECTS:
            raise ValueError("too many objects")
        if isinstance(each, DictionaryObject):
            yield each
            waiting += each.values()
        elif isinstance(each, ArrayObject):
            waiting += each


def _forbidden(each: DictionaryObject) -> _Forbidden | None:
    by_key = next((_KEYS[key] for key in _KEYS if key in each), None)
    return by_key or next((_VALUES[pair] for pair in _VALUES if each.get(pair[0]) == pair[1]), None)


def _signed(name: str, content: bytes, inside: list[DictionaryObject]) -> bytes:
    """The file as it was sent, if nothing hangs behind its end and no photo in it tells where it was taken."""
    if not content.rstrip(b"\0\t\r\n ").endswith(b"%%EOF"):
        raise Refused(problem("E110", name))
    photos = (_photo(each) for each in inside)
    if any(photo is not None and tells_place(photo) for photo in photos):
        raise Refused(problem("E111", name))
    return content


def _written_anew(name: str, reader: PdfReader) -> bytes:
    writer = PdfWriter(clone_from=reader)
    writer.metadata = None
    # All that will be written, not only what can be reached: in a damaged file the writer takes more along.
    for each in _looked_through(name, writer._objects):
        for said in ("/Metadata", "/PieceInfo"):
            each.pop(NameObject(said), None)
        if isinstance(each, StreamObject) and (photo := _photo(each)) is not None:
            each._data = without_marks(photo)
            each[NameObject("/Filter")] = NameObject(_PHOTO)
            each.pop(NameObject("/DecodeParms"), None)
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


def _photo(each: DictionaryObject) -> bytes | None:
    """The JPEG that a stream holds, unpacked if need be; ValueError if it is packed in a way that nobody uses."""
    packed = each.get("/Filter")
    filters = list(packed) if isinstance(packed, ArrayObject) else [packed]
    if not isinstance(each, StreamObject) or _PHOTO not in filters:
        return None
    if filters == [_PHOTO]:
        return bytes(each._data)
    if filters != ["/FlateDecode", _PHOTO]:
        raise ValueError("a photo packed in an unusual way")
    unpacking = zlib.decompressobj()
    photo = unpacking.decompress(each._data, MAX_PHOTO_BYTES)
    if not unpacking.eof:
        raise ValueError("a photo that never ends")
    return photo

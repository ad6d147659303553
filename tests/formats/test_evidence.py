"""Evidence: told by content, drawn anew without what nobody sees, harmless; damage is refused."""

from __future__ import annotations

import random
import struct
import zipfile
import zlib
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO

import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image, ImageDraw, ImageFilter, PngImagePlugin
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from densach.formats import pictures
from densach.formats.drawing_anew import AIM_BYTES, MAX_SIDE
from densach.formats.photo_marks import tells_place, without_marks
from densach.formats.pictures import Evidence, Kind, check_evidence
from densach.measures.reuse import NEAR
from densach.problems import Refused

SECRETS = (
    b"Xuan Thuy 144",
    b"Canon-4711",
    b"GPSLatitude",
    b"Exif",
    b"http://ns.adobe.com",
    b"Photoshop 3.0",
    b"MAXMARK",
)


def scene(width: int = 900, height: int = 600, seed: int = 1) -> Image.Image:
    """Something like a photo: dark and light places of every size, other for each seed."""
    chance = random.Random(seed)  # noqa: S311  - a test wants the same picture each time
    image = Image.new("RGB", (width, height), (200, 180, 90))
    brush = ImageDraw.Draw(image)
    for _ in range(60):
        x, y = chance.randrange(width), chance.randrange(height)
        colour = tuple(chance.randrange(256) for _ in range(3))
        brush.ellipse((x, y, x + chance.randrange(9, width // 2), y + chance.randrange(9, height // 2)), colour)
    return image.filter(ImageFilter.GaussianBlur(2))


def marks(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Model] = "Canon-4711"
    exif[ExifTags.Base.ImageDescription] = "Xuan Thuy 144"
    exif[ExifTags.Base.Orientation] = orientation
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", (21.0, 2.0, 12.0)
    gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "E", (105.0, 47.0, 1.0)
    return exif


def saved(image: Image.Image, kind: str, **how: object) -> bytes:
    kept = BytesIO()
    image.save(kept, kind, **how)
    return kept.getvalue()


def segment(mark: int, content: bytes) -> bytes:
    return bytes([0xFF, mark]) + struct.pack(">H", len(content) + 2) + content


XMP = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><rdf exif:GPSLatitude='21,2.2N'/></x:xmpmeta>"
IPTC = b"Photoshop 3.0\x008BIM\x04\x04\0\0\0\0\0\x12\x1c\x02\x5a\0\x0dXuan Thuy 144"


def photo(image: Image.Image | None = None, orientation: int = 1) -> bytes:
    """A JPEG with the place in EXIF, XMP and IPTC, a comment, and something behind its end."""
    plain = saved(image or scene(), "JPEG", exif=marks(orientation), comment=b"Xuan Thuy 144", quality=92)
    return plain[:2] + segment(0xE1, XMP) + segment(0xED, IPTC) + plain[2:] + b"MAXMARK"


def marked_png() -> bytes:
    said = PngImagePlugin.PngInfo()
    said.add_text("Comment", "Xuan Thuy 144")
    said.add_itxt("XML:com.adobe.xmp", "<x exif:GPSLatitude='21'/>", zip=True)
    return saved(scene(), "PNG", exif=marks(), pnginfo=said) + b"MAXMARK"


def marked_webp() -> bytes:
    return saved(scene(), "WEBP", exif=marks(), xmp=b"<x exif:GPSLatitude='21'/>", quality=90)


def refused(content: bytes, name: str = "anh.jpg") -> str:
    with pytest.raises(Refused) as found:
        check_evidence(name, content)
    return found.value.problems[0].code


def opened(evidence: Evidence) -> Image.Image:
    return Image.open(BytesIO(evidence.content), formats=["JPEG"])


@pytest.mark.parametrize(
    ("make", "kind"),
    [(photo, Kind.JPEG), (marked_png, Kind.PNG), (marked_webp, Kind.WEBP)],
    ids=["jpeg", "png", "webp"],
)
def test_nothing_but_the_picture_is_kept(make: Callable[[], bytes], kind: Kind) -> None:
    sent = make()
    with Image.open(BytesIO(sent)) as before:
        assert before.getexif().get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] == "N"
    kept = check_evidence("ten gi cung duoc.exe", sent)
    assert (kept.kind, kept.media_type, kept.width, kept.height) == (kind, "image/jpeg", 900, 600)
    assert kept.sha256 == sha256(sent).hexdigest()
    assert [secret for secret in SECRETS if secret in kept.content] == []
    with opened(kept) as after:
        assert (dict(after.getexif()), set(after.info) - {"jfif", "jfif_version", "jfif_unit", "jfif_density"}) == (
            {},
            set(),
        )
    assert {mark for mark in range(0xE1, 0xF0) if bytes([0xFF, mark]) in kept.content[:300]} == set()


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright_however_the_phone_was_held(orientation: int) -> None:
    upright = Image.new("RGB", (60, 40), "blue")
    upright.paste("red", (0, 0, 60, 20))
    upright.paste("white", (0, 0, 20, 20))
    turned_back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    held = upright.transpose(turned_back[orientation]) if orientation > 1 else upright
    kept = check_evidence("a", photo(held, orientation))
    with opened(kept) as after:
        points = [
            after.convert("P", palette=Image.Palette.WEB).convert("RGB").getpixel(at)
            for at in ((8, 8), (45, 8), (8, 32))
        ]
        assert after.size == (60, 40)
    assert points == [(255, 255, 255), (255, 0, 0), (0, 0, 255)]


@pytest.mark.parametrize("size", [(4000, 3000), (3000, 4000), (8000, 100), (1601, 1600), (1, 9000)])
def test_a_large_picture_is_made_smaller_and_keeps_its_shape(size: tuple[int, int]) -> None:
    kept = check_evidence("a", saved(scene(*size) if min(size) > 50 else Image.new("RGB", size), "JPEG"))
    assert kept.width is not None
    assert kept.height is not None
    assert max(kept.width, kept.height) == MAX_SIDE
    assert kept.width == pytest.approx(size[0] * MAX_SIDE / max(size), abs=1)
    assert len(kept.content) <= AIM_BYTES


def test_a_picture_that_hardly_shrinks_is_made_to() -> None:
    noise = Image.frombytes("RGB", (2000, 2000), random.Random(3).randbytes(12_000_000))  # noqa: S311  - as above
    kept = check_evidence("a", saved(noise, "JPEG", quality=90))
    assert len(kept.content) <= AIM_BYTES
    assert kept.width == 1024


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16", "CMYK"])
def test_pictures_in_every_mode_are_taken(mode: str) -> None:
    if mode == "I;16":
        image = Image.new(mode, (64, 64), 40_000)
    elif mode in {"LA", "RGBA"}:
        image = Image.new(mode, (64, 64), (0,) * len(mode))  # black, and all of it transparent
    else:
        image = scene(64, 64).convert(mode)
    kept = check_evidence("a", saved(image, "JPEG" if mode == "CMYK" else "PNG"))
    with opened(kept) as after:
        assert (after.mode, after.size) == ("RGB", (64, 64))
        shade = {"I;16": 156, "LA": 255, "RGBA": 255}.get(mode)
        assert shade is None or after.getpixel((9, 9)) == (shade,) * 3


def test_a_palette_with_transparency_lies_on_white() -> None:
    image = Image.new("P", (64, 64), 3)
    image.putpalette([0, 0, 0] * 4)
    with opened(check_evidence("a", saved(image, "PNG", transparency=3))) as after:
        assert after.getpixel((9, 9)) == (255, 255, 255)


@pytest.mark.parametrize("kind", ["WEBP", "PNG"])
def test_of_a_moving_picture_the_first_is_kept(kind: str) -> None:
    frames = [scene(seed=seed) for seed in (1, 2, 3)]
    moving = saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=100, lossless=True)
    first, kept = check_evidence("a", saved(frames[0], "PNG")), check_evidence("a", moving)
    assert (kept.fingerprint, kept.content) == (first.fingerprint, first.content)


def test_a_phone_photo_of_two_pictures_is_kept_as_its_first() -> None:
    double = saved(scene(), "MPO", save_all=True, append_images=[scene(seed=2)])
    assert check_evidence("a", double).fingerprint == check_evidence("a", saved(scene(), "JPEG")).fingerprint


def distance(one: bytes, other: bytes) -> int:
    first, second = check_evidence("a", one).fingerprint, check_evidence("a", other).fingerprint
    assert first is not None
    assert second is not None
    return (first ^ second).bit_count()


@pytest.mark.parametrize("seed", range(12))
def test_a_picture_sent_again_in_another_form_is_near_and_another_is_far(seed: int) -> None:
    image = scene(1200, 900, seed)
    sent = saved(image, "JPEG", quality=95)
    again = [
        saved(image, "JPEG", quality=40), saved(image.resize((640, 480)), "WEBP", quality=60), saved(image, "PNG"),
    ]  # fmt: skip
    assert max(distance(sent, each) for each in again) <= NEAR
    assert distance(sent, saved(scene(1200, 900, seed + 100), "JPEG")) > 10


def test_a_plain_picture_has_no_fingerprint() -> None:
    assert check_evidence("a", saved(Image.new("RGB", (300, 300), "white"), "PNG")).fingerprint is None


def paper(pages: int = 2, image: bytes | None = None, packed: bool = False) -> pypdf.PdfWriter:
    """A PDF with a title; its first page shows a JPEG as a phone's scanner puts it there."""
    writer = pypdf.PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    writer.add_metadata({"/Title": "Xuan Thuy 144"})
    writer.root_object[NameObject("/Metadata")] = writer._add_object(
        stream(b"<x exif:GPSLatitude='1'/>", "/Type", "/Metadata")
    )
    if image is not None:
        drawn = stream(zlib.compress(image) if packed else image, "/Subtype", "/Image")
        filters = [NameObject("/FlateDecode"), NameObject("/DCTDecode")]
        drawn[NameObject("/Filter")] = ArrayObject(filters) if packed else filters[1]
        drawn[NameObject("/Width")], drawn[NameObject("/Height")] = NumberObject(900), NumberObject(600)
        drawn[NameObject("/ColorSpace")], drawn[NameObject("/BitsPerComponent")] = (
            NameObject("/DeviceRGB"),
            NumberObject(8),
        )
        shown = DictionaryObject({NameObject("/A"): writer._add_object(drawn)})
        writer.pages[0][NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): shown})
    return writer


def stream(content: bytes, key: str, value: str) -> StreamObject:
    made = DecodedStreamObject()
    made.set_data(content)
    made[NameObject(key)] = NameObject(value)
    return made


def written(writer: pypdf.PdfWriter) -> bytes:
    kept = BytesIO()
    writer.write(kept)
    return kept.getvalue()


@pytest.mark.parametrize("packed", [False, True])
def test_a_pdf_is_written_anew_without_what_its_photos_and_it_say_beside(packed: bool) -> None:
    sent = written(paper(2, photo(), packed))
    kept = check_evidence("giay.jpg", sent)
    assert (kept.kind, kept.media_type, kept.pages, kept.fingerprint) == (Kind.PDF, "application/pdf", 2, None)
    assert [secret for secret in SECRETS if secret in kept.content] == []
    reader = pypdf.PdfReader(BytesIO(kept.content))
    (image,) = (each for each in map(reader.get_object, range(1, 10)) if isinstance(each, StreamObject))
    assert (str(image["/Filter"]), image._data) == ("/DCTDecode", without_marks(photo()))


def test_marks_are_taken_out_of_a_photo_without_touching_its_points() -> None:
    for how in ({}, {"progressive": True}, {"restart_marker_blocks": 5}):
        plain = saved(scene(), "JPEG", **how)
        assert without_marks(plain + b"behind") == plain
        assert without_marks(plain[:2] + segment(0xE1, XMP) + plain[2:]) == plain
    assert tells_place(photo())
    assert tells_place(plain[:2] + segment(0xE1, XMP) + plain[2:])
    assert not tells_place(plain)


def test_earlier_versions_and_whatever_hangs_before_or_behind_a_pdf_are_gone() -> None:
    first = written(paper())
    later = pypdf.PdfWriter(BytesIO(first + b"\nMAXMARK"), incremental=True)
    later.add_blank_page(100, 100)
    kept = check_evidence("a", written(later))
    assert (kept.pages, b"MAXMARK" in kept.content) == (3, False)
    archive = BytesIO(written(paper()))
    with zipfile.ZipFile(archive, "a") as inside:
        inside.writestr("MAXMARK.js", "alert(1)")
    assert not zipfile.is_zipfile(BytesIO(check_evidence("a", archive.getvalue()).content))


def action(**entries: str) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{key}"): NameObject(f"/{value}") for key, value in entries.items()})


def script() -> DictionaryObject:
    return DictionaryObject({NameObject("/JS"): TextStringObject("app.alert(1)"), **action(S="JavaScript")})


def opens_with(what: DictionaryObject) -> bytes:
    writer = paper()
    writer.root_object[NameObject("/OpenAction")] = what
    return written(writer)


def with_file() -> bytes:
    writer = paper()
    writer.add_attachment("bang.xlsx", b"PK")
    return written(writer)


def with_script() -> bytes:
    writer = paper()
    named = ArrayObject([TextStringObject("a"), writer._add_object(script())])
    tree = DictionaryObject({NameObject("/JavaScript"): DictionaryObject({NameObject("/Names"): named})})
    writer.root_object[NameObject("/Names")] = tree
    return written(writer)


def with_hidden_script() -> bytes:
    return opens_with(script()).replace(b"/JavaScript", b"/#4AavaScript").replace(b"/JS", b"/#4aS")


def annotated(subtype: str) -> bytes:
    writer = paper()
    writer.pages[1][NameObject("/Annots")] = ArrayObject([action(Type="Annot", Subtype=subtype)])
    return written(writer)


def with_form() -> bytes:
    writer = paper()
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject({NameObject("/XFA"): TextStringObject("<xdp/>")})
    return written(writer)


@pytest.mark.parametrize(
    ("sent", "what"),
    [
        (with_script(), "JavaScript"), (opens_with(script()), "JavaScript"), (with_hidden_script(), "JavaScript"),
        (opens_with(action(S="Launch")), "another program"), (opens_with(action(S="GoToR")), "another program"),
        (opens_with(action(S="SubmitForm")), "send"), (with_file(), "attached"),
        (annotated("FileAttachment"), "attached"),
        (annotated("RichMedia"), "film"), (annotated("Screen"), "film"), (with_form(), "XFA"),
    ],
)  # fmt: skip
def test_a_pdf_with_more_than_pages_is_refused_and_says_why(sent: bytes, what: str) -> None:
    with pytest.raises(Refused) as found:
        check_evidence("a.pdf", sent)
    (problem,) = found.value.problems
    assert (problem.code, what in problem.words["what_en"]) == ("E108", True)


def locked() -> bytes:
    writer = paper()
    writer.encrypt("", "chu")
    return written(writer)


def with_scans(count: int) -> bytes:
    plain = saved(scene(), "JPEG", progressive=True)
    return plain[:-2] + segment(0xDA, b"\x01\x01\x00\x00\x00\x00") * count + plain[-2:]


def huge_png(width: int, height: int) -> bytes:
    """A PNG of a few bytes that claims to be huge."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (b"", "E106"), (b"\xff\xd8\xff" + bytes(20_000_000), "E101"), (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "E103"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "E103"), (huge_png(30_000, 30_000), "E104"),
        (huge_png(5_001, 5_000), "E104"), (huge_png(10_000, 9_500), "E104"), (huge_png(5_000, 5_000), "E105"),
        (b"\xff\xd8\xff\xe0", "E105"), (photo()[:5000], "E105"), (marked_png()[:5000], "E105"),
        (marked_webp()[:5000], "E105"), (with_scans(80), "E105"), (locked(), "E107"), (written(paper(51)), "E109"),
        (written(paper(0)), "E110"), (b"%PDF-1.7\n", "E110"), (written(paper())[:300], "E110"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused(sent: bytes, code: str) -> None:
    assert refused(sent) == code


@pytest.mark.parametrize(
    ("sent", "kind"),
    [
        (saved(scene(), "GIF"), "GIF"), (saved(scene(), "BMP"), "BMP"), (saved(scene(), "TIFF"), "TIFF"),
        (b"\0\0\0\x18ftypmp42", "video"), (b"RIFF\0\0\0\0AVI LIST", "video"), (b"PK\x03\x04", "Word"),
        (b"\xef\xbb\xbf <!DOCTYPE html><script>", "web page"), (b"<svg onload=alert(1)>", "XML"),
        (b"MZ\x90", "program"), (b"junk %PDF-1.7", "unknown"), (b"ghi chep", "unknown"),
    ],
)  # fmt: skip
def test_another_file_is_called_what_it_is_whatever_its_name(sent: bytes, kind: str) -> None:
    with pytest.raises(Refused) as found:
        check_evidence("anh.jpg", sent)
    (problem,) = found.value.problems
    assert (problem.code, kind in problem.words["kind_en"]) == ("E102", True)


def test_a_picture_that_is_an_archive_or_a_page_as_well_is_a_picture_only() -> None:
    archive = BytesIO(photo())
    with zipfile.ZipFile(archive, "a") as inside:
        inside.writestr("chay.js", "alert(1)")
    page = photo()[:2] + segment(0xFE, b"<script>alert(1)</script> %PDF-1.7") + photo()[2:]
    for double in (archive.getvalue(), page):
        kept = check_evidence("a.html", double).content
        assert not zipfile.is_zipfile(BytesIO(kept))
        assert (b"<script" in kept, b"%PDF" in kept) == (False, False)


SMALL = {
    "jpeg": saved(scene(120, 80), "JPEG", exif=marks()),
    "progressive": saved(scene(120, 80), "JPEG", progressive=True),
    "png": saved(scene(120, 80), "PNG", exif=marks()),
    "palette": saved(scene(40, 40).convert("P"), "PNG"),
    "webp": saved(scene(120, 80), "WEBP", exif=marks()),
    "pdf": written(paper(2, saved(scene(40, 40), "JPEG", exif=marks()))),
}


@pytest.mark.parametrize("sent", SMALL.values(), ids=SMALL.keys())
@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), max_size=8),
    st.integers(0, 10**6),
    st.binary(max_size=8),
)
def test_damage_ends_in_evidence_or_in_a_refusal(
    sent: bytes, changes: list[tuple[int, int]], cut: int, added: bytes
) -> None:
    damaged = bytearray(sent)
    for place, value in changes:
        damaged[place % len(damaged)] = value
    at = cut % (2 * len(damaged))
    try:
        kept = check_evidence("a", bytes(damaged[:at] + added + damaged[at:] if len(added) % 2 else damaged[:at]))
    except Refused as found:
        assert {problem.code[0] for problem in found.problems} == {"E"}  # noqa: PT017  - both ends are good
    else:
        assert kept.kind is Kind.PDF or b"Canon-4711" not in kept.content


@given(st.binary(max_size=60), st.sampled_from([each[:20] for each in SMALL.values()]))
def test_anything_may_be_sent(content: bytes, start: bytes) -> None:
    for sent in (content, start + content):
        try:
            check_evidence("a", sent)
        except Refused as found:
            assert found.problems[0].where == "a"  # noqa: PT017  - both ends are good


def test_pillow_and_pypdf_load_only_when_something_comes() -> None:
    import subprocess
    import sys

    program = f"import sys, {pictures.__name__}; print(sorted({{'PIL', 'pypdf'}} & set(sys.modules)))"
    told = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True).stdout
    assert told == "[]\n"

"""Signatures in our own papers: whole, broken, added to, changed after; trusted or not; nobody asked over a network."""

from __future__ import annotations

import random
import socket
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pypdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import MDPPerm

from densach.formats.pictures import check_evidence
from densach.formats.signatures import Integrity, Signature, Time, Trust, signatures_of
from densach.problems import Refused
from tests.formats.signing import CHAIR, SIGNS, STAMPED, UNTIL, authority, named, paper, person, signed
from tests.formats.test_evidence import paper as scanned
from tests.formats.test_evidence import photo, saved, scene, written

NOW = datetime(2026, 6, 1, tzinfo=UTC)
AFTER = UNTIL + timedelta(days=400)


def read(pdf: bytes, at: datetime = NOW, other_roots: bool = False) -> tuple[Signature, ...]:
    root = authority("MẪU Tổ chức khác") if other_roots else authority()
    return signatures_of("quyet-dinh.pdf", pdf, at=at, roots=[root.pem])


def test_a_signature_says_who_when_and_that_the_text_is_whole() -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    (found,) = read(signed(paper()))
    certificate = person(CHAIR, *SIGNS, asks="").certificate
    assert found == Signature(
        field="ChuKy",
        signer="MẪU Nguyễn Thị Hòa",
        organisation="MẪU Ủy ban nhân dân xã Ví Dụ",
        issuer="MẪU Tổ chức chứng thực",
        serial=f"{certificate.serial_number:x}",
        signed_at=found.signed_at,
        time=Time.CLAIMED,
        integrity=Integrity.WHOLE,
        trust=Trust.TRUSTED,
        digest="sha256",
    )
    assert found.signed_at is not None
    assert before <= found.signed_at <= datetime.now(UTC)


def test_a_paper_that_nobody_signed_has_no_signature() -> None:
    assert read(paper()) == read(written(scanned())) == ()


def test_whom_to_trust_is_said_by_the_caller() -> None:
    pdf = signed(paper())
    (nobody,) = signatures_of("a", pdf, at=NOW)
    (other,) = read(pdf, other_roots=True)
    (both,) = signatures_of("a", pdf, at=NOW, roots=[authority("MẪU Tổ chức khác").der, authority().der])
    assert [each.trust for each in (nobody, other, both)] == [Trust.UNKNOWN, Trust.NOT_TRUSTED, Trust.TRUSTED]
    assert {each.integrity for each in (nobody, other, both)} == {Integrity.WHOLE}


@pytest.mark.parametrize(
    ("uses", "trust"),
    [(("digital_signature",), Trust.TRUSTED), (("content_commitment",), Trust.TRUSTED),
     (("key_encipherment",), Trust.NOT_TRUSTED)],
)  # fmt: skip
def test_a_certificate_for_something_else_than_signing_is_not_trusted(uses: tuple[str, ...], trust: Trust) -> None:
    assert [each.trust for each in read(signed(paper(), uses=uses))] == [trust]


def test_names_that_a_certificate_lacks_or_has_twice() -> None:
    lacks, twice = read(signed(paper(), named("MẪU A"))), read(signed(paper(), named("MẪU B", "MẪU Xã", "MẪU Tỉnh")))
    assert [(each.signer, each.organisation) for each in (*lacks, *twice)] == [
        ("MẪU A", ""), ("MẪU B", "MẪU Xã, MẪU Tỉnh"),
    ]  # fmt: skip


def test_one_byte_changed_breaks_the_signature() -> None:
    pdf = bytearray(signed(paper()))
    at = pdf.index(b"stream") + 200
    pdf[at] ^= 1
    assert [each.integrity for each in read(bytes(pdf))] == [Integrity.BROKEN]


def test_no_change_of_a_byte_goes_unseen_wherever_it_is() -> None:
    pdf = signed(paper())
    chance = random.Random(5)  # noqa: S311  - a test wants the same damage each time
    hole = range(pdf.index(b"/Contents <"), pdf.index(b"/ByteRange"))
    for at in (chance.randrange(len(pdf)) for _ in range(60)):
        changed = bytearray(pdf)
        changed[at] ^= 1 << chance.randrange(8)
        try:
            found = read(bytes(changed))
        except Refused:
            continue
        assert at in hole or not {each.integrity for each in found} & {Integrity.WHOLE, Integrity.ADDED_TO}


def repainted(pdf: bytes) -> bytes:
    """The signed file with other words laid over its first page, as an editor saves them: behind the signed part."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf), strict=False)
    words = writer.add_object(generic.StreamObject(stream_data=b"BT (khac) Tj ET"))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = words
    writer.update_container(page)
    return saved_again(writer)


def saved_again(writer: IncrementalPdfFileWriter) -> bytes:
    out = BytesIO()
    writer.write(out)  # type: ignore[no-untyped-call]
    return out.getvalue()


def test_what_was_changed_after_signing_is_said() -> None:
    (found,) = read(repainted(signed(paper())))
    assert (found.integrity, found.trust) == (Integrity.CHANGED_AFTER, Trust.TRUSTED)


def test_a_second_signature_is_an_addition_to_the_first() -> None:
    both = signed(signed(paper()), named("MẪU Trần Văn Bình"), field="ChuKy2")
    assert [(each.signer, each.integrity) for each in read(both)] == [
        ("MẪU Nguyễn Thị Hòa", Integrity.ADDED_TO), ("MẪU Trần Văn Bình", Integrity.WHOLE),
    ]  # fmt: skip
    assert [each.integrity for each in read(repainted(both))] == [Integrity.CHANGED_AFTER] * 2


def test_a_certified_paper_that_permits_no_change_is_changed_by_a_field() -> None:
    writer = IncrementalPdfFileWriter(BytesIO(signed(paper(), permits=MDPPerm.NO_CHANGES)), strict=False)
    form = writer.root["/AcroForm"]
    entries = {generic.pdf_name("/FT"): generic.pdf_name("/Tx"), generic.pdf_name("/T"): generic.pdf_string("GhiChu")}
    field = generic.DictionaryObject(entries)  # type: ignore[no-untyped-call]
    form["/Fields"].append(writer.add_object(field))
    writer.update_container(form["/Fields"])
    assert [each.integrity for each in read(saved_again(writer))] == [Integrity.CHANGED_AFTER]


def test_a_trusted_stamp_proves_the_time() -> None:
    pdf = signed(paper(), stamped=STAMPED)
    (found,), (later,), (other,) = read(pdf), read(pdf, AFTER), read(pdf, other_roots=True)
    assert [(each.signed_at == STAMPED, each.time, each.trust) for each in (found, later, other)] == [
        (True, Time.STAMPED, Trust.TRUSTED), (True, Time.STAMPED, Trust.TRUSTED),
        (False, Time.CLAIMED, Trust.NOT_TRUSTED),
    ]  # fmt: skip


def test_a_certificate_that_ended_since_is_out_of_date() -> None:
    (found,) = read(signed(paper()), AFTER)
    assert (found.integrity, found.time, found.trust) == (Integrity.WHOLE, Time.CLAIMED, Trust.OUT_OF_DATE)


@pytest.mark.parametrize(
    ("old", "new"), [(b"/adbe.pkcs7.detached", b"/adbe.pkcs7.other000"), (b"/Contents <3082", b"/Contents <ffff")]
)
def test_a_signature_of_a_form_that_cannot_be_checked_is_not_passed_over(old: bytes, new: bytes) -> None:
    pdf = signed(paper())
    assert old in pdf
    (found,) = read(pdf.replace(old, new))
    assert (found.field, found.integrity, found.trust) == ("ChuKy", Integrity.UNKNOWN, Trust.UNKNOWN)


def test_nobody_is_asked_over_the_network() -> None:
    with socket.create_server(("127.0.0.1", 0)) as authority_of_the_net:
        where = f"http://127.0.0.1:{authority_of_the_net.getsockname()[1]}/hoi"
        authority_of_the_net.setblocking(False)
        (found,) = read(signed(paper(), asks=where))
        assert found.trust is Trust.TRUSTED
        with pytest.raises(BlockingIOError):
            authority_of_the_net.accept()


def locked() -> bytes:
    writer = scanned()
    writer.encrypt("", "chu")
    return written(writer)


@pytest.mark.parametrize(
    ("pdf", "roots", "code"),
    [
        (b"", [], "E120"), (saved(scene(), "JPEG"), [], "E120"), (b"%PDF-1.7", [], "E110"), (locked(), [], "E107"),
        (paper()[:-900], [], "E110"), (paper(), [b"khong phai"], "E121"),
        (paper(), [b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"], "E121"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused(pdf: bytes, roots: list[bytes], code: str) -> None:
    with pytest.raises(Refused) as found:
        signatures_of("a", pdf, at=NOW, roots=roots)
    assert [problem.code for problem in found.value.problems] == [code]


def test_a_file_cut_off_anywhere_is_refused_or_has_no_whole_signature() -> None:
    pdf = signed(paper())
    for length in range(0, len(pdf) - 1, 997):
        try:
            found = read(pdf[:length])
        except Refused:
            continue
        assert Integrity.WHOLE not in {each.integrity for each in found}


def scan(jpeg: bytes) -> bytes:
    """A scanned page; its XMP is taken away, which pyhanko would read and write again."""
    writer = scanned(1, jpeg)
    del writer.root_object["/Metadata"]
    return written(writer)


def test_signed_evidence_is_kept_as_it_was_sent_unless_it_tells_a_place() -> None:
    plain = signed(scan(saved(scene(), "JPEG")))
    assert check_evidence("a", plain).content == plain
    telling = signed(scan(photo()))
    for sent, code in ((telling, "E111"), (plain + b"PK\5\6" + bytes(18), "E110")):
        with pytest.raises(Refused) as found:
            check_evidence("a", sent)
        assert [problem.code for problem in found.value.problems] == [code]
    assert pypdf.PdfReader(BytesIO(plain)).pages[0].mediabox.width == 595

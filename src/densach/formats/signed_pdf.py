"""Read the signatures of a PDF by pyhanko, without a network: `signatures` says what the answers mean."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.fields import enumerate_sig_fields
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    SignatureCoverageLevel,
    validate_pdf_signature,
)
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.authority import CertTrustAnchor

from densach.formats.signatures import Integrity, Signature, Time, Trust
from densach.problems import Refused, problem

# Either use is a person's signature: certificates of older authorities lack the second.
_USES = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
_WHOLE = {SignatureCoverageLevel.ENTIRE_FILE, SignatureCoverageLevel.ENTIRE_REVISION}


def read_signatures(name: str, content: bytes, at: datetime, roots: Sequence[bytes]) -> tuple[Signature, ...]:
    """The signatures of a PDF (see `signatures.signatures_of`)."""
    if not content.startswith(b"%PDF-"):
        raise Refused(problem("E120", name))
    trusted = [_root(number, root) for number, root in enumerate(roots, start=1)]
    try:
        reader = PdfFileReader(BytesIO(content), strict=False)
        if reader.encrypted:
            raise Refused(problem("E107", name))
        return tuple(_signature(field, found, trusted, at) for field, found in _signed_fields(reader))
    except Refused:
        raise
    except Exception as error:  # a damaged PDF makes a parser fail in any way it likes
        raise Refused(problem("E110", name)) from error


def _root(number: int, root: bytes) -> CertTrustAnchor:
    load = x509.load_pem_x509_certificate if b"-----BEGIN" in root else x509.load_der_x509_certificate
    try:
        (certificate,) = load_certs_from_pemder_data(load(root).public_bytes(Encoding.DER))
    except ValueError as error:
        raise Refused(problem("E121", number)) from error
    return CertTrustAnchor(certificate)


def _signed_fields(reader: PdfFileReader) -> list[tuple[str, EmbeddedPdfSignature | None]]:
    """The signatures of people in the order they were made; None for one of a form that cannot be read."""
    found = list(_fields(reader))
    return sorted(found, key=lambda each: each[1].signed_revision if each[1] else -1)


def _fields(reader: PdfFileReader) -> Iterator[tuple[str, EmbeddedPdfSignature | None]]:
    for field, value, place in enumerate_sig_fields(reader, filled_status=True):
        if value.get_object().get("/Type", "/Sig") == "/DocTimeStamp":
            continue
        try:
            yield field, EmbeddedPdfSignature(reader, place, field)
        except Exception:  # the PDF can be read; of this signature it is not known what it says
            yield field, None


def _signature(field: str, found: EmbeddedPdfSignature | None, roots: list[CertTrustAnchor], at: datetime) -> Signature:
    status = None if found is None else _status(found, roots, at)
    if found is None or status is None:
        return Signature(field, "", "", "", "", None, Time.UNKNOWN, Integrity.UNKNOWN, Trust.UNKNOWN, "")
    signed_at, time = _time(found, status)
    certificate = found.signer_cert
    return Signature(
        field,
        signer=_said(certificate.subject.native, "common_name"),
        organisation=_said(certificate.subject.native, "organization_name"),
        issuer=_said(certificate.issuer.native, "common_name", "organization_name"),
        serial=f"{certificate.serial_number:x}",
        signed_at=signed_at,
        time=time,
        integrity=_integrity(status),
        trust=_trust(found, status, roots, signed_at, time),
        digest=found.md_algorithm,
    )


def _status(found: EmbeddedPdfSignature, roots: list[CertTrustAnchor], at: datetime) -> PdfSignatureStatus | None:
    """What pyhanko finds when certificates must be valid at a moment; None for a form that it cannot check."""
    context = ValidationContext(trust_roots=roots, moment=at, allow_fetching=False)
    try:
        return validate_pdf_signature(found, context, key_usage_settings=_USES)
    except Exception:  # the signature is of a form, or so damaged, that nothing can be said of it
        return None


def _integrity(status: PdfSignatureStatus) -> Integrity:
    if not (status.intact and status.valid and status.coverage in _WHOLE):
        return Integrity.BROKEN
    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return Integrity.WHOLE
    was_allowed = status.docmdp_ok and status.modification_level != ModificationLevel.OTHER
    return Integrity.ADDED_TO if was_allowed else Integrity.CHANGED_AFTER


def _time(found: EmbeddedPdfSignature, status: PdfSignatureStatus) -> tuple[datetime | None, Time]:
    stamp = status.timestamp_validity
    if stamp is not None and stamp.intact and stamp.valid and stamp.trusted:
        return stamp.timestamp, Time.STAMPED
    claimed = found.self_reported_timestamp
    return claimed, Time.UNKNOWN if claimed is None else Time.CLAIMED


def _trust(
    found: EmbeddedPdfSignature,
    status: PdfSignatureStatus,
    roots: list[CertTrustAnchor],
    signed_at: datetime | None,
    time: Time,
) -> Trust:
    if not roots:
        return Trust.UNKNOWN
    if status.trusted:
        return Trust.TRUSTED
    then = None if signed_at is None else _status(found, roots, signed_at)
    if then is None or not then.trusted:
        return Trust.NOT_TRUSTED
    return Trust.TRUSTED if time is Time.STAMPED else Trust.OUT_OF_DATE


def _said(name: Mapping[str, str | list[str]], *parts: str) -> str:
    """The first of the parts that a name has; several of one kind are joined."""
    found = next((name[part] for part in parts if part in name), "")
    return found if isinstance(found, str) else ", ".join(found)

"""A certification authority of the tests, its certificates, and PDFs signed by them: all made up, all in memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import AuthorityInformationAccessOID, ExtendedKeyUsageOID, NameOID
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from densach.formats.paper import question_pages
from tests.formats.test_paper import B2, SCHOOL, village

FROM, UNTIL, LATER = (datetime(year, 1, 1, tzinfo=UTC) for year in (2020, 2100, 2150))
STAMPED = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Holder:
    """A certificate with its key."""

    certificate: x509.Certificate
    key: rsa.RSAPrivateKey

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def der(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.DER)

    def signer(self, *chain: Holder) -> SimpleSigner:
        """What pyhanko signs with."""
        key = self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        (mine,) = load_certs_from_pemder_data(self.pem)
        above = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        for each in chain:
            above.register_multiple(load_certs_from_pemder_data(each.pem))
        return SimpleSigner(
            signing_cert=mine, signing_key=load_private_key_from_pemder_data(key, None), cert_registry=above
        )


def named(common: str, *organisations: str) -> x509.Name:
    parts = [x509.NameAttribute(NameOID.COMMON_NAME, common)]
    return x509.Name(parts + [x509.NameAttribute(NameOID.ORGANIZATION_NAME, each) for each in organisations])


@cache
def authority(common: str = "MẪU Tổ chức chứng thực") -> Holder:
    key = rsa.generate_private_key(65537, 2048)
    name = named(common)
    made = (
        _builder(name, name, key, LATER)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(_usage("key_cert_sign", "crl_sign"), critical=True)
    )
    return Holder(made.sign(key, hashes.SHA256()), key)


@cache
def person(name: x509.Name, *uses: str, stamps: bool = False, asks: str = "") -> Holder:
    """Somebody for whom the authority vouches, or a machine that stamps times."""
    key, above = rsa.generate_private_key(65537, 2048), authority()
    made = _builder(name, above.certificate.subject, key, LATER if stamps else UNTIL).add_extension(
        _usage(*uses), critical=True
    )
    made = made.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(above.key.public_key()), critical=False
    )
    if asks:
        made = _asking(made, x509.UniformResourceIdentifier(asks))
    if stamps:
        made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return Holder(made.sign(above.key, hashes.SHA256()), key)


def _builder(subject: x509.Name, issuer: x509.Name, key: rsa.RSAPrivateKey, until: datetime) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(FROM)
        .not_valid_after(until)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _asking(made: x509.CertificateBuilder, where: x509.UniformResourceIdentifier) -> x509.CertificateBuilder:
    """The certificate says where to ask whether it was revoked, and where its authority is to be found."""
    oids = (AuthorityInformationAccessOID.OCSP, AuthorityInformationAccessOID.CA_ISSUERS)
    answers = [x509.AccessDescription(oid, where) for oid in oids]
    lists = x509.DistributionPoint(full_name=[where], relative_name=None, reasons=None, crl_issuer=None)
    return made.add_extension(x509.AuthorityInformationAccess(answers), critical=False).add_extension(
        x509.CRLDistributionPoints([lists]), critical=False
    )


def _usage(*uses: str) -> x509.KeyUsage:
    every = ("digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
             "key_cert_sign", "crl_sign", "encipher_only", "decipher_only")  # fmt: skip
    return x509.KeyUsage(**{use: use in uses for use in every})


SIGNS = ("digital_signature", "content_commitment")
CHAIR = named("MẪU Nguyễn Thị Hòa", "MẪU Ủy ban nhân dân xã Ví Dụ")


def paper() -> bytes:
    """One of our own papers, as it is printed."""
    return question_pages([village(B2, SCHOOL)], made_on=date(2026, 1, 15))


def signed(
    pdf: bytes,
    by: x509.Name = CHAIR,
    *,
    field: str = "ChuKy",
    uses: tuple[str, ...] = SIGNS,
    asks: str = "",
    stamped: datetime | None = None,
    permits: MDPPerm | None = None,
) -> bytes:
    """The PDF signed now by the clock of the machine, with a time-stamp if its moment is given."""
    holder = person(by, *uses, asks=asks)
    about = PdfSignatureMetadata(
        field_name=field, md_algorithm="sha256", certify=permits is not None,
        docmdp_permissions=permits or MDPPerm.FILL_FORMS,
    )  # fmt: skip
    stamper = _stamper(stamped) if stamped else None
    signer = PdfSigner(about, holder.signer(authority()), timestamper=stamper)
    out = signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf), strict=False))
    return bytes(out.getvalue())


def _stamper(moment: datetime) -> DummyTimeStamper:
    machine = person(named("MẪU Dấu thời gian"), "digital_signature", stamps=True).signer(authority())
    return DummyTimeStamper(machine.signing_cert, machine.signing_key, machine.cert_registry, fixed_dt=moment)

"""What a signed PDF says of its signatures: who, when, whether the text is still the one signed, who vouches for it.

Nothing is asked over a network, so whether a certificate was revoked is not known here. Standards: ISO 32000-2, 12.8;
ETSI EN 319 142 (PAdES). Page: docs/signatures.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Integrity(Enum):
    """Whether the text is still the one that was signed."""

    WHOLE = "whole"  # the signature covers the file from its first byte to its last
    ADDED_TO = "added-to"  # a later signature, a time-stamp or a field was added, as the signature allows
    CHANGED_AFTER = "changed-after"  # what was signed is still inside, but what is shown was changed afterwards
    BROKEN = "broken"  # what was signed is no longer there, or not by this key
    UNKNOWN = "unknown"  # the signature has a form that cannot be checked


class Trust(Enum):
    """Whether one of the authorities that the caller trusts vouches for the certificate."""

    TRUSTED = "trusted"  # it does, at the moment asked about or at a moment that a trusted time-stamp proves
    OUT_OF_DATE = "out-of-date"  # it did when the signer says to have signed, which nothing proves
    NOT_TRUSTED = "not-trusted"  # none of them does
    UNKNOWN = "unknown"  # nobody said whom to trust, or the signature cannot be read


class Time(Enum):
    """How surely the time of a signature is known."""

    CLAIMED = "claimed"  # by the clock of the signer's machine
    STAMPED = "stamped"  # by a time-stamp of an authority that is trusted
    UNKNOWN = "unknown"  # not said


@dataclass(frozen=True)
class Signature:
    """One signature; names are as the certificate has them, empty where it has none, and worth what `trust` says."""

    field: str
    signer: str
    organisation: str
    issuer: str
    serial: str
    signed_at: datetime | None
    time: Time
    integrity: Integrity
    trust: Trust
    digest: str


def signatures_of(name: str, content: bytes, *, at: datetime, roots: Sequence[bytes] = ()) -> tuple[Signature, ...]:
    """The signatures of a PDF in the order they were put on it; empty for one that nobody signed.

    `at` is the moment at which certificates must be valid, `roots` the certificates (PEM or DER) of the authorities to
    trust. Raises Refused: E107 and E110 for a PDF that cannot be read, E120 for no PDF, E121 for a root that is none.
    """
    from densach.formats.signed_pdf import read_signatures  # noqa: PLC0415  - pyhanko takes half a second to load

    return read_signatures(name, content, at, roots)

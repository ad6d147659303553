"""Who may open the scan of a signed sheet: whoever copies the sheets of the place, and whose word it shows.

`Home` comes from `villages.consents.access`, which lets in those alone who copy the consents of its village.
"""

from __future__ import annotations

from uuid import UUID

from densach.assessing.privacy.access import Own
from densach.assessing.scans.models import ConsentScan
from densach.assessing.scans.queries import scan_about, scan_of_household
from densach.assessing.scans.reading import SignedSheet, signed_sheets
from densach.assessing.villages.consents.access import Home
from densach.problems import Refused, problem


def sheets_of(home: Home) -> tuple[SignedSheet, ...]:
    """The sheets that the people of a household signed."""
    return signed_sheets(home.uid, [signer.person.pk for signer in home.signers])


def sheet_in(home: Home, uid: UUID) -> SignedSheet:
    """One of them, by the identity of any word on it; refused (H103) for any other."""
    for sheet in sheets_of(home):
        if any(word.uid == uid for word in sheet.words):
            return sheet
    raise _not_there(uid)


def scan_to_copy(home: Home, uid: UUID) -> ConsentScan:
    """A scan of a sheet of this household, crossed out or not; refused (H103) for any other."""
    scan = scan_of_household(home.uid, uid)
    if scan is None:
        raise _not_there(uid)
    return scan


def own_scan(own: Own, uid: UUID) -> ConsentScan:
    """A scan of a sheet on which somebody's own word stands.

    One that was crossed out may show the paper of others, and is not there (H103) for them.
    """
    scan = scan_about(own.person, uid)
    if scan is None:
        raise _not_there(uid)
    return scan


def _not_there(uid: UUID) -> Refused:
    return Refused(problem("H103", uid))

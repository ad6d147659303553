"""Everything that can happen to the scan of a signed sheet: attached, opened, crossed out, encrypted anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from densach.accounts.models import Account
from densach.assessing.evidence.domain import encrypt_files_anew, sweep
from densach.assessing.evidence.vault import Vault
from densach.assessing.privacy.models import ConsentAct
from densach.assessing.privacy.papers import LONGEST_WHY, Said, Sheet, enter_household
from densach.assessing.scans.models import ConsentScan
from densach.assessing.scans.queries import (
    household_locked,
    scan_for_update,
    scans_named,
    scans_showing,
    scans_under_other_keys,
)
from densach.assessing.scans.reading import SignedSheet, signed_sheets
from densach.formats.pictures import Evidence as Sent
from densach.history.domain import Act, Happening, record
from densach.people.models import Household
from densach.problems import Refused, problem

MOST_FOR_A_SHEET = 3  # both sides of a paper, and one more
_FOLDER = "consents"  # beside the evidence, so that a back-up takes both


@dataclass(frozen=True)
class Attached:
    """A file that was looked through, and the vault that it goes into."""

    sent: Sent
    vault: Vault


def enter_scanned(
    household: UUID, said: Sequence[Said], sheet: Sheet, attached: Attached | None, *, today: date, act: Act
) -> int:
    """Enter the sheet of a household, with its scan where there is one, all or nothing; how many words it holds.

    `said` names everybody of the household, whoever says nothing too: a scan of the same paper that is there already
    shows the new words as well. Refused as `enter_household` and `attach_scan`.
    """
    with transaction.atomic():
        count = enter_household(said, sheet, today=today, act=act)
        sheets = signed_sheets(household, [each.person.pk for each in said])
        new = next((each for each in sheets if any(word.at == act.at for word in each.words)), None)
        if new is not None:
            _show(new.good, new.standing)
        if attached is not None:
            attach_scan(new or SignedSheet(household, (), ()), attached, by=sheet.by, role=sheet.role, act=act)
    return count


def attach_scan(sheet: SignedSheet, attached: Attached, *, by: Account | None, role: str, act: Act) -> ConsentScan:
    """Keep the scan of a sheet; the same file sent again is the one that is kept.

    Refused where no word of the sheet stands (U169), and where it is one too many (U168).
    """
    if not sheet.standing:
        raise Refused(problem("U169", "file"))
    with transaction.atomic():
        household = household_locked(sheet.household)
        good = [scan for scan in scans_showing(sheet.words, household) if scan.crossed_out_at is None]
        known = next((scan for scan in good if scan.sha256 == attached.sent.sha256), None)
        if known is not None:
            return known
        if len(good) >= MOST_FOR_A_SHEET:
            raise Refused(problem("U168", "file", most=MOST_FOR_A_SHEET))
        row = _row(household, attached, by, role, act)
        _part(attached.vault).keep(row, attached.sent.content)
        row.save(force_insert=True)
        _show([row], sheet.standing)
        after = {"household": str(household.uid), "paper": sheet.paper, "sha256": row.sha256, "size": row.size}
        _tell(row, "attached", act, after)
        return row


def opened_scan(scan: ConsentScan, vault: Vault, *, act: Act) -> bytes:
    """The content of a scan; the log keeps who opened it."""
    content = _part(vault).read(scan)
    with transaction.atomic():
        _tell(scan, "opened", act)
    return content


def cross_out_scan(scan: ConsentScan, why: str, *, by: Account | None, act: Act) -> ConsentScan:
    """Cross out a scan of the wrong paper, with the reason (U166); its row stays and shows nothing any more."""
    if not 0 < len(why.strip()) <= LONGEST_WHY:
        raise Refused(problem("U166", "why", most=LONGEST_WHY))
    with transaction.atomic():
        now = scan_for_update(scan.uid)
        if now.crossed_out_at is None:
            now.crossed_out_at, now.crossed_out_by, now.crossed_out_why = act.at, by, why.strip()
            now.save(update_fields=["crossed_out_at", "crossed_out_by", "crossed_out_why"])
            _tell(now, "crossed out", act)
        return now


def encrypt_scans_anew(vault: Vault) -> int:
    """Encrypt under the key of today all scans that are still under an older one; how many files that were."""
    return encrypt_files_anew(_part(vault), scans_under_other_keys(vault.keys.current))


def sweep_scans(vault: Vault, now: datetime) -> int:
    """Remove the files of scans that killed processes left without a row; how many those were."""
    return sweep(_part(vault), now, scans_named)


def _part(vault: Vault) -> Vault:
    return replace(vault, folder=vault.folder / _FOLDER)


def _show(scans: Iterable[ConsentScan], words: Iterable[ConsentAct]) -> None:
    for scan in scans:
        scan.proves.add(*words)


def _tell(scan: ConsentScan, event: str, act: Act, after: dict[str, object] | None = None) -> None:
    record(Happening(kind="consent_scan", object_id=scan.pk, event=event, after=after), act)


def _row(household: Household, attached: Attached, by: Account | None, role: str, act: Act) -> ConsentScan:
    return ConsentScan(
        household=household,
        media_type=attached.sent.media_type,
        size=len(attached.sent.content),
        pages=attached.sent.pages,
        sha256=attached.sent.sha256,
        key=attached.vault.keys.current,
        added_by=by,
        added_at=act.at,
        added_as=role,
    )

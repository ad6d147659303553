"""Everything that can happen to evidence: it is added, takes the place of another, is taken away, encrypted anew."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction

from densach.accounts.models import Account
from densach.assessing.evidence.models import Evidence, KeptFile
from densach.assessing.evidence.queries import (
    delete_evidence,
    evidence_counts,
    evidence_like,
    evidence_under_other_keys,
    rows_named,
)
from densach.assessing.evidence.vault import Vault
from densach.assessing.sheets.domain import CAN_BE_WRITTEN
from densach.assessing.sheets.models import Sheet, State
from densach.assessing.sheets.queries import sheet_for_update
from densach.formats import pictures
from densach.history.domain import Act, Happening, record
from densach.problems import Refused, problem

# One photo is enough proof; a few are for a paper of several pages. Every phone on slow data has to carry them, and
# every checker to look at them.
MOST_FOR_AN_INDICATOR = 3
MOST_ON_A_SHEET = 20
KEPT_WITHOUT_A_ROW = timedelta(days=1)  # longer than any request or restoring lasts
MOST_LEFT = 10  # files that killed processes may have left where there is hardly any evidence yet
log = logging.getLogger(__name__)


def add_evidence(
    sheet: Sheet,
    indicator: str,
    sent: pictures.Evidence,
    vault: Vault,
    *,
    by: Account | None,
    instead_of: Evidence | None = None,
    act: Act,
) -> Evidence:
    """Keep a file that was looked through (`formats.pictures`); the same one sent again is the one that is kept.

    Refused once the sheet was sent (K101), and where it is one too many for its indicator (K112) or sheet (K113).
    """
    with transaction.atomic():
        now = _open_sheet(sheet)
        known = evidence_like(now, indicator, sent.sha256)
        if known is not None:
            return known
        if instead_of is not None:
            _take_away(instead_of, vault, act)
        _refuse_too_many(now, indicator)
        row = _row(now, indicator, sent, vault, by, act)
        vault.keep(row, sent.content)
        row.save(force_insert=True)
        record(Happening(kind="evidence", object_id=row.uid, event="added", after=_state(row)), act)
        return row


def remove_evidence(piece: Evidence, vault: Vault, *, act: Act) -> None:
    """Take a piece away for good, while its sheet can be written on (K101); the log keeps that it was there."""
    with transaction.atomic():
        _open_sheet(piece.sheet)
        _take_away(piece, vault, act)


def encrypt_anew(vault: Vault) -> int:
    """Encrypt under the key of today all evidence that is still under an older one; how many files that were."""
    return encrypt_files_anew(vault, evidence_under_other_keys(vault.keys.current))


def encrypt_files_anew(vault: Vault, rows: Iterable[KeptFile]) -> int:
    """Encrypt the files of some rows under the key of today; how many that were."""
    changed = 0
    for row in rows:
        content = vault.read(row)
        row.key = vault.keys.current
        with transaction.atomic():
            row.save(update_fields=["key"])
            vault.keep(row, content)
        changed += 1
    return changed


def sweep(vault: Vault, now: datetime, named: Callable[[set[UUID]], set[UUID]] = rows_named) -> int:
    """Remove what killed processes left: files older than a day that no row names; how many those were.

    `named` tells which identities are those of rows.

    Nothing is removed where more files are without a row than with one: then folder and database are not of one
    installation, or an older database was restored, and somebody must look.
    """
    found = list(vault.old_files(now - KEPT_WITHOUT_A_ROW))
    rows = named({uid for _, uid in found if uid})
    left = [path for path, uid in found if uid not in rows]
    if len(left) > max(len(rows), MOST_LEFT):
        log.warning("%s evidence files have no row and %s have one; none is removed", len(left), len(rows))
        return 0
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def _open_sheet(sheet: Sheet) -> Sheet:
    now = sheet_for_update(sheet.uid)
    if now is None:
        raise Refused(problem("H103", sheet.uid))
    if State(now.state) not in CAN_BE_WRITTEN:
        raise Refused(problem("K101", now.uid, state=State(now.state).label))
    return now


def _take_away(piece: Evidence, vault: Vault, act: Act) -> None:
    record(Happening(kind="evidence", object_id=piece.uid, event="removed", before=_state(piece)), act)
    delete_evidence(piece)
    transaction.on_commit(partial(vault.remove, piece))


def _refuse_too_many(sheet: Sheet, indicator: str) -> None:
    counts = evidence_counts(sheet)
    if counts[indicator] >= MOST_FOR_AN_INDICATOR:
        raise Refused(problem("K112", indicator, most=MOST_FOR_AN_INDICATOR))
    if counts.total() >= MOST_ON_A_SHEET:
        raise Refused(problem("K113", sheet.uid, most=MOST_ON_A_SHEET))


def _row(sheet: Sheet, indicator: str, sent: pictures.Evidence, vault: Vault, by: Account | None, act: Act) -> Evidence:
    return Evidence(
        sheet=sheet,
        indicator=indicator,
        media_type=sent.media_type,
        size=len(sent.content),
        pages=sent.pages,
        sha256=sent.sha256,
        fingerprint="" if sent.fingerprint is None else f"{sent.fingerprint:016x}",
        key=vault.keys.current,
        added_by=by,
        added_at=act.at,
    )


def _state(row: Evidence) -> dict[str, object]:
    return {"sheet": str(row.sheet.uid), "indicator": row.indicator, "sha256": row.sha256, "size": row.size}

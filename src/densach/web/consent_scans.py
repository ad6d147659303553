"""The scan of a signed sheet on a page: taken from a form, with what is wrong beside its field, and sent to be seen."""

from __future__ import annotations

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from densach.assessing.evidence.vault import Vault
from densach.assessing.scans.domain import MOST_FOR_A_SHEET, Attached, opened_scan
from densach.assessing.scans.models import ConsentScan
from densach.formats.pictures import MAX_SENT_BYTES, check_evidence
from densach.people.numbers import load_keys
from densach.problems import Refused, problem
from densach.web.filling import Filled
from densach.web.viewing import viewer

FIELD = "file"
LIMITS = {"most": MOST_FOR_A_SHEET, "megabytes": MAX_SENT_BYTES // 1_000_000}


def attached_to(form: Filled, file: UploadedFile[bytes] | None) -> Attached | None:
    """The file that came with a form, looked through; none where there is none, or something is wrong with it."""
    if file is None:
        return None
    try:
        if (file.size or 0) > MAX_SENT_BYTES:
            raise Refused(problem("E101", FIELD, limit=LIMITS["megabytes"]))
        return Attached(check_evidence(FIELD, file.read()), _vault())
    except Refused as refusal:
        form.problems[FIELD] = refusal.problems[0]
        return None


def shown_scan(request: HttpRequest, scan: ConsentScan) -> HttpResponse:
    """The content of a scan: a picture is shown, a PDF is offered to be kept. Asking alone what it is notes nothing."""
    kind, ending = ("inline", "jpg") if scan.is_picture else ("attachment", "pdf")
    headers = {
        "Content-Disposition": f'{kind}; filename="phieu-dong-y-{str(scan.uid)[:8]}.{ending}"',
        "X-Content-Type-Options": "nosniff",
    }
    content = b"" if request.method == "HEAD" else opened_scan(scan, _vault(), act=viewer(request).act(timezone.now()))
    return HttpResponse(content, content_type=scan.media_type, headers=headers)


def _vault() -> Vault:
    return Vault(settings.EVIDENCE_FOLDER, load_keys(settings.KEYS_FILE))

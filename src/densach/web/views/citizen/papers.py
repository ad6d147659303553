"""The certificates of a home: seen with their code, and their page had again once it was printed."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from densach.assessing.certificates.checking import check_certificate
from densach.assessing.certificates.codes import qr_text
from densach.assessing.certificates.holding import certificate_held, certificates_held, pdf_to_hold
from densach.assessing.models import Certificate
from densach.formats.certificates.qr import qr_svg
from densach.reporting.certificates.printing import certificate_pdf
from densach.web.viewing import signed_in, viewer


@require_safe
@signed_in
def certificates(request: HttpRequest) -> HttpResponse:
    """The certificates that one holds, the latest first."""
    return render(request, "web/citizen/papers.html", {"held": certificates_held(viewer(request))})


@require_safe
@signed_in
def certificate(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One certificate as it stands on paper, how it stands today, and the code that anybody can check it by."""
    seen = viewer(request)
    found, standing = check_certificate(certificate_held(seen, uid).code, on=seen.today)
    # Where this installation has no public address, whoever scans the code off the screen reached it by this one.
    origin = settings.PUBLIC_URL or request.build_absolute_uri("/")
    said = qr_text(found.code, origin, fictional=found.printing.is_specimen)
    page = {
        "certificate": found,
        "standing": standing,
        "words": standing.words,
        "qr": SafeString(qr_svg(said)),
        "has_pdf": _has_pdf(found),
    }
    return render(request, "web/citizen/paper.html", page)


@require_safe
@signed_in
def pdf(request: HttpRequest, uid: UUID) -> HttpResponse:
    """The page of a certificate that was printed, with the same words; another print is an act of the commune."""
    found = pdf_to_hold(certificate_held(viewer(request), uid))
    response = HttpResponse(certificate_pdf(found), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="giay-chung-nhan-{found}.pdf"'
    return response


def _has_pdf(found: Certificate) -> bool:
    return found.printing.written and found.withdrawn_on is None

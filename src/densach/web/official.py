"""An official paper as a file that the browser keeps."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.http import HttpResponse

from densach.formats.official.model import Official
from densach.formats.official.pdf import official_pdf
from densach.formats.official.word import write_docx
from densach.problems import Refused, problem

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def paper_file(document: Official, name: str, form: str, made_on: date) -> HttpResponse:
    """The paper as PDF or as Word; any other form is not there (H103)."""
    if form not in KINDS:
        raise Refused(problem("H103", form))
    day = document.reference.on or made_on
    content = official_pdf(document, made_on=day) if form == "pdf" else _word(document, day)
    response = HttpResponse(BytesIO(content), content_type=KINDS[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response


def _word(document: Official, day: date) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "paper.docx"
        write_docx(path, document, made_on=day)
        return path.read_bytes()

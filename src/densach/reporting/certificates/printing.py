"""Print the certificates of a list: first they come to be, then their file is written; killed between, it is written
by the same command again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from densach.assessing.certificates.issuing import Order, issue_certificates, note_written
from densach.assessing.models import Certificate, Printing
from densach.assessing.queries import certificates_in
from densach.formats.certificates.layout import Layout, find_layout
from densach.formats.certificates.model import Words
from densach.formats.certificates.sheets import NO_SHIFT, Shift, certificates_pdf, refuse_unfit
from densach.formats.whole_file import writing
from densach.history.domain import Act
from densach.policy.library import Library


@dataclass(frozen=True)
class Printed:
    """What was printed, on how many pages, and whether it had `waited` for its file since an earlier command."""

    printing: Printing
    pages: int
    waited: bool


def print_certificates(
    path: Path, order: Order, library: Library, layout: Layout, *, on: date, act: Act, shift: Shift = NO_SHIFT
) -> Printed:
    """Issue the certificates of an order and write them as one PDF; one that waits for its file comes first."""
    unfit = partial(refuse_unfit, layout=layout)
    printing, waited = issue_certificates(order, library, on=on, refuse_unfit=unfit, act=act)
    pages = write_printing(path, printing, layout, shift=shift)
    note_written(printing, act=act)
    return Printed(printing, pages, waited)


def write_printing(path: Path, printing: Printing, layout: Layout, *, shift: Shift = NO_SHIFT) -> int:
    """Write the file of a printing, always with the same words, and the same bytes for one layout and shift."""
    words = [Words(**row.words) for row in certificates_in(printing)]
    with writing(path) as unfinished:
        unfinished.write_bytes(_pdf(words, printing, layout, shift))
    return len(words)


def certificate_pdf(certificate: Certificate) -> bytes:
    """The page of one certificate that was printed, with its words as they are kept, by the layout of a whole face."""
    return _pdf([Words(**certificate.words)], certificate.printing, find_layout("day-du"), NO_SHIFT)


def _pdf(words: Sequence[Words], printing: Printing, layout: Layout, shift: Shift) -> bytes:
    title = f"Giấy chứng nhận {words[0].title} năm {printing.year}"
    made_on, fictional = printing.printed_on, printing.is_specimen
    return certificates_pdf(words, layout, title=title, made_on=made_on, shift=shift, fictional=fictional)

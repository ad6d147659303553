"""The certificates of a decision: a Giấy khen drawn whole, a Bằng khen printed by coordinates on its blank."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from densach.awards.register import queries
from densach.awards.register.blanks import SHIPPED, layout_named
from densach.awards.register.models import Award, Decision, Printer
from densach.awards.register.paper import FORMS, place_before_date
from densach.awards.register.preparing import happening
from densach.formats.certificates.layout import Layout
from densach.formats.certificates.model import Honour
from densach.formats.certificates.sheets import NO_SHIFT, Shift, certificates_pdf, grid_pdf
from densach.formats.official.words import date_in_words
from densach.formats.vietnamese import format_date
from densach.history.domain import Act, record
from densach.places.models import Place
from densach.places.queries import period_of
from densach.policy.commendation.model import CommendationLaw
from densach.policy.commendation.reading import commendation_law
from densach.problems import Refused, problem

ON_A_FILE = 200  # pages: a larger file takes longer than anybody waits for a page
FARTHEST = 200  # tenths of a millimetre


def layout_of(decision: Decision, law: CommendationLaw, blank: str = "") -> Layout:
    """The layout of the form that a decision gives, or of a blank that was chosen; refused (Q360) for a flag."""
    form = _form(decision, law)
    if form not in SHIPPED:
        raise Refused(problem("Q360", decision.uid, award=decision.award_name))
    return layout_named(blank or SHIPPED[form])


def print_certificates(
    decision: Decision, awards: Sequence[Award], layout: Layout, *, printer: Printer | None, on: date, act: Act
) -> bytes:
    """The certificates of some awards that stand, as one PDF; refused where none stands (Q361) or words do not fit."""
    standing = [row for row in awards if not hasattr(row, "cancelling")]
    if not standing:
        raise Refused(problem("Q361", decision.uid))
    fictional = decision.round.is_fictional or decision.place.fictional
    words = honours_of(standing, decision, commendation_law())
    title = f"{decision.award_name}, Quyết định số {decision.number}"
    pdf = certificates_pdf(
        words, layout, title=title, made_on=decision.signed_on, shift=shift_of(printer), fictional=fictional
    )
    with transaction.atomic():
        numbers = [row.ordinal for row in standing]
        after = {"count": len(numbers), "first": numbers[0], "last": numbers[-1], "on": on}
        record(happening(decision, "printed", after), act)
    return pdf


def honours_of(awards: Sequence[Award], decision: Decision, law: CommendationLaw) -> list[Honour]:
    """What the certificates of some awards of one decision say."""
    row = period_of(decision.place, decision.signed_on)
    where = place_before_date(row) if row else "…………"
    again = queries.reissuing_among([award.pk for award in awards])
    chair = decision.office_title.startswith("Chủ tịch")
    return [
        Honour(
            form=FORMS[_form(decision, law)],
            name=award.name,
            about=award.about,
            for_what=award.for_what,
            issuer=decision.office_title,
            decision=f"Quyết định số {decision.number} ngày {format_date(decision.signed_on)}",
            golden=f"Số sổ vàng: {award.ordinal}",
            place_and_date=f"{where}, {date_in_words(decision.signed_on)}",
            office="Chủ tịch" if chair else decision.office_title,
            signer=decision.signer,
            reprint="Bản cấp lại" if award.pk in again else "",
        )
        for award in awards
    ]


def trial_sheet(layout: str, printer: Printer | None, *, on: date) -> bytes:
    """The page by which a printer is held against a blank: a grid in millimetres and every box in its place."""
    return grid_pdf(layout_named(layout), made_on=on, shift=shift_of(printer))


def shift_of(printer: Printer | None) -> Shift:
    """How far a printer's pages are moved, in millimetres."""
    return NO_SHIFT if printer is None else (printer.right / 10, printer.down / 10)


def keep_printer(place: Place, name: str, right: int, down: int) -> Printer:
    """Keep how far a printer pulls paper askew."""
    values = {"right": right, "down": down}
    row, _ = Printer.objects.update_or_create(place=place, name=name, defaults=values)
    return row


def _form(decision: Decision, law: CommendationLaw) -> str:
    found = law.awards.get(decision.award)
    return found.form if found else ""

"""Certificates come to be: numbered, worded and coded in one transaction, before a single page is drawn."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction

from densach.assessing import queries
from densach.assessing.certificates.codes import new_code, qr_text, shown
from densach.assessing.certificates.words import (
    ActWords,
    corrected_by,
    places_now,
    reprint_line,
    title_on_face,
    words_of_act,
)
from densach.assessing.models import Certificate, Printing, Recognition
from densach.assessing.naming import NameInForce, names_in_force
from densach.assessing.titles import Title
from densach.authority.competence import competent_office
from densach.authority.numbering import BookKey, draw
from densach.authority.queries import local_decision
from densach.formats.certificates.model import Words
from densach.formats.vietnamese import fold, sort_key
from densach.history.domain import Act, Happening, record, record_many
from densach.places.models import Place
from densach.policy.library import Library
from densach.problems import Problem, Refused, problem

_AT_ONCE = 2000


@dataclass(frozen=True, kw_only=True)
class Order:
    """Which certificates to print: those of a title and year in a place that have none yet, or `again` all.

    `only` is a name as printed, the code of a household, or a village, so that a large commune prints one by one.
    `public_url` is where others reach the installation.
    """

    place: Place
    year: int
    title: Title
    fictional: bool
    only: str = ""
    again: bool = False
    public_url: str = ""

    @property
    def is_specimen(self) -> bool:
        """Whether the place or the law is made up: then every page says MẪU."""
        return self.fictional or self.place.fictional


@dataclass(frozen=True)
class _Said:
    """What the words of the certificates of one printing are made of."""

    order: Order
    on: date
    names: Mapping[int, NameInForce]
    acts: Mapping[int, ActWords]
    now: Mapping[int, str]


def issue_certificates(
    order: Order, library: Library, *, on: date, refuse_unfit: Callable[[Sequence[Words]], None], act: Act
) -> tuple[Printing, bool]:
    """Number and word the certificates of an order; a printing whose file was not written yet is given back instead.

    Says with it whether it waited so. Refused where nothing is signed (R137, R143), a name was not kept (R138), nobody
    is meant (R139) or all are printed (R140); `refuse_unfit` refuses words that the layout cannot hold, before anything
    is kept.
    """
    with transaction.atomic():
        about = order.place, order.year, order.title.key
        recognised = queries.recognitions_for(*about, fictional=order.fictional)
        queries.lock_acts(recognised)
        if unwritten := queries.unwritten_printing(*about, fictional=order.fictional):
            return unwritten, True
        rows = _chosen(order, recognised, library, on)
        known = queries.first_certificates([row.pk for row in rows])
        rows = rows if order.again else [row for row in rows if row.pk not in known]
        if not rows:
            raise Refused(problem("R140", order.title.key, title=order.title.name_vi, year=order.year))
        said = _Said(
            order=order,
            on=on,
            names=names_in_force(rows),
            acts={each.pk: words_of_act(each, order.title, library) for each in {row.act for row in rows}},
            now=places_now((row for row in rows if row.pk in known), on),
        )
        return _issue(said, rows, known, refuse_unfit, act), False


def note_written(printing: Printing, *, act: Act) -> None:
    """The file of a printing is whole; from now on the same command prints what is new."""
    with transaction.atomic():
        if not printing.written:
            printing.written = True
            printing.save(update_fields=["written"])
            record(Happening(kind="printing", object_id=printing.pk, event="written", after={"written": True}), act)


def withdraw(certificate: Certificate, *, on: date, paper: str, act: Act) -> None:
    """Take one printed certificate back by a paper that says so: spoiled, or replaced. The recognition stays (R148)."""
    with transaction.atomic():
        found = queries.certificate_for_update(certificate)
        if not paper.strip() or found.withdrawn_on not in {None, on}:
            raise Refused(problem("R148", shown(found.code), known=found.withdrawn_by or "…"))
        if found.withdrawn_on is None:
            found.withdrawn_on, found.withdrawn_by = on, paper.strip()
            found.save(update_fields=["withdrawn_on", "withdrawn_by"])
            after = {"withdrawn_on": on, "withdrawn_by": found.withdrawn_by}
            record(Happening(kind="certificate", object_id=found.uid, event="withdrawn", after=after), act)


def _chosen(order: Order, rows: list[Recognition], library: Library, on: date) -> list[Recognition]:
    if not rows:
        raise Refused(_nothing_signed(order, library, on))
    names = names_in_force(rows)
    if unnamed := [row for row in rows if row.pk not in names]:
        raise Refused(*(problem("R138", row.subject, number=row.act.number) for row in unnamed))
    if order.only:
        rows = _only(order.only, rows, names)
    return sorted(rows, key=lambda row: (sort_key(row.named.address), sort_key(names[row.pk].name), row.pk))


def _nothing_signed(order: Order, library: Library, on: date) -> Problem:
    named = competent_office(library, order.title.key, on, order.title.subject).known == "named"
    known = named or local_decision(order.title.key, order.place, on) is not None
    code = "R137" if known else "R143"
    return problem(code, order.title.key, title=order.title.name_vi, year=order.year)


def _only(only: str, rows: list[Recognition], names: Mapping[int, NameInForce]) -> list[Recognition]:
    at_home = queries.recognised_in_household(only, [row.pk for row in rows])
    wanted = {fold(only), f"ho {fold(only)}"}
    found = [row for row in rows if row.pk in at_home or fold(names[row.pk].name) in wanted or _lies_in(row, only)]
    if not found:
        raise Refused(problem("R139", only))
    return found


def _lies_in(row: Recognition, village: str) -> bool:
    return fold(row.named.address.partition(",")[0]) == fold(village)


def _issue(
    said: _Said,
    rows: list[Recognition],
    known: Mapping[int, Certificate],
    refuse_unfit: Callable[[Sequence[Words]], None],
    act: Act,
) -> Printing:
    order = said.order
    printing = Printing.objects.create(
        place=order.place,
        year=order.year,
        title_key=order.title.key,
        fictional=order.fictional,
        printed_on=said.on,
        printed_by=act.who,
    )
    made = [_certificate(row, printing, known.get(row.pk), said) for row in rows]
    _number([each for each in made if not each.reprint], said, act)
    worded = [_words(each, said) for each in made]
    refuse_unfit(worded)
    for certificate, words in zip(made, worded, strict=True):
        certificate.words = asdict(words)
    Certificate.objects.bulk_create(made, batch_size=_AT_ONCE)
    after = {"certificates": len(made), "reprints": sum(each.reprint for each in made), "printed_on": said.on}
    record(Happening(kind="printing", object_id=printing.pk, event="made", after=after), act)
    record_many(map(_printed, made), act)
    return printing


def _certificate(row: Recognition, printing: Printing, first: Certificate | None, said: _Said) -> Certificate:
    return Certificate(
        recognition=row,
        printing=printing,
        serial=first.serial if first else 0,
        serial_year=first.serial_year if first else said.on.year,
        code=new_code(),
        reprint=first is not None,
        correction=said.names[row.pk].correction,
    )


def _number(certificates: list[Certificate], said: _Said, act: Act) -> None:
    """Each office has a book of certificates for each title and year: its numbers follow the order of the pages."""
    books: dict[BookKey, list[Certificate]] = defaultdict(list)
    for each in certificates:
        signed = each.recognition.act
        body = signed.office or signed.office_title[:80]
        books[BookKey(signed.place, body, f"certificate:{said.order.title.key}", said.order.is_specimen)].append(each)
    what = f"Giấy chứng nhận {title_on_face(said.order.title)} năm {said.order.year}"
    for book, rows in books.items():
        things = [each.uid for each in rows]
        numbers = draw(book, on=said.on, what=what, act=act, count=len(rows), things=things)
        for each, number in zip(rows, numbers, strict=True):
            each.serial = number


def _words(certificate: Certificate, said: _Said) -> Words:
    row, order = certificate.recognition, said.order
    name, common = said.names[row.pk], said.acts[row.act_id]
    return Words(
        name=name.name,
        title=title_on_face(order.title),
        level=common.levels.get(row.level, ""),
        year=str(order.year),
        issuer=common.issuer,
        decision=corrected_by(common.decision, name.correction),
        place_and_date=common.place_and_date,
        authority=common.authority,
        office=common.office,
        serial=f"{certificate.serial:05}/{certificate.serial_year}",
        code=shown(certificate.code),
        qr=qr_text(certificate.code, order.public_url, fictional=order.is_specimen),
        address=row.named.address,
        now=said.now.get(row.pk, ""),
        reprint=reprint_line(said.on) if certificate.reprint else "",
    )


def _printed(certificate: Certificate) -> Happening:
    after = {
        "recognition": certificate.recognition_id,
        "printing": certificate.printing_id,
        "serial": certificate.serial,
        "serial_year": certificate.serial_year,
        "reprint": certificate.reprint,
        "correction": certificate.correction_id,
    }
    return Happening(kind="certificate", object_id=certificate.uid, event="printed", after=after)

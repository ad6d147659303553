"""Who issues a paper: a commune's committee or a unit's head, or whoever may recognise a title, as far as is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from densach.assessing.models import Round
from densach.assessing.run import judged_on
from densach.assessing.titles import Title
from densach.authority.competence import competent_office
from densach.authority.models import LocalDecision
from densach.authority.queries import local_decision
from densach.formats.official.model import Issuer, Reference, Signature
from densach.places.queries import period_of
from densach.policy.library import Library
from densach.rules.model import Office

COMMITTEE = "Ủy ban nhân dân"
NOBODY_KNOWN = "chưa biết cơ quan có thẩm quyền"
_CHIEFS = {"Chủ tịch ": "", "Giám đốc ": "", "Bộ trưởng ": "", "Trưởng phòng ": "Phòng "}
_LEFT_OPEN = "…………"


@dataclass(frozen=True)
class Desk:
    """The body that assesses itself: `called` and `subject` (who is to be recognised) as in the middle of a sentence.

    `place` stands before the date; number and day are open until the clerk, or an event here, gives them.
    """

    called: str
    subject: str
    issuer: Issuer
    signature: Signature
    place: str
    year: int
    fictional: bool

    @property
    def reference(self) -> Reference:
        """Number and day, still open."""
        return Reference(self.place, self.year)


def desk_of(round_: Round, made_on: date) -> Desk:
    """The desk of a round's commune, named as on the day the facts are taken at.

    No parent is printed above a People's Committee, and the chair signs for it.
    """
    commune = period_of(round_.place, judged_on(round_))
    if commune is None:
        raise ValueError(round_)
    # A name that is a number keeps its type before the date: "Phường 7, ngày …".
    place = commune.name if commune.short_name[:1].isdigit() else commune.short_name
    name = commune.name[:1].lower() + commune.name[1:]
    return Desk(
        called=f"{COMMITTEE} {name}",
        subject=name,
        issuer=Issuer((COMMITTEE, name), "UBND"),
        signature=Signature("Chủ tịch", authority=f"TM. {COMMITTEE}"),
        place=place,
        year=made_on.year,
        fictional=round_.is_fictional or round_.place.fictional,
    )


@dataclass(frozen=True)
class Decider:
    """Who recognises a title: how it is called (empty if nobody is known), and how its decision is headed and signed.

    `office` is its key in the policy, empty for one that a local decision names. `draft` says why we can only write
    a draft: nobody is known, or the office is not the commune's own.
    """

    called: str
    issuer: Issuer
    reference: Reference
    signature: Signature
    office: str = ""
    draft: str = ""


def decider_of(
    round_: Round,
    title: Title,
    library: Library,
    desk: Desk,
    on: date,
    local_ones: Mapping[str, LocalDecision] | None = None,
) -> Decider:
    """Who may recognise a title of a commune's round on a day, by the law or by a local decision.

    `local_ones` are the local decisions of the place on that day, where they were read already.
    """
    office = _office(library, title.key, on, title.subject)
    if office is not None:
        called = _spelled(office.title_vi)
        return _own(called, desk, office.id) if office.level == "commune" else _other(called, desk, office.id)
    local = local_decision(title.key, round_.place, on) if local_ones is None else local_ones.get(title.key)
    if local is None:
        return _nobody(desk)
    called = _spelled(local.office_title)
    return _own(called, desk) if _is_own(called, desk) else _other(called, desk)


def decider_of_unit(library: Library, title_key: str, desk: Desk, on: date) -> Decider:
    """Who may recognise a unit on a day by the law; it is never the unit itself."""
    office = _office(library, title_key, on)
    return _nobody(desk) if office is None else _other(_spelled(office.title_vi), desk, office.id)


def _office(library: Library, title_key: str, on: date, subject: str | None = None) -> Office | None:
    offices = competent_office(library, title_key, on, subject).offices
    return offices[0] if offices else None


def _spelled(office_title: str) -> str:
    return office_title.replace("UBND", COMMITTEE)


def _is_own(called: str, desk: Desk) -> bool:
    """Whether a local text means the commune's own committee, or its chair, by name or by the word for its kind."""
    kind = desk.subject.partition(" ")[0]
    return called.removeprefix("Chủ tịch ") in {f"{COMMITTEE} {whose}" for whose in (desk.subject, kind, "cấp xã")}


def _own(called: str, desk: Desk, office: str = "") -> Decider:
    """The committee itself, or its chair."""
    named = called.replace("cấp xã", desk.subject)
    signature = Signature("Chủ tịch") if called.startswith("Chủ tịch") else desk.signature
    return Decider(named, desk.issuer, desk.reference, signature, office)


def _other(called: str, desk: Desk, office: str = "") -> Decider:
    """Another office, whose symbol we do not know: it numbers and signs for itself."""
    chief = next((word for word in _CHIEFS if called.startswith(word)), "")
    body = _CHIEFS.get(chief, "") + called.removeprefix(chief)
    signature = Signature(chief.strip() or called)
    return Decider(
        called, Issuer((body,), ""), Reference(_LEFT_OPEN, desk.year), signature, office, f"để trình {called}"
    )


def _nobody(desk: Desk) -> Decider:
    issuer = Issuer(("Cơ quan có thẩm quyền", "(chưa biết)"), "")
    return Decider("", issuer, Reference(_LEFT_OPEN, desk.year), Signature("Thủ trưởng cơ quan"), draft=NOBODY_KNOWN)

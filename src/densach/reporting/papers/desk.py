"""Who issues a paper of a round: the commune's own committee, or whoever may recognise a title, as far as is known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from densach.assessing.models import Round
from densach.assessing.run import judged_on
from densach.assessing.titles import Title
from densach.authority.competence import competent_office
from densach.authority.queries import local_decision
from densach.formats.official.model import Issuer, Reference, Signature
from densach.places.queries import period_of
from densach.policy.library import Library

COMMITTEE = "Ủy ban nhân dân"
NOBODY_KNOWN = "chưa biết cơ quan có thẩm quyền"
_CHIEFS = {"Chủ tịch ": "", "Giám đốc ": "", "Bộ trưởng ": "", "Trưởng phòng ": "Phòng "}
_LEFT_OPEN = "…………"


@dataclass(frozen=True)
class Desk:
    """The People's Committee of a commune: `name` as in the middle of a sentence, `place` as before the date."""

    name: str
    place: str
    year: int
    fictional: bool

    @property
    def committee(self) -> str:
        """The committee's whole name."""
        return f"{COMMITTEE} {self.name}"

    @property
    def issuer(self) -> Issuer:
        """The committee as it stands at the head of a paper: no parent is printed above a People's Committee."""
        return Issuer((COMMITTEE, self.name), "UBND")

    @property
    def reference(self) -> Reference:
        """Number and day are for the clerk to give."""
        return Reference(self.place, self.year)

    @property
    def chair(self) -> Signature:
        """The chair signs for the committee."""
        return Signature("Chủ tịch", authority=f"TM. {COMMITTEE}")


def desk_of(round_: Round, made_on: date) -> Desk:
    """The desk of a round's commune, named as on the day the facts are taken at."""
    commune = period_of(round_.place, judged_on(round_))
    if commune is None:
        raise ValueError(round_)
    # A name that is a number keeps its type before the date: "Phường 7, ngày …".
    place = commune.name if commune.short_name[:1].isdigit() else commune.short_name
    name = commune.name[:1].lower() + commune.name[1:]
    return Desk(name, place, made_on.year, round_.is_fictional or round_.place.fictional)


@dataclass(frozen=True)
class Decider:
    """Who recognises a title: how it is called (empty if nobody is known), and how its decision is headed and signed.

    `draft` says why we can only write a draft: nobody is known, or the office is not the commune's own.
    """

    called: str
    issuer: Issuer
    reference: Reference
    signature: Signature
    draft: str = ""


def decider_of(round_: Round, title: Title, library: Library, desk: Desk, on: date) -> Decider:
    """Who may recognise a title on a day, by the law or by a local decision."""
    competence = competent_office(library, title.key, on, title.subject)
    office = competence.offices[0] if competence.offices else None
    local = local_decision(title.key, round_.place, on) if office is None else None
    if local is not None:
        return _other(local.office_title, desk)
    if office is None:
        issuer = Issuer(("Cơ quan có thẩm quyền", "(chưa biết)"), "")
        unknown = Signature("Thủ trưởng cơ quan")
        return Decider("", issuer, Reference(_LEFT_OPEN, desk.year), unknown, NOBODY_KNOWN)
    called = office.title_vi.replace("UBND", COMMITTEE)
    return _own(called, desk) if office.level == "commune" else _other(called, desk)


def _own(called: str, desk: Desk) -> Decider:
    """The committee itself, or its chair."""
    named = called.replace("cấp xã", desk.name)
    signature = Signature("Chủ tịch") if called.startswith("Chủ tịch") else desk.chair
    return Decider(named, desk.issuer, desk.reference, signature)


def _other(called: str, desk: Desk) -> Decider:
    """Another office, whose symbol we do not know: it numbers and signs for itself."""
    chief = next((word for word in _CHIEFS if called.startswith(word)), "")
    body = _CHIEFS.get(chief, "") + called.removeprefix(chief)
    signature = Signature(chief.strip() or called)
    return Decider(called, Issuer((body,), ""), Reference(_LEFT_OPEN, desk.year), signature, f"để trình {called}")

"""A signed sheet of a household as a form, alone on its page or as one of many: what it asks, says and enters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from densach.assessing.privacy.consenting import LONGEST_PAPER
from densach.assessing.privacy.models import Giver
from densach.assessing.privacy.papers import Said, Sheet, may_cross_out
from densach.assessing.scans.domain import Attached, enter_scanned
from densach.assessing.villages.consents.access import Home, Signer, Spoken
from densach.authority.access import Viewer
from densach.problems import Problem, Refused
from densach.web.filling import Filled

SAYS = {"co": True, "khong": False}


@dataclass(frozen=True)
class Line:
    """One purpose of somebody on the form: how it stands, the name of its field, and what was chosen."""

    spoken: Spoken
    field: str
    chosen: str

    @property
    def may_cross_out(self) -> bool:
        """Whether the last word came from a sheet and can be crossed out."""
        last = self.spoken.last
        return last is not None and may_cross_out(last, [last])


@dataclass(frozen=True)
class Part:
    """The part of the form that is about one person; `signed_by` is the field of who signed, where that is asked."""

    signer: Signer
    lines: tuple[Line, ...]
    signed_by: str
    giver: str
    problem: Problem | None


@dataclass(frozen=True)
class HomeForm:
    """The sheet of a household as it was filled in; `entered` is how many words of it were entered just now."""

    home: Home
    form: Filled
    parts: tuple[Part, ...]
    others: tuple[Problem, ...]
    entered: int = 0

    @property
    def wrong(self) -> int:
        """How many people have a problem beside them."""
        return sum(part.problem is not None for part in self.parts)

    @property
    def is_wrong(self) -> bool:
        """Whether something keeps the sheet from being entered."""
        return not self.form.is_whole


def home_form(home: Home, form: Filled, entered: int = 0) -> HomeForm:
    """The form of a household, with what was sent still in it and each problem beside its person."""
    people = {str(signer.person.uid) for signer in home.signers}
    beside = {each.where: each for each in form.others if each.where in people}
    parts = tuple(_part(form.sent, signer, beside.get(str(signer.person.uid))) for signer in home.signers)
    others = tuple(each for each in form.others if each.where not in beside)
    return HomeForm(home, form, parts, others, entered)


def enter_sent(seen: Viewer, home: Home, form: Filled, attached: Attached | None = None) -> int:
    """Enter the sheet that was sent, with its scan if any, whole or not at all; how many words it holds.

    None where something is wrong.
    """
    signed_on = form.day("signed_on", needed=True)
    kept_at = form.text("kept_at", most=LONGEST_PAPER, needed=True)
    said = [_said(form.sent, signer) for signer in home.signers]
    if not form.is_whole or signed_on is None:
        return 0
    sheet = Sheet(signed_on=signed_on, kept_at=kept_at, by=seen.account, role=seen.role or "")
    try:
        act = seen.act(timezone.now(), sheet.name)
        return enter_scanned(home.uid, said, sheet, attached, today=seen.today, act=act)
    except Refused as refusal:
        form.refuse(refusal, U163="signed_on", U164="kept_at", U168="file", U169="file")
        return 0


def _part(sent: Mapping[str, str], signer: Signer, wrong: Problem | None) -> Part:
    lines = [(spoken, _field(spoken, signer)) for spoken in signer.spoken]
    signed_by = f"ky-{signer.person.uid}" if len(signer.givers) > 1 else ""
    return Part(
        signer,
        tuple(Line(spoken, field, sent.get(field, "")) for spoken, field in lines),
        signed_by,
        sent.get(signed_by, signer.givers[0]),
        wrong,
    )


def _field(spoken: Spoken, signer: Signer) -> str:
    return f"{spoken.purpose.id}-{signer.person.uid}"


def _said(sent: Mapping[str, str], signer: Signer) -> Said:
    says = {
        spoken.purpose.id: SAYS[chosen]
        for spoken in signer.spoken
        if (chosen := sent.get(_field(spoken, signer), "")) in SAYS
    }
    given = sent.get(f"ky-{signer.person.uid}", "")
    giver = next((each for each in signer.givers if each == given), signer.givers[0])
    return Said(signer.person, Giver(giver), says)

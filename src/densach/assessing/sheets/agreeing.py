"""Whether the association may check a sheet is asked of whose data it is, when the sheet is sent, and is kept with it.

Sending never hangs on the answer: who says no is checked by the People's Committee. A helper's word is no consent, so
that only those are asked who send their own sheet, or that of a child they stand for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from densach.assessing.privacy.access import Own, looked_after
from densach.assessing.privacy.consenting import Word, give_consent, withdraw_consent
from densach.assessing.privacy.models import CHAPTER_CHECK
from densach.assessing.privacy.queries import acts_of
from densach.assessing.privacy.standing import Stand, standings
from densach.assessing.sheets.judging import send_and_judge
from densach.assessing.sheets.models import Sheet
from densach.authority.access import Viewer
from densach.history.domain import Act
from densach.policy.library import Library
from densach.problems import Refused, problem


@dataclass(frozen=True)
class Consent:
    """How the consent to the association's checking stands for whose sheet it is, before it is sent."""

    own: Own
    stand: Stand

    @property
    def is_asked(self) -> bool:
        """Whether nothing that still holds was said: silence is no consent, and a refusal is not asked about again."""
        return self.stand in {Stand.NEVER, Stand.LAPSED}


def consent_before_sending(viewer: Viewer, sheet: Sheet) -> Consent | None:
    """How the consent stands, for whoever may give it; nothing for a helper, a household or a group."""
    person = sheet.subject.person
    own = looked_after(viewer, person) if person is not None else None
    if own is None:
        return None
    return Consent(own, standings(acts_of(own.person), own.person, viewer.today)[CHAPTER_CHECK].stand)


@dataclass(frozen=True, kw_only=True)
class Said:
    """What was answered beside the button that sends: yes, no, or nothing, and whose word it is."""

    agrees: bool | None
    word: Word
    on: date


def send_with_consent(sheet: Sheet, consent: Consent | None, said: Said, library: Library, *, act: Act) -> Sheet:
    """Send a sheet and keep what its owner said about the association's checking, both or neither.

    Refused where that is asked and was not answered (K145), and as sending is.
    """
    with transaction.atomic():
        if consent is not None and consent.is_asked:
            if said.agrees is None:
                raise Refused(problem("K145", sheet.uid))
            keep = give_consent if said.agrees else withdraw_consent
            keep(consent.own.person, CHAPTER_CHECK, said.word, on=said.on, act=act)
        return send_and_judge(sheet, sheet.version, library, act=act)

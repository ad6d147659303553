"""What a certificate says now, told to whoever holds it: nothing of anybody that does not stand on its face."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from densach.assessing.certificates.codes import code_typed, shown
from densach.assessing.models import Certificate, Correction
from densach.assessing.queries import certificate_coded, later_prints, latest_corrections
from densach.formats.certificates.model import Words
from densach.problems import Refused, problem


class State(StrEnum):
    """How a certificate stands."""

    VALID = "valid"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    ENDED = "ended"
    SPECIMEN = "specimen"


@dataclass(frozen=True)
class Standing:
    """A certificate as it stands on a day.

    `correction` is a later act on the name that the certificate carries; the right name is not told, for it is not on
    its face. `ends_on` is the first day on which the title no longer holds, None where no text says one.
    """

    state: State
    words: Words
    printed_on: date
    correction: Correction | None
    withdrawn_on: date | None
    withdrawn_by: str
    ends_on: date | None
    later_prints: int


def check_certificate(text: str, *, on: date) -> tuple[Certificate, Standing]:
    """A certificate by the code that was typed or scanned; refused (R141, R142) where there is none."""
    code = code_typed(text)
    found = certificate_coded(code)
    if found is None:
        raise Refused(problem("R142", shown(code)))
    latest = latest_corrections([found.recognition_id]).get(found.recognition_id)
    correction = latest if latest is not None and latest.pk != found.correction_id else None
    return found, Standing(
        state=_state(found, correction, on),
        words=Words(**found.words),
        printed_on=found.printing.printed_on,
        correction=correction,
        withdrawn_on=found.withdrawn_on,
        withdrawn_by=found.withdrawn_by,
        ends_on=found.recognition.valid_to,
        later_prints=later_prints(found),
    )


def _state(found: Certificate, correction: Correction | None, on: date) -> State:
    if found.printing.is_specimen:
        return State.SPECIMEN
    if found.withdrawn_on is not None:
        return State.WITHDRAWN
    if correction is not None:
        return State.CORRECTED
    ends = found.recognition.valid_to
    return State.ENDED if ends is not None and ends <= on else State.VALID

"""What anybody may read of a certificate by its code: what it is and how it stands, and nothing that says whose it is.

Who holds the paper types the name on it and hears whether it is the same. The name on its face is told only while the
person it names consents to that.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from densach.assessing.certificates.checking import Standing, check_certificate
from densach.assessing.certificates.codes import shown
from densach.assessing.models import Certificate, Correction
from densach.assessing.privacy.standing import who_agreed
from densach.formats.vietnamese import tone_key
from densach.places.labels import labels_on
from densach.places.lineage import Outcome, all_on_todays_map
from densach.places.models import Place


class Became(StrEnum):
    """What is known of a place since the day of an act."""

    SAME = "same"
    NOW = "now"
    DIVIDED = "divided"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class PlaceOfAct:
    """Where an act was signed, by the names of its day, and by those of today what it is now.

    `then` is empty where no list speaks of that day; `now` names all candidates of a divided place.
    """

    place: Place
    then: str
    became: Became
    now: tuple[str, ...]


@dataclass(frozen=True)
class Seen:
    """A certificate for a page. `code` stands in groups as on paper; `number` and `signed_on` are those of the act.

    `carries` is the correction whose name stands on this paper, `correction` a later one. `name_is_right` is None
    where no name was typed. `name` stands on the face; it is empty without the consent of the person named.
    """

    standing: Standing
    code: str
    number: str
    signed_on: date
    place: PlaceOfAct
    reprint: bool
    carries: Correction | None
    name_is_right: bool | None
    name: str

    @property
    def correction(self) -> Correction | None:
        """The act that corrected the name after this paper was printed."""
        return self.standing.correction


def see_certificate(text: str, name: str, *, on: date) -> Seen:
    """A certificate by the code that was typed or scanned, and whether `name` stands on it; empty where none was typed.

    Refused where there is none (R141, R142).
    """
    found, standing = check_certificate(text, on=on)
    act = found.recognition.act
    return Seen(
        standing=standing,
        code=shown(found.code),
        number=act.number,
        signed_on=act.signed_on,
        place=_place_of(found, on),
        reprint=found.reprint,
        carries=found.correction,
        name_is_right=is_same_name(name, standing.words.name) if name else None,
        name=standing.words.name if _agrees_to_be_named(found, on) else "",
    )


def is_same_name(typed: str, printed: str) -> bool:
    """Letter for letter and mark for mark; only capitals, spaces and where a tone stands in its word do not count."""
    return tone_key(typed) == tone_key(printed)


def _agrees_to_be_named(found: Certificate, on: date) -> bool:
    """Only a living person can agree; of households, clans and units no name is told."""
    person = found.recognition.subject.person
    if person is None or person.died_on is not None:
        return False
    kept = person.same_as_id or person.pk
    return kept in who_agreed([kept], "certificate_name", on)


def _place_of(found: Certificate, on: date) -> PlaceOfAct:
    """The place of the act, which is also that of the printing."""
    place, signed_on = found.printing.place, found.recognition.act.signed_on
    then = labels_on([place.pk], signed_on).get(place.pk)
    carried = all_on_todays_map([place.pk], on)[place.pk]
    today = labels_on({row.place_id for row in carried.places}, on)
    now = tuple(today[row.place_id].whole for row in carried.places)
    called = then.whole if then else ""
    return PlaceOfAct(place, called, _became(carried.outcome, called, now), now)


def _became(outcome: Outcome, then: str, now: tuple[str, ...]) -> Became:
    """Of a divided place only one part may be known: then nobody knows where the rest is."""
    if outcome is Outcome.DIVIDED and len(now) > 1:
        return Became.DIVIDED
    if outcome in {Outcome.DIVIDED, Outcome.GONE}:
        return Became.UNKNOWN
    return Became.SAME if now == (then,) else Became.NOW

"""Names as they stand in signed acts: kept once when an act is signed, by the register and the map of that day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from densach.assessing.models import Correction, Kind, NamedInAct, Recognition, RecognitionAct
from densach.assessing.queries import latest_corrections, unnamed_recognitions
from densach.formats.vietnamese import nfc, single_spaced
from densach.history.bringing import bring
from densach.history.domain import Act
from densach.people.models import HouseholdHome
from densach.people.queries import homes_of_households, names_of_heads, villages_of_persons
from densach.places.labels import Label, labels_on


@dataclass(frozen=True)
class Known:
    """What is known on the day of an act: where persons and households live, who heads one, how places are labelled."""

    commune: int
    villages: Mapping[int, int]
    heads: Mapping[int, str]
    homes: Mapping[int, HouseholdHome]
    labels: Mapping[int, Label]


def keep_names(signed: RecognitionAct, said: Mapping[int, str], *, act: Act) -> None:
    """Keep whom an act names, where that was not kept yet; `said` is the name on its paper, by subject.

    Without it the name is that of the register on the day; where nobody knows it, none is kept. Belongs in the
    transaction that records the act.
    """
    rows = unnamed_recognitions(signed)
    known = _known(signed, rows)
    named = ((row, _name(row, said, known)) for row in rows)
    wanted = [(None, _fields(row, name, known)) for row, name in named if name]
    bring(NamedInAct, wanted, kind="named_in_act", act=act)


@dataclass(frozen=True)
class NameInForce:
    """The name of a recognised subject as the act has it, or as the latest correction has it."""

    name: str
    correction: Correction | None


def names_in_force(recognitions: Sequence[Recognition]) -> dict[int, NameInForce]:
    """The name by which each recognition goes now, by its key; a constant number of queries for each 900."""
    corrected = latest_corrections([row.pk for row in recognitions])
    return {
        row.pk: NameInForce(found.now if (found := corrected.get(row.pk)) else row.named.name, found)
        for row in recognitions
        if hasattr(row, "named")
    }


def _known(signed: RecognitionAct, rows: Sequence[Recognition]) -> Known:
    on, subjects = signed.signed_on, [row.subject for row in rows]
    villages = villages_of_persons((each.person_id for each in subjects if each.person_id), on)
    households = [each.household_id for each in subjects if each.household_id]
    homes = homes_of_households(households, on)
    places = {signed.place_id, *villages.values(), *(home.village_id for home in homes.values())}
    places |= {each.place_id for each in subjects if each.place_id}
    return Known(signed.place_id, villages, names_of_heads(households, on), homes, labels_on(places, on))


def _name(row: Recognition, said: Mapping[int, str], known: Known) -> str:
    subject = row.subject
    if given := single_spaced(nfc(said.get(subject.pk, ""))):
        return given
    if subject.household_id:
        home = known.homes.get(subject.household_id)
        head = known.heads.get(subject.household_id, home.code if home else "")
        return f"Hộ {head}" if head else ""
    if subject.place_id:
        label = known.labels.get(subject.place_id)
        return label.rows[0].name if label else ""
    return str(getattr(subject, subject.kind))


def _fields(row: Recognition, name: str, known: Known) -> dict[str, object]:
    subject = row.subject
    own = subject.place_id if subject.kind == Kind.PLACE else None
    home = known.homes.get(subject.household_id or 0)
    village = home.village_id if home else known.villages.get(subject.person_id or 0)
    place = next((each for each in (own, village, known.commune) if each in known.labels), None)
    label = known.labels[place] if place is not None else None
    address = "" if label is None else label.above if place == own else label.whole
    return {"recognition_id": row.pk, "name": name, "address": address, "place_id": place}

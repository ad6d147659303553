"""The words of a certificate: the act by the names of its day, and on a reprint what became of the place since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from densach.assessing.models import Correction, Recognition, RecognitionAct
from densach.assessing.titles import Title, rubric_on
from densach.formats.official.words import date_in_words
from densach.formats.vietnamese import format_date
from densach.places.labels import Label, labels_on
from densach.places.lineage import Carried, Outcome, all_on_todays_map
from densach.places.models import Level
from densach.policy.library import Library
from densach.rules.model import Rubric

_COMMITTEE = "Ủy ban nhân dân"
_CHIEFS = ("Chủ tịch", "Giám đốc", "Bộ trưởng", "Trưởng phòng")
_LEVELS = {"cấp xã": Level.COMMUNE, "cấp huyện": Level.DISTRICT, "cấp tỉnh": Level.PROVINCE}
_MOST_NAMED = 3


@dataclass(frozen=True)
class ActWords:
    """What all certificates of one act have in common; `levels` are the names of the levels that are told apart."""

    issuer: str
    decision: str
    place_and_date: str
    authority: str
    office: str
    levels: Mapping[str, str]


def words_of_act(act: RecognitionAct, title: Title, library: Library) -> ActWords:
    """The words of an act by the names of the day it was signed; a place that is not known is left out."""
    label = labels_on([act.place_id], act.signed_on).get(act.place_id)
    issuer = named_office(act.office_title, label)
    day = date_in_words(act.signed_on)
    authority, office = signature_of(issuer)
    return ActWords(
        issuer=issuer,
        decision=f"Theo Quyết định số {act.number} {day} của {issuer}",
        place_and_date=_placed(act, label, day),
        authority=authority,
        office=office,
        levels=_levels(rubric_on(library, title, act.signed_on).rubric),
    )


def _placed(act: RecognitionAct, label: Label | None, day: str) -> str:
    """The day, after the name of the commune where an office of the commune signed; a number keeps its type."""
    if label is None or not act.office or "cấp xã" not in act.office_title:
        return day[:1].upper() + day[1:]
    commune = label.rows[0]
    return f"{commune.name if commune.short_name[:1].isdigit() else commune.short_name}, {day}"


def _levels(rubric: Rubric) -> Mapping[str, str]:
    """Names by level; of a title with one level none is told, of one whose levels were not read the number is."""
    names = {str(level.id): level.name_vi for level in rubric.levels if level.passes}
    return names if len(names) > 1 else {} if names else {str(n): f"Mức độ {n}" for n in range(1, 10)}


def title_on_face(title: Title) -> str:
    """The title as it is given, without what tells it from others in our lists."""
    return title.name_vi.partition(" (")[0]


def corrected_by(decision: str, correction: Correction | None) -> str:
    """The line of the decision, with the act that corrected the name."""
    if correction is None:
        return decision
    return f"{decision}, đính chính theo Quyết định số {correction.number} {date_in_words(correction.signed_on)}"


def reprint_line(on: date) -> str:
    """The line that says that this is another copy."""
    return f"Bản in lại ngày {format_date(on)}"


def places_now(recognitions: Iterable[Recognition], on: date) -> Mapping[int, str]:
    """What the place of each recognition is called on a day where that differs from what its act says: by key.

    Nothing is said where nobody knows; of a divided place only what is sure.
    """
    rows = [row for row in recognitions if row.named.place_id is not None]
    places = {row.named.place_id or 0 for row in rows} | {row.act.place_id for row in rows}
    carried = all_on_todays_map(places, on)
    today = labels_on({row.place_id for each in carried.values() for row in each.places}, on)
    then = {day: labels_on(places, day) for day in {row.act.signed_on for row in rows}}
    said = {row.pk: _now(row, carried, today, then[row.act.signed_on]) for row in rows}
    return {key: words for key, words in said.items() if words}


def _now(
    row: Recognition, carried: Mapping[int, Carried], today: Mapping[int, Label], then: Mapping[int, Label]
) -> str:
    place, become = row.named.place_id or 0, "nay là"
    if carried[place].outcome is Outcome.GONE and carried[row.act.place_id].outcome is not Outcome.DIVIDED:
        # Of the village nothing is known: its commune still says where it lies now, if all of it went to one place.
        place, become = row.act.place_id, "nay thuộc"
    found = carried[place]
    labels = [today[each.place_id].inside for each in found.places]
    if found.outcome is Outcome.DIVIDED:
        return _divided(labels, own=row.subject.place_id == place)
    return f"{become} {labels[0]}" if labels and labels[0] != then[place].inside else ""


def _divided(labels: list[str], *, own: bool) -> str:
    """Only a part of it may be known to be somewhere: then nobody knows where the rest is, and nothing is said."""
    count = len(labels)
    if count < 2:
        return ""
    if own:
        return f"nay chia về {count} nơi"
    return f"nay thuộc một trong {count} nơi" + (f": {'; '.join(labels)}" if count <= _MOST_NAMED else "")


def signature_of(issuer: str) -> tuple[str, str]:
    """What stands above the signature of an office: for whom, and as what."""
    if issuer.startswith(_COMMITTEE):
        return f"TM. {_COMMITTEE}", "Chủ tịch"
    return "", next((word for word in _CHIEFS if issuer.startswith(word)), issuer)


def named_office(office_title: str, label: Label | None) -> str:
    """An office under its own name: "Chủ tịch UBND cấp xã" is that of its commune."""
    called = office_title.replace("UBND", _COMMITTEE)
    for words, level in _LEVELS.items():
        row = label.at(level) if label else None
        if row is not None:
            called = called.replace(words, row.name[:1].lower() + row.name[1:])
    return called

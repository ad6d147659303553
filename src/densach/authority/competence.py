"""Who may recognise a title on a day: an office the law names, nobody that is known, or a local decision."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from densach.policy.dates import holds
from densach.policy.library import Library
from densach.rules.model import DECIDING_IN_DEMO, SUBJECTS, Office, Power, Rubric

Known = Literal["named", "nobody_known", "not_recorded"]


@dataclass(frozen=True)
class Competence:
    """The offices that the law names for a title on a day, or the state of not knowing one, with the law's word for it.

    `nobody_known` is a state of the law: a power row says that no competent office is known, or is known too weakly
    to decide. `not_recorded` means that the policy says nothing at all about the title on that day.
    """

    known: Known
    offices: tuple[Office, ...]
    powers: tuple[Power, ...]

    def names(self, office_id: str) -> bool:
        """Whether the law gives the power to this office."""
        return any(office.id == office_id for office in self.offices)


def competent_office(library: Library, title_key: str, on: date, subject: str | None = None) -> Competence:
    """Who may recognise this title on this day, by the packs that are opened.

    `subject` is the kind of place that holds it ("commune"), for a title that several kinds can hold.
    """
    powers = [
        power
        for power in library.powers.get(title_key, ())
        if holds(power.valid_from, power.valid_to, on) != "no"
        and power.subject in {None, subject}
        and _is_heard(library, power)
    ]
    named = [power for power in powers if power.office is not None and power.mark in DECIDING_IN_DEMO]
    if named:
        offices = tuple(library.offices[power.office] for power in named if power.office)
        return Competence("named", offices, tuple(named))
    return Competence("nobody_known" if powers else "not_recorded", (), tuple(powers))


@dataclass(frozen=True)
class TitleCompetence:
    """A title, the kind of place it is asked for where that matters, its rubrics, and who may recognise it."""

    title_key: str
    subject: str | None
    rubrics: tuple[Rubric, ...]
    competence: Competence


def all_competences(library: Library, on: date) -> list[TitleCompetence]:
    """Who may recognise each title on a day, in the order of the titles' subjects; titles that had ended are left out.

    A title that several kinds of place can hold stands once for each kind that a text names.
    """
    rubrics: dict[str, list[Rubric]] = {}
    for rubric in sorted(library.rubrics.values(), key=lambda rubric: (SUBJECTS.index(rubric.subject), rubric.id)):
        if library.in_force(rubric, on) != "no":
            rubrics.setdefault(rubric.title_key, []).append(rubric)
    return [
        TitleCompetence(key, subject, tuple(of_title), competent_office(library, key, on, subject))
        for key, of_title in rubrics.items()
        for subject in _subjects_named(library, key)
    ]


def _subjects_named(library: Library, title_key: str) -> list[str | None]:
    """The kinds of place that the powers of a title speak of; nothing where they speak of all."""
    return list(dict.fromkeys(power.subject for power in library.powers.get(title_key, ()))) or [None]


def office_exists(office: Office, on: date) -> bool:
    """Whether an office surely did not yet, or no longer, exist on a day; unknown dates do not exclude it."""
    return holds(office.exists_from, office.exists_to, on) != "no"


def _is_heard(library: Library, power: Power) -> bool:
    """Where a fictional power is opened for a title, the real gap it fills is not heard beside it."""
    fictional = any(other.mark == "fictional" for other in library.powers.get(power.title_key, ()))
    return not fictional or power.mark == "fictional"

"""The sheets that a household signed, as the words on them tell: which stand on one paper, and which scans show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from densach.assessing.privacy.models import ConsentAct
from densach.assessing.privacy.papers import said_on_sheets
from densach.assessing.scans.models import ConsentScan
from densach.assessing.scans.queries import scans_of_words, words_on_paper


@dataclass(frozen=True)
class SignedSheet:
    """A paper of a household: every word that was copied from it, and its scans."""

    household: UUID
    words: tuple[ConsentAct, ...]
    scans: tuple[ConsentScan, ...]

    @property
    def uid(self) -> UUID:
        """The identity of its first word, by which the sheet is found."""
        return self.words[0].uid

    @property
    def paper(self) -> str:
        """How it is called."""
        return self.words[0].paper

    @property
    def signed_on(self) -> date | None:
        """The day on it; not known of a paper that was entered by its number alone."""
        return self.words[0].signed_on

    @property
    def kept_at(self) -> str:
        """Where it lies."""
        return self.words[0].kept_at

    @property
    def standing(self) -> tuple[ConsentAct, ...]:
        """The words that were not crossed out."""
        return tuple(word for word in self.words if word.crossed_out_at is None)

    @property
    def people(self) -> list[str]:
        """Whose words stand on it, by name."""
        return list(dict.fromkeys(word.person.full_name for word in self.standing or self.words))

    @property
    def good(self) -> tuple[ConsentScan, ...]:
        """Its scans that were not crossed out."""
        return tuple(scan for scan in self.scans if scan.crossed_out_at is None)


def signed_sheets(household: UUID, persons: Iterable[int]) -> tuple[SignedSheet, ...]:
    """The papers of the people of a household, the last signed first; not those of which all was copied by mistake."""
    by_paper: dict[tuple[object, ...], list[ConsentAct]] = {}
    words = words_on_paper(list(persons), [purpose.id for purpose in said_on_sheets()])
    for word in words:
        by_paper.setdefault((word.signed_on, word.paper, word.kept_at), []).append(word)
    scans = scans_of_words(household, words) if words else {}
    found = (SignedSheet(household, tuple(each), _shown_by(each, scans)) for each in by_paper.values())
    return tuple(sheet for sheet in found if sheet.standing or sheet.scans)


def _shown_by(words: Iterable[ConsentAct], scans: Mapping[int, list[ConsentScan]]) -> tuple[ConsentScan, ...]:
    once = {scan.pk: scan for word in words for scan in scans.get(word.pk, ())}
    return tuple(once[key] for key in sorted(once))

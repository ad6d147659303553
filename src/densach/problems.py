"""What the product says when something cannot be done: a stable code, then what, where, why and what to do.

The sentences stand in `problems.toml`, Vietnamese and English side by side, so that they can be read and
corrected without reading code. This module imports nothing of ours and may be imported from everywhere.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Literal

Language = Literal["vi", "en"]


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong: its code, the place it stands at, and the words that fill the sentences."""

    code: str
    where: str
    words: dict[str, str] = field(default_factory=dict)

    def sentence(self, part: str, lang: Language) -> str:
        """The sentence for `part` (`what`, `why` or `todo`) in one language; empty when there is none."""
        template = _catalogue()[self.code].get(f"{part}_{lang}", "")
        return template.format_map(self.words)

    def told(self, lang: Language = "vi") -> str:
        """All that is known of the problem as one paragraph that begins with its code."""
        parts = (self.sentence(part, lang) for part in ("what", "why", "todo"))
        return f"{self.code} {self.where}: " + " ".join(part for part in parts if part)


class Refused(Exception):  # noqa: N818  - it is what the product does, not a fault of the program
    """The work was refused as a whole, and nothing was changed; says every problem that was found."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(problem.told("en") for problem in problems))
        self.problems = problems


def problem(code: str, where: object, **words: object) -> Problem:
    """Name a problem of the catalogue; an unknown code is a mistake of ours and raises KeyError."""
    _catalogue()[code]
    return Problem(code, str(where), {name: str(word) for name, word in words.items()})


def codes() -> tuple[str, ...]:
    """Every code of the catalogue, in order."""
    return tuple(_catalogue())


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    return tomllib.loads(files("densach").joinpath("problems.toml").read_text("utf-8"))

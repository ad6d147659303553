"""What a reporter typed: read field by field, so that what cannot be read stands beside its field with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from densach.policy.datasets import DataSet
from densach.problems import Problem, Refused
from densach.reporting.figures.domain import Typed
from densach.reporting.figures.numbers import read_number
from densach.reporting.figures.showing import Line, Seen

VALUE, REASON, NOTE = "so", "ly-do", "ghi-chu"


@dataclass
class Form:
    """A form of numbers: as typed, as read, and what is wrong, each problem at its code or at the top."""

    typed: Mapping[str, str] = field(default_factory=dict)
    numbers: dict[str, Typed] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def beside(self, code: str) -> list[Problem]:
        """What is wrong with one number."""
        return [each for each in self.problems if each.where == code]

    def others(self, codes: set[str]) -> list[Problem]:
        """What is wrong with the return as a whole."""
        return [each for each in self.problems if each.where not in codes]


@dataclass(frozen=True)
class Field:
    """One number as its field shows it."""

    line: Line
    value: str
    reason: str
    note: str
    problems: tuple[Problem, ...]

    @property
    def code(self) -> str:
        """The code of the indicator."""
        return self.line.indicator.code

    @property
    def asks_reason(self) -> bool:
        """Whether the field for why it differs from ours is shown."""
        return bool(self.reason) or self.line.differs or any(each.code == "G114" for each in self.problems)

    @property
    def asks_note(self) -> bool:
        """Whether the field for what explains an unusual number is shown."""
        return bool(self.note) or any(each.code == "G115" for each in self.problems)


def read_form(sent: QueryDict, dataset: DataSet) -> Form:
    """The numbers of a form that was sent."""
    form = Form(typed={name: str(value) for name, value in sent.items()})
    for each in dataset.asked:
        raw = sent.get(f"{VALUE}-{each.code}", "")
        try:
            number = read_number(raw, each.code)
        except Refused as refusal:
            form.problems += refusal.problems
            continue
        reason, note = (sent.get(f"{name}-{each.code}", "") for name in (REASON, NOTE))
        form.numbers[each.code] = Typed(number, reason, note)
    return form


def fields_of(seen: Seen, form: Form) -> tuple[Field, ...]:
    """The fields of a return: as they were typed, else as they stand."""
    return tuple(_field(line, form) for line in seen.lines)


def _field(line: Line, form: Form) -> Field:
    code, value = line.indicator.code, line.value
    number = "" if line.number is None else str(line.number)
    return Field(
        line,
        form.typed.get(f"{VALUE}-{code}", number),
        form.typed.get(f"{REASON}-{code}", value.reason if value else ""),
        form.typed.get(f"{NOTE}-{code}", value.note if value else ""),
        tuple(form.beside(code)),
    )

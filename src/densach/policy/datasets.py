"""What goes up the levels as figures: data sets with their indicators, how they hold together and when they are due.

A form, a workbook, a check and the public interface are all made from the same definition, so that a code means one
thing wherever it stands.
"""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

from densach.rules.model import Cite, Mark

Code = Annotated[str, Meta(pattern=r"^[A-Z][A-Z0-9_]{2,39}$", description="Stable for ever, and never reused.")]
MonthDay = Annotated[str, Meta(pattern=r"^\d{2}-\d{2}$", description="A day of the year: 10-10 is 10 October.")]
IndicatorKind = Literal["count", "money", "share"]
PeriodKind = Literal["year", "half_year"]
ReportingLine = Literal["association", "government"]
ReportingLevel = Literal["commune", "province"]


class _Shape(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A value of the policy files: unknown words are refused, nothing can be changed."""


class Indicator(_Shape, frozen=True, kw_only=True):
    """One figure of a data set.

    A share is never typed: it is `numerator` over `denominator`, two counts of the same data set, and `base_vi` says in
    words what the base is. `computed_by` names a computation from our own records. `adds_up` says that the figure of a
    place above is the sum of those below; what is no sum is reported at each level.
    """

    code: Code
    kind: IndicatorKind
    name_vi: str
    name_en: str
    unit_vi: str = ""
    unit_en: str = ""
    base_vi: str | None = None
    base_en: str | None = None
    numerator: Code | None = None
    denominator: Code | None = None
    computed_by: str | None = None
    adds_up: bool = True
    mark: Mark
    source: str


class Rule(_Shape, frozen=True, kw_only=True):
    """How figures hold together: `parts` are each at most the `whole`, or together make just it.

    `together` says that the parts exclude each other, so that their sum too is at most the whole.
    """

    kind: Literal["at_most", "together", "sum"]
    whole: Code
    parts: tuple[Code, ...]


class Due(_Shape, frozen=True, kw_only=True):
    """Before which day a level sends its figures, as a text says it: `years_later` counts from the year reported."""

    level: ReportingLevel
    before: MonthDay
    years_later: int = 0
    mark: Mark
    cites: tuple[Cite, ...]


class DataSet(_Shape, frozen=True, kw_only=True):
    """What one line of command sends up for a period: who reports, which figures, which rules.

    `due` is empty where no text that we have read gives a day. `note_vi` says what is our own reading.
    """

    id: str
    name_vi: str
    name_en: str
    line: ReportingLine
    levels: tuple[ReportingLevel, ...]
    period: PeriodKind
    indicators: tuple[Indicator, ...]
    rules: tuple[Rule, ...] = ()
    due: tuple[Due, ...] = ()
    mark: Mark
    cites: tuple[Cite, ...]
    note_vi: str = ""
    note_en: str = ""

    def indicator(self, code: str) -> Indicator | None:
        """The indicator with a code, if the data set has it."""
        return next((each for each in self.indicators if each.code == code), None)

    @property
    def asked(self) -> tuple[Indicator, ...]:
        """What a reporter is asked for: all that is no share."""
        return tuple(each for each in self.indicators if each.kind != "share")

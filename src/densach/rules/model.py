"""The words in which the law is written down: one shape for the files, the engine and the published schema.

Everything is a frozen value. A field that the text leaves open is `unknown` and is never given a default that
decides. `docs/glossary.md` ties each word to the Vietnamese legal term.
"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct

Mark = Annotated[
    Literal["read", "secondary", "inferred", "memory", "unknown", "fictional"],
    Meta(description="How sure we are. Only `read` and `secondary` decide; `fictional` only in a demonstration."),
]
Unknown = Literal["unknown"]
Day = Annotated[
    str,
    Meta(
        pattern=r"^(unknown|\d{4}(-\d{2}(-\d{2})?)?)$",
        description="A date as exactly as the text gives it: 2024-01-26, 2020-11, 2014 or unknown.",
    ),
]
Percent = Annotated[
    str,
    Meta(pattern=r"^\d{1,3}(\.\d{1,2})?%$", description="A share of the base, such as 90% or 62.5%."),
]
Identifier = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$")]
LevelId = int | str
Subject = Literal[
    "person",
    "citizen",
    "family",
    "clan",
    "village",
    "unit",
    "commune",
    "district",
    "province",
    "literacy",
]
SUBJECTS: tuple[Subject, ...] = get_args(Subject)

MARKS: tuple[Mark, ...] = ("read", "secondary", "inferred", "memory", "unknown", "fictional")
DECIDING: frozenset[Mark] = frozenset({"read", "secondary"})
DECIDING_IN_DEMO: frozenset[Mark] = DECIDING | {"fictional"}


class _Shape(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A value of the policy files: unknown words are refused, nothing can be changed."""


class Cite(_Shape, frozen=True, kw_only=True):
    """Where a statement stands: a document of the policy, and the place in it or the page that reports it."""

    document: str
    place: str | None = None
    source: str | None = None


class Fact(_Shape, frozen=True, kw_only=True):
    """One number or answer that a rubric asks for, in the order of the sheet."""

    id: Identifier
    kind: Literal["boolean", "count", "score", "choice", "ordinal"]
    title_vi: str
    title_en: str
    low: int = 0
    high: int | None = None
    choices: dict[str, str] = {}
    part_of: Identifier | None = None
    counts: str | None = None
    answered_by: str | None = None
    proof_vi: str | None = None
    proof_en: str | None = None


class Threshold(_Shape, frozen=True, kw_only=True):
    """What one level demands: a known value, or `unknown` with the bounds between which a text lets it lie.

    `value` is a percent of the base for a share, a number for a count or score, true for a yes/no fact, a choice
    id for an ordinal. `hole` names an unknown value that a local text may fill inside `between`.
    """

    value: bool | int | str
    between: tuple[int | str, int | str] | None = None
    hole: Identifier | None = None
    mark: Mark | None = None
    cites: tuple[Cite, ...] = ()


class Condition(_Shape, frozen=True, kw_only=True):
    """When an indicator applies: a boolean or choice fact has one of the named values."""

    fact: Identifier
    among: tuple[bool | str, ...]


class Indicator(_Shape, frozen=True, kw_only=True):
    """One thing that is looked at. `test` says how; `unread` means that the text was not seen.

    `points_mark` marks the points where they are less sure than the words (`mark`).
    """

    id: str
    text_vi: str | None = None
    text_en: str | None = None
    test: Literal["boolean", "score", "share", "count", "ordinal", "unread"]
    fact: Identifier | None = None
    base: Identifier | None = None
    levels: dict[LevelId, Threshold] = {}
    points: int | Literal["unknown"] | None = None
    points_mark: Mark | None = None
    otherwise: Literal[0] | Unknown | None = None
    floor: Threshold | None = None
    required: bool = False
    optional: bool = False
    judged: bool = False
    applies_if: tuple[Condition, ...] = ()
    when_not_applicable: Literal["award", "rescale", "unknown"] | None = None
    mark: Mark
    cites: tuple[Cite, ...]
    notes: tuple[str, ...] = ()


class Criterion(_Shape, frozen=True, kw_only=True):
    """A heading of the rubric; may stand for the criterion of another rubric by reference (`same_as`)."""

    id: str
    title_vi: str | None = None
    title_en: str | None = None
    points: int | Literal["unknown"] | None = None
    points_mark: Mark | None = None
    same_as: str | None = None
    indicators: tuple[Indicator, ...] = ()
    mark: Mark
    cites: tuple[Cite, ...]


class Level(_Shape, frozen=True, kw_only=True):
    """A grade that can be reached: in a points rubric from `at_least` points, else when its targets are met."""

    id: LevelId
    name_vi: str
    name_en: str
    at_least: Threshold | None = None
    passes: bool = True
    mark: Mark
    cites: tuple[Cite, ...]


class Statement(_Shape, frozen=True, kw_only=True):
    """A sentence of law that the product shows, with its mark and source; `value` null means unknown."""

    value: str | None
    mark: Mark
    cites: tuple[Cite, ...] = ()


class Term(_Shape, frozen=True, kw_only=True):
    """A length of time in months, counted from a named day; what no text says is unknown."""

    months: int | Unknown
    starts: Literal["1_january_after_recognised_year", "day_of_decision"] | Unknown = "unknown"
    starts_mark: Mark = "unknown"
    text_vi: str
    mark: Mark
    cites: tuple[Cite, ...]


class Deadline(_Shape, frozen=True, kw_only=True):
    """A day of the yearly calendar, as MM-DD of the year `years_after` the assessed one."""

    step: Literal["register", "submit", "decide", "report"]
    day: Annotated[str, Meta(pattern=r"^\d{2}-\d{2}$")]
    years_after: int
    procedure: str | None = None
    mark: Mark
    cites: tuple[Cite, ...]


class Recognition(_Shape, frozen=True, kw_only=True):
    """All that the texts say about the act that follows the verdict; an absent part is not known."""

    facts_from: Annotated[str, Meta(pattern=r"^\d{2}-\d{2}$")] | None = None
    facts_to: Annotated[str, Meta(pattern=r"^\d{2}-\d{2}$")] | None = None
    validity: Term | None = None
    upgrade_wait: Term | None = None
    deadlines: tuple[Deadline, ...] = ()
    self_assessor: Statement | None = None
    verifier: Statement | None = None
    recogniser: Statement | None = None
    forms: tuple[Statement, ...] = ()


class Option(_Shape, frozen=True, kw_only=True):
    """One way to settle an assumption, in words."""

    value: str
    text_vi: str
    text_en: str


class Assumption(_Shape, frozen=True, kw_only=True):
    """What no text settles and we had to choose to go on: dated, switchable, shown where it bites.

    `value` is what was chosen where there are several ways; one that holds for every rubric has the `options` that a
    place may choose from instead. A later assumption of the same id, as a local text lays it over the rubric, takes its
    place.
    """

    id: Identifier
    text_vi: str
    text_en: str
    since: Day
    value: str | int | None = None
    options: tuple[Option, ...] = ()


class Dependency(_Shape, frozen=True, kw_only=True):
    """An edge of the cascade: children of one kind count in this rubric, even where the threshold is unread."""

    on: str
    measure: str | None = None
    threshold: str | None = None
    mark: Mark
    note: str | None = None


class Rubric(_Shape, frozen=True, kw_only=True):
    """One dated set of criteria for one title."""

    id: str
    title_vi: str
    title_en: str
    subject: Subject
    title_key: str
    document: str
    basis_vi: str
    cites: tuple[Cite, ...]
    valid_from: Day
    valid_to: Day | None = None
    style: Literal["points", "targets"] | Unknown
    total: int | Unknown | None = None
    framework: bool = False
    enumerates: tuple[Identifier, ...] = ()
    facts: tuple[Fact, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    levels: tuple[Level, ...] = ()
    recognition: Recognition = Recognition()
    assumptions: tuple[Assumption, ...] = ()
    depends_on: tuple[Dependency, ...] = ()
    mark: Mark
    sources: dict[str, str | None] = {}
    notes: tuple[str, ...] = ()
    gaps: tuple[str, ...] = ()


class Filling(_Shape, frozen=True, kw_only=True):
    """The value that a local text gives to one named hole."""

    hole: Identifier
    value: int | str
    mark: Mark
    cites: tuple[Cite, ...]


class Overlay(_Shape, frozen=True, kw_only=True):
    """A local or later text laid over a national rubric; it never edits it.

    `fills` puts values into named holes; `local_set` is the dated local form of a framework (khung);
    `transcription` is the whole text of a rubric that we had not read, with its scan and two readers.
    """

    id: str
    kind: Literal["fills", "local_set", "transcription"]
    rubric: str
    document: str
    title_vi: str | None = None
    title_en: str | None = None
    place: str | None = None
    valid_from: Day
    valid_to: Day | None = None
    fills: tuple[Filling, ...] = ()
    style: Literal["points", "targets"] | None = None
    total: int | None = None
    enumerates: tuple[Identifier, ...] = ()
    facts: tuple[Fact, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    levels: tuple[Level, ...] = ()
    recognition: Recognition | None = None
    assumptions: tuple[Assumption, ...] = ()
    scan_sha256: Annotated[str, Meta(pattern=r"^[0-9a-f]{64}$")] | None = None
    transcribed_by: str | None = None
    second_reader: str | None = None
    mark: Mark
    cites: tuple[Cite, ...]


class Document(_Shape, frozen=True, kw_only=True):
    """A legal text of the movement: number, issuer, dates and what it replaces, as far as we know them."""

    id: str
    number: str
    kind_vi: str
    title_vi: str | None = None
    title_en: str | None = None
    issuer_vi: str
    signed: Day
    in_force_from: Day = "unknown"
    in_force_to: Day | None = None
    replaces: tuple[str, ...] = ()
    based_on: tuple[str, ...] = ()
    mark: Mark
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class Goal(_Shape, frozen=True, kw_only=True):
    """A figure aimed at for one year; `value` is null where no text seen gives one."""

    year: int
    value: int | None
    mark: Mark | None


class Target(_Shape, frozen=True, kw_only=True):
    """A target (mục tiêu) of a decision, with the base that its percentage is taken of.

    `measured_by` is the code of the indicator of a data set with just this base; none where none of ours has it.
    """

    id: str
    document: str
    title_vi: str
    title_en: str
    subject: str
    unit: Literal["%", "count"]
    goals: tuple[Goal, ...]
    base_en: str | None = None
    base_vi: str | None = None
    base_ended: Day | None = None
    measured_by: str | None = None
    mark: Mark
    sources: tuple[str, ...]
    notes: tuple[str, ...] = ()


class Power(_Shape, frozen=True, kw_only=True):
    """An office may recognise one title during one time; `office` null says that no competent office is known.

    `subject` where one title is held by several kinds of place and the text speaks of one of them.
    """

    title_key: str
    subject: Literal["commune", "district", "province"] | None = None
    office: str | None
    valid_from: Day
    valid_to: Day | None = None
    mark: Mark
    cites: tuple[Cite, ...]
    note_vi: str | None = None


class Office(_Shape, frozen=True, kw_only=True):
    """An office (chức danh có thẩm quyền) and the time in which it exists."""

    id: str
    title_vi: str
    title_en: str
    level: Literal["central", "province", "district", "commune"]
    exists_from: Day = "unknown"
    exists_to: Day | None = None
    mark: Mark
    cites: tuple[Cite, ...]


class Claim(_Shape, frozen=True, kw_only=True):
    """A published figure quoted exactly as printed, beside the counts it was printed with.

    `indicator` is the code of what it speaks of, `place_code` that of the place (VN for the country), so that it can
    stand beside other figures of the same thing; `base_said` is the base that the source names for its percentage.
    """

    id: str
    place_vi: str
    place_code: str | None = None
    indicator: str | None = None
    base_said: str | None = None
    date: Day
    what_vi: str
    what_en: str
    quoted: str
    numerator: int | None = None
    bases: dict[str, int] = {}
    mark: Mark
    source: str

"""What the law of commendation says, as values: awards, who may give them, regimes, rules, money, parameters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Literal, NamedTuple

from msgspec import Meta, Struct

from densach.policy.commendation.calendar import CalendarYear
from densach.rules.model import DECIDING, Cite, Day, Mark

SubjectKind = Literal["person", "collective", "household"]
Mode = Literal["merit", "movement", "theme", "sudden", "dedication", "service_years", "foreign", "resistance"]
Occasion = Literal["year", "review_2025", "review_2030", "at_once"]
RegimeId = Literal["A", "B", "C", "D"]
CouncilPaper = Literal["", "minutes", "count"]
AwardForm = Literal["bang_khen", "giay_khen", "flag", "title"]
Where = Literal["nomination", "round", "council", "money", "register", "paper", "statistics", "cases"]
RuleId = Annotated[str, Meta(pattern=r"^R-\d{2}$", description="The number of the rule, never reused.")]
Times = Annotated[str, Meta(pattern=r"^\d+(\.\d+)?$", description='A number of times, as text: "3.5".')]
Share = Annotated[str, Meta(pattern=r"^\d+/\d+$", description='A fraction: "2/3".')]
MonthDay = Annotated[str, Meta(pattern=r"^\d{2}-\d{2}$", description="A day of the year: 12-10 is 10 December.")]

NO_NUMBER_VI, NO_NUMBER_EN = "mẫu số chưa xác nhận", "number of the form not confirmed"


class Words(NamedTuple):
    """A sentence in both languages."""

    vi: str
    en: str


class _Shape(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A value of the policy files: unknown words are refused, nothing can be changed."""


class Regime(_Shape, frozen=True, kw_only=True):
    """The law by which a dossier is judged that the appraising authority received in [valid_from, valid_to).

    Without a `decree` nothing is judged automatically, until the decree is entered here.
    """

    code: RegimeId
    valid_from: Day
    valid_to: Day | None = None
    law_vi: str
    law_en: str
    decree: str | None
    mark: Mark
    cites: tuple[Cite, ...]
    note_vi: str = ""
    note_en: str = ""


class Branch(_Shape, frozen=True, kw_only=True):
    """One of the ways to an award's standard for some kinds of subject; `gate` is asked besides.

    `place` is the code of the province whose regulation says so; none where it is national.
    """

    code: str
    name_vi: str
    name_en: str
    subjects: tuple[SubjectKind, ...]
    gate_vi: str = ""
    gate_en: str = ""
    text_vi: str
    text_en: str
    place: str | None = None
    valid_from: Day = "unknown"
    regimes: tuple[RegimeId, ...]
    mark: Mark
    cites: tuple[Cite, ...]


class PartNeed(_Shape, frozen=True, kw_only=True):
    """A paper that the dossier of an award holds: always, for a sudden deed or a prize, or if somebody asks."""

    form: str
    needed: Literal["always", "sudden_or_prize", "if_asked"] = "always"


class Ballot(_Shape, frozen=True, kw_only=True):
    """The least share of all members of the council that must be for an award, where a text names one."""

    at_least: Share
    mark: Mark
    cites: tuple[Cite, ...]


class Proposer(_Shape, frozen=True, kw_only=True):
    """An authority that a text names among those who may propose an award."""

    authority: str
    mark: Mark
    cites: tuple[Cite, ...]
    note_vi: str = ""
    note_en: str = ""


class Award(_Shape, frozen=True, kw_only=True):
    """A form of commendation: who decides it, for whom, by which standard, with which papers.

    `proposers` is empty where no text that we have read closes the circle; `proposed_by_vi` then says who usually does.
    """

    code: str
    name_vi: str
    name_en: str
    form: AwardForm
    level: str
    authorities: tuple[str, ...]
    subjects: tuple[SubjectKind, ...]
    in_movement: bool
    proposers: tuple[Proposer, ...] = ()
    proposed_by_vi: str = ""
    proposed_by_en: str = ""
    occasions: tuple[Occasion, ...] = ()
    branches: tuple[Branch, ...] = ()
    parts: tuple[PartNeed, ...] = ()
    files: tuple[Literal["docx", "pdf"], ...] = ()
    ballot: Ballot | None = None
    movement_years: int | None = None
    mark: Mark
    cites: tuple[Cite, ...]
    open_vi: tuple[str, ...] = ()
    open_en: tuple[str, ...] = ()

    @property
    def authority(self) -> str:
        """The code of the authority that usually decides."""
        return self.authorities[0]

    def branches_for(self, subject: str, place: str | None) -> tuple[Branch, ...]:
        """The branches for a kind of subject, national ones and those of a province."""
        return tuple(each for each in self.branches if subject in each.subjects and each.place in {None, place})


class AwardPower(_Shape, frozen=True, kw_only=True):
    """An authority may decide an award in [valid_from, valid_to)."""

    award: str
    valid_from: Day
    valid_to: Day | None = None
    mark: Mark
    cites: tuple[Cite, ...]
    note_vi: str = ""
    note_en: str = ""


class Authority(_Shape, frozen=True, kw_only=True):
    """Who decides awards (người có thẩm quyền quyết định khen thưởng), with dated powers."""

    code: str
    name_vi: str
    name_en: str
    level: Literal["central", "ministry", "organisation", "province", "district", "commune", "unit", "enterprise"]
    exists_from: Day = "unknown"
    exists_to: Day | None = None
    powers: tuple[AwardPower, ...] = ()
    mark: Mark
    cites: tuple[Cite, ...]


class Rule(_Shape, frozen=True, kw_only=True):
    """One rule with its citation; switched off where it is only remembered, inferred or not known.

    `regimes` are those of the cited text, empty where it is no text of the law of commendation. `carried_out` says
    which part of the work follows the rule; a nomination is judged by the rules of `nomination`.
    """

    id: RuleId
    group: str
    carried_out: Where
    when_vi: str
    when_en: str
    then_vi: str
    then_en: str
    source: str
    cites: tuple[Cite, ...] = ()
    mark: Mark
    enabled: bool
    regimes: tuple[RegimeId, ...] = ()
    note_vi: str = ""
    note_en: str = ""


class Form(_Shape, frozen=True, kw_only=True):
    """A paper of a dossier and the number of its form, as far as a text gives one.

    `council` says which of its papers the council writes there: the minutes of its sitting, or the count of ballots.
    """

    code: str
    name_vi: str
    name_en: str
    number: str | None = None
    signed_by_vi: str = ""
    signed_by_en: str = ""
    template: str | None = None
    council: CouncilPaper = ""
    mark: Mark
    cites: tuple[Cite, ...]
    note_vi: str = ""
    note_en: str = ""

    @property
    def number_words(self) -> Words:
        """The number as it is printed; one that is only inferred is not printed as if it were known."""
        if self.number is None or self.mark not in DECIDING:
            return Words(NO_NUMBER_VI, NO_NUMBER_EN)
        return Words(self.number, self.number)


class Section(_Shape, frozen=True, kw_only=True):
    """A part of a paper: its heading and what is written under it, for some kinds of subject or for all."""

    code: str
    heading_vi: str
    heading_en: str
    subjects: tuple[SubjectKind, ...] = ()
    lines_vi: tuple[str, ...] = ()
    lines_en: tuple[str, ...] = ()


class Template(_Shape, frozen=True, kw_only=True):
    """The words of a paper: title, what comes first, sections, who signs and who confirms."""

    code: str
    type_vi: str
    symbol: str
    title_vi: str
    title_en: str
    opening_vi: tuple[str, ...] = ()
    opening_en: tuple[str, ...] = ()
    sections: tuple[Section, ...]
    closing_vi: tuple[str, ...] = ()
    closing_en: tuple[str, ...] = ()
    signers_vi: tuple[str, ...]
    signers_en: tuple[str, ...]
    mark: Mark
    cites: tuple[Cite, ...]


class Salary(_Shape, frozen=True, kw_only=True):
    """The base salary (mức lương cơ sở) of a month in [valid_from, valid_to), in đồng."""

    valid_from: Day
    valid_to: Day | None = None
    dong: int
    mark: Mark
    cites: tuple[Cite, ...]


class Multiple(_Shape, frozen=True, kw_only=True):
    """How many times the base salary goes with an award; off where it is only inferred.

    A household has none of its own: it gets `household_times` of a person's.
    """

    award: str
    subject: Literal["person", "collective"]
    times: Times
    valid_from: Day
    valid_to: Day | None = None
    enabled: bool
    mark: Mark
    cites: tuple[Cite, ...]
    note_vi: str = ""
    note_en: str = ""


class Money(_Shape, frozen=True, kw_only=True):
    """What award money is counted from, and how it is rounded."""

    salaries: tuple[Salary, ...]
    multiples: tuple[Multiple, ...]
    household_times: Times
    household_mark: Mark
    rounded_up_to: int
    rounding_mark: Mark
    own_funds: tuple[str, ...]
    cites: tuple[Cite, ...]
    note_vi: str
    note_en: str

    @property
    def household(self) -> Decimal:
        """How many times a person's sum a household gets."""
        return Decimal(self.household_times)


class Deadline(_Shape, frozen=True, kw_only=True):
    """In how many days a step is done, counted from `starts` (day 0).

    `when_opinions_asked` says what asking for opinions does: nothing, the days stop until all are there, or
    `days_after_opinion` are counted from the last agreeing one. `range` is what was seen where no text fixes the days.
    """

    code: str
    text_vi: str
    text_en: str
    days: int | None
    range: tuple[int, int] | None = None
    unit: Literal["working", "calendar"]
    starts: Literal[
        "complete_dossier", "last_agreeing_opinion", "decision", "decision_received", "notice", "conclusion", "before"
    ]
    when_opinions_asked: Literal["nothing", "pause", "from_last_agreeing_opinion"] = "nothing"
    days_after_opinion: int | None = None
    mark: Mark
    cites: tuple[Cite, ...]
    note_vi: str = ""
    note_en: str = ""


class YearlyDay(_Shape, frozen=True, kw_only=True):
    """A day of the year by which some dossiers come in."""

    code: str
    text_vi: str
    text_en: str
    by: MonthDay
    mark: Mark
    cites: tuple[Cite, ...]


class CouncilRules(_Shape, frozen=True, kw_only=True):
    """How the council of an authority sits: quorum, majority, the written opinion of the absent.

    A quorum of null says that no text that we have read gives a number; then the council's own regulation does.
    """

    quorum: Share | None
    quorum_for_awards: Share | None = None
    absent_in_writing: bool
    majority: Share
    majority_of: Literal["present", "total"]
    tie_goes_to_chair: bool = False
    full_council_for: tuple[str, ...] = ()
    standing_council_for: tuple[str, ...] = ()
    chair_vi: str
    chair_en: str
    mark: Mark
    cites: tuple[Cite, ...]
    note_vi: str = ""
    note_en: str = ""


class QuotaRule(_Shape, frozen=True, kw_only=True):
    """The most that a guidance letter allows, for an award and a kind of subject."""

    award: str
    subject: SubjectKind | None = None
    most: int
    mark: Mark
    cites: tuple[Cite, ...]


class PublicationRule(_Shape, frozen=True, kw_only=True):
    """An authority has those put forward for an award published for comment: for how long, and where.

    An award without a rule of its authority is not published; nor is one whose rule is only remembered or inferred.
    """

    award: str
    days: int
    unit: Literal["working", "calendar"]
    where_vi: str
    where_en: str
    mark: Mark
    cites: tuple[Cite, ...]
    note_vi: str = ""
    note_en: str = ""


class Parameters(_Shape, frozen=True, kw_only=True):
    """What an authority may lay down itself, at a place (the code of its province) or in the whole country.

    A set without a `source` is empty: the regulation of that place has not been entered.
    """

    authority: str
    place: str | None = None
    source: str | None = None
    valid_from: Day = "unknown"
    valid_to: Day | None = None
    deadlines: tuple[Deadline, ...] = ()
    yearly: tuple[YearlyDay, ...] = ()
    council: CouncilRules | None = None
    publications: tuple[PublicationRule, ...] = ()
    opinions_from_vi: tuple[str, ...] = ()
    opinions_from_en: tuple[str, ...] = ()
    quotas: tuple[QuotaRule, ...] = ()
    forms: dict[str, str] = {}
    mark: Mark = "unknown"
    cites: tuple[Cite, ...] = ()
    note_vi: str = ""
    note_en: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was entered for this authority at this place."""
        return self.source is None

    def publication(self, award: str) -> PublicationRule | None:
        """The rule by which an award is published for comment; none where no text that decides asks for it."""
        return next((each for each in self.publications if each.award == award and each.mark in DECIDING), None)

    def deadline(self, code: str) -> Deadline | None:
        """The deadline of a step, if the set has one."""
        return next((each for each in self.deadlines if each.code == code), None)


@dataclass(frozen=True)
class CommendationLaw:
    """The whole law of commendation that we hold."""

    regimes: tuple[Regime, ...]
    awards: Mapping[str, Award]
    authorities: Mapping[str, Authority]
    rules: Mapping[str, Rule]
    forms: Mapping[str, Form]
    templates: Mapping[str, Template]
    money: Money
    parameters: tuple[Parameters, ...]
    calendars: Mapping[int, CalendarYear]

    def regime(self, code: str) -> Regime:
        """The regime with a code."""
        return next(each for each in self.regimes if each.code == code)

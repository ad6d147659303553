"""What is sent and answered, in the shape of DHIS2 `dataValueSets`; the published description is made from it."""

from __future__ import annotations

from typing import Annotated, Literal

from ninja import Field, Schema
from pydantic import ConfigDict, StrictInt, StrictStr

MOST_VALUES = 100_000  # in one request; a larger file is sent in parts
Status = Literal["OK", "PARTLY", "REFUSED"]
Name = Annotated[str, Field(max_length=80)]
Words = Annotated[str, Field(max_length=500)]


class _Sent(Schema):
    """What is sent: a word that we do not know is refused, so that nothing is dropped silently."""

    model_config = ConfigDict(extra="forbid")


class SentValue(_Sent):
    """One number: its indicator, and its place and period where they differ from those of the set."""

    dataElement: Name  # noqa: N815  - the words of DHIS2
    value: StrictInt | StrictStr | None
    period: Name | None = None
    orgUnit: Name | None = None  # noqa: N815
    categoryOptionCombo: Literal["default"] = "default"  # noqa: N815
    attributeOptionCombo: Literal["default"] = "default"  # noqa: N815
    comment: Words = ""
    reason: Words = ""


class SentSet(_Sent):
    """Numbers of a data set; with a `completeDate` the return goes on to the head of the place."""

    dataSet: Name  # noqa: N815
    period: Name = ""
    orgUnit: Name = ""  # noqa: N815
    completeDate: Annotated[str, Field(max_length=40)] | None = None  # noqa: N815
    attributeOptionCombo: Literal["default"] = "default"  # noqa: N815
    dataValues: Annotated[list[SentValue], Field(max_length=MOST_VALUES)]  # noqa: N815


class Told(Schema):
    """A problem: its stable code, and what is wrong and what to do in both languages."""

    code: str
    where: str
    vi: str
    en: str


class Refusal(Schema):
    """Why nothing was done."""

    problems: list[Told]


class Conflict(Schema):
    """A number that was refused, by its place in what was sent."""

    index: int
    dataElement: str  # noqa: N815
    problem: Told


class Count(Schema):
    """How many numbers changed something, were there already, or were refused."""

    changed: int
    ignored: int
    refused: int


class Summary(Schema):
    """What became of what was sent: all taken, some, or none."""

    status: Status
    importCount: Count  # noqa: N815
    conflicts: list[Conflict]


class GivenValue(Schema):
    """One accepted number."""

    dataElement: str  # noqa: N815
    period: str
    orgUnit: str  # noqa: N815
    categoryOptionCombo: Literal["default"] = "default"  # noqa: N815
    attributeOptionCombo: Literal["default"] = "default"  # noqa: N815
    value: str


class GivenShare(Schema):
    """A share that the accepted numbers give: a numerator of a base, the base in words."""

    dataElement: str  # noqa: N815
    numerator: int
    base: int
    baseVi: str  # noqa: N815
    baseEn: str  # noqa: N815


class GivenSet(Schema):
    """The accepted numbers of a return, and how far it is; without any it has not reported, which is not 0."""

    dataSet: str  # noqa: N815
    period: str
    orgUnit: str  # noqa: N815
    completeDate: str | None  # noqa: N815
    state: Annotated[str, Field(pattern="^(silent|open|prepared|approved|accepted)$")]
    dataValues: list[GivenValue]  # noqa: N815
    shares: list[GivenShare]


class Element(Schema):
    """An indicator of a data set."""

    code: str
    kind: Literal["count", "money", "share"]
    nameVi: str  # noqa: N815
    nameEn: str  # noqa: N815
    unitVi: str  # noqa: N815
    numerator: str | None
    denominator: str | None
    baseVi: str | None  # noqa: N815
    mark: str
    source: str


class DataSetShape(Schema):
    """A data set: what is reported, by whom, for which periods."""

    id: str
    nameVi: str  # noqa: N815
    nameEn: str  # noqa: N815
    periodType: Literal["year", "half_year"]  # noqa: N815
    levels: list[str]
    dataElements: list[Element]  # noqa: N815

"""The workbooks that officers fill in, described once: the template is written and the import read from here.

The columns of a sheet are the register's own and the facts that the rubric in force asks for and nobody can compute;
so a change of law changes the sheets without a programmer.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from densach.assessing.titles import BY_MODEL, LITERACY, rubric_on
from densach.assessing.workbooks.columns import (
    CLAN,
    DECISION,
    FULL_NAME,
    GROUPS,
    HOUSEHOLD,
    NUMBER,
    PERSON,
    REGISTER,
    REGISTERED,
    UNIT,
    VILLAGE,
    Column,
)
from densach.formats.sheets import Kind
from densach.people.models import Role, UnitKind
from densach.policy.library import Effective, Library
from densach.rules.model import Fact, Rubric


@dataclass(frozen=True)
class SheetForm:
    """One sheet: `id` and `version` are printed in it, so that the import knows what it reads whatever it is called.

    `version` names the policy whose facts the columns ask for, so that a sheet of another law is not misread.
    """

    id: str
    name: str
    title_vi: str
    intro_vi: str
    columns: tuple[Column, ...]
    version: str = "1"

    @property
    def facts(self) -> tuple[Column, ...]:
        """The columns that are facts of the rubric."""
        return tuple(column for column in self.columns if column.is_fact)


@dataclass(frozen=True)
class WorkbookForm:
    """One file with its sheets."""

    file_name: str
    sheets: tuple[SheetForm, ...]


def workbooks(library: Library, on: date) -> tuple[WorkbookForm, ...]:
    """All workbooks of a commune's year, with the facts of the rubrics in force on that day."""
    return (
        WorkbookForm("1-so-ho.xlsx", (_register(),)),
        WorkbookForm("2-cong-dan.xlsx", tuple(_citizens(library, on))),
        WorkbookForm("3-gia-dinh.xlsx", (_assessed(library, on, "family", "Gia đình", (HOUSEHOLD,)),)),
        WorkbookForm("4-dong-ho.xlsx", (_clans(library, on), _clan_households())),
        WorkbookForm("5-thon.xlsx", (_assessed(library, on, "village", "Thôn", (VILLAGE,)),)),
        WorkbookForm("6-don-vi.xlsx", (_units(library, on), _unit_members())),
        WorkbookForm("7-xa.xlsx", (_assessed(library, on, "commune", "Xã", ()), _literacy(library, on))),
        WorkbookForm("8-quyet-dinh.xlsx", (decisions_form(library),)),
    )


def sheet_forms(library: Library, on: date) -> dict[str, SheetForm]:
    """Every sheet by its id."""
    return {sheet.id: sheet for workbook in workbooks(library, on) for sheet in workbook.sheets}


def asked_facts(rubric: Rubric) -> tuple[Fact, ...]:
    """The facts a person must answer: those that the register does not count by itself."""
    return tuple(fact for fact in rubric.facts if fact.counts is None)


def _register() -> SheetForm:
    return SheetForm(
        "register", "Sổ hộ", "Sổ hộ dân cư", "Mỗi dòng một người. Hộ có nhiều người thì ghi nhiều dòng.", REGISTER
    )


def _citizens(library: Library, on: date) -> Iterator[SheetForm]:
    effective = rubric_on(library, BY_MODEL["citizen"], on)
    for group, name in GROUPS.items():
        yield SheetForm(
            f"citizen.{group}",
            name,
            f"Phiếu tự đánh giá Công dân học tập – {name}",
            "Mỗi dòng một người đăng ký. Mỗi chỉ số từ 0 đến 10 điểm; để trống nếu chưa chấm.",
            (*PERSON, REGISTERED, *_fact_columns(effective.rubric)),
            _version(effective),
        )


def _assessed(library: Library, on: date, model: str, name: str, keys: tuple[Column, ...]) -> SheetForm:
    effective = rubric_on(library, BY_MODEL[model], on)
    columns = (*keys, REGISTERED, *_fact_columns(effective.rubric))
    intro = "Mỗi dòng một đối tượng. Để trống nếu chưa biết; ô trống không phải là số 0."
    return SheetForm(model, name, effective.rubric.title_vi, intro, columns, _version(effective))


def _literacy(library: Library, on: date) -> SheetForm:
    effective = rubric_on(library, BY_MODEL[LITERACY], on)
    asked = [column for column in _fact_columns(effective.rubric) if column.key == "especially_difficult"]
    intro = "Một dòng. Số người theo độ tuổi và mức độ biết chữ được đếm từ sổ hộ."
    return SheetForm(
        LITERACY, "Xóa mù chữ", effective.rubric.title_vi, intro, (REGISTERED, *asked), _version(effective)
    )


def _clans(library: Library, on: date) -> SheetForm:
    own = (CLAN, Column("name", "Tên dòng họ", "text", required=True, example="Dòng họ Nguyễn"))
    return _assessed(library, on, "clan", "Dòng họ", own)


def _clan_households() -> SheetForm:
    return SheetForm(
        "clan.households",
        "Hộ trong dòng họ",
        "Các hộ đăng ký trong dòng họ",
        "Mỗi dòng một hộ. Dòng họ gồm những hộ cùng đăng ký, không theo gia phả.",
        (CLAN, HOUSEHOLD),
    )


def _units(library: Library, on: date) -> SheetForm:
    own = (
        UNIT,
        Column("name", "Tên đơn vị", "text", required=True, example="Trường Tiểu học Ví Dụ"),
        Column(
            "kind", "Loại đơn vị", "choice", required=True, choices=dict(UnitKind.choices), example="Cơ sở giáo dục"
        ),
    )
    return _assessed(library, on, "unit", "Đơn vị", own)


def _unit_members() -> SheetForm:
    role = Column(
        "role",
        "Vai trò",
        "choice",
        required=True,
        choices=dict(Role.choices),
        example="Thành viên",
    )
    return SheetForm(
        "unit.members",
        "Người trong đơn vị",
        "Thành viên và người học của đơn vị",
        "Mỗi dòng một người. Người có trong sổ hộ của xã khác thì ghi số định danh và họ tên, để trống mã hộ.",
        (UNIT, replace(HOUSEHOLD, required=False), FULL_NAME, NUMBER, role),
    )


def decisions_form(library: Library) -> SheetForm:
    """The sheet of signed decisions, of this year and of earlier ones; its offices are those that the policy names."""
    offices = {office.id: office.title_vi for office in library.offices.values()}
    columns = tuple(replace(column, choices=offices) if column.key == "office" else column for column in DECISION)
    intro = "Mỗi dòng một đối tượng được công nhận. Dùng cho quyết định năm nay và quyết định, danh sách các năm trước."
    return SheetForm("decisions", "Quyết định", "Quyết định công nhận đã ký", intro, columns)


def _version(effective: Effective) -> str:
    """The policy the columns come from: the last text laid over the rubric, or the rubric itself."""
    return effective.sources[-1][0]


def _fact_columns(rubric: Rubric) -> Iterator[Column]:
    for fact in asked_facts(rubric):
        kind: Kind = {"boolean": "yes_no", "count": "integer", "score": "integer"}.get(fact.kind, "choice")  # type: ignore[assignment]
        yield Column(
            fact.id,
            fact.title_vi,
            kind,
            choices=fact.choices or None,
            low=fact.low,
            high=fact.high or 0,
            note_vi=fact.proof_vi or "",
            is_fact=True,
        )

"""A clean register, and the same register as a village would have written it: the same people in a strange layout.

`Untidy` says how the sheet looks; `poisons` are cells that must be refused, whatever the rest looks like.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import Any
from unicodedata import normalize

import openpyxl
from openpyxl.utils import get_column_letter

from densach.formats.vietnamese import fold


@dataclass(frozen=True)
class Lived:
    """One line of the clean register; `birth` is an ISO day or year, `order` the number of the household."""

    village: str
    order: int
    name: str
    birth: str
    sex: str
    number: str = ""
    literacy: str = ""
    residence: str = ""
    relation: str = "Con"

    @property
    def household(self) -> str:
        return f"{self.village}/{self.order}"


CLEAN = (
    Lived("Thôn Đông", 1, "Nguyễn Văn Mẫu", "1980-11-23", "Nam", "009080000001", "Mức độ 2", "Thường trú", "Chủ hộ"),
    Lived("Thôn Đông", 1, "Trần Thị Hoà", "1982", "Nữ", "009182000002", "Mức độ 1", "Thường trú", "Vợ"),
    Lived("Thôn Đông", 1, "Nguyễn Thị Hoa", "2015-09-05", "Nữ", "", "", "Thường trú"),
    Lived("Thôn Đông", 1, "Nguyễn Thị Hòa", "2015-09-05", "Nữ", "", "", "Thường trú"),
    Lived("Thôn Đông", 2, "Tô Văn Bản", "1970-02-03", "Nam", "090070000003", "Mức độ 2", "Tạm trú", "Chủ hộ"),
    Lived("Thôn Đông", 2, "Tống Thị Cộng", "1971", "Nữ", "", "Chưa biết chữ", "Tạm trú", "Vợ"),
    Lived("Tổ dân phố 3", 1, "Bàn Thị Lan", "1990-05-06", "Nữ", "999190000004", "Mức độ 2", "Thường trú", "Chủ hộ"),
    Lived("Tổ dân phố 3", 1, "Đặng Văn Ô", "2011-12-31", "Nam", "", "", ""),
    Lived("Tổ dân phố 3", 2, "Trương Bá Trạng", "1961-10-12", "Nam", "009061000005", "", "Thường trú", "Chủ hộ"),
    Lived("Tổ dân phố 3", 2, "Cồ Thị Ghi Chú", "1965", "Nữ", "", "", "Thường trú", "Vợ"),
    Lived("Thôn Đoài", 1, "Chu Tích Lũy", "2000-01-02", "Nam", "009200000006", "Mức độ 2", "", "Chủ hộ"),
)
FORM = ("village", "household", "full_name", "is_head", "birth_date", "sex", "personal_number", "literacy", "residence")
NAMES = {
    "order": ("STT", "TT", "Số TT", "stt"),
    "village": ("Thôn", "THÔN/XÓM", "Tổ dân phố", "thon, to dan pho", "Thôn,\ntổ dân phố *"),
    "household": ("Mã hộ", "Mã số hộ", "MA HO", "Mã hộ (trong sổ xã)"),
    "household_number": ("Số hộ", "STT hộ", "Hộ số", "So ho"),
    "full_name": ("Họ tên", "Họ, chữ đệm và tên khai sinh", "HỌ VÀ TÊN", "Ho va ten", "Họ và tên\n(chữ in hoa)"),
    "family_part": ("Họ và chữ đệm", "Họ đệm", "HO DEM"),
    "given_part": ("Tên", "Ten"),
    "relation": ("Quan hệ với chủ hộ", "QH với chủ hộ", "Quan he voi chu ho"),
    "is_head": ("Là chủ hộ", "Chủ hộ", "La chu ho"),
    "birth_date": ("Năm sinh", "Ngày, tháng, năm sinh", "Ngay sinh", "Sinh ngày"),
    "sex": ("Giới tính", "GT", "Nam/Nữ", "Gioi tinh"),
    "personal_number": ("Số CCCD", "CMND/CCCD", "Số định danh cá nhân", "so dinh danh", "Căn cước"),
    "literacy": ("Mức độ biết chữ", "Biết chữ", "muc do biet chu"),
    "residence": ("Cư trú", "Tình trạng cư trú", "CU TRU"),
    "ethnic": ("Dân tộc", "Dan toc"),
    "faith": ("Tôn giáo",),
    "remark": ("Ghi chú", "Ghi chu"),
}
GROUPS = {
    "birth_male": ("Ngày sinh", "Nam"),
    "birth_female": ("Ngày sinh", "Nữ"),
    "birth_day": ("Ngày sinh", "Ngày"),
    "birth_month": ("Ngày sinh", "Tháng"),
    "birth_year": ("Ngày sinh", "Năm"),
    "male": ("Giới tính", "Nam"),
    "female": ("Giới tính", "Nữ"),
}
POISONS = {
    "american": ("birth_date", "05/13/1980"),
    "century": ("birth_date", "3-2-15"),
    "no day": ("birth_date", "31/02/1999"),
    "power": ("personal_number", "9.08E+10"),
    "float": ("personal_number", 90800000010.5),
    "old number": ("personal_number", "123456789"),
    "sex": ("sex", "?"),
    "literacy": ("literacy", "Mức độ 7"),
    "name": ("full_name", None),
}


@dataclass
class Untidy:
    """How one untidy sheet looks; `seed` draws what is different in each cell."""

    seed: int
    titles: int = 0
    left: int = 0
    extra: tuple[str, ...] = ()
    by_section: bool = False
    household: str = "each"  # each, first, number
    head: str = "relation"  # relation, is_head
    birth: str = "one"  # one, pair, parts
    sex: str = "one"  # one, marks; with a pair of birth dates none
    name: str = "one"  # one, two
    shuffled: bool = False
    numbered: str = ""  # "", plain, brackets
    repeated_header: bool = False
    blank_rows: bool = False
    totals: bool = False
    signatures: bool = False
    doubled: int = 0
    strange_letters: bool = False
    merged: bool = False
    poisons: tuple[str, ...] = ()
    poisoned: list[str] = field(default_factory=list)

    def keys(self) -> list[str]:
        """The columns of the sheet, in order; groups stay together."""
        household = {"each": ["household"], "first": ["household"], "number": ["household_number"]}[self.household]
        blocks = [household, ["full_name"] if self.name == "one" else ["family_part", "given_part"], [self.head]]
        blocks += {
            "one": [["birth_date"]],
            "pair": [["birth_male", "birth_female"]],
            "parts": [["birth_day", "birth_month", "birth_year"]],
        }[self.birth]
        if self.birth != "pair":
            blocks += [["sex"]] if self.sex == "one" else [["male", "female"]]
        blocks += [["personal_number"], ["literacy"], ["residence"], *([one] for one in self.extra)]
        blocks += [] if self.by_section else [["village"]]
        if self.shuffled:
            random.Random(self.seed).shuffle(blocks)  # noqa: S311  - made-up sheets need no secret
        return [key for block in blocks for key in block]


def write_untidy(path: Path, how: Untidy, people: Sequence[Lived] = CLEAN) -> Path:
    """Write the sheet; `how.poisoned` then holds the addresses that must be refused."""
    _Writer(how, random.Random(how.seed)).write(path, people)  # noqa: S311
    return path


def clean_rows(people: Sequence[Lived] = CLEAN) -> Iterator[dict[str, Any]]:
    """The rows as they stand in our own template."""
    for one in people:
        said = (one.village, one.household, one.name, "có" if one.relation == "Chủ hộ" else "không", one.birth)
        yield dict(zip(FORM, (*said, one.sex, one.number, one.literacy, one.residence), strict=True))


class _Writer:
    def __init__(self, how: Untidy, chance: random.Random) -> None:
        self.how, self.chance = how, chance
        self.book = openpyxl.Workbook()
        self.sheet = self.book.worksheets[0]
        self.sheet.title = "Danh sách"
        self.keys = how.keys()
        self.row = 0
        self.headings: list[list[str | None]] = []

    def write(self, path: Path, people: Sequence[Lived]) -> None:
        for number in range(self.how.titles):
            self.add([f"DANH SÁCH NHÂN KHẨU, phần {number + 1}"])
        self.write_header()
        poisons = dict(
            zip(self.chance.sample(range(len(people)), len(self.how.poisons)), self.how.poisons, strict=True)
        )
        place = 0
        for village, group in groupby(people, key=lambda one: one.village):
            if self.how.by_section:
                self.add(
                    [*([None] * self.chance.randrange(2)), self.pick(f"I. {village}", village, f"{village} (9 hộ)")]
                )
            first_of: set[int] = set()
            for one in group:
                self.write_person(one, one.order not in first_of, poisons.get(place, ""), place)
                first_of.add(one.order)
                place += 1
        self.write_end()
        self.book.save(path)

    def pick(self, *some: Any) -> Any:
        return self.chance.choice(some)

    def add(self, cells: Sequence[Any]) -> None:
        self.row += 1
        for at, value in enumerate(cells, start=1 + self.how.left):
            if value is not None:
                self.sheet.cell(self.row, at, value)

    def write_header(self) -> None:
        grouped = any(key in GROUPS for key in self.keys)
        upper: list[str | None] = []
        for at, key in enumerate(self.keys):
            group, _ = GROUPS.get(key, ("", ""))
            before = GROUPS.get(self.keys[at - 1], ("", ""))[0] if at else ""
            upper.append((None if group == before else group) if group else self.pick(*NAMES[key]))
        self.headings = [upper]
        if grouped:
            self.headings.append([GROUPS[key][1] if key in GROUPS else None for key in self.keys])
        for line in self.headings:
            self.add(line)
        self.merge_groups()
        if self.how.numbered:
            brackets = self.how.numbered == "brackets"
            self.add([f"({at})" if brackets else at for at in range(1, len(self.keys) + 1)])

    def merge_groups(self) -> None:
        if not (self.how.merged and len(self.headings) == 2):
            return
        for at, key in enumerate(self.keys):
            column = at + 1 + self.how.left
            if key not in GROUPS:
                self.sheet.merge_cells(start_row=self.row - 1, end_row=self.row, start_column=column, end_column=column)
        for _, some in groupby(enumerate(self.keys), key=lambda pair: GROUPS.get(pair[1], ("", ""))[0]):
            places = [at + 1 + self.how.left for at, key in some if key in GROUPS]
            if len(places) > 1:
                self.sheet.merge_cells(
                    start_row=self.row - 1, end_row=self.row - 1, start_column=places[0], end_column=places[-1]
                )

    def write_person(self, one: Lived, first: bool, poison: str, place: int) -> None:
        if self.how.blank_rows and self.chance.random() < 0.2:
            self.row += 1
        if self.how.repeated_header and place == 5:
            for line in self.headings:
                self.add(line)
        cells = self.cells(one, first, place)
        where = self.poison(cells, poison) if poison else None
        self.add([cells.get(key) for key in self.keys])
        if where is not None:
            self.how.poisoned.append(f"Danh sách!{get_column_letter(where + 1 + self.how.left)}{self.row}")
        elif self.how.doubled > place and self.how.household == "each" and not self.how.poisons:
            self.add([cells.get(key) for key in self.keys])

    def poison(self, cells: dict[str, Any], poison: str) -> int | None:
        """Spoil one cell that the layout has; gives its place."""
        key, value = POISONS[poison]
        if key == "birth_date" and self.how.birth == "pair":
            key = next(one for one in ("birth_male", "birth_female") if cells[one] is not None)
        if key not in self.keys:
            return None
        cells[key] = value
        return self.keys.index(key)

    def cells(self, one: Lived, first: bool, place: int) -> dict[str, Any]:
        head = one.relation == "Chủ hộ"
        family, _, given = one.name.rpartition(" ")
        male = one.sex == "Nam"
        birth = self.day(one.birth)
        year, month, day = [*one.birth.split("-"), "", ""][:3]
        return {
            "order": place + 1,
            "village": one.village,
            "household": one.household if first or self.how.household == "each" else None,
            "household_number": one.order if first else None,
            "full_name": self.letters(one.name),
            "family_part": self.letters(family),
            "given_part": self.letters(given),
            "relation": one.relation,
            "is_head": self.pick("x", "X", "có", "v", "✓", 1) if head else self.pick("không", 0),
            "birth_date": birth,
            "birth_male": birth if male else None,
            "birth_female": None if male else birth,
            "birth_day": int(day) if day else None,
            "birth_month": month or None,
            "birth_year": int(year),
            "sex": self.pick(one.sex, one.sex.upper(), fold(one.sex), "Trai" if male else "Gái"),
            "male": "x" if male else None,
            "female": None if male else self.pick("x", "X"),
            "personal_number": self.number(one.number),
            "literacy": one.literacy or self.pick(None, "-"),
            "residence": self.pick(one.residence, one.residence.upper()) or None,
            "ethnic": "Kinh",
            "faith": "Không",
            "remark": self.pick(None, "đã kiểm tra"),
        }

    def number(self, number: str) -> Any:
        if not number:
            return self.pick(None, "", " ", "–")
        spaced = f"{number[:3]} {number[3:6]}\u00a0{number[6:]}"
        wide = "".join(chr(ord(digit) + 0xFEE0) for digit in number)
        return self.pick(number, int(number), spaced, "'" + number, wide)

    def day(self, birth: str) -> Any:
        if len(birth) == 4:
            return self.pick(birth, int(birth), f"năm {birth}", f"5/{birth}")
        when = date.fromisoformat(birth)
        ways: tuple[Callable[[], Any], ...] = (
            lambda: birth,
            lambda: when,
            lambda: f"{when.day:02}/{when.month:02}/{when.year}",
            lambda: f"{when.day}-{when.month}-{when.year}",
            lambda: f" {when.day}.{when.month}.{when.year} ",
            lambda: f"ngày {when.day} tháng {when.month} năm {when.year}",
            lambda: f"Ngay {when.day:02} thang {when.month:02} nam {when.year}",
            lambda: (when - date(1899, 12, 30)).days,
            lambda: f"{when.day}/{when.month}/{when.year % 100}" if when.year % 100 >= 27 else birth,
        )
        return self.chance.choice(ways)()

    def letters(self, text: str) -> str:
        if not self.how.strange_letters:
            return text
        spaces = text.replace(" ", self.pick(" ", "\u00a0", "  ", "\u200b "))
        return normalize(self.pick("NFC", "NFD"), self.pick(spaces, f" {spaces}\ufeff"))

    def write_end(self) -> None:
        if self.how.totals:
            self.add([self.pick("Tổng cộng", "Cộng", "Tổng số: 5 hộ"), self.pick(11, "11 hộ"), self.pick(5, "5 người")])
        if self.how.signatures:
            self.row += 1
            self.add([None, "Danh sách này có 11 người"])
            self.add([None, None, None, "Ngày 3 tháng 2 năm 2026"])
            self.add([None, "Người lập biểu", None, "Trưởng thôn"])
            self.add([None, "Lê Văn Ký", None, "Phạm Thị Dấu"])

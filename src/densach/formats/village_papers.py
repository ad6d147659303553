"""What a village prints: blank sheets to fill in by hand, slips for households, a notice and its picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from densach.formats.certificates.qr import qr_svg
from densach.formats.paper import picture, render
from densach.formats.vietnamese import format_number

COLUMNS, COLUMNS_LARGE = 5, 3  # people side by side on one sheet
MOST_ON_PICTURE = 40  # names; a longer picture is shrunk by a chat until nobody can read it
_UNNAMED = "{} trường hợp được công nhận không nêu tên ở đây."


@dataclass(frozen=True)
class PaperSheet:
    """The blank sheet of a household: its code, who heads it, where, and a column for each person."""

    code: str
    head: str
    village: str
    commune: str
    year: int
    people: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True)
class Slip:
    """What a household still lacks, in plain words and without any score."""

    code: str
    head: str
    village: str
    commune: str
    year: int
    missing: tuple[str, ...]


@dataclass(frozen=True)
class WallNotice:
    """Which households have still to send their sheets, by code and name of the head, and nothing else of them.

    It is `partial` where whoever writes it may not know of everybody: then it counts nothing and thanks nobody.
    """

    village: str
    commune: str
    year: int
    households: tuple[tuple[str, str], ...]
    partial: bool = False

    @property
    def title(self) -> str:
        """The notice in one sentence."""
        if self.partial:
            named = "các hộ sau chưa gửi đủ" if self.households else "mời các hộ chưa gửi thì gửi"
            return f"{self.village}: {named} phiếu tự đánh giá năm {self.year}"
        if not self.households:
            return f"{self.village}: các hộ đều đã gửi phiếu tự đánh giá năm {self.year}"
        count = format_number(len(self.households))
        return f"{self.village}: còn {count} hộ chưa gửi đủ phiếu tự đánh giá năm {self.year}"

    @property
    def help(self) -> str:
        """Where to get help."""
        return "Cần phiếu giấy hoặc cần người ghi giúp: gặp trưởng thôn, tổ trưởng tổ dân phố hoặc chi hội khuyến học."


@dataclass(frozen=True)
class DecisionNotice:
    """A decision as neighbours may be told of it: `unnamed` are recognised and did not agree to be named.

    `address` is that of its public page, empty where there is none.
    """

    village: str
    commune: str
    title: str
    act: str
    names: tuple[str, ...]
    unnamed: int
    address: str = ""

    def more(self, shown: int) -> tuple[str, ...]:
        """What a sender says under the first so many names."""
        left = len(self.names) - shown
        lines = (f"… và {format_number(left)} tên nữa.", _UNNAMED.format(format_number(self.unnamed)))
        return tuple(line for line, count in zip(lines, (left, self.unnamed), strict=True) if count > 0)


def household_sheets(sheets: Sequence[PaperSheet], *, large: bool, made_on: date, fictional: bool = False) -> bytes:
    """One PDF, a page or more for each household; a household of many people gets as many pages as it needs."""
    most = COLUMNS_LARGE if large else COLUMNS
    pages = [
        asdict(sheet) | {"year": str(sheet.year), "people": sheet.people[start : start + most]}
        for sheet in sheets
        for start in range(0, len(sheet.people), most)
    ]
    data = {"title": "Phiếu tự đánh giá để ghi tay", "pages": pages, "large": large, "most": most}
    return render("village-sheets", data, made_on=made_on, fictional=fictional)


def household_slips(slips: Sequence[Slip], *, made_on: date, fictional: bool = False) -> bytes:
    """One PDF, four slips on a page, in large print."""
    data = {
        "title": "Tờ nhắc cho từng hộ",
        "help": WallNotice("", "", 0, ()).help,
        "slips": [asdict(slip) | {"year": str(slip.year)} for slip in slips],
    }
    return render("village-slips", data, made_on=made_on, fictional=fictional)


def notice_pdf(notice: WallNotice, *, made_on: date, fictional: bool = False) -> bytes:
    """The notice for a wall, in large print."""
    return render("village-notice", _notice(notice), made_on=made_on, fictional=fictional)


def notice_picture(notice: WallNotice, *, made_on: date, fictional: bool = False) -> bytes:
    """The notice as a PNG for a chat."""
    return picture("village-picture", _notice(notice), made_on=made_on, fictional=fictional)


def decision_picture(notice: DecisionNotice, *, made_on: date, fictional: bool = False) -> bytes:
    """The decision as a PNG for a chat, with the code of its public page where it has one."""
    shown = notice.names[:MOST_ON_PICTURE]
    data = asdict(notice) | {
        "place": " · ".join(part for part in (notice.village, notice.commune) if part),
        "names": shown,
        "more": notice.more(len(shown)),
        "help": "Xem quyết định:",
        "qr": qr_svg(notice.address) if notice.address else "",
    }
    return picture("decision-picture", data, made_on=made_on, fictional=fictional)


def _notice(notice: WallNotice) -> dict[str, object]:
    return {"title": notice.title, "commune": notice.commune, "help": notice.help, "households": notice.households}

"""Which reviews the movement has, and the places in them that people write (Quyết định 1315/QĐ-TTg: 2023 to 2030).

No text that we read gives a form for them: the order of the parts is ours, and follows the contents of the decision.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from densach.reporting.figures.periods import Period, latest_ended


@dataclass(frozen=True)
class Review:
    """A review of some years: `key` stands in addresses, `called` is its name in the middle of a sentence."""

    key: str
    called: str
    first: int
    last: int

    def years(self, today: date) -> tuple[Period, ...]:
        """The years of it that are over; none before the first one is."""
        last = min(self.last, latest_ended("year", today).year)
        return tuple(Period(year) for year in range(self.first, last + 1))

    def is_over(self, today: date) -> bool:
        """Whether all of its years are over."""
        return len(self.years(today)) == self.last - self.first + 1


REVIEWS = {
    each.key: each
    for each in (
        Review("2023-2025", "sơ kết giai đoạn 2023 - 2025", 2023, 2025),
        Review("2023-2030", "tổng kết giai đoạn 2023 - 2030", 2023, 2030),
    )
}
# What people write, by the heading that stands over it on the paper.
SECTIONS = {
    "guidance": "Công tác lãnh đạo, chỉ đạo và tổ chức thực hiện",
    "contents": "Kết quả theo các nội dung thi đua",
    "remarks": "Nhận xét về các số liệu",
    "shortfalls": "Tồn tại, hạn chế",
    "causes": "Nguyên nhân",
    "lessons": "Bài học kinh nghiệm",
    "direction": "Phương hướng, nhiệm vụ",
    "proposals": "Kiến nghị, đề xuất",
}
LONGEST = 8000  # letters of one of them: about three pages

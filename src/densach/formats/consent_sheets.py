"""The sheet on which the people of a household say yes or no about their own data, to be signed by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from densach.formats.paper import render

PEOPLE_ON_A_PAGE = 6
_FREE = (
    "Mỗi người tự đánh dấu một ô ở từng việc rồi ký. Không đánh dấu nghĩa là chưa nói gì, và không phải là đồng ý. "
    "Không đồng ý thì không mất quyền lợi nào trong việc đánh giá và công nhận. Đồng ý rồi vẫn rút lại được bất cứ "
    "lúc nào."
)
_CHILDREN = (
    "Trẻ dưới 18 tuổi vào ngày ký: người đại diện đánh dấu và ký, ghi rõ họ tên. Việc đưa tên trẻ từ 7 tuổi ra "
    "công khai cần cả chữ ký của trẻ và của người đại diện."
)


@dataclass(frozen=True)
class AskedPurpose:
    """One thing that is asked: its name, why, and what follows where the consent is taken back."""

    name: str
    why: str
    after: str


@dataclass(frozen=True)
class ConsentSheet:
    """The sheet of a household: its code, who heads it, where, and everybody who lives in it."""

    code: str
    head: str
    village: str
    commune: str
    people: tuple[str, ...]


def consent_sheets(
    sheets: Sequence[ConsentSheet], purposes: Sequence[AskedPurpose], *, made_on: date, fictional: bool = False
) -> bytes:
    """One PDF, a page for each household; a household of many people gets as many pages as it needs."""
    pages = [
        asdict(sheet) | {"people": sheet.people[start : start + PEOPLE_ON_A_PAGE]}
        for sheet in sheets
        for start in range(0, len(sheet.people), PEOPLE_ON_A_PAGE)
    ]
    data = {
        "title": "Phiếu đồng ý về dữ liệu cá nhân",
        "free": _FREE,
        "children": _CHILDREN,
        "purposes": [asdict(each) for each in purposes],
        "pages": pages,
    }
    return render("village-consents", data, made_on=made_on, fictional=fictional)

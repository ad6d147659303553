"""A place, the days of a row and a change of places, each as one line of text."""

from __future__ import annotations

from typing import Literal

from densach.formats.vietnamese import format_date
from densach.places.models import Lineage, PlacePeriod
from densach.problems import Language

WORDS: dict[str, dict[Language, str]] = {
    "code": {"vi": "mã {code} theo {list}", "en": "code {code} of {list}"},
    "since": {"vi": "từ {since}", "en": "from {since}"},
    "or_before": {"vi": "hoặc sớm hơn", "en": "or earlier"},
    "to": {"vi": "đến trước {to}", "en": "to before {to}"},
    "in_force": {"vi": "đang có hiệu lực", "en": "in force"},
    "made_from": {"vi": "Hình thành ngày {on} theo {act} từ:", "en": "Made on {on} by {act} from:"},
    "merged": {"vi": "Từ {on}, theo {act}: toàn bộ nhập vào", "en": "From {on}, by {act}: all of it went to"},
    "divided": {
        "vi": "Từ {on}, theo {act}: bị chia. Không suy ra được ai nay thuộc nơi nào, phải hỏi từng người. Có thể là:",
        "en": "From {on}, by {act}: divided. Nobody's new commune can be derived; ask each person. It may be:",
    },
    "whole": {"vi": "toàn bộ", "en": "all of it"},
    "part": {"vi": "một phần, tỷ lệ chưa biết", "en": "a part, share unknown"},
    "part_known": {"vi": "một phần, {share}‰ ({basis})", "en": "a part, {share}‰ ({basis})"},
}
Change = Literal["made_from", "merged", "divided"]


def code_line(period: PlacePeriod, lang: Language) -> str:
    """The code and the list it is from."""
    return WORDS["code"][lang].format(code=period.code, list=period.code_list)


def valid_line(period: PlacePeriod, lang: Language) -> str:
    """From when to when; `or earlier` where the list only begins to speak on its first day."""
    since = WORDS["since"][lang].format(since=format_date(period.valid_from))
    if is_first_known(period):
        since = f"{since} {WORDS['or_before'][lang]}"
    if period.valid_to is None:
        return f"{since}, {WORDS['in_force'][lang]}"
    return f"{since} {WORDS['to'][lang].format(to=format_date(period.valid_to))}"


def is_first_known(period: PlacePeriod) -> bool:
    """Whether the first day of a row is only the first day that its list speaks of."""
    code_list = period.code_list
    return code_list is not None and code_list.units_older and period.valid_from == code_list.known_from


def edge_line(change: Change, edge: Lineage, lang: Language) -> str:
    """The change that an edge records, with its day and act; the places it speaks of follow."""
    return WORDS[change][lang].format(on=format_date(edge.on), act=edge.legal_act)


def extent_line(edge: Lineage, lang: Language) -> str:
    """How much of the old place is in the new one."""
    if edge.whole or edge.share_permille is None:
        return WORDS["whole" if edge.whole else "part"][lang]
    return WORDS["part_known"][lang].format(share=edge.share_permille, basis=edge.share_basis)

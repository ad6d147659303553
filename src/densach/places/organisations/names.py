"""Names of organisations as people write them: short forms of kinds and bodies written out."""

from __future__ import annotations

import re

from densach.formats.vietnamese import fold, nfc, single_spaced, sort_key

_SHORT = {
    "thcs": "trung học cơ sở",
    "thpt": "trung học phổ thông",
    "ptdtbt": "phổ thông dân tộc bán trú",
    "ptdtnt": "phổ thông dân tộc nội trú",
    "th": "tiểu học",
    "mn": "mầm non",
    "mg": "mẫu giáo",
    "gd": "giáo dục",
    "pgd": "phòng giáo dục",
    "sgd": "sở giáo dục",
    "gdđt": "giáo dục và đào tạo",
    "gddt": "giáo dục và đào tạo",
    "gd&đt": "giáo dục và đào tạo",
    "gd&dt": "giáo dục và đào tạo",
    "gdtx": "giáo dục thường xuyên",
    "gdnn": "giáo dục nghề nghiệp",
    "tthtcđ": "trung tâm học tập cộng đồng",
    "tthtcd": "trung tâm học tập cộng đồng",
    "ubnd": "ủy ban nhân dân",
    "mttq": "mặt trận tổ quốc",
    "ubmttq": "ủy ban mặt trận tổ quốc",
    "hkh": "hội khuyến học",
    "htx": "hợp tác xã",
    "cty": "công ty",
    "tnhh": "trách nhiệm hữu hạn",
    "lđtbxh": "lao động thương binh và xã hội",
    "tttt": "thông tin và truyền thông",
    "khđt": "kế hoạch và đầu tư",
    "ldtbxh": "lao động thương binh và xã hội",
    "khdt": "kế hoạch và đầu tư",
}
_WORD = re.compile(r"[\w&]+")
_NUMBER = re.compile(r"\d+")
# Longest first, so that "THCS" is not read as "TH" and "CS".
_RUN_TOGETHER = re.compile(r"\b(th)(?:-|&|\s)?(thcs)\b", re.IGNORECASE)


def written_out(name: str) -> str:
    """A name with its short forms written out: `Trường TH&THCS Lê Lợi` is a tiểu học và trung học cơ sở."""
    name = _RUN_TOGETHER.sub(r"\1 và \2", single_spaced(nfc(name)))
    return _WORD.sub(lambda word: _SHORT.get(word[0].casefold(), word[0]), name)


def search_key(name: str) -> str:
    """The key by which a name is found, marks and short forms apart."""
    return single_spaced(fold(written_out(name)).replace("–", " ").replace("-", " "))


def order_key(name: str) -> str:
    """The key by which names stand in Vietnamese order, numbers by their value."""
    return sort_key(_NUMBER.sub(lambda number: number[0].zfill(6), name))

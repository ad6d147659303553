"""The data sets are data: every code its own, every share with its base, and what is wrong is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from densach.policy.checking import check
from densach.policy.dataset_faults import COMPUTATIONS
from densach.policy.reported import datasets, indicators

GOOD = """id: thu
name_vi: Thử
name_en: Trial
line: association
levels: [commune]
period: year
indicators:
  - {code: A_PART, kind: count, name_vi: Phần, name_en: Part, mark: inferred, source: thử}
  - {code: A_WHOLE, kind: count, name_vi: Tất cả, name_en: All, mark: inferred, source: thử}
  - {code: A_SHARE, kind: share, name_vi: Tỷ lệ, name_en: Share, numerator: A_PART, denominator: A_WHOLE,
     base_vi: trên tất cả, base_en: of all, mark: inferred, source: thử}
rules:
  - {kind: at_most, whole: A_WHOLE, parts: [A_PART]}
mark: inferred
cites:
  - {document: qd387-2022-ttg}
"""


def faults(folder: Path, text: str) -> list[str]:
    home = folder / "datasets"
    home.mkdir()
    (home / "thu.yaml").write_text(text, "utf-8")
    return [problem.code for problem in check(folders=(folder,)).problems]


def test_the_shipped_data_sets() -> None:
    asked = {name: (each.period, each.line, len(each.asked)) for name, each in datasets().items()}
    assert asked == {
        "khvn-mo-hinh": ("year", "association", 20),
        "khvn-quy": ("half_year", "association", 11),
        "khvn-to-chuc": ("year", "association", 11),
        "ttht-xoa-mu-chu": ("year", "government", 7),
    }


def test_the_four_counts_of_every_model_are_computed() -> None:
    assert {each.computed_by for _, each in indicators().values() if each.computed_by} == COMPUTATIONS


def test_a_share_names_its_base_in_words() -> None:
    share = indicators()["MODEL_FAMILY_OF_REGISTERED"][1]
    assert (share.numerator, share.denominator) == ("MODEL_FAMILY_RECOGNISED", "MODEL_FAMILY_REGISTERED")
    assert (share.base_vi, share.base_en) == ("trên số đăng ký", "of those registered")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("", "", None),
        ("code: A_WHOLE", "code: A_PART", "P230"),
        ("parts: [A_PART]", "parts: [A_OTHER]", "P231"),
        ("code: A_PART, kind: count", "code: A_PART, kind: count, computed_by: magic", "P232"),
        ("base_vi: trên tất cả, ", "", "P233"),
        ("code: A_PART, kind: count", "code: A_PART, kind: count, base_vi: trên tất cả", "P233"),
        ("{document: qd387-2022-ttg}", "{document: khong-co}", "P202"),
        ("id: thu", "id: khac", "P220"),
        ("code: A_PART", "code: a-part", "P107"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, old: str, new: str, code: str | None) -> None:
    found = faults(tmp_path, GOOD.replace(old, new, 1))
    assert (code in found) if code else found == []

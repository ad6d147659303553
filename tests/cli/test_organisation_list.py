"""A list of organisations, written empty, filled in as people do, and loaded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connection
from django.test.utils import CaptureQueriesContext

from densach.cli.organisation_list import FORM, Listed, load_list
from densach.cli.organisations import organisations
from densach.history.domain import Act, verify_chain
from densach.places.models import Organisation, OrganisationPeriod
from densach.problems import Refused
from tests.workbooks.making import fill

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
SCHOOL = {
    "name": "Trường THCS Tân Long",
    "kind": "Trường trung học cơ sở",
    "seat": "xã tân long, đồng hỷ",
    "since": "1/9/1995",
    "source": "QĐ 12",
}
OTHER = {**SCHOOL, "name": "Trường TH Trúc Bạch", "kind": "Trường tiểu học", "seat": "Trúc Bạch, Hà Nội"}


def run(*words: str) -> str:
    result = CliRunner().invoke(organisations, words, catch_exceptions=False)
    assert result.exit_code == 0
    return result.stdout


def filled(folder: Path, *rows: Mapping[str, str]) -> Path:
    path = folder / "ds.xlsx"
    assert run("template", str(path)) == f"{path}\n"
    return fill(path, FORM, rows)


def refused(path: Path, act: Act) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as found:
        load_list(path, today=TODAY, act=act)
    assert Organisation.objects.count() == 0
    return [(problem.code, problem.where) for problem in found.value.problems]


def test_a_list_is_loaded_once_and_follows_the_mergers(tmp_path: Path) -> None:
    path = filled(tmp_path, SCHOOL, OTHER)
    assert run("import", str(path), "--dry-run").splitlines() == [
        "ds.xlsx: chỉ kiểm tra, chưa nhập",
        "  thêm 2, đã có 0 / added 2, known 0",
    ]
    assert Organisation.objects.count() == 0
    assert run("import", str(path)).splitlines()[1] == "  thêm 2, đã có 0 / added 2, known 0"
    assert run("import", str(path)).splitlines()[1] == "  thêm 0, đã có 2 / added 0, known 2"
    rows = OrganisationPeriod.objects.order_by("pk").values_list("name", "kind", "valid_to")
    assert [row[:2] for row in rows] == [
        ("Trường THCS Tân Long", "lower_secondary"),
        ("Trường THCS Tân Long", "lower_secondary"),
        ("Trường TH Trúc Bạch", "primary"),
        ("Trường TH Trúc Bạch", "primary"),
    ]
    assert [verify_chain("organisation", each.uid) for each in Organisation.objects.all()] == [[], []]


def test_every_wrong_cell_is_named_and_nothing_is_loaded(tmp_path: Path, act: Act) -> None:
    wrong = [
        {**SCHOOL, "seat": "Xã Không Có Đâu"},
        {**SCHOOL, "seat": "Phường 4"},
        OTHER,
    ]
    assert refused(filled(tmp_path, *wrong), act) == [("L101", "Tổ chức!D7"), ("L102", "Tổ chức!D8")]
    assert refused(filled(tmp_path, {**SCHOOL, "since": "1995"}), act) == [("W204", "Tổ chức!E7")]
    assert refused(filled(tmp_path, SCHOOL, {**SCHOOL, "source": "QĐ 13"}), act) == [("W221", "Tổ chức!B8")]
    assert refused(filled(tmp_path, {**SCHOOL, "name": "Trường MẪU"}), act) == [("O114", "Trường MẪU")]


def test_as_many_queries_for_one_school_of_a_commune_as_for_three(tmp_path: Path, act: Act) -> None:
    counts = []
    for numbers in ((1,), (2, 3, 4)):
        path = filled(tmp_path, *({**SCHOOL, "name": f"Trường {number}"} for number in numbers))
        with CaptureQueriesContext(connection) as asked:
            assert load_list(path, today=TODAY, act=act) == Listed(len(numbers), 0)
        counts.append(len(asked))
    assert counts[0] == counts[1]

"""A text leaves the desk as policy files and comes back from them, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from densach.authority.roles import Role
from densach.policy.checking import check
from densach.problems import Refused
from tests.authority.roles import NOW, TODAY, viewer
from tests.lawmaking.writing import UNIT, beginning, filled

if TYPE_CHECKING:
    from pathlib import Path

    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db


def test_what_is_written_comes_out_as_files_that_the_check_of_the_policy_passes(
    thai_nguyen: Place, act: Act, tmp_path: Path
) -> None:
    from densach.lawmaking.carrying import read_folder, write_text
    from densach.lawmaking.domain import begin
    from densach.lawmaking.standing import library_for

    text = begin(viewer(Role.RUBRIC_EDITOR, thai_nguyen, act), beginning(), at=NOW)
    written = write_text(tmp_path, text)
    home = tmp_path / "99-2026-12-01-qd-mau-19"
    assert written == [home / "2026-12-01" / f"{UNIT}-19-2026-12-01.overlay.yaml", home / "document.yaml"]
    assert check(("vn",), (tmp_path,)).problems == ()
    again = read_folder(tmp_path, library_for(("vn",), TODAY), fictional=False)
    assert again == beginning(filled())


def test_a_rubric_comes_back_as_a_correction_or_as_what_follows(tmp_path: Path) -> None:
    from densach.lawmaking.carrying import read_folder
    from densach.lawmaking.models import Kind
    from densach.lawmaking.standing import library_for

    law = library_for(("vn",), TODAY)
    text = law.contents[law.digests[UNIT]]
    (tmp_path / f"{UNIT}.yaml").write_bytes(text)
    assert read_folder(tmp_path, law, fictional=False).kind == Kind.CORRECTION
    (tmp_path / f"{UNIT}.yaml").write_bytes(text.replace(b"id: donvitinh-tt24-2023", b"id: mau-moi", 1))
    found = read_folder(tmp_path, law, fictional=False)
    assert (found.kind, found.policy_id, found.target) == (Kind.DATED, "mau-moi", UNIT)


def test_a_folder_that_is_no_text_is_refused(tmp_path: Path) -> None:
    from densach.lawmaking.carrying import read_folder
    from densach.lawmaking.standing import library_for

    with pytest.raises(Refused, match="P199"):
        read_folder(tmp_path, library_for(("vn",), TODAY), fictional=False)

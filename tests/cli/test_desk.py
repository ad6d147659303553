"""`densach desk`: out as files, and in again by an editor."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest

from densach.authority.roles import Role
from tests.authority.roles import NOW, account, given, viewer
from tests.lawmaking.writing import UNIT, beginning

if TYPE_CHECKING:
    from pathlib import Path

    from densach.history.domain import Act
    from densach.places.models import Place
    from tests.cli.making import Terminal

pytestmark = pytest.mark.django_db


def test_a_text_goes_out_and_comes_in_as_a_draft(
    densach: Terminal, thai_nguyen: Place, act: Act, tmp_path: Path
) -> None:
    from densach.lawmaking.domain import begin
    from densach.lawmaking.models import LawText

    text = begin(viewer(Role.RUBRIC_EDITOR, thai_nguyen, act), beginning(), at=NOW)
    assert densach("desk", "list").startswith(f"{text.uid}  {UNIT}-19-2026-12-01 · điền chỗ trống · bản thảo")
    told = densach("desk", "export", str(text.uid), "--out", str(tmp_path))
    assert len(told.splitlines()) == 2
    editor = account("soan-luat")
    given(editor, Role.RUBRIC_EDITOR, thai_nguyen, act)
    came = UUID(densach("desk", "import", str(tmp_path), "--by", "soan-luat").strip())
    assert LawText.objects.get(uid=came).started_by == editor


def test_what_is_not_there_is_refused(densach: Terminal, tmp_path: Path) -> None:
    assert densach.refusals("desk", "export", str(uuid4()), "--out", str(tmp_path)) == ["H103"]
    assert densach.refusals("desk", "import", str(tmp_path), "--by", "khong-co") == ["H103"]

"""Blanks of another size: entered as a file, offered beside ours, printed by, and refused where they cannot be."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from densach.awards.register.blanks import blanks_entered, enter_blank
from densach.problems import Refused
from tests.awards.register.making import TODAY, act_at, awarded, open_round

if TYPE_CHECKING:
    from pytest_django.fixtures import Settings

    from densach.history.domain import Act
    from densach.places.models import Place

pytestmark = pytest.mark.django_db
OURS = Path(__file__).parents[3] / "src/densach/formats/certificates/honours/bang-khen-phoi.toml"


@pytest.fixture(autouse=True)
def _folder(settings: Settings, tmp_path: Path) -> None:
    settings.BLANK_FOLDER = tmp_path / "blanks"


def written(folder: Path, name: str = "phoi-xa-mau", **changed: str) -> Path:
    text = OURS.read_text("utf-8").replace("width = 400\n", "width = 420\n").replace("height = 300\n", "height = 297\n")
    for old, new in changed.items():
        text = text.replace(old, new)
    path = folder / f"{name}.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_blank_of_another_size_is_printed_by(commune: Place, tmp_path: Path, act: Act) -> None:
    from densach.awards.register.printing import layout_of, print_certificates, trial_sheet
    from densach.policy.commendation.reading import commendation_law

    enter_blank(written(tmp_path), act=act)
    assert {name: (each.width, each.height) for name, each in blanks_entered().items()} == {"phoi-xa-mau": (420, 297)}
    [award] = awarded(open_round(commune), "Lê Văn MẪU")
    layout = layout_of(award.decision, commendation_law(), "phoi-xa-mau")
    printed = print_certificates(award.decision, [award], layout, printer=None, on=TODAY, act=act_at(6))
    for pdf in (printed, trial_sheet("phoi-xa-mau", None, on=TODAY)):
        (page,) = PdfReader(BytesIO(pdf)).pages
        assert [round(float(side) * 25.4 / 72) for side in (page.mediabox.width, page.mediabox.height)] == [420, 297]
    (tmp_path / "blanks" / "phoi-xa-mau.toml").write_text("hỏng", "utf-8")
    assert blanks_entered() == {}
    with pytest.raises(Refused) as gone:
        layout_of(award.decision, commendation_law(), "phoi-xa-mau")
    assert [each.code for each in gone.value.problems] == ["H103"]


@pytest.mark.parametrize("name", ["Phôi xã", "phoi_xa", "giay-khen", "bang-khen-phoi"])
def test_a_name_that_no_address_holds_or_that_is_ours_is_refused(tmp_path: Path, act: Act, name: str) -> None:
    with pytest.raises(Refused) as refusal:
        enter_blank(written(tmp_path, name), act=act)
    assert [each.code for each in refusal.value.problems] == ["Q362"]
    assert not (tmp_path / "blanks").exists()


def test_a_layout_outside_its_sheet_is_refused(tmp_path: Path, act: Act) -> None:
    with pytest.raises(Refused):
        enter_blank(written(tmp_path, **{"x = 60": "x = 999"}), act=act)
    assert not (tmp_path / "blanks").exists()

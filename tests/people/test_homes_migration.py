"""A database of the version before, whose households had one commune for good, keeps everything."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.making import Home

BEFORE = """
import densach.config.ready
from datetime import UTC, date, datetime
from uuid import uuid4
from pathlib import Path
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

Path(settings.HOME).mkdir(parents=True, exist_ok=True)
call_command("migrate", "people", "0001", verbosity=0, interactive=False)
apps = MigrationExecutor(connection).loader.project_state([("people", "0001_start")]).apps
model = apps.get_model
place, period = model("places", "Place"), model("places", "PlacePeriod")
country = place.objects.create(uid=uuid4(), kind="unit")
period.objects.create(
    place=country, level="country", name="X", path="1/", folded="x", sort="x", valid_from=date(2024, 1, 1), source="x"
)
home = [model("people", "Household").objects.create(uid=uuid4(), commune=country, village=country, code=f"H{n}")
        for n in range(2)]
clan = model("people", "Clan").objects.create(uid=uuid4(), commune=country, code="D1", name="MẪU")
unit = model("people", "Unit").objects.create(uid=uuid4(), commune=country, code="U1", name="MẪU", kind="other")
person = model("people", "Person").objects.create(uid=uuid4(), full_name="MẪU", folded="mau", sort="mau", sex="male")
model("people", "HouseholdMember").objects.create(household=home[0], person=person, valid_from=date(2025, 3, 1))
connection.close()
call_command("migrate", "people", verbosity=0, interactive=False)
import json, sys
from densach.people.models import ClanSeat, HouseholdHome, UnitSeat
print(json.dumps([
    [list(map(str, row)) for row in rows.objects.order_by("pk").values_list("code", "valid_from", "valid_to")]
    for rows in (HouseholdHome, ClanSeat, UnitSeat)
]))
sys.exit()
"""


def test_rows_become_dated_from_the_first_day_that_anything_says(tmp_path: Path) -> None:
    done = Home(tmp_path).run(before=BEFORE)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == [
        [["H0", "2025-03-01", "None"], ["H1", "2024-01-01", "None"]],
        [["D1", "2024-01-01", "None"]],
        [["U1", "2024-01-01", "None"]],
    ]

"""A database of the version before, in which cases stood in the clear, is sealed and holds no word of them."""

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
call_command("migrate", "cases", "0001", verbosity=0, interactive=False)
apps = MigrationExecutor(connection).loader.project_state([("cases", "0001_start")]).apps
place = apps.get_model("places", "Place").objects.create(uid=uuid4(), kind="unit")
account = apps.get_model("accounts", "Account").objects.create(username="mau", name="MAU", made_at=datetime.now(UTC))
Case = apps.get_model("cases", "Case")
for number in range(2):
    Case.objects.create(place=place, kind="complaint", received_on=date(2026, 5, 6), how="post",
                        what=f"Le don thu bao mat so {number}", assigned_to=account)
connection.close()
call_command("migrate", "cases", verbosity=0, interactive=False)
import json, sys
from densach.awards.cases.models import Case
from densach.awards.cases.sealing import unseal_text
from densach.people.numbers import load_keys
keys = load_keys(settings.KEYS_FILE)
with connection.cursor() as cursor:
    cursor.execute("SELECT * FROM cases_case")
    rows = str(cursor.fetchall())
print(json.dumps([[unseal_text(row, keys) for row in Case.objects.order_by("pk")], "bao mat" in rows]))
sys.exit()
"""


def test_what_stood_in_the_clear_is_sealed(tmp_path: Path) -> None:
    done = Home(tmp_path).run(before=BEFORE)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == [["Le don thu bao mat so 0", "Le don thu bao mat so 1"], False]

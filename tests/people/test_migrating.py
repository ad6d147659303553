"""A database of the version before: how each person lived becomes how each of their homes is lived in."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.making import Home

BEFORE = """
import densach.config.ready
from django.core.management import call_command
from django.db import connection

def migrate(name):
    call_command("migrate", "people", name, verbosity=0)

def ask(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else None

migrate("0001")
ask("INSERT INTO places_place (id, uid, kind, fictional) VALUES (1, '1', 'unit', 1)")
for key, kind in ((1, "permanent"), (2, "temporary"), (3, "unknown")):
    ask(f"INSERT INTO people_household (id, uid, commune_id, village_id, code) VALUES ({key}, '{key}', 1, 1, 'H{key}')")
    ask("INSERT INTO people_person (id, uid, full_name, folded, sort, birth_precision, sex, residence, number_key) "
        f"VALUES ({key}, '{key}', 'MẪU', 'mau', 'mau', 'unknown', 'male', '{kind}', '')")
    ask("INSERT INTO people_householdmember (valid_from, is_head, household_id, person_id) "
        f"VALUES ('2026-01-01', 1, {key}, {key})")
migrate("0003")
print("after", ask("SELECT person_id, kind FROM people_householdmember ORDER BY person_id"))
migrate("0001")
print("back", ask("SELECT id, residence FROM people_person ORDER BY id"))
"""


@pytest.mark.slow
def test_residence_moves_to_the_homes_and_back(tmp_path: Path) -> None:
    done = Home(tmp_path).run("--help", before=BEFORE)
    assert done.returncode == 0, done.stderr
    told = "[(1, 'permanent'), (2, 'temporary'), (3, 'unknown')]"
    assert done.stdout.splitlines()[:2] == [f"after {told}", f"back {told}"]

"""Large papers one after another take no more memory than one of them."""

from __future__ import annotations

import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow
_SET = """
import resource
from datetime import date
from densach.formats.village_papers import PaperSheet, household_sheets
questions = tuple(f"Câu {number}" for number in range(16))
for part in range(6):
    sheets = [PaperSheet(f"H{part}-{n}", "A", "Thôn", "Xã", 2026, ("A", "B"), questions) for n in range(200)]
    household_sheets(sheets, large=False, made_on=date(2026, 11, 26))
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


def test_a_sixth_large_paper_takes_no_more_memory_than_the_first() -> None:
    told = subprocess.run([sys.executable, "-c", _SET], capture_output=True, text=True, check=True).stdout.split()
    megabytes = [int(each) for each in told]
    assert megabytes[-1] < megabytes[0] * 1.4

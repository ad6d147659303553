"""The interface of programs on a real server, tried with many requests that its own description allows or forbids."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.story.conftest import served

pytestmark = pytest.mark.slow
# A server error is no answer, and every answer has the status, type and shape that the description promises.
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
EXAMPLES = 100


def test_no_request_breaks_it_and_every_answer_is_as_described(tmp_path_factory: pytest.TempPathFactory) -> None:
    with served(tmp_path_factory, "tests.api.program") as (address, secret):
        done = subprocess.run(
            [
                *(sys.executable, "-m", "schemathesis.cli", "run", f"{address}/api/v1/openapi.json"),
                *("--header", f"Authorization: Bearer {secret.strip()}", "--checks", CHECKS),
                *("--max-examples", str(EXAMPLES), "--seed", "1", "--no-color"),
            ],
            capture_output=True,
            text=True,
            timeout=500,
            check=False,
        )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]

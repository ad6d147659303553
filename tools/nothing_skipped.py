"""A plug-in of pytest for the continuous build: a test that did not run makes the run fail, and is named.

Used as `python -m pytest -p tools.nothing_skipped` from the root of the project.
"""

from __future__ import annotations

import pytest

LEFT_OUT = ("skipped", "xfailed")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests did not run; pytest's own summary says why."""
    reports = [report for kind in LEFT_OUT for report in terminalreporter.stats.get(kind, ())]
    for report in reports:
        terminalreporter.write_line(f"did not run: {report.nodeid}")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Turn a green run with left-out tests red."""
    if hasattr(session.config, "workerinput"):  # one of several processes; another gathers their reports
        return
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    assert isinstance(reporter, pytest.TerminalReporter)  # noqa: S101  - pytest always has one
    if session.exitstatus == pytest.ExitCode.OK and any(reporter.stats.get(kind) for kind in LEFT_OUT):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED

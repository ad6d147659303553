"""What dashboards ask, on 6.6 million figures, each beside the same aggregate in plain SQL.

3,321 communes x 10 years x 200 indicators; the years before 2025 stand with former communes that went whole into one of
today, as far as there are any. Eight clients ask at once, each a process of its own; `cold` is the first time of each
client after it began, `warm` are the later ones. The plain SQL is sent by as many clients right afterwards, with all
eight at once too: ours does not wait for it, and it says what the machine can do in that minute. One commune of 400 has
a small count of people, so that the tables hide something. The sums that dashboards read are kept ready, as in use.
`python bench/dashboards.py [COMMUNES]` takes fewer communes for a try. The aim is p95 of 200 ms.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from village_grid import databases

HOME = Path(__file__).parent
CLIENTS, TIMES, AIM = 8, 13, 0.2
ALL = 3321
Asked = dict[str, dict[str, list[float]]]


def p95(seconds: list[float]) -> float:
    """The time that 95 of 100 took less than."""
    return quantiles(seconds, n=20, method="inclusive")[-1]  # never more than the longest


def asked(url: str, home: str, what: str) -> list[Asked]:
    """What each of the clients measured, all at once, of `ours` or of the `plain` SQL."""
    environment = {**os.environ, "DATABASE_URL": url, "DENSACH_HOME": home}
    command = [sys.executable, str(HOME / "dashboard_client.py"), what, str(TIMES)]
    clients = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(CLIENTS)]
    return [json.loads(client.communicate()[0]) for client in clients]


def tell(
    name: str, found: list[dict[str, dict[str, list[float]]]], beside: list[dict[str, dict[str, list[float]]]]
) -> None:
    """The p95 of each question, cold and warm, its ratio to the plain SQL, and the processor time of ours.

    On PostgreSQL the time of the server's process that answers is in it.
    """
    for question in found[0]:
        ours = [each[question]["ours"] for each in found]
        plain = p95([second for each in beside for second in each[question]["plain"][1:]])
        warm = p95([second for each in ours for second in each[1:]])
        cold = p95([each[0] for each in ours])
        own = median([second for each in found for second in each[question]["processor"]])
        over = "" if max(cold, warm) <= AIM else ": over the aim"
        print(
            f"{name}: {question:38} cold {cold * 1000:7.0f} ms, warm {warm * 1000:7.0f} ms,"
            f" plain SQL {plain * 1000:7.0f} ms, ratio {warm / plain:5.1f}{over};"
            f" {own * 1000:4.0f} ms of processor"
        )


def main() -> None:
    communes = sys.argv[1] if len(sys.argv) > 1 else str(ALL)
    with databases() as found:
        for name, url in found.items():
            with TemporaryDirectory() as home:
                environment = {**os.environ, "DATABASE_URL": url, "DENSACH_HOME": home}
                command = [sys.executable, str(HOME / "dashboard_client.py"), "fill", communes]
                done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
                print(f"{name}: {done.stdout.strip()}")
                tell(name, asked(url, home, "ours"), asked(url, home, "plain"))


if __name__ == "__main__":
    main()

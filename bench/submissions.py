"""Our lists beside those of pretalx, which also takes submissions that people review: all of them, and what waits.

pretalx holds 5,000 submissions with two reviews each; our commune has 5,000 households and more sheets than that, two
of three checked. Each is asked as a browser asks, by somebody who has signed in, on SQLite; medians of many.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from peering import PEERS, environment_of
from village_grid import asking

HOME = Path(__file__).parent
SUBMISSIONS, TIMES = 5000, 20
OURS = {"list": "/thon/{largest}", "review": "/thon/{largest}?tinh-trang=cho-kiem-tra"}
THEIRS = {"list": "/orga/event/bench/submissions/", "review": "/orga/event/bench/reviews/"}


def pretalx(home: str) -> dict[str, list[float]]:
    """The seconds of the peer's pages."""
    python = environment_of("pretalx")
    settings = {"DJANGO_SETTINGS_MODULE": "pretalx.settings", "PRETALX_DB_NAME": f"{home}/pretalx.sqlite3"}
    environment = {**os.environ, **settings}
    subprocess.run([python, "-m", "pretalx", "rebuild"], env=environment, check=True, stdout=subprocess.DEVNULL)
    command = [python, "-W", "ignore", PEERS / "pretalx" / "lists.py", str(SUBMISSIONS), str(TIMES)]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout.splitlines()[-1])  # type: ignore[no-any-return]


def main() -> None:
    with TemporaryDirectory() as home:
        theirs = pretalx(home)
    with TemporaryDirectory() as home:
        url = f"sqlite:///{home}/ours.sqlite3"
        with asking(url, home, str(HOME / "village_pages.py")) as ask:
            ours = {page: ask(page, TIMES) for page in OURS.values()}
    for what, page in OURS.items():
        took, peer = median(ours[page]["seconds"]), median(theirs[THEIRS[what]])
        print(f"{what:8} ours {took * 1000:6.1f} ms, pretalx {peer * 1000:7.1f} ms, {peer / took:5.1f} times as long")


if __name__ == "__main__":
    main()

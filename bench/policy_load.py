"""How much dearer is opening all the law than reading the same files with the C YAML loader? Prints the ratio.

Both are measured cold, in a process of their own each time; imports are not counted on either side.
"""

from __future__ import annotations

import subprocess
import sys
from statistics import median

RUNS = 9

OURS = """
from time import perf_counter
from densach.policy.library import open_library
start = perf_counter()
library = open_library()
print(perf_counter() - start)
"""

BARE = """
from time import perf_counter
import yaml
from densach.policy.files import HOME, files_in, kind_of
paths = [path for path in files_in(HOME / "vn") if kind_of(path) != "cases"]
start = perf_counter()
for path in paths:
    yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
print(perf_counter() - start)
"""


def measure(code: str) -> float:
    """Seconds of one run in a fresh process."""
    return float(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout)


def main() -> None:
    pairs = [(measure(OURS), measure(BARE)) for _ in range(RUNS)]
    ours, bare = median(mine for mine, _ in pairs), median(theirs for _, theirs in pairs)
    print(f"open_library: {ours:.3f} s; C YAML loader on the same files: {bare:.3f} s")
    print(
        f"ratio: {median(mine / theirs for mine, theirs in pairs):.2f} (median of {RUNS} pairs; promised: at most 10)"
    )


if __name__ == "__main__":
    main()

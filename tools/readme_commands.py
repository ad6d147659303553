"""Print, one a line, the commands that README.md shows in its blocks marked `sh`, as written there.

The continuous build runs what is printed, so that the README cannot promise what does not work. Left out are the
lines that got the reader here (`git clone`, `cd`) and the targets named as arguments, which have been run already.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"


def commands(text: str) -> list[str]:
    """The commands of every `sh` block; a line that ends with a backslash goes on in the next."""
    blocks: list[str] = re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    lines = "".join(blocks).replace("\\\n", " ").splitlines()
    stripped = (re.sub(r"\s+#.*", "", line).strip() for line in lines)
    return [line for line in stripped if line and not line.startswith("#")]


def left_to_run(found: list[str], done: list[str]) -> list[str]:
    """The commands without those that brought the reader here and those already done."""
    return [line for line in found if line not in done and not line.startswith(("git clone ", "cd "))]


if __name__ == "__main__":
    print(*left_to_run(commands(README.read_text("utf-8")), sys.argv[1:]), sep="\n")

"""The commands of the README are found as written, so that the continuous build can run them."""

from __future__ import annotations

from tools.readme_commands import commands, left_to_run

TEXT = """
Two commands:

```sh
git clone https://example.invalid/densach && cd densach
make try   # a year of one commune
make test
```
```json
{"not": "a command"}
```
```sh
# what it asks
.venv/bin/densach policy facts X \\
    --json
```
"""


def test_only_sh_blocks_are_commands_without_their_remarks() -> None:
    assert commands(TEXT) == [
        "git clone https://example.invalid/densach && cd densach",
        "make try",
        "make test",
        ".venv/bin/densach policy facts X      --json",
    ]


def test_the_way_here_and_what_is_done_are_left_out() -> None:
    assert left_to_run(commands(TEXT), ["make test"]) == ["make try", ".venv/bin/densach policy facts X      --json"]

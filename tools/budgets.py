"""The budgets of the house: an alarm for functions and files that grow too long; exceptions are written with a reason.

Exceptions stand in pyproject.toml under `[tool.densach.budgets]`, as "path" or "path::function" = "the reason".
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Container, Iterator
from pathlib import Path
from statistics import median_low
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
LONG = 50  # lines of a function; few may have more
LONG_PER_THOUSAND = 35
LONGEST = 80  # lines of a function; more needs a written exception
FILE = 500  # lines of a file; as many or more need a written exception


class Function(NamedTuple):
    """A function where it stands: `path::Class.name`, and its lines from `def` to the end."""

    name: str
    lines: int


def functions_of(path: str, source: str) -> Iterator[Function]:
    """Every function of a file, those inside classes and functions too."""
    yield from _functions(ast.parse(source), f"{path}::")


def _functions(node: ast.AST, prefix: str) -> Iterator[Function]:
    for child in ast.iter_child_nodes(node):
        inside = prefix
        if isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            inside = f"{prefix}{child.name}."
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Function(prefix + child.name, (child.end_lineno or child.lineno) - child.lineno + 1)
        yield from _functions(child, inside)


def too_long(files: dict[str, str]) -> dict[str, int]:
    """The functions and files that need a written exception, with their lines."""
    found = {
        name: lines for path, source in files.items() for name, lines in functions_of(path, source) if lines > LONGEST
    }
    return found | {path: lines for path, source in files.items() if (lines := len(source.splitlines())) >= FILE}


def alarms(files: dict[str, str], exceptions: Container[str]) -> list[str]:
    """One sentence for each budget that is exceeded without a written exception."""
    found = [f"{name} has {lines} lines" for name, lines in too_long(files).items() if name not in exceptions]
    sizes = [function.lines for path, source in files.items() for function in functions_of(path, source)]
    long = sum(size > LONG for size in sizes)
    if long * 1000 > LONG_PER_THOUSAND * len(sizes):
        found.append(f"{long} of {len(sizes)} functions have more than {LONG} lines")
    return found


def summary(files: dict[str, str]) -> str:
    """The size of the code in one line."""
    sizes = sorted(function.lines for path, source in files.items() for function in functions_of(path, source))
    longest = max(len(source.splitlines()) for source in files.values())
    return f"{len(files)} files up to {longest} lines, {len(sizes)} functions, median {median_low(sizes)} lines"


def code(*folders: str) -> dict[str, str]:
    """The Python files that people write, by path; migrations are written by Django."""
    paths = sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in paths if "migrations" not in path.parts}


def main() -> None:
    """Measure source and tests apart, and end with exit code 1 if an alarm rings."""
    exceptions = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["densach"]["budgets"]
    source, tests = code("src", "tools", "bench"), code("tests")
    rung = alarms(source, exceptions) + alarms(tests, exceptions)
    rung += [f"the exception for {name} is not needed" for name in exceptions if name not in too_long(source | tests)]
    print(f"source: {summary(source)}", f"tests: {summary(tests)}", *(f"budget: {alarm}" for alarm in rung), sep="\n")
    sys.exit(bool(rung))


if __name__ == "__main__":
    main()

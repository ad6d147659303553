"""The alarm of the budgets rings when it should, and only then."""

from __future__ import annotations

import pytest

from tools.budgets import Function, alarms, functions_of, summary


def function(name: str, lines: int) -> str:
    return f"def {name}():\n" + "    pass\n" * (lines - 1)


def test_functions_are_found_inside_classes_and_functions() -> None:
    source = "class House:\n    def room(self):\n        def cupboard():\n            pass\n        return cupboard\n"
    assert list(functions_of("a.py", source)) == [
        Function("a.py::House.room", 4),
        Function("a.py::House.room.cupboard", 2),
    ]


@pytest.mark.parametrize(("lines", "expected"), [(80, []), (81, ["a.py::f has 81 lines"])])
def test_a_function_over_eighty_lines_needs_an_exception(lines: int, expected: list[str]) -> None:
    short = "".join(function(f"s{number}", 2) for number in range(40))
    assert alarms({"a.py": short + function("f", lines)}, {}) == expected
    assert alarms({"a.py": short + function("f", lines)}, {"a.py::f": "a table that reads better whole"}) == []


@pytest.mark.parametrize(("long", "rings"), [(7, False), (8, True)])
def test_at_most_thirty_five_in_a_thousand_functions_may_have_over_fifty_lines(long: int, rings: bool) -> None:
    files = {f"long{number}.py": function("f", 51) for number in range(long)}
    files |= {f"short{number}.py": function("f", 50) for number in range(200 - long)}
    assert alarms(files, {}) == ([f"{long} of 200 functions have more than 50 lines"] if rings else [])


@pytest.mark.parametrize(("lines", "expected"), [(499, []), (500, ["a.py has 500 lines"])])
def test_a_file_stays_under_five_hundred_lines(lines: int, expected: list[str]) -> None:
    assert alarms({"a.py": "x = 1\n" * lines}, {}) == expected


def test_the_summary_gives_the_median() -> None:
    files = {"a.py": function("a", 2) + function("b", 5), "b.py": function("c", 9)}
    assert summary(files) == "2 files up to 9 lines, 3 functions, median 5 lines"

"""Worked cases written for somebody into the file: one is added, changed or taken out, every other letter stays."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import yaml

from densach.policy.cases import Case, Cases
from densach.policy.library import entries_of
from densach.policy.reading import Source, line_at
from densach.policy.writing import cases_text
from densach.problems import Refused, problem

_NONE = re.compile(r"^cases:[ ]*\[\][ ]*$", re.MULTILINE)
_FILE = Path("x.cases.yaml")
_OPENS = (
    yaml.BlockSequenceStartToken,
    yaml.BlockMappingStartToken,
    yaml.FlowSequenceStartToken,
    yaml.FlowMappingStartToken,
)
_CLOSES = (yaml.BlockEndToken, yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)
_IN_A_CASE = 2  # the list, and the case in it


def with_case(text: str, rubric: str, case: Case) -> str:
    """The file with one more case at its end; refused (P236) where it cannot be gone on with."""
    before = text or cases_text(rubric)
    written = _NONE.sub("cases:", before).rstrip("\n") + "\n" + _case_text(case)
    _refuse_unless(written, (*cases_in(before), case))
    return written


def without_case(text: str, number: int) -> str:
    """The file without one of its cases, counted from nought; refused (P236) where that cannot be told apart."""
    cases = cases_in(text)
    if not 0 <= number < len(cases):
        raise Refused(problem("P236", "cases"))
    before, _, after = _around(text, number)
    written = before + after
    left = (*cases[:number], *cases[number + 1 :])
    if not left:
        written = re.sub(r"^cases:[ ]*$", "cases: []", written, flags=re.MULTILINE)
    _refuse_unless(written, left)
    return written


def with_case_changed(text: str, key: str, case: Case) -> str:
    """The file with the case of a key written anew in its place; every comment in and below it stays.

    One at the end of a line goes with its field; where the case has that field no more, it stands above the case.

    Refused (P238) where there is none such any more, and (P236) where it cannot be told apart.
    """
    cases = cases_in(text)
    number = next((place for place, each in enumerate(cases) if key_of(each) == key), None)
    if number is None:
        raise Refused(problem("P238", "cases"))
    before, own, after = _around(text, number)
    last = max((place for place, line in enumerate(own) if not _says_nothing(line)), default=None)
    if last is None:
        raise Refused(problem("P236", "cases"))
    above = [line for line in own[:last] if _says_nothing(line)]
    rewritten = _with_comments(_case_text(case), "".join(own[: last + 1]))
    written = before + "".join(above) + rewritten + "".join(own[last + 1 :]) + after
    _refuse_unless(written, (*cases[:number], case, *cases[number + 1 :]))
    return written


def key_of(case: Case) -> str:
    """What tells a case apart from any that says something else."""
    return sha256(_case_text(case).encode()).hexdigest()[:16]


def cases_in(text: str) -> tuple[Case, ...]:
    """The cases of a file, none of an empty one; refused where it cannot be read."""
    if not text:
        return ()
    values = [entry.value for entry in entries_of(Source(_FILE, text.encode()))]
    return tuple(case for value in values if isinstance(value, Cases) for case in value.cases)


def _around(text: str, number: int) -> tuple[str, list[str], str]:
    """What stands before a case, its own lines with those below it up to the next, and what comes after."""
    source, lines = Source(_FILE, text.encode()), text.splitlines(keepends=True)
    begins = [line_at(source, ("cases", place)) - 1 for place in range(len(cases_in(text)))] + [len(lines)]
    begin, end = begins[number], begins[number + 1]
    return "".join(lines[:begin]), lines[begin:end], "".join(lines[end:])


def _with_comments(case_text: str, before: str) -> str:
    """A case with the comments that stood at the ends of its lines before, each behind the same field."""
    lines, homeless = case_text.splitlines(), []
    for field, comment in _comments(before):
        place = next((place for place, line in enumerate(lines) if line[4:].startswith(f"{field}:")), None)
        if place is None:
            homeless.append(f"    {comment.strip()}")
        else:
            lines[place] += comment
    return "\n".join([*homeless, *lines]) + "\n"


def _comments(text: str) -> Iterator[tuple[str, str]]:
    """The comments at the ends of the lines of a case, each with the field that stands there or goes on there."""
    ends: dict[int, tuple[int, str]] = {}
    lines, field, depth, is_field = text.splitlines(), "", 0, False
    for token in _tokens(text):
        depth += isinstance(token, _OPENS) - isinstance(token, _CLOSES)
        if is_field and isinstance(token, yaml.ScalarToken):
            field = token.value
        is_field = depth == _IN_A_CASE and isinstance(token, yaml.KeyToken)
        ends[token.end_mark.line] = token.end_mark.column, field
    for place, line in enumerate(lines):
        column, field = ends.get(place, (len(line), ""))
        if line[column:].lstrip().startswith("#"):
            yield field, line[column:]


def _tokens(text: str) -> list[yaml.Token]:
    try:
        return list(yaml.scan(text, Loader=yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise Refused(problem("P236", "cases")) from error


def _says_nothing(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def _case_text(case: Case) -> str:
    given = ", ".join(f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in case.given.items())
    expect = case.expect
    said = {"in_force": expect.in_force, "verdict": expect.verdict, "level": expect.level}
    parts = [f"{name}: {value}" for name, value in said.items() if value is not None]
    if expect.points is not None:
        high = "null" if expect.points.high is None else expect.points.high
        parts.append(f"points: {{low: {expect.points.low}, high: {high}}}")
    lines = [
        f"  - name: {json.dumps(case.name, ensure_ascii=False)}",
        f"    on: {case.on}",
        *([f"    given: {{{given}}}"] if given else []),
        f"    expect: {{{', '.join(parts)}}}",
    ]
    return "\n".join(lines) + "\n"


def _refuse_unless(written: str, wanted: tuple[Case, ...]) -> None:
    try:
        found = cases_in(written)
    except Refused as refused:
        raise Refused(problem("P236", "cases")) from refused
    if found != wanted:
        raise Refused(problem("P236", "cases"))

"""`densach judge`: one subject, one rubric, the verdict with its reasons."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from densach.cli.options import day, language
from densach.formats.official.words import SPECIMEN
from densach.places.shipped import provinces
from densach.policy.library import Library, open_library
from densach.problems import Language, Refused, problem
from densach.rules.asking import Question, ask
from densach.rules.judging import Judge, Judgement
from densach.rules.model import DECIDING, DECIDING_IN_DEMO, Document
from densach.rules.receipt import Receipt, seal
from densach.rules.saying import say

MADE_UP = "MẪU"  # the name in a file that says whether all of it is made up


@dataclass(frozen=True)
class FactsFile:
    """What a file of facts says, and whether it says that all of it is made up."""

    facts: dict[str, bool | int | str | None]
    fictional: bool


@click.command()
@click.argument("rubric_id", metavar="ID")
@click.argument("facts_file", metavar="FACTS.json", type=click.Path(path_type=Path))
@click.option("--on", "on", callback=day, metavar="DATE", help="Theo luật của ngày này / by the law of this day.")
@click.option("--place", metavar="CODE", help="Mã tỉnh có quy định riêng / province whose local text applies.")
@click.option("--demo", is_flag=True, help="Dùng cả gói hư cấu MẪU / with the fictional pack.")
@click.option("--json", "as_json", is_flag=True, help="In JSON thay cho câu / JSON instead of sentences.")
@language
def judge(
    *, rubric_id: str, facts_file: Path, on: date | None, place: str | None, demo: bool, as_json: bool, lang: Language
) -> None:
    """Kết luận một đối tượng theo một bộ tiêu chí / judge one subject by one rubric."""
    library = open_library(("vn", "demo") if demo else ("vn",))
    judge = prepare(library, rubric_id, on, place)
    file = read_facts(facts_file)
    facts = file.facts
    judgement = judge.judge(facts)
    questions = ask(judge, facts, judgement)
    receipt = seal(judge, facts, judgement, on=on)
    if as_json:
        click.echo(to_json(judgement, questions, receipt, fictional=file.fictional))
    else:
        if file.fictional:
            click.echo(SPECIMEN)
        titles = {document.id: document_name(document) for document in library.documents.values()}
        for line in say(judge.rubric, judgement, questions, titles=titles, seal=receipt.seal, lang=lang):
            click.echo(line)


def prepare(library: Library, rubric_id: str, on: date | None, place: str | None) -> Judge:
    """The judge for a rubric as it stands on a day at a place.

    Refuses a day on which it is surely not in force (D102), and a place that nobody knows (D104).
    """
    if place is not None and place not in _places_known(library):
        raise Refused(problem("D104", place))
    effective = library.rubric(rubric_id, on, place)
    if on is not None and library.in_force(effective.rubric, on) == "no":
        rubric = effective.rubric
        words = {"rubric": rubric.id, "from": rubric.valid_from, "to": rubric.valid_to or "…"}
        raise Refused(problem("D102", on.isoformat(), **words))
    deciding = DECIDING_IN_DEMO if effective.fictional else DECIDING
    return Judge(effective.rubric, effective.sources, deciding)


def _places_known(library: Library) -> set[str | None]:
    """The provinces of the shipped list, and the places of local texts: no database is opened for it."""
    return {unit.code for unit in provinces()} | {overlay.place for overlay in library.overlays.values()}


def read_facts(path: Path) -> FactsFile:
    """The facts of a JSON file; refuses what is missing, unreadable or not one flat object."""
    try:
        content = json.loads(path.read_text("utf-8"), object_pairs_hook=_once_each)
    except OSError as error:
        raise Refused(problem("F106", path, reason=error.strerror or error)) from error
    except (ValueError, RecursionError) as error:
        raise Refused(problem("F107", path, reason=error)) from error
    if not isinstance(content, dict) or any(isinstance(value, list | dict) for value in content.values()):
        raise Refused(problem("F108", path))
    fictional = isinstance(content.get(MADE_UP), bool) and content.pop(MADE_UP)
    return FactsFile(content, fictional)


def document_name(document: Document) -> str:
    """A document as it is cited: kind and number, for example "Thông tư 24/2023/TT-BGDĐT"."""
    return f"{document.kind_vi} {document.number}"


def to_json(judgement: Judgement, questions: tuple[Question, ...], receipt: Receipt, *, fictional: bool = False) -> str:
    """The judgement, its questions and its receipt as one JSON object; made-up facts say so first."""
    whole: dict[str, Any] = {MADE_UP: SPECIMEN} if fictional else {}
    whole |= msgspec.to_builtins(judgement)
    whole["questions"] = msgspec.to_builtins(questions)
    whole["receipt"] = msgspec.to_builtins(receipt)
    return json.dumps(whole, ensure_ascii=False, indent=2)


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise Refused(problem("F109", ", ".join(sorted(twice))))
    return dict(pairs)

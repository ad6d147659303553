"""The catalogue of problems: complete, used, and saying the same in both languages."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from densach.problems import Refused, codes, problem

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = tomllib.loads((ROOT / "src/densach/problems.toml").read_text("utf-8"))
CODE = re.compile(r"[A-Z]\d{3}")
FILES = sorted([*(ROOT / "src").rglob("*.py"), *(ROOT / "tools").glob("*.py")])


def nodes() -> Iterator[tuple[Path, ast.AST]]:
    """Every node of the source that people write."""
    for path in FILES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            yield path, node


def words_of(code: str, lang: str) -> set[str]:
    """The words that the sentences of one language are filled with; a title is one word in both languages."""
    text = "".join(sentence for part, sentence in CATALOGUE[code].items() if part.endswith(f"_{lang}"))
    return {str(name) for _, name, _, _ in Formatter().parse(text) if name}


def test_every_code_in_the_source_stands_in_the_catalogue_and_every_entry_is_used() -> None:
    used = {
        node.value
        for _, node in nodes()
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value)
    }
    scripts = "".join(path.read_text("utf-8") for path in (ROOT / "src").rglob("*.js"))
    assert used | set(re.findall(f'"({CODE.pattern})"', scripts)) == set(codes())


def test_an_entry_says_what_happened_and_what_to_do_in_both_languages() -> None:
    told, why = {"what_vi", "what_en", "todo_vi", "todo_en"}, {"why_vi", "why_en"}
    assert [code for code, parts in CATALOGUE.items() if set(parts) not in (told, told | why)] == []


def test_an_entry_is_written_in_whole_sentences() -> None:
    whole = re.compile(r"[.?!][”\"]?$")
    assert [code for code, parts in CATALOGUE.items() if not all(map(whole.search, parts.values()))] == []


def test_both_languages_tell_the_same_words() -> None:
    told = {
        code: [{re.sub(r"_(vi|en)$", "", word) for word in words_of(code, lang)} for lang in ("vi", "en")]
        for code in CATALOGUE
    }
    assert [code for code, (vi, en) in told.items() if vi != en] == []


def test_whoever_names_a_problem_gives_all_its_words() -> None:
    wanting = {}
    for path, node in nodes():
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "problem"):
            continue
        given = {keyword.arg for keyword in node.keywords}
        code = node.args[0]
        if None in given or not isinstance(code, ast.Constant):
            continue  # the words, or the code, come from elsewhere: the tests of that place see them
        missing = words_of(str(code.value), "vi") | words_of(str(code.value), "en")
        if missing - given:
            wanting[f"{path.relative_to(ROOT)}:{node.lineno} {code.value!r}"] = missing - given
    assert wanting == {}


def test_a_refusal_tells_code_place_and_all_sentences() -> None:
    found = problem("F101", "facts.json", fact="x", rubric="r")
    assert found.told("en") == (
        "F101 facts.json: Rubric r asks for no fact named “x”. See the right names with: densach policy facts r."
    )
    assert str(Refused(found)) == found.told("en")


def test_an_unknown_code_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        problem("X999", "here")

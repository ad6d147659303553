"""Two languages: chosen by the browser or by the visitor, and neither lacks a sentence."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

import pytest
from django.template import Context, Template
from django.utils.formats import localize
from django.utils.translation import override

from densach.web.sentences import catalogue, say

if TYPE_CHECKING:
    from django.test import Client

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "src/densach/web"
SOURCES = [*WEB.rglob("*.html"), *WEB.rglob("*.py")]
USED = re.compile(r"""["']([a-z_]+\.[a-z_]*)["'{]""")


def says_the_same(forms: Mapping[str, str]) -> bool:
    """Whether both languages are there and are filled with the same words; one thing may be said without its count."""
    if set(forms) - {"en_one"} != {"vi", "en"}:
        return False
    names = {lang: {name for _, name, _, _ in Formatter().parse(text) if name} for lang, text in forms.items()}
    return names["vi"] == names["en"] and names.get("en_one", names["en"]) | {"count"} == names["en"] | {"count"}


def test_a_sentence_says_the_same_words_in_both_languages() -> None:
    assert [key for key, forms in catalogue().items() if not says_the_same(forms)] == []


def test_no_sentence_brings_markup_or_shouts() -> None:
    assert [key for key, forms in catalogue().items() if re.search(r"[<>&]|!$", "".join(forms.values()))] == []


def test_every_sentence_is_used_and_every_one_that_is_used_is_there() -> None:
    pages = {key.split(".")[0] for key in catalogue()}
    found = {key for path in SOURCES for key in USED.findall(path.read_text("utf-8")) if key.split(".")[0] in pages}
    whole = {key for key in found if key in catalogue()}
    # Completed by a kind: "law.state_" by the state, "awards.sex_" by none, too.
    beginnings = tuple((found - whole) | {key for key in whole if key.endswith("_")})
    assert [key for key in beginnings if not any(other.startswith(key) for other in catalogue())] == []
    assert [key for key in catalogue() if key not in whole and not key.startswith(beginnings)] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("header", "lang"),
    [("", "vi"), ("vi-VN,vi;q=0.9,en;q=0.8", "vi"), ("en-US,en;q=0.9", "en"), ("fr,ja;q=0.5", "vi"), (";;,,q=", "vi")],
)
def test_the_language_is_the_browsers_and_vietnamese_without_one(client: Client, header: str, lang: str) -> None:
    assert client.get("/", headers={"Accept-Language": header})["Content-Language"] == lang


@pytest.mark.django_db
def test_a_chosen_language_is_kept_and_leads_back_to_the_page(client: Client) -> None:
    response = client.post("/ngon-ngu", {"language": "en", "next": "/tim-xa?q=ia+mo"})
    assert (response.status_code, response["Location"]) == (302, "/tim-xa?q=ia+mo")
    cookie = client.cookies["ngon-ngu"]
    assert (cookie.value, cookie["httponly"], cookie["samesite"]) == ("en", True, "Lax")
    assert client.get("/")["Content-Language"] == "en"
    client.post("/ngon-ngu", {"language": "vi", "next": "/"})
    assert client.get("/", headers={"Accept-Language": "en"})["Content-Language"] == "vi"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "back", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example", ""]
)
def test_nobody_is_led_elsewhere(client: Client, back: str) -> None:
    assert client.post("/ngon-ngu", {"language": "en", "next": back})["Location"] == "/"


@pytest.mark.django_db
def test_a_language_that_we_do_not_have_is_not_kept(client: Client) -> None:
    client.post("/ngon-ngu", {"language": "../../etc", "next": "/"})
    assert not client.cookies
    assert client.get("/ngon-ngu").status_code == 405


def test_numbers_and_days_are_written_as_in_each_language() -> None:
    numbers = (1234567, Decimal("1234567.89"), date(2026, 11, 23))
    with override("vi"):
        assert [localize(each) for each in numbers] == ["1.234.567", "1.234.567,89", "23/11/2026"]
        assert Template("{{ n }}").render(Context({"n": 1234567})) == "1.234.567"
    with override("en"):
        assert [localize(each) for each in numbers] == ["1,234,567", "1,234,567.89", "23/11/2026"]


def test_words_put_into_a_sentence_are_escaped_and_counted() -> None:
    with override("en"):
        assert say("find.count", count=1, text="<b>") == "1 place like “&lt;b&gt;” was found."
        assert say("find.count", count=1200, text="x") == "1,200 places like “x” were found."
    with override("vi"):
        assert say("competence.title", on=date(2026, 1, 2)) == "Ai có thẩm quyền công nhận, ngày 02/01/2026"
    with pytest.raises(KeyError):
        say("find.nothing")

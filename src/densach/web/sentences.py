"""What the pages say: every sentence stands in `sentences/*.toml`, Vietnamese and English side by side.

A sentence is called by its file and key, `find.title`. The words put into it are escaped; numbers are grouped and
days written in the language of the page. Where English needs another form for one thing, it stands as `en_one`.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files

from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from densach.problems import Language


def language() -> Language:
    """The language of the page that is being made."""
    return "en" if get_language() == "en" else "vi"


def say(key: str, **words: object) -> SafeString:
    """A sentence in the language of the page with its words put in; an unknown key is our mistake: KeyError."""
    form = _form(_catalogue()[key], words)
    written = {name: _written(word) for name, word in words.items()}
    return format_html(form, **written) if written else SafeString(form)


def catalogue() -> dict[str, dict[str, str]]:
    """Every sentence with its forms, by key."""
    return dict(_catalogue())


def _form(forms: dict[str, str], words: dict[str, object]) -> str:
    lang = language()
    return forms["en_one"] if lang == "en" and words.get("count") == 1 and "en_one" in forms else forms[lang]


def _written(word: object) -> object:
    if isinstance(word, date):
        return date_format(word)
    return number_format(word) if isinstance(word, int) else word


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    folder = files("densach.web").joinpath("sentences")
    texts = {path.name.removesuffix(".toml"): path.read_text("utf-8") for path in folder.iterdir()}
    return {f"{page}.{key}": forms for page, text in texts.items() for key, forms in tomllib.loads(text).items()}

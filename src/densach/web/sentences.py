"""What the pages say: every sentence stands in `sentences/*.toml`, Vietnamese and English side by side.

A sentence is called by its file and key, `find.title`. The words put into it are escaped; numbers are grouped and
days written in the language of the page. Where English needs another form for one thing, it stands as `en_one`.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from html import escape
from importlib.resources import files

from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from densach.problems import Language

SHORTEST_GROUPED = 1000


def language() -> Language:
    """The language of the page that is being made."""
    return "en" if get_language() == "en" else "vi"


def say(key: str, **words: object) -> SafeString:
    """A sentence in the language of the page with its words put in; an unknown key is our mistake: KeyError."""
    return say_in(language(), key, **words)


def say_in(lang: Language, key: str, **words: object) -> SafeString:
    """The same in a language that is known already, for those who say very much."""
    form = _form(key, lang, words.get("count") == 1)
    return SafeString(form.format(**{name: _written(word) for name, word in words.items()})) if words else form


def catalogue() -> dict[str, dict[str, str]]:
    """Every sentence with its forms, by key."""
    return dict(_catalogue())


@cache
def _form(key: str, lang: Language, one: bool) -> SafeString:
    forms = _catalogue()[key]
    return SafeString(forms["en_one"] if lang == "en" and one and "en_one" in forms else forms[lang])


def _written(word: object) -> str:
    """A word as the page takes it; what is safe already is not escaped again."""
    if type(word) is str:
        return escape(word)
    if isinstance(word, date):
        return date_format(word)
    if isinstance(word, int):
        return str(word) if 0 <= word < SHORTEST_GROUPED else number_format(word)
    text = str(word)
    return text if isinstance(text, SafeString) else escape(text)


@cache
def _catalogue() -> dict[str, dict[str, str]]:
    folder = files("densach.web").joinpath("sentences")
    texts = {path.name.removesuffix(".toml"): path.read_text("utf-8") for path in folder.iterdir()}
    return {f"{page}.{key}": forms for page, text in texts.items() for key, forms in tomllib.loads(text).items()}

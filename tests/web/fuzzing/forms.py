"""The forms of a page as a browser reads them: where they go, and what each field holds before anybody types."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

TYPED = frozenset({"text", "search", "tel", "email", "number", "date", "url", "textarea"})
SILENT = frozenset({"submit", "button", "reset", "image"})


@dataclass(frozen=True)
class FormField:
    """One field: its kind as the browser knows it, what it holds, and what else it offers."""

    name: str
    kind: str
    value: str = ""
    offers: tuple[str, ...] = ()


@dataclass
class Form:
    """One form; `buttons` are the names and values of the buttons that send it."""

    action: str
    method: str
    takes_files: bool
    fields: list[FormField] = field(default_factory=list)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    @property
    def shape(self) -> tuple[str, ...]:
        """What makes two forms alike."""
        return (self.method, *sorted({f"{each.name}:{each.kind}" for each in self.fields}))


class FormReader(HTMLParser):
    """Reads the forms of a page, with the fields that stand elsewhere and name their form."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.forms = address, list[Form]()
        self._open: Form | None = None
        self._named: dict[str, Form] = {}
        self._away: list[tuple[str, FormField]] = []
        self._choice: tuple[str, str, list[str], list[str]] | None = None
        self._area: tuple[str, str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form":
            action = said.get("action") or self.address
            method = said.get("method", "get").lower()
            self._open = Form(action, method, said.get("enctype") == "multipart/form-data")
            self._named[said.get("id", "")] = self._open
            self.forms.append(self._open)
        elif tag == "input" and said.get("name"):
            self._input(said)
        elif tag == "button" and said.get("name"):
            self._keep(said, FormField(said["name"], "submit", said.get("value", "")))
        elif tag == "select":
            self._choice = (said.get("name", ""), said.get("form", ""), [], [])
        elif tag == "option" and self._choice:
            self._choice[2].append(said.get("value", ""))
            self._choice[3].extend([said.get("value", "")] if "selected" in said else [])
        elif tag == "textarea":
            self._area = (said.get("name", ""), said.get("form", ""), [])

    def handle_data(self, data: str) -> None:
        if self._area:
            self._area[2].append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None
        elif tag == "select" and self._choice:
            name, form, offers, chosen = self._choice
            value = (chosen or offers or [""])[0]
            self._keep({"form": form}, FormField(name, "select", value, tuple(offers)))
            self._choice = None
        elif tag == "textarea" and self._area:
            name, form, text = self._area
            self._keep({"form": form}, FormField(name, "textarea", "".join(text).removeprefix("\n")))
            self._area = None

    def close(self) -> None:
        super().close()
        for form, each in self._away:
            if form in self._named:
                _put(self._named[form], each)

    def _input(self, said: dict[str, str]) -> None:
        kind = said.get("type", "text").lower()
        ticked = kind not in {"radio", "checkbox"} or "checked" in said
        value = said.get("value", "on" if kind == "checkbox" else "")
        self._keep(said, FormField(said["name"], kind, value if ticked else "", (value,)))

    def _keep(self, said: dict[str, str], each: FormField) -> None:
        if said.get("form"):
            self._away.append((said["form"], each))
        elif self._open:
            _put(self._open, each)


def _put(form: Form, each: FormField) -> None:
    if each.kind in SILENT:
        form.buttons.append((each.name, each.value))
    elif each.name:
        form.fields.append(each)


def forms_of(address: str, html: str) -> list[Form]:
    """The forms that a page holds."""
    reader = FormReader(address)
    reader.feed(html)
    reader.close()
    return reader.forms

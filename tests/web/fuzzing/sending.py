"""Sends a form as no browser would: fields missing, doubled or full of what nobody expects, and broken bodies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from hypothesis import strategies as st

from tests.assessing.evidence.making import photo
from tests.web.fuzzing.forms import TYPED, Form
from tests.web.fuzzing.walking import WELL_TYPED

Sent = list[tuple[str, bytes]]
BOUNDARY = "ranh-gioi-MAU"
URLENCODED = "application/x-www-form-urlencoded"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"
WRONG = (
    "", " ", "x" * 20_000, "Ậ" * 501, "0", "-1", "1e9", "999999999999999999999999", "٣", "²", "½", "1.5", "NaN", "true",
    "31/02/2026", "2026-13-40", "0000-00-00", "9999-12-31", "0001-01-01", "1/1/1", "2026-W01-1", "20261126", "--",
    "\x00", "a\x00b", "a\x1b\x7f\u202eb", "dòng\r\nhai\tba", "\ufeff", "\ud7ff\U0001f600", "<script>alert(1)</script>",
    "' OR 1=1 --", "{{ 7|add:1 }}", "%s%n%(x)s", "{0.__class__}", "../../../etc/passwd", "https://example.org/",
    "00000000-0000-4000-8000-000000000000", "null", "[]", '{"a": [1]}', "congdan-324-2022", "on", "\u0301",
)  # fmt: skip
ASKED = (
    "on", "q", "tu", "nam", "noi", "xep", "loai", "phieu", "cach", "ma", "sau", "tinh-trang", "vai", "muc", "mo-hinh",
    "buoc", "ban-do", "xa", "mau-so", "mau", "next",
)  # fmt: skip
BROKEN_BYTES = (b"\xed\xa0\x80", b"\xff\xfe\x00", b"\xc3(", b"\xf4\x90\x80\x80")
FILES = {
    "trong.jpg": b"",
    "rong": b"\x00" * 100,
    "anh.jpg": photo(1),
    "cat.jpg": photo(1)[:500],
    "bang.xlsx": b"PK\x03\x04 khong phai bang tinh",
    "bang.csv": "họ tên,năm sinh\nNguyễn Văn Mẫu,1990\n".encode(),
    "loi.csv": b"\xff\xfe\x00\xd8,\x00",
    "van-ban.pdf": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<</Root 1 0 R>>\n%%EOF",
    "x" * 300 + ".pdf": b"%PDF-",
    'a"\r\nb\x00.exe': b"MZ",
}  # fmt: skip
BODIES = ("form", "form", "form", "form", "form", "json", "none", "cut", "no boundary", "wrong charset")


@dataclass(frozen=True)
class Plan:
    """What is sent instead: by field a way to spoil it with a value, and how the body is written."""

    spoilt: tuple[tuple[str, str, bytes], ...]
    button: tuple[str, str]
    body: str
    file: str
    twice: bool

    def spoils(self, form: Form, kind: str) -> set[str]:
        """The names of the fields of this kind that are sent spoilt."""
        spoilt = {name for name, _, _ in self.spoilt}
        return {each.name for each in form.fields if each.kind == kind and each.name in spoilt}


def plans(form: Form, beside: list[str]) -> st.SearchStrategy[Plan]:
    """Ways to send a form; `beside` are identities of another commune."""
    values = _values(beside)
    names = sorted({each.name for each in form.fields} - {"csrfmiddlewaretoken"}) or ["la"]
    ways = st.sampled_from(("wrong", "wrong", "wrong", "wrong", "wrong", "missing", "doubled"))
    return st.builds(
        Plan,
        st.lists(st.tuples(st.sampled_from(names), ways, values), min_size=1, max_size=2).map(tuple),
        st.sampled_from(form.buttons or [("", "")]),
        st.sampled_from(BODIES),
        st.sampled_from(sorted(FILES)),
        st.booleans(),
    )


def queries(form: Form | None = None) -> st.SearchStrategy[str]:
    """What may stand behind the question mark of an address: of a form that asks for a page, or of any page."""
    names = sorted({each.name for each in form.fields}) if form else ASKED
    pairs = st.tuples(st.sampled_from(names or ASKED), _values([]))
    return st.lists(pairs, min_size=1, max_size=3).map(urlencode)


def _values(beside: list[str]) -> st.SearchStrategy[bytes]:
    return st.one_of(
        st.sampled_from([*WRONG, *beside]).map(str.encode),
        st.sampled_from(BROKEN_BYTES),
        st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.integers().map(lambda number: str(number).encode()),
    )


def fields_sent(form: Form, plan: Plan) -> Sent:
    """The fields of a form well filled in, and then spoilt."""
    sent: Sent = [(each.name, _value(each)) for each in form.fields if each.kind != "file" and _is_sent(each)]
    sent += [(name, value.encode()) for name, value in [plan.button] if name]
    for name, way, value in plan.spoilt:
        if way != "doubled":
            sent = [each for each in sent if each[0] != name]
        if way != "missing" and name not in files_of(form):
            sent.append((name, value))
    return sent


def files_of(form: Form) -> list[str]:
    """The fields of a form that take a file."""
    return [each.name for each in form.fields if each.kind == "file"]


def _is_sent(each: Any) -> bool:
    return each.kind not in {"radio", "checkbox"} or bool(each.value)


def _value(each: Any) -> bytes:
    typed = WELL_TYPED.get(each.name, "") if each.kind in TYPED else ""
    return str(each.value or typed).encode()


def body_of(form: Form, plan: Plan) -> tuple[bytes, str]:
    """The body and what it says it is."""
    sent = fields_sent(form, plan)
    whole, kind = _multipart(form, sent, plan) if form.takes_files else (urlencode(sent).encode(), URLENCODED)
    written: dict[str, tuple[bytes, str]] = {
        "form": (whole, kind),
        "json": (b'{"a": [1, "\xc3("]}', "application/json"),
        "none": (b"", kind),
        "cut": (_multipart(form, sent, plan)[0][:-30], MULTIPART),
        "no boundary": (whole, "multipart/form-data"),
        "wrong charset": (whole, f"{kind}; charset=utf-42"),
    }
    return written[plan.body]


def _multipart(form: Form, sent: Sent, plan: Plan) -> tuple[bytes, str]:
    parts = [b'Content-Disposition: form-data; name="%s"\r\n\r\n%s' % (name.encode(), value) for name, value in sent]
    head = b'Content-Disposition: form-data; name="%s"; filename="%s"\r\nContent-Type: image/jpeg\r\n\r\n%s'
    parts += [head % (name.encode(), plan.file.encode(), FILES[plan.file]) for name in files_of(form)]
    edge = f"--{BOUNDARY}".encode()
    return b"".join(edge + b"\r\n" + part + b"\r\n" for part in parts) + edge + b"--\r\n", MULTIPART

"""Goes where the links of the site lead each role, and fills in the forms that open more of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import Resolver404, resolve

from tests.assessing.evidence.making import photo
from tests.web.factors import sign_in_with_factor
from tests.web.fuzzing.forms import Form, FormField, forms_of

if TYPE_CHECKING:
    from densach.accounts.models import Account
    from densach.authority.roles import Role

LEFT_ALONE = frozenset({"dang-xuat"})  # it would end the walk
WELL_TYPED: Mapping[str, str] = {
    "number": "12/2026/QĐ-UBND (MẪU)", "kind_vi": "Quyết định", "title_vi": "Quy định MẪU", "issuer_vi": "Cơ quan MẪU",
    "signed": "2026-11-20", "original": "Văn thư MẪU", "mark": "read", "scan_sha256": "a" * 64,
    "transcribed_by": "Người MẪU A", "second_reader": "Người MẪU B", "why": "Lý do MẪU", "reason": "Lý do MẪU",
    "text": "Nội dung MẪU", "name": "Nguyễn Thị Mẫu", "duty": "Tổ trưởng", "post": "Giáo viên", "decision": "12/QĐ-TH",
    "decided_on": "2026-09-01", "valid_from": "2026-09-01", "basis": "Phân công MẪU", "paper": "Giấy MẪU số 3",
    "source": "Sổ MẪU", "held_on": "2026-11-20", "begins": "2026-11-01", "ends": "2026-12-01", "agreed": "1",
    "chair": "Nguyễn Thị Mẫu", "secretary": "Trần Văn Mẫu", "present": "Nguyễn Thị Mẫu\nTrần Văn Mẫu",
    "place": "Hội trường MẪU", "discussion": "Không có ý kiến khác.", "confidence": "90", "percent": "20",
    "returns_at": "2", "year": "2027", "ethnicity": "Tày", "asks": "Xem lại mục A1", "wanted": "Nguyễn Văn Mẫu",
    "met_on": "2026-11-20", "conclusion": "Đề nghị", "signer": "Nguyễn Thị Mẫu", "portal_code": "G22.99-2611-0001",
    "received_on": "26/11/2026", "receipt": "0042", "head": "Nguyễn Văn Mẫu", "code": "H2", "due": "2026-12-15",
    "due_basis": "Công văn MẪU", "note": "Ghi chú MẪU", "since": "2026-11-26", "until": "2026-12-30",
    "username": "nguoi-moi-mau", "old": "", "published": "2026-11-25", "on": "2026-11-25", "body": "Ủy ban nhân dân xã",
}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """A form, on which page it stands, and as whom it was found."""

    role: Role | None
    page: str
    form: Form


def browser(who: Account | None) -> Client:
    """Somebody's browser; an error of ours comes out as it was raised."""
    client = Client()
    if who:
        sign_in_with_factor(client, who)
    return client


def route_of(address: str) -> str | None:
    """An address as the site writes it."""
    try:
        return str(resolve(urlsplit(address).path).route)
    except Resolver404:
        return None


def alike(address: str) -> tuple[str | None, frozenset[str]]:
    """What makes two addresses one page with other things on it."""
    return route_of(address), frozenset(name for name, _ in parse_qsl(urlsplit(address).query))


def walk(client: Client, start: list[str], role: Role | None) -> Iterator[Found]:
    """Every form that a role comes to; of addresses that are alike the first is opened."""
    todo, seen = list(start), set[object]()
    while todo:
        address = todo.pop(0)
        if not route_of(address) or alike(address) in seen:
            continue
        page, html = opened(client, address)
        seen |= {alike(address)} if html else set()
        yield from (Found(role, page, form) for form in forms_of(page, html))
        todo += [link for link in links_of(page, html) if not link.startswith("/static")]


def opened(client: Client, address: str) -> tuple[str, str]:
    """Where an address leads to, and the page there; what is no page is empty."""
    answer = client.get(address, follow=True)
    page = urljoin(address, answer.redirect_chain[-1][0]) if answer.redirect_chain else address
    is_page = answer.status_code == 200 and "html" in answer.headers.get("Content-Type", "")
    return page, answer.content.decode() if is_page else ""


def links_of(page: str, html: str) -> Iterator[str]:
    """The addresses of the site to which a page leads."""
    found = (urljoin(page, unescape(link)) for link in re.findall(r'href="([^"#]+)', html))
    return (link for link in found if link.startswith("/"))


def well_filled(form: Form) -> dict[str, object]:
    """What somebody sends who knows what to write."""
    sent: dict[str, object] = dict(form.buttons[:1])
    for each in form.fields:
        kept = sent.get(each.name, "")
        sent[each.name] = kept if each.kind == "radio" and kept and not each.value else _well_typed(each)
    return sent


def _well_typed(each: FormField) -> object:
    if each.kind == "file":
        return SimpleUploadedFile("anh.jpg", photo(1))
    if each.kind in {"radio", "checkbox"}:
        return each.offers[0]
    if each.kind == "select":
        return each.value or next(filter(None, each.offers), "")
    if each.name.startswith("value_"):
        return "95%"
    return each.value or WELL_TYPED.get(each.name, "Điều 3 MẪU" if each.name.startswith("article_") else "")

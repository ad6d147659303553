"""Made-up texts of a province that does exist: MẪU in every title, and whoever writes them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from tests.authority.roles import NOW

if TYPE_CHECKING:
    from densach.authority.access import Viewer
    from densach.lawmaking.domain import Beginning
    from densach.lawmaking.models import LawText
    from densach.lawmaking.texts import Texts

UNIT = "donvitinh-tt24-2023"
HOLE = "orderly_members_level_2"
VALID_FROM = date(2026, 12, 1)


def paper(**changes: str) -> Any:
    from densach.policy.writing import Paper

    on = changes.get("valid_from", VALID_FROM.isoformat())
    said = {
        "number": f"99/{on}/QĐ-MẪU",
        "kind_vi": "Quyết định",
        "title_vi": "Quy định MẪU về đơn vị học tập",
        "issuer_vi": "Cơ quan MẪU",
        "signed": "2026-11-20",
        "valid_from": on,
        "mark": "read",
    }
    return Paper(**(said | changes))


def filled(value: str = "95%", code: str = "19", hole: str = HOLE, **changes: str) -> Texts:
    """The files of an overlay that fills one hole."""
    from densach.lawmaking.texts import Texts
    from densach.policy.writing import Filled, Frame, document_id, document_text, filled_text, id_of

    said = paper(**changes)
    document = document_id(said, code)
    name = id_of(UNIT, code, said.valid_from)
    frame = Frame(id=name, kind="fills", rubric=UNIT, place=code, place_name="Tỉnh Thái Nguyên")
    text = filled_text(frame, said, document, [Filled(hole=hole, value=value, article="Điều 3 MẪU")])
    return Texts(law=text.encode(), document=document_text(said, document).encode())


def beginning(texts: Texts | None = None, *, valid_from: str = VALID_FROM.isoformat(), code: str = "19") -> Beginning:
    from densach.lawmaking.domain import Beginning
    from densach.lawmaking.models import Kind
    from densach.policy.writing import id_of

    name = id_of(UNIT, code, valid_from)
    texts = texts or filled(code=code, valid_from=valid_from)
    return Beginning(policy_id=name, kind=Kind.FILLS, target=UNIT, fictional=False, texts=texts)


def published(writer: Viewer, second: Viewer, begun: Beginning, *, past: bool = False) -> LawText:
    """A text that went all the way."""
    from densach.lawmaking.domain import approve, begin, publish, put_forward

    text = begin(writer, begun, at=NOW)
    put_forward(writer, text.uid, seen=1, at=NOW)
    approve(second, text.uid, seen=1, at=NOW)
    return publish(second, text.uid, past_is_meant=past, at=NOW)

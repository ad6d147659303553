"""A form may be sent with a NUL in it, which PostgreSQL keeps in no text."""

from __future__ import annotations


def test_a_nul_becomes_a_space_and_all_else_stays() -> None:
    from django.http import HttpResponse
    from django.test import RequestFactory

    from densach.web.middleware import WithoutNul

    request = RequestFactory().post("/", {"one": ["a\0b", "c"], "other": "dòng\r\nhai"})
    WithoutNul(lambda _: HttpResponse()).process_view(request, object(), (), {})
    assert dict(request.POST.lists()) == {"one": ["a b", "c"], "other": ["dòng\r\nhai"]}

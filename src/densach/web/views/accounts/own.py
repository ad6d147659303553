"""One's own account: the ways in, where it is open, how it was signed in to."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from densach.web.viewing import signed_in


@require_safe
@signed_in
def account(request: HttpRequest) -> HttpResponse:
    """Who one is here, and what can be changed."""
    return render(request, "web/accounts/account.html")

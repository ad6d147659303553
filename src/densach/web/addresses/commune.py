"""The pages of those who run a commune's round, and of those who sign in it."""

from __future__ import annotations

from django.urls import path

from densach.web.views.commune import board, log

_ROUND = "xa/<slug:name>"

urlpatterns = [
    path("xa", board.latest, name="commune"),
    path("xa/mo-dot", board.begin, name="begin_round"),
    path(_ROUND, board.board, name="round"),
    path(f"{_ROUND}/buoc/<slug:step>", board.step, name="round_step"),
    path(f"{_ROUND}/dong-dot", board.close, name="close_round"),
    path(f"{_ROUND}/nhat-ky", log.log, name="round_log"),
]

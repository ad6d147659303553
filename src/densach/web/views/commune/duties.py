"""What waits for those who run a round or sign in it: its next step."""

from __future__ import annotations

from django.urls import reverse

from densach.assessing.steps.access import name_of, own_rounds
from densach.authority.access import Viewer
from densach.authority.roles import Right
from densach.places.models import Level
from densach.web.duty import Duty
from densach.web.views.commune.board import seen_board, step_name


def of_the_round(viewer: Viewer) -> list[Duty]:
    """The next step of the latest round of one's commune, or that a round may be opened."""
    runs, signs = viewer.may(Right.RUN_ROUND), viewer.may(Right.SIGN)
    if not (runs or signs) or viewer.where is None or viewer.where.level != Level.COMMUNE:
        return []
    rounds = own_rounds(viewer)
    if not rounds:
        return [Duty("board.duty_begin", reverse("web:begin_round"))] if runs else []
    board = seen_board(rounds[0], viewer.today)
    address = reverse("web:round", args=[name_of(rounds[0])])
    if board.next is None:
        return [Duty("board.duty_done", address, {"year": str(rounds[0].year)})]
    late = sum(each.stand == "late" for each in board.steps)
    words = {"year": str(rounds[0].year), "step": step_name(board.next.step)}
    return [Duty("board.duty_next", address, words, more="board.duty_late" if late else "", waiting=1)]

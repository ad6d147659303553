"""The measures that our renderers print by (points, millimetres), inside Annex I of Nghị định 30/2020/NĐ-CP."""

from __future__ import annotations

PAGE = (210, 297)  # A4, upright
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15
TEXT_WIDTH = PAGE[0] - LEFT - RIGHT
HEAD_COLUMNS = (65, 100)  # of the issuing body and of the name of the state
SIGN_COLUMNS = (80, 85)
INDENT = 12.7
BETWEEN = 6  # points between paragraphs

HEAD = 12  # name of the state, issuing body
MOTTO = 13
NUMBER = 13
DATE = 13
BODY = 14
TABLE = 13
ANNEX = 14
PAGE_NUMBER = 13
RECIPIENTS_LABEL = 12
RECIPIENTS = 11
FOOT = 11
SIGN_GAP = 66  # points kept free for signature and seal
LONG = 1000  # letters of a paragraph that could fill a page beside its signature

"""What the files of the official papers are called."""

from __future__ import annotations

INVITATION = "giay-moi-hop"
MINUTES = "bien-ban-hop"
REPORT = "bao-cao-tu-danh-gia"
SUMMARY = "ban-tong-hop"
PROPOSAL = "to-trinh"
REPORT_UP = "bao-cao-cac-mo-hinh"
SETTING_UP = "quyet-dinh-thanh-lap-to-danh-gia"
NUMBERED = (INVITATION, MINUTES, REPORT, PROPOSAL, REPORT_UP)  # of a round's papers; a summary takes no number
MODELS = {
    "citizen": "cong-dan",
    "family": "gia-dinh",
    "clan": "dong-ho",
    "village": "thon",
    "unit": "don-vi",
    "commune": "xa",
}


def decision_name(model: str, number: int | None = None) -> str:
    """The decision on a title; once it is numbered, its number tells it from others of the same title."""
    said = "" if number is None else f"-so-{number:02}"
    return f"quyet-dinh{said}-cong-nhan-{MODELS[model]}"

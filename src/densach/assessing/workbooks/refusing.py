"""The one way in which a cell says that it holds nothing its column can take."""

from __future__ import annotations


class NotAValue(Exception):  # noqa: N818  - it is the answer of a question, not a fault of the program
    """The cell holds nothing its column can take: a code of the catalogue and the words for its sentences."""

    def __init__(self, code: str, **words: object) -> None:
        super().__init__(code)
        self.code = code
        self.words = words

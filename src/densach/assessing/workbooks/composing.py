"""From a row of a strange layout to one raw cell for each column of the form.

Names in two columns, a birth date in a column for men and one for women, a household written once for all its members:
what the sheet spreads out is put together here; what contradicts itself is refused at its cell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from densach.assessing.workbooks.cells import NO, YES, Raw, is_empty
from densach.assessing.workbooks.refusing import NotAValue
from densach.assessing.workbooks.words import head_words, plain, seen
from densach.formats.excel import Row
from densach.formats.sheets import NO as NO_WORD
from densach.formats.sheets import YES as YES_WORD
from densach.formats.vietnamese import tone_key

Cells = dict[str, Raw | NotAValue]


@dataclass
class Counted:
    """What was filled in: cells taken from the row above, and households that got a code from their place.

    `unsure` counts the cells from above that nothing in their row bears out, as a relation to the head would.
    """

    from_above: dict[str, int] = field(default_factory=dict)
    unsure: dict[str, int] = field(default_factory=dict)
    derived: dict[str, int] = field(default_factory=dict)


@dataclass
class Composer:
    """Puts the rows of one sheet together. `places` by meaning; `village` is what a person said for the whole sheet;
    `known_villages` are the names of the commune by their `tone_key`, for lines that name one in capitals;
    `taken` tells in all sheets of a workbook where each derived household begins.

    `household_by` says where households come from: `code`, `number` (a running number in the village), `order` (the
    number that only the first row of a household bears), `heads` (counted by their heads), or nothing.
    """

    sheet: str
    places: Mapping[str, int]
    village: str
    household_by: str
    carries: bool
    known_villages: Mapping[str, str] = field(default_factory=dict)
    taken: dict[str, str] = field(default_factory=dict)
    counted: Counted = field(default_factory=Counted)
    _home: str = ""
    _above: dict[str, Raw] = field(default_factory=dict)
    _section: str = ""
    _section_name: str = ""
    _heads: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        composed = {
            "full_name": (self._full_name, {"family_part"}),
            "birth_date": (self._birth, {"birth_male", "birth_day", "birth_month", "birth_year"}),
            "sex": (self._sex, {"birth_male", "male"}),
            "is_head": (self._is_head, {"relation", "head_name"}),
        }
        self._rules: dict[str, Callable[[Row], Raw]] = {
            key: rule for key, (rule, helpers) in composed.items() if helpers & self.places.keys()
        }

    def cells(self, row: Row, section: str) -> Cells:
        """What the row says for each column of the form; a contradiction stands in the place of its cell."""
        if section != self._section:
            self._section, self._above = section, {}
            self._section_name = self.known_villages.get(tone_key(section), section)
        cells: Cells = {key: _at(row, place) for key, place in self.places.items()}
        for key, rule in self._rules.items():
            try:
                cells[key] = rule(row)
            except NotAValue as refused:
                cells[key] = refused
        self._fill_village(cells)
        try:
            self._fill_household(cells, row)
        except NotAValue as refused:
            cells["household"] = refused
        return cells

    def _full_name(self, row: Row) -> Raw:
        parts = [self._get(row, "family_part"), self._get(row, "given_part")]
        said = [seen(str(part)) for part in parts if not is_empty(part)]
        if len(said) == 1:  # half a name is no name
            raise NotAValue("W233")
        return " ".join(said) or None

    def _birth(self, row: Row) -> Raw:
        if "birth_male" in self.places:
            days = [raw for key in ("birth_male", "birth_female") if not is_empty(raw := self._get(row, key))]
            if len(days) == 2:
                raise NotAValue("W234")
            return days[0] if days else None
        parts = [self._get(row, key) for key in ("birth_day", "birth_month", "birth_year")]
        said = ["" if is_empty(part) else seen(str(part)) for part in parts]
        return "/".join(said).lstrip("/") or None  # a day without its month stays 5//1980, which is no date

    def _sex(self, row: Row) -> Raw:
        said = [self._get(row, "sex")] if "sex" in self.places else []
        if "birth_male" in self.places:
            said += [word for key, word in _BY_BIRTH if not is_empty(self._get(row, key))]
        said += [word for key, word in _BY_MARK if key in self.places and _is_yes(self._get(row, key))]
        return _one(said)

    def _is_head(self, row: Row) -> Raw:
        said = [self._get(row, "is_head")] if "is_head" in self.places else []
        if not is_empty(relation := self._get(row, "relation")):
            said.append(YES_WORD if plain(str(relation)) in head_words() else NO_WORD)
        if not said and not is_empty(head := self._get(row, "head_name")):
            said.append(YES_WORD if plain(str(head)) == plain(str(self._name(row))) else NO_WORD)
        return _one(said)

    def _name(self, row: Row) -> Raw:
        return self._full_name(row) if "family_part" in self.places else self._get(row, "full_name")

    def _fill_village(self, cells: Cells) -> None:
        if is_empty(_raw(cells.get("village"))):
            cells["village"] = self._section_name or self.village or self._from_above(cells, "village")
        if self._above.get("village") != cells["village"]:
            self._above = {"village": _raw(cells["village"])}

    def _fill_household(self, cells: Cells, row: Row) -> None:
        if self.household_by == "code":
            if not is_empty(_raw(cells.get("household"))):
                self._above["household"] = _raw(cells["household"])
            elif not _is_yes(_raw(cells.get("is_head"))):
                cells["household"] = self._from_above(cells, "household")
        elif self.household_by:
            cells["household"] = self._derived(cells, row)

    def _derived(self, cells: Cells, row: Row) -> Raw:
        """Village and running number, so that the same sheet gives the same code again.

        W240 where the number comes again after other households: it is another one, or its rows are scattered.
        """
        village = seen(str(_raw(cells.get("village")) or ""))
        number = self._number(cells, village)
        if not village or is_empty(number):
            return None
        said = seen(str(number))
        code = f"{village}/{int(said) if said.isdecimal() else said}"
        begun = self.taken.setdefault(code, f"{self.sheet}!{row.number}")
        if code != self._home and begun != f"{self.sheet}!{row.number}":
            raise NotAValue("W240", household=code, first=begun)
        self._home = code
        self.counted.derived[code] = self.counted.derived.get(code, 0) + 1
        return code

    def _number(self, cells: Cells, village: str) -> Raw:
        if self.household_by == "heads":
            is_head = _is_yes(_raw(cells.get("is_head")))
            self._heads[village] = self._heads.get(village, 0) + is_head
            return self._heads[village] or None
        number = _raw(cells.get("household_number" if self.household_by == "number" else "order"))
        is_head = _is_yes(_raw(cells.get("is_head")))
        if not is_empty(number):
            self._above["household_number"] = number
            return number if is_head or self.household_by == "number" else None
        return None if is_head else self._from_above(cells, "household_number")

    def _from_above(self, cells: Cells, key: str) -> Raw:
        """The value of the row above, for a member of a household that names its household or village once."""
        above = self._above.get(key)
        if above is None or not self.carries or is_empty(_raw(cells.get("full_name"))):
            return None
        self.counted.from_above[key] = self.counted.from_above.get(key, 0) + 1
        if is_empty(_raw(cells.get("relation"))):
            self.counted.unsure[key] = self.counted.unsure.get(key, 0) + 1
        return above

    def _get(self, row: Row, key: str) -> Raw:
        return _at(row, self.places[key]) if key in self.places else None


_BY_BIRTH = (("birth_male", "Nam"), ("birth_female", "Nữ"))
_BY_MARK = (("male", "Nam"), ("female", "Nữ"))


def _at(row: Row, place: int) -> Raw:
    return row.values[place] if place < len(row.values) else None


def _raw(said: Raw | NotAValue) -> Raw:
    return None if isinstance(said, NotAValue) else said


def _one(said: list[Raw]) -> Raw:
    """What several columns say of one thing; W234 where they contradict each other."""
    different = {_word(raw): raw for raw in said if not is_empty(raw)}
    if len(different) > 1:
        raise NotAValue("W234")
    return next(iter(different.values()), None)


def _word(raw: Raw) -> str:
    if raw in (YES_WORD, NO_WORD):
        return str(raw)
    word = plain(str(raw))
    return NO_WORD if word in NO else YES_WORD if word in YES or raw is True else word


def _is_yes(raw: Raw) -> bool:
    return raw is True or (not is_empty(raw) and _word(raw) == YES_WORD)

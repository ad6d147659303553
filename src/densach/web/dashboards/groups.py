"""The groups of a commune's people in words, on the page and in its file."""

from __future__ import annotations

from densach.assessing.privacy.counting import INSIDE, OUTSIDE
from densach.formats.vietnamese import format_date
from densach.places.models import AreaList
from densach.policy.words import say as policy_word
from densach.reporting.breakdowns.access import Part, Seen
from densach.reporting.dashboards.areas import OTHERS
from densach.reporting.dashboards.spreading import Spread
from densach.reporting.equity import AGES, NO_VILLAGE, RESIDENCES, SEXES
from densach.web.dashboards.pictures import base_said, model_said
from densach.web.dashboards.telling import share_said
from densach.web.sentences import language, say

Line = list[object]
PROTECTED = ("ethnicity", "poverty", "disability")
_WORDS = {
    **dict(zip(SEXES, ("female", "male"), strict=True)),
    **dict(zip(AGES, ("young", "middle", "old", "no_age"), strict=True)),
    NO_VILLAGE: "no_village",
    **dict(zip(RESIDENCES.values(), ("permanent", "temporary", "way_unknown"), strict=True)),
    **{f"{kind}_{side}": f"{kind}_{side}" for kind in PROTECTED for side in (INSIDE, OUTSIDE)},
}


def group_said(part: Part) -> str:
    """What a group is called; a village by its own name."""
    word = _WORDS.get(part.name)
    return str(say(f"breakdown.{word}")) if word else part.name


def title_said(seen: Seen) -> str:
    """What the page and its file are called."""
    return str(say("breakdown.title", place=seen.place.name, year=str(seen.year)))


def lines_of(seen: Seen) -> list[Line]:
    """The title, the heads, and the groups of every dimension in the order of the page."""
    heads: Line = [say(f"breakdown.head_{name}") for name in ("dimension", "group", "recognised", "adults", "share")]
    groups = [(each.name, each.parts) for each in (seen.counted.dimensions if seen.counted else ())]
    groups += [(each.kind, each.parts) for each in seen.protected or ()]
    return [[title_said(seen)], heads, *(_line(name, part) for name, parts in groups for part in parts)]


def _line(dimension: str, part: Part) -> Line:
    number = part.number
    told = say("dashboard.hidden") if number.hidden else ""
    counts = [told or number.value, told or number.base]
    return [say(f"breakdown.by_{dimension}"), group_said(part), *counts, told or share_said(number)]


def lines_of_spread(seen: Spread) -> list[Line]:
    """The title, the heads, and the kinds of communes and of areas in the order of the page."""
    choice = seen.choice
    title = f"{say('breakdown.spread_title', place=seen.place.name, year=str(choice.year))}: {model_said(choice.model)}"
    heads: Line = [say("breakdown.spread_kind"), say("dashboard.count_recognised"), base_said(choice.base)]
    heads += [say("dashboard.share_head"), say("breakdown.spread_count")]
    kinds = [(kind.name, kind.number) for kind in seen.kinds]
    kinds += [(area_said(kind.name, each.family), kind.number) for each in seen.families for kind in each.kinds]
    rows: list[Line] = [
        [name, number.value, number.base, share_said(number), number.reported] for name, number in kinds
    ]
    return [[title], heads, *rows]


def area_said(name: str, family: str) -> str:
    """What the communes of a kind of area are called, or those of none of its family."""
    return str(say(f"breakdown.area_others_{family}" if name == OTHERS else f"breakdown.area_{name}"))


def source_said(area_list: AreaList) -> str:
    """The text that a list is from, and how surely it is known."""
    words = {"number": area_list.number, "issuer": area_list.issuer, "day": format_date(area_list.signed_on)}
    return str(say("breakdown.area_source", **words, mark=policy_word(area_list.mark, language())))

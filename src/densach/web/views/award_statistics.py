"""Awards counted by form, subject and mode, and who is among those put forward and awarded."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from densach.awards import by_law
from densach.awards.models import Mode
from densach.awards.statistics.access import Statistics, statistics_for
from densach.awards.statistics.counting import COLUMNS
from densach.awards.statistics.fairness import COUNTED_APART, Share
from densach.awards.statistics.minorities import Minorities, Part, minorities_in, rounds_to_count
from densach.awards.statistics.workbook import difference_words, ratio_words, write_statistics
from densach.formats.vietnamese import format_number
from densach.measures.suppression import FEWEST
from densach.people.numbers import load_keys
from densach.problems import Refused, problem
from densach.web.filling import Filled
from densach.web.sentences import say
from densach.web.viewing import demonstration, signed_in, viewer

PARTS = ("nominated", "awarded")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@signed_in
def statistics(request: HttpRequest) -> HttpResponse:
    """The table of awards and the groups of a year, in one round or in all."""
    found = _found(request)
    names, modes = _names(), dict(Mode.choices)
    columns = [say(f"award_statistics.col_{key}") for key in COLUMNS]
    page = {
        "found": found,
        "columns": columns,
        "lines": [
            (names.get(row.award, row.award), modes.get(row.mode, ""), list(zip(columns, row.counts, strict=True)))
            for row in found.table
        ],
        "groups": [
            (
                say(f"award_statistics.group_{each.key}"),
                [_share_said(share) for share in (each.nominated, each.passed, each.awarded)],
                each.unknown,
                [(gap, difference_words(gap), ratio_words(gap)) for gap in (each.passing, each.awarding)],
            )
            for each in found.fairness
        ],
        "counted_apart": [say(f"award_statistics.group_{key}") for key in COUNTED_APART],
        "years": sorted({each.year for each in found.rounds} | {found.year}, reverse=True),
    }
    return render(request, "web/award_statistics.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def minorities(request: HttpRequest) -> HttpResponse:
    """Ethnic minorities in a round that is over: counted when asked for, which the log keeps."""
    seen, form = viewer(request), Filled(request.POST)
    rounds = rounds_to_count(seen)
    found = _counted(request, form) if request.method == "POST" else None
    parts = [(say(f"award_statistics.{key}"), _part_said(getattr(found, key))) for key in PARTS] if found else []
    page = {"rounds": rounds, "found": found, "parts": parts, "form": form, "fewest": FEWEST}
    return render(request, "web/award_minorities.html", page, status=200 if form.is_whole else 400)


@require_safe
@signed_in
def workbook(request: HttpRequest) -> HttpResponse:
    """The same as a workbook."""
    found, seen = _found(request), viewer(request)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "thong-ke.xlsx"
        fictional = demonstration(request) or found.is_fictional
        write_statistics(path, found, _names(), made_on=seen.today, fictional=fictional)
        response = HttpResponse(BytesIO(path.read_bytes()), content_type=XLSX)
    response.headers["Content-Disposition"] = f'attachment; filename="thong-ke-khen-{found.year}.xlsx"'
    return response


def _counted(request: HttpRequest, form: Filled) -> Minorities | None:
    if not form.uids("round"):
        raise Refused(problem("H103", "round"))
    try:
        uid, keys = form.uids("round")[0], load_keys(settings.KEYS_FILE)
        return minorities_in(viewer(request), uid, keys=keys, at=timezone.now())
    except Refused as refusal:
        form.refuse(refusal)
        return None


def _part_said(part: Part) -> str:
    if part.count is None or part.base is None:
        return str(say("award_statistics.hidden"))
    return _share_said(Share(part.count, part.base))


def _found(request: HttpRequest) -> Statistics:
    seen = viewer(request)
    given, round_uid = request.GET.get("nam", ""), request.GET.get("dot", "")
    year = int(given) if given.isascii() and given.isdecimal() and len(given) == 4 else seen.today.year
    try:
        return statistics_for(seen, year, UUID(round_uid) if round_uid else None)
    except ValueError as error:
        raise Refused(problem("H103", "dot")) from error


def _names() -> dict[str, str]:
    return {code: each.name_vi for code, each in by_law.law().awards.items()}


def _share_said(share: Share) -> str:
    found = share.estimate
    if found is None or found.low is None or found.high is None:
        return str(say("award_statistics.no_figure"))
    low, high = _percent(found.low), _percent(found.high)
    count, base = format_number(share.count), format_number(share.base)
    said = say("award_statistics.share", count=count, base=base, share=_percent(found.value), low=low, high=high)
    return str(said)


def _percent(value: float) -> str:
    return f"{value * 100:.1f}".replace(".", ",")

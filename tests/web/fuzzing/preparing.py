"""What the roles of a made-up commune do before their forms are tried, so that there is something to write on."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from django.core.files.uploadedfile import SimpleUploadedFile

from densach.authority.roles import Role
from tests.lawmaking.writing import UNIT
from tests.web.fuzzing.forms import forms_of
from tests.web.fuzzing.walking import browser, links_of, opened, route_of, well_filled

if TYPE_CHECKING:
    from tests.access.world import World

BOARD = "/xa/2026-mau"
REQUEST = "du-lieu-cua-toi/<uuid:uid>/de-nghi/<slug:kind>"
DECISION = "xa/<slug:name>/quyet-dinh/<slug:model>"
SHEET = SimpleUploadedFile("a.csv", b"a,b\n1,2\n")


class Step(NamedTuple):
    """Open a page as a role, go on to the first link of a form if one is named, and send a form of the page."""

    role: Role
    page: str
    action: str
    changes: Mapping[str, object] = MappingProxyType({})
    link: str = ""


STEPS = (
    Step(Role.CITIZEN, "/nha", "nha/dang-ky"),
    Step(Role.CITIZEN, "/nha", "phieu/<uuid:uid>/ghi", {"a1": "9", "do": "save"}, r"/phieu/[^/]+/ghi"),
    Step(Role.CITIZEN, "/du-lieu-cua-toi", REQUEST, {}, r".*/de-nghi/restrict"),
    Step(Role.HOUSEHOLD_HEAD, "/phieu/{sheet}/y-kien", "phieu/<uuid:uid>/y-kien"),
    Step(Role.UNIT_HEAD, "/don-vi/to-danh-gia", "don-vi/to-danh-gia"),
    Step(Role.UNIT_HEAD, "/don-vi", "don-vi/bat-dau"),
    Step(Role.CLAN_HEAD, "/dong-ho", "dong-ho/bat-dau"),
    Step(Role.COMMUNE_OFFICER, "/xa/ho-so", "xa/ho-so/bat-dau"),
    Step(Role.COMMUNE_OFFICER, f"{BOARD}/hop/moi", "xa/<slug:name>/hop/moi"),
    Step(Role.COMMUNE_OFFICER, f"{BOARD}/danh-sach", "xa/<slug:name>/danh-sach"),
    Step(Role.COMMUNE_OFFICER, f"{BOARD}/quyet-dinh/citizen", DECISION, {"number": "5"}),
    Step(Role.COMMUNE_OFFICER, f"{BOARD}/bao-cao", "xa/<slug:name>/bao-cao"),
    Step(Role.COMMUNE_OFFICER, f"{BOARD}/nhap", "xa/<slug:name>/nhap", {"file": SHEET}),
    Step(Role.RUBRIC_EDITOR, f"/ban-soan/moi/fills/{UNIT}", "ban-soan/moi/<slug:kind>/<slug:rubric_id>"),
)  # fmt: skip


def prepare(world: World) -> list[str]:
    """Do all of it; the steps that could not be done."""
    uids = {name: str(uid) for name, uid in world.here.uids.items()}
    return [told for step in STEPS if (told := _do(world, step, step.page.format(**uids)))]


def _do(world: World, step: Step, address: str) -> str:
    client = browser(world.accounts[step.role])
    page, html = opened(client, address)
    if step.link:
        found = next(filter(lambda link: re.fullmatch(step.link, link), links_of(page, html)), None)
        if not found:
            return f"{step.page}: no link {step.link}"
        page, html = opened(client, found)
    forms = [form for form in forms_of(page, html) if form.method == "post" and route_of(form.action) == step.action]
    if not forms:
        return f"{step.page}: no form {step.action} on {page}"
    answer = client.post(forms[0].action, well_filled(forms[0]) | dict(step.changes))
    told = re.findall(r'class="(?:problem|attention)[^>]*>([^<]*)', answer.content.decode())
    return "" if answer.status_code == 302 else f"{step.page}: {answer.status_code} {told}"

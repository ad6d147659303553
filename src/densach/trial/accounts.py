"""The accounts of a demonstration, one for each role, all about one household, its village, commune and province.

They are written down in a file beside the database, from which the page for signing in shows them; no other database
has that file.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.contrib.auth.hashers import make_password
from django.db import transaction

from densach.accounts.domain import keep_phone
from densach.accounts.models import Account
from densach.accounts.phones import phone_typed
from densach.assessing.frame import Frame
from densach.assessing.models import Round
from densach.assessing.queries import recognised
from densach.assessing.titles import BY_MODEL
from densach.authority.granting import Charge, Thing, give_first_role
from densach.authority.roles import Role
from densach.formats.vietnamese import sort_key
from densach.history.domain import Act
from densach.people.models import Clan, Household, Person, Unit
from densach.people.queries import clan_seats_on, head_of, unit_seats_on
from densach.places.models import Place
from densach.places.queries import above_of
from densach.web.signing.demonstration import ACCOUNTS

PASSWORD = "den-sach-MAU"  # noqa: S105  - printed for everybody: it opens made-up data on one's own machine only
PHONE, WITH_PHONE = "0000 000 001", "cong-dan"  # no network begins so: nobody has this number
BASIS = "Phân công MẪU để trình diễn"


@dataclass(frozen=True)
class Cast:
    """Whom and what the roles of a demonstration are held over."""

    person: Person
    household: Household
    clan: Clan
    unit: Unit
    village: Place
    commune: Place
    province: Place
    country: Place


ROLES: tuple[tuple[str, Role, str], ...] = (
    ("cong-dan", Role.CITIZEN, "person"),
    ("chu-ho", Role.HOUSEHOLD_HEAD, "household"),
    ("truong-ho", Role.CLAN_HEAD, "clan"),
    ("truong-don-vi", Role.UNIT_HEAD, "unit"),
    ("to-danh-gia", Role.UNIT_ASSESSOR, "unit"),
    ("truong-thon", Role.VILLAGE_HEAD, "village"),
    ("chi-hoi", Role.CHAPTER_OFFICER, "village"),
    ("hoi-khuyen-hoc-xa", Role.ASSOCIATION_OFFICER, "commune"),
    ("chu-tich-hoi-xa", Role.ASSOCIATION_OFFICER, "commune"),
    ("trung-tam", Role.CENTRE_DIRECTOR, "commune"),
    ("can-bo-xa", Role.COMMUNE_OFFICER, "commune"),
    ("lanh-dao-xa", Role.COMMUNE_LEADER, "commune"),
    ("thi-dua-xa", Role.EMULATION_OFFICER, "commune"),
    ("hoi-dong-xa", Role.COUNCIL_MEMBER, "commune"),
    ("hoi-dong-xa-2", Role.COUNCIL_MEMBER, "commune"),
    ("hoi-dong-xa-3", Role.COUNCIL_MEMBER, "commune"),
    ("tiep-dan-xa", Role.CASE_OFFICER, "commune"),
    ("cap-uy-xa", Role.PARTY_HEAD, "commune"),
    ("mat-tran-xa", Role.FRONT_HEAD, "commune"),
    ("doan-the-xa", Role.ORGANISATION_HEAD, "commune"),
    ("hoi-khuyen-hoc-tinh", Role.ASSOCIATION_OFFICER, "province"),
    ("can-bo-tinh", Role.PROVINCE_OFFICER, "province"),
    ("lanh-dao-tinh", Role.PROVINCE_LEADER, "province"),
    ("thi-dua", Role.EMULATION_OFFICER, "province"),
    ("hoi-dong-tinh", Role.COUNCIL_MEMBER, "province"),
    ("hoi-dong-tinh-2", Role.COUNCIL_MEMBER, "province"),
    ("can-bo-bo", Role.MINISTRY_OFFICER, "country"),
    ("soan-luat", Role.RUBRIC_EDITOR, "country"),
    ("duyet-luat", Role.RUBRIC_EDITOR, "country"),
    ("kiem-tra", Role.AUDITOR, "commune"),
    ("quan-tri", Role.ADMINISTRATOR, "country"),
)


def cast_of(round_: Round, frame: Frame) -> Cast:
    """The first village by name, a household in it that holds a certificate, the first clan and the first unit."""
    commune = round_.place
    village = min(frame.villages, key=lambda key: sort_key(frame.villages[key]))
    families = recognised(round_, BY_MODEL["family"].key, frame.on)
    held = {row.subject.household_id for row in families.values()} & set(frame.village_households[village])
    home = frame.households[min(key for key in held if key is not None)]
    country, province = (row.place for row in above_of(commune, frame.on))
    return Cast(
        person=head_of(home.household, frame.on),
        household=home.household,
        clan=clan_seats_on(commune, frame.on)[0].clan,
        unit=unit_seats_on(commune, frame.on)[0].unit,
        village=home.village,
        commune=commune,
        province=province,
        country=country,
    )


def make_accounts(cast: Cast, folder: Path, *, since: date, until: date, act: Act) -> None:
    """Make an account for each role, and write them down in the folder of the database."""
    password = make_password(PASSWORD)
    with transaction.atomic():
        for username, role, over in ROLES:
            account = Account(
                username=username, name=f"{_called(username, role)} (MẪU)", password=password, made_at=act.at
            )
            account.save(force_insert=True)
            thing: Thing = getattr(cast, over)
            charge = Charge(role=role, thing=thing, valid_from=since, valid_to=until, basis=BASIS)
            give_first_role(account, charge, act=act)
            if username == WITH_PHONE:
                keep_phone(account, phone_typed(PHONE), act=act)
    listed = [{"username": username, "role": role, "name": _called(username, role)} for username, role, _ in ROLES]
    told = {"password": PASSWORD, "phone": PHONE, "accounts": listed}
    (folder / ACCOUNTS).write_text(json.dumps(told, ensure_ascii=False), "utf-8")


def _called(username: str, role: Role) -> str:
    """The name of a role; that of a second and third account of one role has its number, to tell them apart."""
    number = username.rpartition("-")[2]
    return f"{role.label} {number}" if number.isdecimal() else role.label

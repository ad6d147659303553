"""Who may open each address of the site: all of them, so that none that comes later can be forgotten.

Each address is written as the site writes it. Of a thing that an address names, the roles stand here that open it where
it is theirs; beside it, in the neighbouring commune, it opens for those alone whose place holds both.
"""

from __future__ import annotations

from densach.authority.roles import POSTS, Right, Role

Roles = frozenset[Role]


def holding(*rights: Right) -> Roles:
    """The roles that have all these rights."""
    return frozenset(role for role, post in POSTS.items() if set(rights) <= post.rights)


EVERYONE = frozenset(Role)
NOBODY: Roles = frozenset()  # of a thing that is not in this world: its own tests make one
OVER_BOTH = frozenset({Role.PROVINCE_OFFICER, Role.PROVINCE_LEADER, Role.MINISTRY_OFFICER})
GIVERS = holding(Right.GIVE_RIGHTS)
NAMES_HEADS = frozenset({Role.COMMUNE_OFFICER, Role.COMMUNE_LEADER, Role.ADMINISTRATOR})
READS_LOG = holding(Right.READ_LOG)
RUNS = holding(Right.RUN_ROUND)
DESK = holding(Right.WRITE_LAW)
VILLAGE = frozenset({Role.VILLAGE_HEAD, Role.CHAPTER_OFFICER})
WRITES_FOR_OTHERS = VILLAGE | {Role.COMMUNE_OFFICER}
SCORES = frozenset({Role.CHAPTER_OFFICER, Role.COMMUNE_OFFICER})
HOME = frozenset({Role.CITIZEN, Role.HOUSEHOLD_HEAD})

PUBLIC = frozenset(
    {
        "", "tim-xa", "noi/<uuid:uid>", "tham-quyen", "luat", "luat/<slug:rubric_id>", "luat/<slug:rubric_id>/thu",
        "luat/<slug:rubric_id>/chuong-trinh.json", "chung-nhan", "chung-nhan/<str:code>", "so-lieu", "gioi-thieu",
        "tro-nang", "ngon-ngu", "healthz",
    }
)  # fmt: skip
# Signing in, one's own account, and taking up a role speak of nobody but who sits before them; tests/web/test_accounts*
# tries them one by one.
OWN_ACCOUNT = ("dang-nhap", "dang-xuat", "mat-khau-dau", "nhan-vai", "tai-khoan", "viec-cua-toi")

OPENS: dict[str, Roles] = {
    "phieu-nhan-vai": frozenset({Role.VILLAGE_HEAD}) | NAMES_HEADS,
    "phieu-nhan-vai/<uuid:uid>": frozenset({Role.VILLAGE_HEAD}) | NAMES_HEADS,
    "nguoi-va-vai": GIVERS,
    "nguoi-va-vai/giao": GIVERS,
    "nguoi-va-vai/<uuid:uid>": NAMES_HEADS | {Role.VILLAGE_HEAD},
    "nhat-ky-dang-nhap": READS_LOG,
    "nha": HOME,
    "nha/<uuid:uid>": WRITES_FOR_OTHERS | {Role.HOUSEHOLD_HEAD},
    "phieu/<uuid:uid>": WRITES_FOR_OTHERS | {Role.ASSOCIATION_OFFICER},
    "phieu/<uuid:uid>/ghi": WRITES_FOR_OTHERS,
    "phieu/<uuid:uid>/ket-qua": WRITES_FOR_OTHERS | {Role.ASSOCIATION_OFFICER},
    "phieu/<uuid:uid>/chuong-trinh.json": WRITES_FOR_OTHERS,
    "xa": RUNS | {Role.COMMUNE_LEADER},
    "xa/mo-dot": RUNS,
    "xa/trung": RUNS,
    "xa/trung/da-xem": RUNS,
    "xa/trung/<uuid:one>/<uuid:other>": NOBODY,
    "xa/<slug:name>": RUNS | {Role.COMMUNE_LEADER, Role.ASSOCIATION_OFFICER},
    "xa/<slug:name>/buoc/<slug:step>": RUNS,
    "xa/<slug:name>/nhat-ky": RUNS | {Role.COMMUNE_LEADER, Role.AUDITOR, Role.ADMINISTRATOR},
    "xa/<slug:name>/xem-lai": RUNS,
    "xa/<slug:name>/xem-lai/chot-danh-sach": RUNS,
    "xa/<slug:name>/dau-hieu": RUNS,
    "ban-soan": DESK,
    "ban-soan/moi": DESK,
    "tinh": OVER_BOTH,
    "tinh/bang.csv": OVER_BOTH,
    "tinh/so-sanh": OVER_BOTH,
    "tinh/xa/<uuid:uid>": OVER_BOTH,
    "thon/<uuid:uid>": WRITES_FOR_OTHERS,
    "thon/<uuid:uid>/luoi": WRITES_FOR_OTHERS,
    "thon/<uuid:uid>/ho/<uuid:household>": WRITES_FOR_OTHERS,
    "thon/<uuid:uid>/nhap-nhanh": WRITES_FOR_OTHERS,
    "thon/<uuid:uid>/nhap-phieu": WRITES_FOR_OTHERS,
    "thon/<uuid:uid>/kiem-tra": SCORES,
    "thon/<uuid:uid>/kiem-tra/<uuid:sheet>": SCORES,
    "thon/<uuid:uid>/in-phieu": WRITES_FOR_OTHERS,
    "thon/<uuid:uid>/phieu.pdf": WRITES_FOR_OTHERS,
    "thon/<uuid:uid>/to-nhac.pdf": WRITES_FOR_OTHERS,
    "thon/<uuid:uid>/nhac": WRITES_FOR_OTHERS,
    "thon/<uuid:uid>/nhac.png": WRITES_FOR_OTHERS,
    "thon/<uuid:uid>/niem-yet.pdf": WRITES_FOR_OTHERS,
    "thon/<uuid:uid>/con-thieu": WRITES_FOR_OTHERS,
}

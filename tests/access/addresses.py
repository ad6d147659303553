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
WRITES_AT_HOME = WRITES_FOR_OTHERS | {Role.HOUSEHOLD_HEAD}  # the sheet of this world is of the head's own household
SCORES = frozenset({Role.CHAPTER_OFFICER, Role.COMMUNE_OFFICER})
HOME = frozenset({Role.CITIZEN, Role.HOUSEHOLD_HEAD})
OWN_UNIT = frozenset({Role.UNIT_HEAD, Role.UNIT_ASSESSOR})
SIGNS_HERE = RUNS | {Role.COMMUNE_LEADER}
READS_FIGURES = holding(Right.SEE_FIGURES)
SETS_TARGETS = holding(Right.SET_TARGETS)

PUBLIC = frozenset(
    {
        "", "tim-xa", "noi/<uuid:uid>", "tham-quyen", "luat", "luat/<slug:rubric_id>", "luat/<slug:rubric_id>/thu",
        "luat/<slug:rubric_id>/chuong-trinh.json", "chung-nhan", "chung-nhan/<str:code>", "so-lieu", "muc-tieu",
        "muc-tieu/bang.csv", "gioi-thieu", "bang-so-lieu", "bang-so-lieu/<uuid:uid>",
        "bang-so-lieu/<uuid:uid>/<slug:name>.svg", "bang-so-lieu/<uuid:uid>/<slug:name>.csv",
        "guong-tot/chuyen", "guong-tot/chuyen/<uuid:uid>",
        "tro-nang", "ngon-ngu", "healthz",
        "api/v1/openapi.json", "api/v1/dataSets",
        "api/v1/dataValueSets",  # for programs with a token, whatever role a browser has signed in with (tests/api)
    }
)  # fmt: skip
# Signing in, one's own account, and taking up a role speak of nobody but who sits before them; tests/web/test_accounts*
# tries them one by one.
OWN_ACCOUNT = ("dang-nhap", "dang-xuat", "mat-khau-dau", "nhan-vai", "tai-khoan", "viec-cua-toi")
# Says to whoever signed in what is held of them, or what they asked for, be it nothing.
ANY_ACCOUNT = frozenset({"du-lieu-cua-toi", "viec-nen"})

OPENS: dict[str, Roles] = {
    "phieu-nhan-vai": frozenset({Role.VILLAGE_HEAD}) | NAMES_HEADS,
    "phieu-nhan-vai/<uuid:uid>": frozenset({Role.VILLAGE_HEAD}) | NAMES_HEADS,
    "phieu-nhan-vai/<uuid:uid>/in": frozenset({Role.VILLAGE_HEAD}) | NAMES_HEADS,
    "nguoi-va-vai": GIVERS,
    "nguoi-va-vai/giao": GIVERS,
    "nguoi-va-vai/<uuid:uid>": NAMES_HEADS | {Role.VILLAGE_HEAD},
    "nguoi-va-vai/<uuid:uid>/chuyen": NAMES_HEADS | {Role.VILLAGE_HEAD},
    "nguoi-va-vai/<uuid:uid>/ket-thuc": NAMES_HEADS | {Role.VILLAGE_HEAD},
    "nguoi-va-vai/<uuid:uid>/ma": NAMES_HEADS | {Role.VILLAGE_HEAD},
    "nhat-ky-dang-nhap": READS_LOG,
    "nha": HOME,
    "nha/<uuid:uid>": WRITES_FOR_OTHERS | {Role.HOUSEHOLD_HEAD},
    "nha/giay": HOME,
    "nha/dong-ho": frozenset({Role.HOUSEHOLD_HEAD}),
    "phieu/<uuid:uid>": WRITES_AT_HOME | {Role.ASSOCIATION_OFFICER},
    "phieu/<uuid:uid>/ghi": WRITES_AT_HOME,
    "phieu/<uuid:uid>/ket-qua": WRITES_AT_HOME | {Role.ASSOCIATION_OFFICER},
    "phieu/<uuid:uid>/chuong-trinh.json": WRITES_AT_HOME,
    "phieu/<uuid:uid>/minh-chung": WRITES_AT_HOME | {Role.ASSOCIATION_OFFICER},
    "phieu/<uuid:uid>/y-kien": RUNS | {Role.HOUSEHOLD_HEAD},
    "y-kien": RUNS,
    "du-lieu-cua-toi/<uuid:uid>": HOME,
    **dict.fromkeys(
        (
            f"du-lieu-cua-toi/<uuid:uid>/{page}"
            for page in ("dang-giu", "dieu-rieng", "ho-so", "nhat-ky", "tai-ve", "xoa")
        ),
        HOME,
    ),
    "yeu-cau-du-lieu": RUNS,
    "nguoi-trong-xa": RUNS,
    "nguoi-trong-xa/<uuid:uid>/dieu-rieng": RUNS,
    "nguoi-trong-xa/<uuid:uid>/giay-dong-y": RUNS,
    "hoi": frozenset({Role.ASSOCIATION_OFFICER, Role.COMMUNE_OFFICER}),
    "hoi/cham": frozenset({Role.ASSOCIATION_OFFICER, Role.COMMUNE_OFFICER}),
    "don-vi": OWN_UNIT,
    "don-vi/to-danh-gia": OWN_UNIT,
    "dong-ho": frozenset({Role.CLAN_HEAD}),
    "dong-ho/bat-dau": frozenset({Role.CLAN_HEAD}),
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
    **dict.fromkeys(
        (
            f"xa/<slug:name>/{step}"
            for step in (
                "dong-dot",
                "nhap",
                "nam-truoc",
                "nam-truoc/quyet-dinh",
                "ket-luan",
                "hop",
                "hop/moi",
                "danh-sach",
                "giay-chung-nhan",
                "bao-cao",
            )
        ),
        RUNS,
    ),
    "xa/<slug:name>/quyet-dinh": SIGNS_HERE,
    "xa/ho-so": SIGNS_HERE,
    "xa/ho-so/bat-dau": RUNS,
    "cau-hoi-cap-tren": SIGNS_HERE | {Role.PROVINCE_LEADER},
    "cau-hoi-cap-tren/<uuid:inquiry>": SIGNS_HERE,
    "tinh-hinh": READS_FIGURES - VILLAGE,
    "bao-cao": READS_FIGURES - VILLAGE,
    "bao-cao/<slug:dataset>/<str:period>": OVER_BOTH,
    "bao-cao/<slug:dataset>/<str:period>/bang.csv": OVER_BOTH,
    "bao-cao/<slug:dataset>/<str:period>/han": frozenset({Role.PROVINCE_OFFICER, Role.MINISTRY_OFFICER}),
    "bao-cao/<slug:dataset>/<str:period>/<uuid:uid>": READS_FIGURES - VILLAGE,
    "bao-cao/<slug:dataset>/<str:period>/<uuid:uid>/buoc": READS_FIGURES - VILLAGE,
    "bao-cao/<slug:dataset>/<str:period>/<uuid:uid>/mau.xlsx": READS_FIGURES - VILLAGE,
    "bao-cao/<slug:dataset>/<str:period>/<uuid:uid>/tep": frozenset({Role.COMMUNE_OFFICER}),
    "nguoi-dung-dau": holding(Right.SEE_OWN_TASKS),
    "muc-tieu/moi": SETS_TARGETS,
    "muc-tieu/noi/<uuid:uid>": READS_FIGURES,
    "muc-tieu/noi/<uuid:uid>/bang.csv": READS_FIGURES,
    "muc-tieu/<uuid:target>": READS_FIGURES,
    "muc-tieu/<uuid:target>/sua": frozenset({Role.COMMUNE_LEADER}),
    "muc-tieu/<uuid:target>/ket-thuc": frozenset({Role.COMMUNE_LEADER}),
    "ban-soan": DESK,
    "ban-soan/moi": DESK,
    "ban-soan/moi/<slug:kind>/<slug:rubric_id>": DESK,
    "tinh": OVER_BOTH,
    "tinh/bang.csv": OVER_BOTH,
    "tinh/han": READS_FIGURES,
    "tinh/so-sanh": OVER_BOTH,
    "tinh/so-sanh.csv": OVER_BOTH,
    "tinh/xa/<uuid:uid>": OVER_BOTH,
    "tinh/xa/<uuid:uid>/hoi/<uuid:inquiry>": OVER_BOTH - {Role.MINISTRY_OFFICER},
    "tinh/xa/<uuid:uid>/y-kien": OVER_BOTH,
    "thon": WRITES_FOR_OTHERS,
    **dict.fromkeys(
        (
            f"thon/{page}"
            for page in (
                "luoi",
                "ho/<uuid:household>",
                "nhap-nhanh",
                "nhap-nhanh/gui",
                "nhap-phieu",
                "in-phieu",
                "phieu.pdf",
                "to-nhac.pdf",
                "nhac",
                "nhac.png",
                "niem-yet.pdf",
                "con-thieu",
            )
        ),
        VILLAGE,
    ),
    "thon/kiem-tra": frozenset({Role.CHAPTER_OFFICER}),
    "thon/kiem-tra/<uuid:sheet>": frozenset({Role.CHAPTER_OFFICER}),
    "thon/<uuid:uid>/nhap-nhanh/gui": WRITES_FOR_OTHERS,
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
    "thon/ho-so": frozenset({Role.VILLAGE_HEAD}),
    "thon/ho-so/bat-dau": frozenset({Role.VILLAGE_HEAD}),
    "thon/in-ca-thon": VILLAGE,
    "thon/<uuid:uid>/in-ca-thon": WRITES_FOR_OTHERS,
    "thon/quyet-dinh-<int:number>.png": NOBODY,
    "thon/<uuid:uid>/quyet-dinh-<int:number>.png": NOBODY,
    "thon/<uuid:uid>/niem-yet.pdf": WRITES_FOR_OTHERS,
    "thon/<uuid:uid>/con-thieu": WRITES_FOR_OTHERS,
    # what goes to the centre is prepared at a province, where this world has no such officer
    "trinh-trung-uong": NOBODY,
    "trinh-trung-uong/moi/<uuid:uid>/<slug:award>": NOBODY,
    "trinh-trung-uong/<uuid:uid>": NOBODY,
    "trinh-trung-uong/<uuid:uid>/goi.zip": NOBODY,
    "trinh-trung-uong/<uuid:uid>/tra-loi": NOBODY,
    **dict.fromkeys(("guong-tot", "guong-tot/moi"), holding(Right.NOMINATE)),
    **dict.fromkeys(
        (
            "guong-tot/<uuid:uid>",
            "guong-tot/<uuid:uid>/thu-khen",
            "guong-tot/<uuid:uid>/thu-khen/<uuid:letter_uid>.<str:form>",
            "guong-tot/<uuid:uid>/ton-vinh",
            "guong-tot/<uuid:uid>/nhan-rong",
            "guong-tot/<uuid:uid>/cong-khai",
        ),
        NOBODY,
    ),
}

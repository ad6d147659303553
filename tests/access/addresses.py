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
VERIFIES_A_PROVINCE = frozenset({Role.PROVINCE_OFFICER, Role.PROVINCE_LEADER})
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
REGISTER = holding(Right.HANDLE_AWARDS) | holding(Right.SIGN_AWARDS)
AWARDS = frozenset().union(*map(holding, (Right.NOMINATE, Right.HANDLE_AWARDS, Right.SIGN_AWARDS, Right.HEAR_CASES)))
# Of this world's round, which is the commune's, and of the dossier that the village put forward in it.
PROPOSES_HERE = holding(Right.NOMINATE) - {Role.PROVINCE_OFFICER}
READS_DOSSIER = frozenset(
    {Role.VILLAGE_HEAD, Role.COMMUNE_OFFICER, Role.EMULATION_OFFICER, Role.COMMUNE_LEADER, Role.CASE_OFFICER}
)

PUBLIC = frozenset(
    {
        "", "tim-xa", "noi/<uuid:uid>", "tham-quyen", "luat", "luat/<slug:rubric_id>", "luat/<slug:rubric_id>/thu",
        "luat/<slug:rubric_id>/chuong-trinh.json", "chung-nhan", "chung-nhan/<str:code>", "so-lieu", "muc-tieu",
        "ca-nuoc-gia-lap", "so-lieu/<str:claim>.svg",
        "muc-tieu/bang.csv", "gioi-thieu", "bang-so-lieu", "bang-so-lieu/<uuid:uid>",
        "bang-so-lieu/<uuid:uid>/<slug:name>.svg", "bang-so-lieu/<uuid:uid>/<slug:name>.csv",
        "bang-so-lieu/<uuid:uid>/cong-bang", "bang-so-lieu/<uuid:uid>/cong-bang.csv",
        "bang-so-lieu/<uuid:uid>/chenh-lech", "bang-so-lieu/<uuid:uid>/chenh-lech.csv",
        "guong-tot/chuyen", "guong-tot/chuyen/<uuid:uid>",
        "tro-nang", "ngon-ngu", "healthz",
        "api/v1/openapi.json", "api/v1/dataSets",
        # For programs with a token, whatever role a browser has signed in with (tests/api).
        "api/v1/dataValueSets", "api/v1/figures.csv",
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
    "du-lieu-cua-toi/<uuid:uid>/ban-chup/<uuid:scan>": NOBODY,  # tests/web/test_village_scans.py
    "yeu-cau-du-lieu": RUNS,
    "nguoi-trong-xa": RUNS,
    "nguoi-trong-xa/<uuid:uid>/dieu-rieng": RUNS,
    "nguoi-trong-xa/<uuid:uid>/giay-dong-y": RUNS,
    "hoi-dong": holding(Right.SIT_IN_COUNCIL) | holding(Right.HANDLE_AWARDS),
    "hoi-dong/moi": holding(Right.HANDLE_AWARDS),
    **dict.fromkeys(
        (
            f"hoi-dong/{page}"
            for page in (
                "<uuid:council>",
                "<uuid:council>/thanh-vien",
                "<uuid:council>/thanh-vien/<uuid:member>/thoi",
                "<uuid:council>/phien-moi",
                "phien/<uuid:sitting>",
                "phien/<uuid:sitting>/sua",
                "phien/<uuid:sitting>/diem-danh",
                "phien/<uuid:sitting>/chuong-trinh",
                "phien/<uuid:sitting>/bo-ra/<uuid:item>",
                "phien/<uuid:sitting>/thao-luan",
                "phien/<uuid:sitting>/phieu-giay/<uuid:seat>",
                "phien/<uuid:sitting>/chuyen-buoc",
                "phien/<uuid:sitting>/ho-so/<uuid:item>",
                "phien/<uuid:sitting>/ho-so/<uuid:item>/quy-dinh",
                "phien/<uuid:sitting>/ho-so/<uuid:item>/loi-ich",
                "phien/<uuid:sitting>/ho-so/<uuid:item>/rut-loi-ich",
                "phien/<uuid:sitting>/ho-so/<uuid:item>/giay/<uuid:part>",
                "phien/<uuid:sitting>/bo-phieu",
                "phien/<uuid:sitting>/dieu-hanh",
                "phien/<uuid:sitting>/<slug:name>.<str:form>",
            )
        ),
        NOBODY,
    ),  # a sitting opens for its own members and its secretary: tests/web/test_councils.py
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
    "bao-cao/so-ket": READS_FIGURES - VILLAGE,
    "bao-cao/so-ket/<slug:key>/<uuid:uid>": READS_FIGURES - VILLAGE,
    "bao-cao/so-ket/<slug:key>/<uuid:uid>/van-ban.<slug:paper>": READS_FIGURES - VILLAGE,
    "bao-cao/<slug:dataset>/<str:period>": OVER_BOTH,
    "bao-cao/<slug:dataset>/<str:period>/bang.csv": OVER_BOTH,
    "bao-cao/<slug:dataset>/<str:period>/han": frozenset({Role.PROVINCE_OFFICER, Role.MINISTRY_OFFICER}),
    "bao-cao/<slug:dataset>/<str:period>/<uuid:uid>": READS_FIGURES - VILLAGE,
    "bao-cao/<slug:dataset>/<str:period>/<uuid:uid>/buoc": READS_FIGURES - VILLAGE,
    "bao-cao/<slug:dataset>/<str:period>/<uuid:uid>/mau.xlsx": READS_FIGURES - VILLAGE,
    "bao-cao/<slug:dataset>/<str:period>/<uuid:uid>/tep": frozenset({Role.COMMUNE_OFFICER}),
    "nguoi-dung-dau": holding(Right.SEE_OWN_TASKS),
    "bang-so-lieu/<uuid:uid>/muc-tieu": READS_FIGURES - VILLAGE,
    "bang-so-lieu/<uuid:uid>/muc-tieu.svg": READS_FIGURES - VILLAGE,
    "muc-tieu/moi": SETS_TARGETS,
    "muc-tieu/noi/<uuid:uid>": READS_FIGURES,
    "muc-tieu/noi/<uuid:uid>/bang.csv": READS_FIGURES,
    "muc-tieu/<uuid:target>": READS_FIGURES,
    "muc-tieu/<uuid:target>/sua": frozenset({Role.COMMUNE_LEADER}),
    "muc-tieu/<uuid:target>/ket-thuc": frozenset({Role.COMMUNE_LEADER}),
    "muc-tieu/<uuid:target>/bo-co-so": frozenset({Role.COMMUNE_LEADER}),
    "ban-soan": DESK,
    "ban-soan/moi": DESK,
    "ban-soan/moi/<slug:kind>/<slug:rubric_id>": DESK,
    "tinh": OVER_BOTH,
    "tinh/dau-hieu": VERIFIES_A_PROVINCE,
    "tinh/dau-hieu/<uuid:lead>": NOBODY,
    "tinh/bang.csv": OVER_BOTH,
    "tinh/han": READS_FIGURES,
    "tinh/so-sanh": OVER_BOTH,
    "tinh/so-sanh.csv": OVER_BOTH,
    "tinh/trinh-bo": OVER_BOTH,
    "tinh/xa/<uuid:uid>": OVER_BOTH,
    "tinh/xa/<uuid:uid>/hoi/<uuid:inquiry>": OVER_BOTH - {Role.MINISTRY_OFFICER},
    "tinh/xa/<uuid:uid>/y-kien": OVER_BOTH,
    "khen-thuong": AWARDS,
    "khen-thuong/de-nghi": holding(Right.NOMINATE),
    "khen-thuong/de-nghi/<uuid:round_uid>/<slug:award>": PROPOSES_HERE,
    **dict.fromkeys(
        (
            f"khen-thuong/ho-so/<uuid:uid>{page}"
            for page in ("", "/buoc", "/thanh-tich", "/xem-xet", "/giay", "/nhat-ky")
        ),
        READS_DOSSIER,
    ),
    "khen-thuong/ho-so/<uuid:uid>/noi-dung": NOBODY,  # it was submitted
    "khen-thuong/ho-so/<uuid:uid>/giay/<uuid:part>.<str:form>": NOBODY,
    "khen-thuong/dot": AWARDS,
    "khen-thuong/dot/<uuid:round_uid>": PROPOSES_HERE | READS_DOSSIER,
    "khen-thuong/trung": holding(Right.HANDLE_AWARDS),
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
                "phieu-dong-y.pdf",
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
    "thon/<uuid:uid>/phieu-dong-y.pdf": WRITES_FOR_OTHERS,
    "thon/dong-y": frozenset({Role.VILLAGE_HEAD}),
    "thon/dong-y/<uuid:household>": frozenset({Role.VILLAGE_HEAD}),
    "thon/dong-y/nhap-nhanh": frozenset({Role.VILLAGE_HEAD}),
    "thon/dong-y/nhap-nhanh/<uuid:household>": frozenset({Role.VILLAGE_HEAD}),
    "thon/dong-y/<uuid:household>/bo/<uuid:act>": NOBODY,
    **dict.fromkeys(
        (
            f"thon/{village}dong-y/<uuid:household>/{page}"
            for village in ("", "<uuid:uid>/")
            for page in ("ban-chup/<uuid:act>", "tep/<uuid:scan>", "tep/<uuid:scan>/bo")
        ),
        NOBODY,
    ),  # tests/web/test_village_scans.py
    "thon/<uuid:uid>/dong-y": holding(Right.ENTER_CONSENTS),
    "thon/<uuid:uid>/dong-y/<uuid:household>": holding(Right.ENTER_CONSENTS),
    "thon/<uuid:uid>/dong-y/nhap-nhanh": holding(Right.ENTER_CONSENTS),
    "thon/<uuid:uid>/dong-y/nhap-nhanh/<uuid:household>": holding(Right.ENTER_CONSENTS),
    "thon/<uuid:uid>/dong-y/<uuid:household>/bo/<uuid:act>": NOBODY,
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
    "trinh-trung-uong/<uuid:uid>/tra-loi/<uuid:answer_uid>": NOBODY,
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
    **dict.fromkeys(
        (
            "quyet-dinh-khen",
            "quyet-dinh-khen/may-in",
            "quyet-dinh-khen/to-thu/<slug:layout>.pdf",
            "so-khen-thuong",
            "so-khen-thuong/so.xlsx",
            "so-khen-thuong/quy",
            "khen-thuong/thong-ke",
            "khen-thuong/thong-ke/dan-toc",
            "khen-thuong/thong-ke.xlsx",
        ),
        REGISTER,
    ),
    "don-thu": holding(Right.HEAR_CASES),
    "don-thu/moi": holding(Right.HEAR_CASES),
    "don-thu/<uuid:uid>": NOBODY,  # tests/web/test_cases.py
    "quyet-dinh-khen/thong-bao": holding(Right.NOMINATE) - {Role.UNIT_HEAD} | REGISTER,
    **dict.fromkeys(
        (
            "quyet-dinh-khen/moi/<uuid:uid>/<slug:award>",
            "quyet-dinh-khen/moi/<uuid:uid>/<slug:award>/du-thao.<str:form>",
            "quyet-dinh-khen/<uuid:uid>",
            "quyet-dinh-khen/<uuid:uid>/van-ban.<str:form>",
            "quyet-dinh-khen/<uuid:uid>/da-ky/<uuid:file_uid>",
            "quyet-dinh-khen/<uuid:uid>/bao-tin",
            "quyet-dinh-khen/<uuid:uid>/in",
            "quyet-dinh-khen/<uuid:uid>/cong-bo",
            "so-khen-thuong/quy/<uuid:uid>",
            "so-khen-thuong/<uuid:uid>",
            "so-khen-thuong/<uuid:uid>/trao",
            "so-khen-thuong/<uuid:uid>/chi",
            "so-khen-thuong/<uuid:uid>/cap-lai",
            "so-khen-thuong/<uuid:uid>/huy",
        ),
        NOBODY,
    ),
}

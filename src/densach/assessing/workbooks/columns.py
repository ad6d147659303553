"""The columns that people fill in, each described once: what it takes, how long it is, what helps to fill it in."""

from __future__ import annotations

from dataclasses import dataclass

from densach.assessing.titles import TITLES
from densach.formats.sheets import Kind


@dataclass(frozen=True)
class Column:
    """One column: `key` is stable and machine-read, `title_vi` is what people read.

    `low` and `high` bound an integer; `longest` is the most letters of a text; `whole_day` refuses a year alone;
    `is_name` refuses letters that stand in no name but in text of before Unicode.
    """

    key: str
    title_vi: str
    kind: Kind
    required: bool = False
    choices: dict[str, str] | None = None
    low: int = 0
    high: int = 0
    longest: int = 120
    whole_day: bool = False
    note_vi: str = ""
    example: str | int = ""
    is_fact: bool = False
    is_name: bool = False


VILLAGE = Column(
    "village",
    "Thôn, tổ dân phố",
    "text",
    required=True,
    note_vi="Ghi như trong sổ của xã.",
    example="Thôn 1",
    is_name=True,
)
HOUSEHOLD = Column(
    "household",
    "Mã hộ",
    "text",
    required=True,
    longest=60,
    note_vi="Mã riêng của hộ trong xã, không đổi qua các năm.",
    example="H0001",
)
FULL_NAME = Column(
    "full_name",
    "Họ và tên",
    "text",
    required=True,
    note_vi="Như trên giấy tờ tùy thân.",
    example="Nguyễn Thị Ví Dụ",
    is_name=True,
)
NUMBER = Column(
    "personal_number", "Số định danh cá nhân", "number12", note_vi="12 chữ số; để trống nếu chưa có.", example=""
)
REGISTERED = Column(
    "registered",
    "Có đăng ký đầu năm",
    "yes_no",
    required=True,
    note_vi="Có đăng ký danh hiệu trong năm này.",
    example="có",
)
PERSON = (HOUSEHOLD, FULL_NAME, NUMBER)
CLAN = Column("clan", "Mã dòng họ", "text", required=True, longest=60, example="DH01")
UNIT = Column("unit", "Mã đơn vị", "text", required=True, longest=60, example="DV01")
GROUPS = {
    "farmers": "Nông dân",
    "workers": "Công nhân",
    "officials": "Cán bộ, viên chức",
    "learners": "Học sinh, sinh viên",
}


REGISTER = (
    VILLAGE,
    HOUSEHOLD,
    FULL_NAME,
    Column("is_head", "Là chủ hộ", "yes_no", example="có"),
    Column(
        "birth_date",
        "Ngày sinh",
        "date",
        note_vi="23/11/1980; nếu chỉ biết năm thì ghi 1980.",
        example="23/11/1980",
    ),
    Column("sex", "Giới tính", "choice", required=True, choices={"male": "Nam", "female": "Nữ"}, example="Nữ"),
    NUMBER,
    Column(
        "literacy",
        "Mức độ biết chữ",
        "choice",
        choices={"0": "Chưa biết chữ", "1": "Mức độ 1", "2": "Mức độ 2"},
        note_vi="Theo Nghị định 20/2014/NĐ-CP; để trống nếu chưa biết.",
        example="Mức độ 2",
    ),
    Column(
        "residence",
        "Cư trú",
        "choice",
        choices={"permanent": "Thường trú", "temporary": "Tạm trú"},
        example="Thường trú",
    ),
)
DECISION = (
    Column("number", "Số quyết định", "text", required=True, longest=60, example="12/QĐ-UBND"),
    Column("signed", "Ngày ký", "date", required=True, whole_day=True, example="15/01/2024"),
    Column(
        "office",
        "Chức danh ký",
        "choice",
        note_vi="Cơ quan đã giải thể vẫn ghi được cho quyết định ký khi cơ quan còn hoạt động. "
        "Để trống nếu địa phương đã có quyết định giao thẩm quyền (densach round authority).",
    ),
    Column("year", "Năm đánh giá", "integer", required=True, low=2014, high=2100, example=2023),
    Column(
        "model",
        "Danh hiệu",
        "choice",
        required=True,
        choices={title.model: title.name_vi for title in TITLES},
        example="Gia đình học tập",
    ),
    Column("level", "Mức độ", "integer", low=1, high=9),
    Column(
        "code",
        "Mã đối tượng",
        "text",
        required=True,
        note_vi="Mã hộ, mã dòng họ, mã đơn vị, tên thôn, mã xã; với công dân: số định danh, hoặc mã hộ kèm tên.",
        example="H0001",
    ),
    Column("name", "Tên", "text", note_vi="Bắt buộc khi công dân được ghi theo mã hộ.", example="Hộ Nguyễn Văn Ví Dụ"),
    Column(
        "basis",
        "Căn cứ trên giấy",
        "text",
        required=True,
        longest=300,
        note_vi="Biên bản, bảng điểm, tờ trình.",
        example="Biên bản 03/BB",
    ),
    Column(
        "reason",
        "Lý do người quyết định",
        "text",
        longest=2000,
        note_vi="Bắt buộc khi phần mềm chưa xác định hoặc kết luận chưa đạt.",
        example="Hội nghị thôn chấm 86 điểm",
    ),
    Column("scorer", "Người chấm", "text", longest=200, example="Ban công tác Mặt trận thôn"),
    Column("paper_sheet", "Bảng điểm giấy", "text", longest=200, example="BĐ-12, trang 3"),
)

"""Good examples: one that was praised, one that went further and is published, one that nobody has praised yet."""

from __future__ import annotations

from datetime import date

from densach.awards.candidates.finding import Candidate
from densach.awards.models import Nominee
from densach.awards.praise.domain import Told, honour, praise, publish, take_over, tell
from densach.awards.praise.models import Who
from densach.trial.awards.hands import morning, viewer_on

TOLD, PRAISED, LATER = date(2026, 5, 8), date(2026, 5, 11), date(2026, 6, 1)
OFFICER, HEAD = "thi-dua-xa", "truong-thon"
GROUP = "Nhóm đọc sách tối thứ Bảy"


def tell_examples(family: Nominee) -> None:
    """All three; the family is one of those put forward for an award, which a good example leaves as it is."""
    _a_family(family)
    _a_group()
    waiting = Told(
        deed="Sửa miễn phí 14 chiếc xe đạp cho học sinh trong thôn (MẪU)",
        deed_on=date(2026, 5, 5),
        told_on=TOLD,
        told_by="Chi hội Khuyến học thôn (MẪU)",
        name="Lê Văn Mẫu",
    )
    tell(viewer_on(HEAD, TOLD), waiting, fictional=True, at=morning(TOLD))


def _a_family(family: Nominee) -> None:
    """Told from the register, and praised three days later."""
    assert family.household is not None  # noqa: S101  - only families were put forward
    assert family.place_id is not None  # noqa: S101  - of the register
    officer = viewer_on(OFFICER, PRAISED)
    home = family.household
    told = Told(
        deed="Dành một gian nhà làm tủ sách chung cho trẻ em trong thôn (MẪU)",
        deed_on=date(2026, 5, 2),
        told_on=TOLD,
        told_by="Trưởng thôn (MẪU)",
        found=Candidate("household", home.uid, family.name, family.place_id, home, about=family.about),
    )
    example = tell(officer, told, fictional=True, at=morning(PRAISED))
    words = "Trân trọng khen ngợi gia đình đã giúp trẻ em trong thôn có chỗ đọc sách mỗi ngày (MẪU)."
    praise(officer, example, words, PRAISED, at=morning(PRAISED))


def _a_group() -> None:
    """Praised, honoured, taken over by another village, and published: a group needs nobody's consent."""
    officer, at = viewer_on(OFFICER, LATER), morning(LATER)
    told = Told(
        deed="Đọc sách cho 35 em nhỏ vào mỗi tối thứ Bảy, suốt ba tháng (MẪU)",
        deed_on=date(2026, 4, 25),
        told_on=date(2026, 4, 27),
        told_by="Trung tâm học tập cộng đồng (MẪU)",
        who=Who.GROUP,
        name=GROUP,
    )
    example = tell(officer, told, fictional=True, at=at)
    praise(officer, example, "Cảm ơn nhóm đã đưa sách đến với trẻ em trong xã (MẪU).", date(2026, 4, 29), at=at)
    honour(officer, example, "Ngày hội Đọc sách của xã (MẪU)", date(2026, 5, 19), at=at)
    take_over(officer, example, "Thôn Đồng Mới (MẪU)", "Mở thêm một nhóm đọc sách vào tối thứ Sáu", LATER, at=at)
    story = "Mỗi tối thứ Bảy, nhóm đọc sách mở cửa nhà văn hóa và đọc cho trẻ em nghe (MẪU)."
    publish(officer, example, story, names_no_other=True, at=at)

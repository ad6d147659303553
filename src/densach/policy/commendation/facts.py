"""What is known of a nomination when it is judged; what is not known stays null and decides nothing."""

from __future__ import annotations

from datetime import date
from typing import Literal

from msgspec import Struct

from densach.policy.commendation.model import CommendationLaw, Mode, Occasion, SubjectKind, Words
from densach.problems import Problem, Refused, problem

EndOfHold = Literal["none", "no_violation", "violation", "mistaken"]


class Facts(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Every fact that a rule asks; null is not known, only `decided_on` null says that nothing was decided yet.

    `authority` decides, `province` is the code of the province whose regulation holds. `stands_for_another` says that
    a clan or a village is behind the nominee, `gate_met` and `branch_met` what those competent found of the standard.
    """

    award: str | None = None
    subject: SubjectKind | None = None
    mode: Mode | None = None
    branch: str | None = None
    authority: str | None = None
    province: str | None = None
    occasion: Occasion | None = None
    received_on: date | None = None
    decided_on: date | None = None
    regime_chosen: bool | None = None
    stands_for_another: bool | None = None
    legal_subject_stated: bool | None = None
    is_enterprise: bool | None = None
    body_exists: bool | None = None
    achievement_used: bool | None = None
    merit_counts_themes: bool | None = None
    under_hold: bool | None = None
    hold_ended: EndOfHold | None = None
    was_disciplined: bool | None = None
    discipline_served_on: date | None = None
    achievement_began_on: date | None = None
    achievement_ended_on: date | None = None
    quota_registered: bool | None = None
    within_quota: bool | None = None
    movement_years: int | None = None
    allowed_by_person: bool | None = None
    parts: frozenset[str] | None = None
    files: frozenset[str] | None = None
    council_sat: bool | None = None
    holds_state_secret: bool | None = None
    confirmed_by_all: bool | None = None
    gate_met: bool | None = None
    branch_met: bool | None = None


FACT_WORDS: dict[str, Words] = {
    "award": Words("hình thức khen thưởng", "the award"),
    "subject": Words("loại đối tượng", "the kind of subject"),
    "mode": Words("loại hình khen thưởng", "the mode of commendation"),
    "branch": Words("nhánh tiêu chuẩn", "the branch of the standard"),
    "authority": Words("người quyết định", "who decides"),
    "province": Words("tỉnh có quy định áp dụng", "the province whose regulation holds"),
    "occasion": Words("đợt khen thưởng", "the occasion"),
    "received_on": Words("ngày tiếp nhận hồ sơ", "the day of receipt"),
    "decided_on": Words("ngày quyết định", "the day of the decision"),
    "regime_chosen": Words("lựa chọn pháp luật áp dụng", "the recorded choice of law"),
    "stands_for_another": Words("có đứng tên cho dòng họ, cộng đồng không", "whether a clan or a village is behind it"),
    "legal_subject_stated": Words("chủ thể pháp luật được nêu rõ chưa", "whether the legal subject was stated"),
    "is_enterprise": Words("có phải doanh nghiệp, doanh nhân không", "whether it is an enterprise or business person"),
    "body_exists": Words("tập thể còn hoạt động không", "whether the body still exists"),
    "achievement_used": Words("thành tích đã được khen thưởng chưa", "whether the achievement was awarded before"),
    "merit_counts_themes": Words(
        "quá trình công trạng có tính khen thưởng chuyên đề, đột xuất không",
        "whether the merit path counts thematic or sudden awards",
    ),
    "under_hold": Words("có đang tạm dừng không", "whether it is under a hold"),
    "hold_ended": Words("việc tạm dừng kết thúc thế nào", "how the hold ended"),
    "was_disciplined": Words("có bị kỷ luật không", "whether there was discipline"),
    "discipline_served_on": Words("ngày chấp hành xong kỷ luật", "the day the discipline was served"),
    "achievement_began_on": Words("ngày bắt đầu thành tích", "the day the achievement began"),
    "achievement_ended_on": Words("ngày kết thúc thành tích", "the day the achievement ended"),
    "quota_registered": Words("đợt có số lượng không", "whether the round has a quota"),
    "within_quota": Words("còn trong số lượng không", "whether it is within the quota"),
    "movement_years": Words("số năm của phong trào", "the years of the movement"),
    "allowed_by_person": Words("người có thẩm quyền cho phép xét cờ thi đua", "that a person allowed the flag"),
    "parts": Words("các phần của hồ sơ", "the parts of the dossier"),
    "files": Words("các tệp kèm hồ sơ", "the files of the dossier"),
    "council_sat": Words("hội đồng đã họp chưa", "whether the council has sat"),
    "holds_state_secret": Words("có bí mật nhà nước không", "whether it holds a State secret"),
    "confirmed_by_all": Words("các cấp trình đã xác nhận chưa", "whether every submitting level confirmed"),
    "gate_met": Words("điều kiện chung của tiêu chuẩn", "the gate of the standard"),
    "branch_met": Words("nhánh tiêu chuẩn có đạt không", "whether the branch is met"),
}


def refuse_strangers(law: CommendationLaw, facts: Facts) -> None:
    """Refused (Q402) for a code that the law does not have."""
    known = {"award": law.awards, "authority": law.authorities}
    wrong: list[Problem] = [
        problem("Q402", name, value=value, known=", ".join(codes))
        for name, codes in known.items()
        if (value := getattr(facts, name)) is not None and value not in codes
    ]
    wrong += [
        problem("Q402", "parts", value=part, known=", ".join(law.forms))
        for part in sorted(facts.parts or ())
        if part not in law.forms
    ]
    if wrong:
        raise Refused(*wrong)

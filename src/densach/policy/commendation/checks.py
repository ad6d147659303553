"""What each rule of a nomination says of the facts by the text that was read, whatever the regime is.

A check first asks whether the rule concerns the nomination, and then only the facts it needs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from densach.policy.commendation.facts import Facts
from densach.policy.commendation.findings import Told, ask, beside, fulfilled, missing, unfulfilled
from densach.policy.commendation.model import Award, CommendationLaw
from densach.policy.commendation.parameters import parameters_for
from densach.policy.commendation.powers import may_decide
from densach.policy.commendation.regimes import is_automatic, needs_both, regime_on
from densach.policy.dates import holds

MINUTES = "bien_ban_xet_khen_thuong"
CERTIFICATE = "xac_nhan_thanh_tich"
CERTIFIED = frozenset({"sudden", "prize", "contribution"})  # branches that rest on a certificate
PRIME_MINISTERS = "bang_khen_thu_tuong"


@dataclass(frozen=True)
class Asked:
    """What a check looks at: the law, the facts, the regime by which it is judged and the day."""

    law: CommendationLaw
    facts: Facts
    regime: str
    today: date

    @property
    def award(self) -> Award | None:
        """The award, if it is known."""
        return self.law.awards.get(self.facts.award or "")

    @property
    def on(self) -> date:
        """The day of the decision, or today while nothing is decided."""
        return self.facts.decided_on or self.today


def _regime(asked: Asked) -> Told:
    received = asked.facts.received_on
    if received is None:
        return missing("received_on")
    own = regime_on(asked.law, received)
    words = (f"Tiếp nhận {received:%d/%m/%Y}: thời kỳ {own}.", f"Received on {received:%d/%m/%Y}: regime {own}.")
    if asked.regime == own:
        return fulfilled(*words)
    if (own, asked.regime) == ("B", "C") and asked.facts.regime_chosen:
        return fulfilled(f"{words[0]} Người có trách nhiệm đã chọn C.", f"{words[1]} A person chose C.")
    return ask(f"{words[0]} Đang xét theo {asked.regime}.", f"{words[1]} Judged by {asked.regime}.")


def _both(asked: Asked) -> Told:
    if asked.facts.received_on is None:
        return missing("received_on")
    if not needs_both(regime_on(asked.law, asked.facts.received_on), asked.facts.decided_on, asked.today):
        return beside("hồ sơ không còn mở qua ngày 01/10/2026.", "the dossier was not open when the law changed.")
    if asked.facts.regime_chosen is None:
        return missing("regime_chosen")
    if asked.facts.regime_chosen:
        return fulfilled("Lựa chọn đã được ghi.", "The choice is recorded.")
    return ask("Hồ sơ B còn mở: xét cả C, người có trách nhiệm ghi lựa chọn.", "Still open: C too; record the choice.")


def _lapsed(asked: Asked) -> Told:
    if is_automatic(asked.law.regime(asked.regime)):
        return fulfilled("Nghị định của thời kỳ này đã biết.", "The decree of this regime is known.")
    return ask("Nghị định của thời kỳ này chưa biết: không tự động xét.", "The decree is not known: nothing automatic.")


def _decided(asked: Asked) -> Told:
    day = asked.facts.decided_on
    if day is None:
        return beside("chưa có quyết định.", "nothing is decided yet.")
    return fulfilled(f"Đã quyết định ngày {day:%d/%m/%Y}: giữ giá trị.", f"Decided on {day:%d/%m/%Y}: stays valid.")


def _subject(asked: Asked) -> Told:
    facts = asked.facts
    if facts.subject is None or facts.stands_for_another is None:
        return _unknown(facts, "subject", "stands_for_another")
    if not facts.stands_for_another:
        return fulfilled("Là đối tượng của Luật.", "It is a subject of the Law.")
    if facts.legal_subject_stated is None:
        return missing("legal_subject_stated")
    if facts.legal_subject_stated:
        return fulfilled("Chủ thể pháp luật đã được nêu rõ.", "The legal subject was stated.")
    return unfulfilled("Chưa nêu chủ thể pháp luật đứng sau.", "The legal subject behind it was not stated.")


def _enterprise(asked: Asked) -> Told:
    facts = asked.facts
    if facts.subject is None or facts.is_enterprise is None:
        return _unknown(facts, "subject", "is_enterprise")
    if not facts.is_enterprise:
        return beside("không phải doanh nghiệp, doanh nhân.", "no enterprise or business person.")
    if facts.subject == "household":
        return unfulfilled("Doanh nghiệp không xét như hộ gia đình.", "An enterprise is no household.")
    return fulfilled("Doanh nghiệp xét như tập thể, doanh nhân như cá nhân.", "Judged as a collective or a person.")


def _dissolved(asked: Asked) -> Told:
    if asked.facts.subject is None:
        return missing("subject")
    if asked.facts.subject != "collective":
        return beside("không phải tập thể.", "no collective.")
    return _yes_no(
        asked.facts,
        "body_exists",
        good=("Tập thể đang hoạt động.", "The body exists."),
        bad=("Tập thể đã giải thể hoặc sáp nhập.", "The body was dissolved or merged."),
    )


def _used(asked: Asked) -> Told:
    return _yes_no(
        asked.facts,
        "achievement_used",
        wanted=False,
        good=("Thành tích chưa được khen thưởng.", "The achievement was not awarded before."),
        bad=("Thành tích này đã được khen thưởng.", "This achievement was awarded before."),
    )


def _merit(asked: Asked) -> Told:
    facts = asked.facts
    if facts.mode is None or facts.branch is None:
        return _unknown(facts, "mode", "branch")
    if facts.mode != "merit" and facts.branch != "merit":
        return beside("không xét theo công trạng.", "not judged by merit.")
    return _yes_no(
        facts,
        "merit_counts_themes",
        wanted=False,
        good=("Chỉ tính khen thưởng công trạng.", "Only awards for merit are counted."),
        bad=("Có tính khen thưởng chuyên đề, đột xuất.", "Thematic or sudden awards are counted."),
    )


def _lower(asked: Asked) -> Told:  # noqa: ARG001  - every check is asked in the same way
    return fulfilled("Không cần đã có hình thức thấp hơn.", "A lower award is not required.")


def _held(asked: Asked) -> Told:
    return _yes_no(
        asked.facts,
        "under_hold",
        wanted=False,
        good=("Không thuộc diện tạm dừng.", "Not under a hold."),
        bad=("Đang tạm dừng: chưa khen thưởng, chưa đề nghị.", "Under a hold: neither award nor propose."),
    )


def _resumed(asked: Asked) -> Told:
    ended = asked.facts.hold_ended
    if ended is None:
        return missing("hold_ended")
    if ended == "none":
        return beside("chưa từng tạm dừng, hoặc chưa kết thúc.", "there was no hold, or it has not ended.")
    if ended == "violation":
        return ask("Kết luận có vi phạm.", "The conclusion names a violation.")
    return fulfilled("Kết luận không vi phạm: xét tiếp.", "No violation: it goes on where it stopped.")


def _disciplined(asked: Asked) -> Told:
    facts = asked.facts
    if facts.was_disciplined is None:
        return missing("was_disciplined")
    if not facts.was_disciplined:
        return beside("không bị kỷ luật.", "no discipline.")
    served, began, ended = facts.discipline_served_on, facts.achievement_began_on, facts.achievement_ended_on
    if served is None or began is None or ended is None:
        return _unknown(facts, "discipline_served_on", "achievement_began_on", "achievement_ended_on")
    if began >= served:
        return fulfilled("Thành tích sau khi chấp hành xong kỷ luật.", "Achieved after the discipline was served.")
    if ended < served:
        return unfulfilled("Thành tích trước khi chấp hành xong kỷ luật.", "Achieved before it was served.")
    return ask("Một phần thành tích trước ngày chấp hành xong kỷ luật.", "Partly achieved before it was served.")


def _leave(asked: Asked) -> Told:  # noqa: ARG001  - every check is asked in the same way
    return fulfilled("Thời gian nghỉ thai sản được tính.", "Maternity leave counts as time.")


def _quota(asked: Asked) -> Told:
    if asked.facts.quota_registered is None:
        return missing("quota_registered")
    if not asked.facts.quota_registered:
        return beside("chưa đăng ký số lượng; luật không có mức trần.", "no quota; the law has no ceiling.")
    return _yes_no(
        asked.facts,
        "within_quota",
        good=("Trong số lượng.", "Within the quota."),
        bad=("Quá số lượng của đợt.", "Over the quota of the round."),
    )


def _rounds(asked: Asked) -> Told:
    if asked.facts.award is None:
        return missing("award")
    if asked.facts.award != PRIME_MINISTERS:
        return beside("không phải Bằng khen của Thủ tướng.", "not the Prime Minister's certificate.")
    if asked.facts.occasion is None:
        return missing("occasion")
    if asked.facts.occasion in {"review_2025", "review_2030"}:
        return fulfilled("Đề nghị trong đợt sơ kết hoặc tổng kết.", "Proposed at one of the two reviews.")
    if asked.facts.occasion == "at_once":
        return ask("Đột xuất: không thuộc đợt của phong trào.", "At once: outside the rounds of the movement.")
    return unfulfilled("Chỉ đề nghị khi sơ kết, tổng kết.", "Only at the two reviews.")


def _yearly(asked: Asked) -> Told:
    if asked.facts.occasion is None:
        return missing("occasion")
    if asked.facts.occasion != "year":
        return beside("không phải khen thưởng hằng năm.", "no yearly commendation.")
    return _power(asked)


def _flag(asked: Asked) -> Told:
    facts, award = asked.facts, asked.award
    if award is None:
        return missing("award")
    if award.form != "flag":
        return beside("không phải cờ thi đua.", "no flag.")
    if facts.occasion is None or facts.movement_years is None or facts.allowed_by_person is None:
        return _unknown(facts, "occasion", "movement_years", "allowed_by_person")
    if facts.occasion != "review_2030" or not facts.allowed_by_person:
        return unfulfilled("Chỉ khi tổng kết và có người cho phép.", "Only at the final review and if allowed.")
    return _long_enough(facts.movement_years, award.movement_years)


def _long_enough(years: int, least: int | None) -> Told:
    if least is None:
        return ask("Số năm của phong trào là trí nhớ.", "The years asked of the movement are memory.")
    if years < least:
        return unfulfilled("Phong trào chưa đủ số năm.", "The movement did not run long enough.")
    return fulfilled("Tổng kết, đủ số năm, có người cho phép.", "Final review, long enough, allowed.")


def _power(asked: Asked) -> Told:
    facts = asked.facts
    if facts.award is None or facts.authority is None:
        return _unknown(facts, "award", "authority")
    day = f"{asked.on:%d/%m/%Y}"
    if may_decide(asked.law, facts.authority, facts.award, asked.on):
        return fulfilled(f"Có thẩm quyền vào ngày {day}.", f"Has the power on {day}.")
    return unfulfilled(f"Không có thẩm quyền vào ngày {day}.", f"Does not have the power on {day}.")


def _district(asked: Asked) -> Told:
    authority = asked.law.authorities.get(asked.facts.authority or "")
    if authority is None:
        return missing("authority")
    if authority.level == "district" and holds(authority.exists_from, authority.exists_to, asked.on) == "no":
        return unfulfilled("Cấp huyện không còn quyết định từ 01/07/2025.", "No district decides from 01/07/2025.")
    return fulfilled("Không phải cấp huyện quyết định.", "No district decides.")


def _parts(asked: Asked) -> Told:
    facts, award = asked.facts, asked.award
    if award is None or facts.parts is None:
        return _unknown(facts, "award", "parts")
    lacking = [need.form for need in award.parts if need.needed == "always" and need.form not in facts.parts]
    if lacking == [MINUTES]:
        if facts.council_sat is None:
            return missing("council_sat")
        if not facts.council_sat:
            return fulfilled("Đủ phần; biên bản có sau khi họp.", "Complete; the minutes follow the sitting.")
    if not lacking:
        return fulfilled("Đủ các phần của hồ sơ.", "The dossier is complete.")
    names = [asked.law.forms[form] for form in lacking]
    vi, en = ", ".join(each.name_vi for each in names), ", ".join(each.name_en for each in names)
    return unfulfilled(f"Còn thiếu: {vi}.", f"Lacking: {en}.")


def _files(asked: Asked) -> Told:
    facts, award = asked.facts, asked.award
    if award is None:
        return missing("award")
    if not award.files:
        return beside("không trình Thủ tướng Chính phủ.", "not submitted to the Prime Minister.")
    if facts.holds_state_secret:
        return unfulfilled("Bí mật nhà nước không đưa vào phần mềm này.", "State secrets never enter this software.")
    if facts.holds_state_secret is None or facts.files is None:
        return _unknown(facts, "holds_state_secret", "files")
    if set(award.files) <= facts.files:
        return fulfilled("Có tệp Word và PDF.", "Word and PDF files are there.")
    return unfulfilled("Thiếu tệp Word hoặc PDF.", "A Word or PDF file is lacking.")


def _confirmed(asked: Asked) -> Told:
    return _yes_no(
        asked.facts,
        "confirmed_by_all",
        good=("Các cấp trình đã xác nhận.", "Every submitting level confirmed."),
        bad=("Chưa đủ xác nhận của các cấp trình.", "Not every submitting level confirmed."),
    )


def _certificate(asked: Asked) -> Told:
    facts, award = asked.facts, asked.award
    if award is None:
        return missing("award")
    if all(need.needed != "sudden_or_prize" for need in award.parts):
        return beside("hình thức này không đòi giấy xác nhận.", "this award asks for no certificate.")
    if facts.mode is None or facts.branch is None:
        return _unknown(facts, "mode", "branch")
    if facts.mode != "sudden" and facts.branch not in CERTIFIED:
        return beside("không xét theo đột xuất, giải thưởng, đóng góp.", "no sudden deed, prize or contribution.")
    return _has_certificate(facts.parts)


def _has_certificate(parts: frozenset[str] | None) -> Told:
    if parts is None:
        return missing("parts")
    if CERTIFICATE in parts:
        return fulfilled("Có giấy xác nhận thành tích.", "The certificate is there.")
    return unfulfilled("Thiếu giấy xác nhận thành tích.", "The certificate is lacking.")


def _local(asked: Asked) -> Told:
    facts, award = asked.facts, asked.award
    if award is None:
        return missing("award")
    if award.form not in {"giay_khen", "title"}:
        return beside("không phải giấy khen.", "no giấy khen.")
    if facts.province is None:
        return missing("province")
    found = parameters_for(asked.law, facts.authority or award.authority, facts.province)
    if found.is_empty:
        return ask(found.note_vi, found.note_en)
    return fulfilled(f"Theo {found.source}.", f"By {found.source}.")


def _yes_no(facts: Facts, name: str, *, wanted: bool = True, good: tuple[str, str], bad: tuple[str, str]) -> Told:
    value = getattr(facts, name)
    if value is None:
        return missing(name)
    return fulfilled(*good) if value is wanted else unfulfilled(*bad)


def _unknown(facts: Facts, *names: str) -> Told:
    return missing(*(name for name in names if getattr(facts, name) is None))


CHECKS: dict[str, Callable[[Asked], Told]] = {
    "R-01": _regime,
    "R-02": _both,
    "R-03": _lapsed,
    "R-04": _decided,
    "R-05": _subject,
    "R-06": _enterprise,
    "R-07": _dissolved,
    "R-09": _used,
    "R-10": _merit,
    "R-11": _lower,
    "R-12": _held,
    "R-13": _resumed,
    "R-14": _disciplined,
    "R-16": _leave,
    "R-19": _quota,
    "R-21": _rounds,
    "R-22": _yearly,
    "R-23": _flag,
    "R-24": _power,
    "R-25": _district,
    "R-27": _parts,
    "R-28": _files,
    "R-29": _confirmed,
    "R-30": _certificate,
    "R-31": _local,
}

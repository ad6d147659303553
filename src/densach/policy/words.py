"""The words in which policy is shown, Vietnamese and English side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from densach.problems import Language
from densach.rules.model import Cite, Document

_WORDS: dict[str, tuple[str, str]] = {
    "read": ("đọc trong văn bản", "read in the text"),
    "secondary": ("nguồn thứ cấp", "secondary source"),
    "inferred": ("suy luận, không dùng để kết luận", "inferred, does not decide"),
    "memory": ("trí nhớ, chưa kiểm chứng, không dùng để kết luận", "memory, unverified, does not decide"),
    "unknown": ("chưa biết", "not known"),
    "fictional": ("MẪU, hư cấu", "MẪU, fictional"),
    "complete": ("đọc trọn", "complete"),
    "partial": ("đọc một phần", "partial"),
    "yes": ("còn hiệu lực", "in force"),
    "no": ("không có hiệu lực", "not in force"),
    "points": ("tính điểm", "points"),
    "targets": ("đạt mọi chỉ tiêu", "all targets"),
    "register": ("đăng ký", "register"),
    "submit": ("nộp hồ sơ", "submit"),
    "decide": ("quyết định", "decide"),
    "report": ("báo cáo", "report"),
    "award": ("tính đủ điểm", "full points"),
    "rescale": ("bỏ khỏi thang điểm", "left out of the scale"),
    "day_of_decision": ("ngày ký quyết định", "the day of the decision"),
    "1_january_after_recognised_year": (
        "ngày 1 tháng 1 sau năm được công nhận",
        "1 January after the recognised year",
    ),
    "title": ("Khóa danh hiệu", "Title key"),
    "basis": ("Căn cứ", "Basis"),
    "period": ("Hiệu lực", "In force"),
    "on": ("Ngày {day}", "On {day}"),
    "state": ("Mức độ đọc được", "How much is read"),
    "counts": (
        "chỉ tiêu {read}/{all}, ngưỡng {sure}/{thresholds}",
        "indicators {read}/{all}, thresholds {sure}/{thresholds}",
    ),
    "counted_points": (", điểm {points}/{total}", ", points {points}/{total}"),
    "style": ("Cách xét", "Style"),
    "total": ("tổng {total} điểm", "{total} points in all"),
    "framework": (
        "Đây là bộ tiêu chí khung: địa phương được cụ thể hóa.",
        "This is a framework: a place may make it concrete.",
    ),
    "levels": ("Mức công nhận", "Levels"),
    "at_least": ("từ {points} điểm", "from {points} points"),
    "criterion": ("Tiêu chí", "Criterion"),
    "untitled": ("(chưa biết tên)", "(title not known)"),
    "unread": (
        "Chưa biết: nội dung chưa đọc được.",
        "Not known: the text was not seen.",
    ),
    "share": ("tỷ lệ {fact} trên {base}", "share of {fact} in {base}"),
    "boolean": ("có hay không: {fact}", "yes or no: {fact}"),
    "score": ("chấm điểm: {fact}", "scored: {fact}"),
    "count": ("số lượng: {fact}", "count: {fact}"),
    "ordinal": ("thứ bậc: {fact}", "grade: {fact}"),
    "share_of_answers": (
        "tỷ lệ: trả lời của câu {fact} chia cho trả lời của câu {base}",
        "share: the answer to {fact} divided by the answer to {base}",
    ),
    "boolean_asked": ("có hay không", "yes or no"),
    "score_asked": ("chấm điểm", "scored"),
    "count_asked": ("số lượng", "count"),
    "ordinal_asked": ("thứ bậc", "grade"),
    "demands": ("{level}: {value}", "{level}: {value}"),
    "between": ("trong khoảng {low} đến {high}", "between {low} and {high}"),
    "hole": ("chỗ trống: {hole}", "hole: {hole}"),
    "true": ("có", "yes"),
    "false": ("không", "no"),
    "points_of": ("{points} điểm", "{points} points"),
    "otherwise": ("không đạt thì {points}", "if not reached {points}"),
    "floor": ("không dưới {points} điểm", "not below {points} points"),
    "not_applicable": ("không áp dụng thì {what}", "if not applicable {what}"),
    "applies_if": ("chỉ áp dụng khi {fact} là {among}", "applies only where {fact} is {among}"),
    "judged": ("do người chấm nhận định", "people judge it"),
    "required": ("điều kiện bắt buộc", "a gate"),
    "optional": ("không bắt buộc", "not obligatory"),
    "recognition": ("Công nhận", "Recognition"),
    "facts_period": ("Số liệu", "Facts"),
    "validity": ("Thời hạn", "Validity"),
    "upgrade_wait": ("Nâng mức", "Upgrade"),
    "months": ("{months} tháng", "{months} months"),
    "starts": ("tính từ {day}", "counted from {day}"),
    "self_assessor": ("Tự đánh giá", "Self-assessed by"),
    "verifier": ("Kiểm tra", "Verified by"),
    "recogniser": ("Công nhận bởi", "Recognised by"),
    "form": ("Biểu mẫu", "Form"),
    "this_year": ("của năm đánh giá", "of the assessed year"),
    "next_year": ("của năm sau", "of the next year"),
    "procedure": ("mã thủ tục {code}", "procedure {code}"),
    "offices": ("Người có thẩm quyền", "Competent office"),
    "no_office": ("chưa biết người có thẩm quyền", "no competent office is known"),
    "depends_on": ("Phụ thuộc vào", "Depends on"),
    "assumptions": ("Giả định", "Assumptions"),
    "assumed_since": ("Giả định từ {day}", "Assumed since {day}"),
    "notes": ("Ghi chú", "Notes"),
    "gaps": ("Còn thiếu", "Gaps"),
    "sources": ("Nguồn", "Sources"),
    "from": ("từ {day}", "from {day}"),
    "until": ("đến trước {day}", "until before {day}"),
    "since_unknown": ("ngày bắt đầu chưa biết", "beginning not known"),
    "issuer": ("Cơ quan ban hành", "Issuer"),
    "signed": ("Ngày ký", "Signed"),
    "replaces": ("Thay thế", "Replaces"),
    "based_on": ("Căn cứ vào", "Based on"),
    "document": ("Văn bản", "Document"),
    "base": ("Mẫu số", "Base"),
    "base_ended": ("Mẫu số chấm dứt từ {day}", "Base ended on {day}"),
    "quoted": ("Công bố", "As printed"),
    "numerator": ("Tử số", "Numerator"),
    "powers": ("Được công nhận", "May recognise"),
    "exists": ("Tồn tại", "Exists"),
    "lies_over": ("Đặt lên", "Lies over"),
    "mark": ("Dấu", "Mark"),
    "made_up": ("MẪU – KHÔNG CÓ GIÁ TRỊ", "MẪU – OF NO VALUE"),
}


def say(word: str, lang: Language, **values: object) -> str:
    """One word or phrase in one language, with its values put in."""
    return _WORDS[word][lang == "en"].format(**values)


def known(word: object, lang: Language) -> str:
    """A value as a reader sees it: `unknown`, true and the like in words, everything else as it stands."""
    text = str(word).lower() if isinstance(word, bool) else str(word)
    return say(text, lang) if text in _WORDS else text


def period(start: str, end: str | None, lang: Language) -> str:
    """A half-open interval in words."""
    begins = say("since_unknown", lang) if start == "unknown" else say("from", lang, day=day(start, lang))
    return begins if end is None else f"{begins} {say('until', lang, day=day(end, lang))}"


def day(written: str, lang: Language) -> str:
    """A date as exactly as a text gives it, in the order of Viet Nam: 26/01/2024, 11/2020, 2014 or not known."""
    return say("unknown", lang) if written == "unknown" else "/".join(reversed(written.split("-")))


def sources(mark: str, cites: Iterable[Cite], documents: Mapping[str, Document], lang: Language) -> str:
    """How sure a statement is and where it stands, in brackets."""
    places = (cited_place(cite, documents) for cite in cites)
    return f"[{'; '.join([say(mark, lang), *places])}]"


def cited_place(cite: Cite, documents: Mapping[str, Document]) -> str:
    """Where a statement stands: the number of the document, the place in it, and the page that reports it."""
    number = documents[cite.document].number if cite.document in documents else cite.document
    place = f", {cite.place}" if cite.place else ""
    return f"{number}{place}{f' ({cite.source})' if cite.source else ''}"

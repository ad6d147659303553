"""A judgement as sentences, in Vietnamese or English, each with the article it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from densach.problems import Language
from densach.rules.asking import Question
from densach.rules.judging import Finding, Judgement, Points
from densach.rules.lowering import indicators_of
from densach.rules.model import Cite, Indicator, LevelId, Mark, Rubric
from densach.rules.verdicts import Verdict

Titles = Mapping[str, str]

VERDICTS: dict[Language, dict[Verdict, str]] = {
    "vi": {"met": "● đạt", "unmet": "◯ chưa đạt", "unknown": "◐ chưa xác định", "not_applicable": "– không áp dụng"},
    "en": {"met": "● met", "unmet": "◯ not met", "unknown": "◐ not determined", "not_applicable": "– not applicable"},
}
MARKS: dict[Language, dict[Mark, str]] = {
    "vi": {
        "read": "đọc trong văn bản",
        "secondary": "theo nguồn thứ cấp",
        "inferred": "suy luận, không dùng để kết luận",
        "memory": "theo trí nhớ, chưa kiểm chứng, không dùng để kết luận",
        "unknown": "chưa biết",
        "fictional": "MẪU – hư cấu, không có giá trị",
    },
    "en": {
        "read": "read in the text",
        "secondary": "from a secondary source",
        "inferred": "inferred, decides nothing",
        "memory": "from memory, unverified, decides nothing",
        "unknown": "not known",
        "fictional": "MẪU – fictional, without effect",
    },
}
WORDS: dict[Language, dict[str, str]] = {
    "vi": {
        "points": "điểm",
        "waiting_fact": "còn thiếu số liệu",
        "waiting_law": "chưa đọc được quy định",
        "fact": "Cần biết",
        "law": "Cần văn bản",
        "step": "Để đạt",
        "answered_by": "người trả lời",
        "proof": "minh chứng đủ nhẹ",
        "from_to": "từ {now} lên {to}",
        "questions": "Câu hỏi và việc cần làm",
        "findings": "Kết quả từng chỉ tiêu",
        "seal": "Phiếu kết quả có dấu",
        "unnamed": "(chưa đọc được lời văn)",
        "at_least": "ít nhất {low}",
        "none": "chưa ghi",
        "true": "có",
        "false": "không",
    },
    "en": {
        "points": "points",
        "waiting_fact": "facts still missing",
        "waiting_law": "rule not read",
        "fact": "To find out",
        "law": "Text needed",
        "step": "To reach it",
        "answered_by": "who answers",
        "proof": "light proof",
        "from_to": "from {now} to {to}",
        "questions": "Questions and next steps",
        "findings": "Result of each indicator",
        "seal": "Sealed receipt",
        "unnamed": "(wording not read)",
        "at_least": "at least {low}",
        "none": "not given",
        "true": "yes",
        "false": "no",
    },
}


def say(
    rubric: Rubric,
    judgement: Judgement,
    questions: tuple[Question, ...],
    *,
    titles: Titles,
    seal: str,
    lang: Language = "vi",
) -> Iterator[str]:
    """The judgement as lines of text: verdict, every indicator, what to ask or do; `titles` names the documents."""
    words = WORDS[lang]
    names = _level_names(rubric, lang)
    yield _headline(rubric, judgement, names, titles, lang)
    if judgement.findings:
        yield from ["", f"{words['findings']}:"]
    for (_, indicator), finding in zip(indicators_of(rubric), judgement.findings, strict=True):
        yield "  " + say_finding(indicator, finding, rubric, titles, lang)
    if questions:
        yield from ["", f"{words['questions']}:"]
    for question in questions:
        yield "  " + say_question(question, titles, lang)
    yield from ["", f"{words['seal']}: {seal}"]


def cite_text(cites: tuple[Cite, ...], titles: Titles) -> str:
    """Citations as one phrase: place and document, for example "Điều 6 khoản 1, Thông tư 24/2023/TT-BGDĐT"."""
    documents = ((cite.place, titles.get(cite.document, cite.document)) for cite in cites)
    return "; ".join(", ".join(part for part in pair if part) for pair in documents)


def _level_names(rubric: Rubric, lang: Language) -> dict[LevelId, str]:
    return {level.id: level.name_vi if lang == "vi" else level.name_en for level in rubric.levels}


def _headline(
    rubric: Rubric, judgement: Judgement, names: Mapping[LevelId, str], titles: Titles, lang: Language
) -> str:
    title = rubric.title_vi if lang == "vi" else rubric.title_en
    parts = [f"{title}: {VERDICTS[lang][judgement.verdict]}"]
    if judgement.level is not None and judgement.level in names:
        parts.append(names[judgement.level])
    if judgement.points is not None:
        parts.append(_points(judgement.points, lang))
    return f"{', '.join(parts)} ({MARKS[lang][judgement.mark]}; {cite_text(rubric.cites, titles)})."


def _points(points: Points, lang: Language) -> str:
    words = WORDS[lang]
    if points.high is None:
        return f"{words['at_least'].format(low=points.low)} {words['points']}"
    amount = str(points.low) if points.low == points.high else f"{points.low}–{points.high}"
    return f"{amount} {words['points']}"


def say_finding(indicator: Indicator, finding: Finding, rubric: Rubric, titles: Titles, lang: Language) -> str:
    """The result of one indicator as a sentence with its article."""
    names = _level_names(rubric, lang)
    text = (indicator.text_vi if lang == "vi" else indicator.text_en) or _heading_of(indicator, rubric, lang)
    parts = [f"{finding.id} {text}: {_verdicts(finding, names, lang)}"]
    if finding.points is not None:
        parts.append(_points(finding.points, lang))
    parts += [f"{WORDS[lang][f'waiting_{missing.kind}']} {missing.id}" for missing in finding.missing]
    return f"{'; '.join(parts)} ({cite_text(finding.cites, titles)})."


def _heading_of(indicator: Indicator, rubric: Rubric, lang: Language) -> str:
    """What an indicator whose own words were not seen is called by: its criterion, and that it was not read."""
    criterion = next(criterion for criterion, one in indicators_of(rubric) if one.id == indicator.id)
    title = (criterion.title_vi if lang == "vi" else criterion.title_en) or ""
    return f"{title} {WORDS[lang]['unnamed']}".strip()


def _verdicts(finding: Finding, names: Mapping[LevelId, str], lang: Language) -> str:
    """One verdict where all levels agree, else the verdict of each level."""
    if len(set(finding.levels.values())) <= 1:
        return VERDICTS[lang][finding.verdict]
    return ", ".join(
        f"{names.get(level, level)} {VERDICTS[lang][verdict]}" for level, verdict in finding.levels.items()
    )


def say_question(question: Question, titles: Titles, lang: Language) -> str:
    """What to find out, to read or to do, as a sentence with its article."""
    words = WORDS[lang]
    title = (question.title_vi if lang == "vi" else question.title_en) or words["unnamed"]
    proof = question.proof_vi if lang == "vi" else question.proof_en
    change = words["from_to"].format(now=_answer(question.now, words), to=_answer(question.to, words))
    parts = [
        f"{words[question.kind]}: {title} [{question.id}]",
        change if question.kind == "step" else "",
        f"{words['answered_by']}: {question.answered_by}" if question.answered_by else "",
        f"{words['proof']}: {proof}" if proof else "",
    ]
    return "; ".join(part for part in parts if part) + f" ({cite_text(question.cites, titles)})."


def _answer(value: bool | int | str | tuple[int, int] | None, words: dict[str, str]) -> str:
    if value is None:
        return words["none"]
    if isinstance(value, tuple):
        return f"{value[0]}–{value[1]}"
    return words[str(value).lower()] if isinstance(value, bool) else str(value)

"""The papers of a nomination as official documents, by the templates of the law (Nghị định 30/2020/NĐ-CP, Phụ lục I).

What nobody recorded stays open for people to write; nothing is made up to fill a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from densach.awards import by_law, queries
from densach.awards.models import Claim, Nomination, SubjectKind
from densach.formats.official.model import Block, Issuer, Kind, Official, Paragraph, Reference, Signature, Table
from densach.formats.official.words import roman
from densach.formats.vietnamese import format_date
from densach.places.models import Level, PlacePeriod
from densach.places.queries import period_of
from densach.policy.commendation.model import Section, Template
from densach.reporting.papers.desk import COMMITTEE

OPEN = "…………………………"
MOVEMENT = (
    "“Cả nước thi đua xây dựng xã hội học tập, đẩy mạnh học tập suốt đời giai đoạn 2023-2030” "
    "(Quyết định số 1315/QĐ-TTg ngày 09/11/2023 của Thủ tướng Chính phủ)"
)
BASES = (
    "Căn cứ Luật Thi đua, khen thưởng",
    "Căn cứ Quyết định số 1315/QĐ-TTg ngày 09 tháng 11 năm 2023 của Thủ tướng Chính phủ",
)
MADE = frozenset({"to_trinh", "bao_cao_thanh_tich"})  # minutes come from the council, certificates from other bodies
COMMITTEES = (Level.COMMUNE, Level.PROVINCE)


def template_of(kind: str) -> Template | None:
    """The template that a paper of a kind is made from; none where it can only be handed in."""
    form = by_law.law().forms.get(kind)
    named = form.template if form else None
    return by_law.law().templates[named] if named in MADE else None


def paper_for(nomination: Nomination, kind: str, on: date) -> Official | None:
    """A paper of a nomination with what is known today."""
    template = template_of(kind)
    if template is None:
        return None
    claims = queries.claims_of(nomination)
    if template.code == "to_trinh":
        return _proposal(nomination, template, claims, on)
    return _report(nomination, template, claims, on)


def _proposal(nomination: Nomination, template: Template, claims: Sequence[Claim], on: date) -> Official:
    where, words = _where(nomination, on), _words(nomination, claims, on)
    sections = [each for each in template.sections if _concerns(each, nomination)]
    blocks: list[Block] = []
    for place, section in enumerate(sections, 1):
        blocks.append(Paragraph(lead=f"{roman(place)}. {section.heading_vi}"))
        blocks += [Paragraph(line.format_map(words)) for line in section.lines_vi]
        blocks += [_nominees(nomination)] if section.subjects else []
    blocks += [Paragraph(f"{line.format_map(words).rstrip('.')}./.") for line in template.closing_vi]
    signs = Signature("Chủ tịch", authority=f"TM. {COMMITTEE}") if _is_committee(where) else Signature("Người đề nghị")
    return Official(
        kind=Kind.PROPOSAL if _is_committee(where) else Kind.REQUEST,
        issuer=_issuer(nomination, where),
        reference=Reference(_seat(where), on.year),
        abstract=template.title_vi.format_map(words),
        addressees=(words["addressee"],),
        bases=BASES,
        blocks=tuple(blocks),
        signatures=(signs,),
        recipients=("Như trên",),
        fictional=nomination.round.is_fictional,
    )


def _report(nomination: Nomination, template: Template, claims: Sequence[Claim], on: date) -> Official:
    where, words = _where(nomination, on), _words(nomination, claims, on)
    words["movement"] = MOVEMENT
    blocks: list[Block] = [Paragraph(line.format_map(words)) for line in template.opening_vi]
    sections = [each for each in template.sections if _concerns(each, nomination)]
    for place, section in enumerate(sections, 1):
        blocks += [Paragraph(lead=f"{roman(place)}. {section.heading_vi}"), *_told(nomination, section, claims)]
    left, right = template.signers_vi[-1], template.signers_vi[0]
    return Official(
        kind=Kind.ACHIEVEMENTS,
        issuer=Issuer((nomination.nominee.name,), "", ""),
        reference=Reference(_seat(where), on.year),
        abstract=f"Đề nghị tặng {words['award']}",
        blocks=tuple(blocks),
        signatures=(Signature(left), Signature(right)),
        fictional=nomination.round.is_fictional,
    )


def _told(nomination: Nomination, section: Section, claims: Sequence[Claim]) -> Iterator[Block]:
    if section.code == "awards_held":
        yield from map(Paragraph, _held(nomination) or [f"{'; '.join(section.lines_vi)}: {OPEN}"])
    elif section.code == "achievement":
        yield from map(Paragraph, map(_achieved, claims))
        yield from (Paragraph(f"{line}: {OPEN}") for line in section.lines_vi)
    else:
        known = _known(nomination)
        yield from (Paragraph(f"{line}: {known.get(line) or OPEN}") for line in section.lines_vi)


def _known(nomination: Nomination) -> dict[str, str]:
    """What is known of the nominee, by the lines of the profile that ask for it."""
    nominee = nomination.nominee
    born = format_date(nominee.born_on) if nominee.born_on else ""
    women = f"tỷ lệ nữ {nominee.women} %" if nominee.women is not None else ""
    return {
        "Họ và tên": nominee.name,
        "Ngày sinh": born,
        "Giới tính": nominee.get_sex_display() if nominee.sex else "",
        "Nơi ở": nominee.about,
        "Tên tập thể": nominee.stated_as or nominee.name,
        "Địa chỉ": nominee.about,
        "Số người, tỷ lệ nữ": women,
        "Người đại diện": nominee.name.removeprefix("Hộ "),
    }


def _achieved(claim: Claim) -> str:
    done = claim.achievement
    evidence = f" Minh chứng: {done.evidence}." if done.evidence else ""
    return f"- {done.text.rstrip('.')} (từ {format_date(done.began_on)} đến {format_date(done.ended_on)}).{evidence}"


def _held(nomination: Nomination) -> list[str]:
    rows = queries.awards_held(queries.same_nominees(nomination.nominee))
    return [f"- {_award_name(row)}, {row.round.name}: {row.citation}." for row in rows]


def _nominees(nomination: Nomination) -> Table:
    nominee = nomination.nominee
    about = "; ".join(filter(None, (nominee.stated_as, nominee.about)))
    return Table(
        headers=("TT", "Họ và tên, tên gọi", "Đơn vị, địa chỉ", "Thành tích"),
        rows=(("1", nominee.name, about or OPEN, nomination.citation or OPEN),),
        widths=(6, 28, 30, 36),
        middle=frozenset({0}),
    )


def _words(nomination: Nomination, claims: Sequence[Claim], on: date) -> dict[str, str]:
    return {
        "award": _award_name(nomination),
        "addressee": _addressee(nomination, on),
        "proposer": _called(nomination, _where(nomination, on)),
        "movement": f"phong trào {MOVEMENT}",
        "period": _period(claims),
    }


def _period(claims: Iterable[Claim]) -> str:
    rows = [each.achievement for each in claims]
    if not rows:
        return OPEN
    began, ended = min(row.began_on for row in rows), max(row.ended_on for row in rows)
    return f"từ {format_date(began)} đến {format_date(ended)}"


def _award_name(nomination: Nomination) -> str:
    found = by_law.award(nomination.award)
    return found.name_vi if found else nomination.award


def _addressee(nomination: Nomination, on: date) -> str:
    """Whoever decides, by the name of the place of the round where it is the authority of that place."""
    found = by_law.award(nomination.award)
    authority = by_law.law().authorities.get(found.authority) if found else None
    name = authority.name_vi if authority else OPEN
    row = period_of(nomination.round.place, on)
    for level in ("cấp xã", "cấp tỉnh"):
        name = name.replace(level, _lowered(row.name)) if row else name
    return name


def _called(nomination: Nomination, where: PlacePeriod | None) -> str:
    if where is not None and _is_committee(where) and not nomination.unit_id:
        return f"{COMMITTEE} {_lowered(where.name)}"
    return nomination.proposed_by


def _issuer(nomination: Nomination, where: PlacePeriod | None) -> Issuer:
    if where is not None and _is_committee(where) and not nomination.unit_id:
        return Issuer((COMMITTEE, _lowered(where.name)), "UBND")
    return Issuer((nomination.proposed_by,), "")


def _where(nomination: Nomination, on: date) -> PlacePeriod | None:
    """The proposing place as it is; none where a unit, or another line than the government's, proposes."""
    if nomination.unit_id or nomination.line != "government":
        return None
    return period_of(nomination.proposer, on)


def _is_committee(where: PlacePeriod | None) -> bool:
    return where is not None and where.level in COMMITTEES


def _seat(where: PlacePeriod | None) -> str:
    return where.short_name if where else "…………"


def _lowered(name: str) -> str:
    return name[:1].lower() + name[1:]


def _concerns(section: Section, nomination: Nomination) -> bool:
    return not section.subjects or SubjectKind(nomination.nominee.kind).value in section.subjects

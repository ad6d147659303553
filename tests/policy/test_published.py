"""What we publish: schemas that accept every file we ship, the facts a rubric asks, and the commands."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from densach.cli.policy import policy
from densach.policy.files import HOME, files_in, kind_of
from densach.policy.library import open_library
from densach.policy.listing import KINDS, list_lines, page_lines
from densach.policy.reading import Plain, open_source, plain
from densach.policy.schemas import PUBLISHED, facts_schema, file_schemas
from densach.policy.viewing import view_rubric
from densach.problems import Language, Refused

TARGETS = {
    "1373.literacy.province_xmc2": (70, 90),
    "1373.universal.preschool": (70, 100),
    "1373.universal.primary3": (50, 70),
    "1373.universal.lowersec2": (100, None),
    "1373.universal.lowersec3": (20, 40),
    "1373.competence.information": (50, 70),
    "1373.competence.life_skills": (50, 70),
    "1373.qualification.technical": (50, 60),
    "1373.qualification.university": (12, 15),
    "1373.institution.digital_university": (70, 90),
    "1373.institution.digital_schools": (60, 80),
    "1373.institution.clc_it": (70, None),
    "1373.model.citizen": (40, 60),
    "1373.model.district": (None, 50),
    "1373.model.province": (None, 35),
    "1373.gnlc.member_cities": (None, None),
    "387.association.members_briefed": (100, None),
    "387.model.family": (70, 80),
    "387.model.clan": (65, 75),
    "387.model.community": (65, 75),
    "387.model.unit": (80, 90),
    "387.citizen.workers": (40, 60),
    "387.citizen.officials": (60, 80),
    "387.clc.leader_participation": (100, None),
    "387.clc.officer_it": (40, None),
    "677.association.members_briefed": (100, None),
    "677.citizen.adults": (40, 60),
    "677.citizen.officials": (60, 80),
    "677.citizen.digital_skills": (70, 90),
    "677.citizen.digital_self_update": (60, 80),
    "rel.library.district": (None, 90),
    "rel.museum.programmes": (None, 70),
}


def run(*words: str) -> Result:
    return CliRunner().invoke(policy, words, catch_exceptions=False)


def refused(*words: str) -> list[str]:
    with pytest.raises(Refused) as found:
        run(*words)
    return [problem.code for problem in found.value.problems]


def as_json(path: Path) -> Plain:
    """A file as an editor's validator sees it."""
    return json.loads(json.dumps(plain(open_source(path))))  # type: ignore[no-any-return]


def test_the_published_schemas_are_those_of_the_shapes() -> None:
    published = {path.name: path.read_text("utf-8") for path in PUBLISHED.iterdir()}
    assert published == dict(file_schemas())


def test_every_shipped_file_fits_its_schema() -> None:
    for path in (path for pack in ("vn", "demo") for path in files_in(HOME / pack)):
        schema = json.loads((PUBLISHED / f"{kind_of(path)}.json").read_text("utf-8"))
        assert [error.message for error in Draft202012Validator(schema).iter_errors(as_json(path))] == []


def test_a_schema_refuses_what_the_shape_refuses() -> None:
    schema = json.loads((PUBLISHED / "document.json").read_text("utf-8"))
    assert not Draft202012Validator(schema).is_valid({"id": "x", "mark": "sure"})


def test_the_facts_of_a_rubric_in_the_order_of_the_sheet() -> None:
    found = json.loads(run("facts", "donvitinh-tt24-2023").stdout)
    rubric = open_library().rubric("donvitinh-tt24-2023").rubric
    Draft202012Validator.check_schema(found)
    assert list(found["properties"]) == [fact.id for fact in rubric.facts]
    assert found["additionalProperties"] is False
    assert found["properties"]["members"] == {
        "title": "Đơn vị có bao nhiêu thành viên?",
        "description": "Người trả lời: Tổ đánh giá của đơn vị. Minh chứng: Danh sách thành viên.",
        "type": "integer",
        "minimum": 1,
        "maximum": 1000000,
    }
    assert found["properties"]["school_digital_level"]["enum"] == ["below", "basic", "above"]
    assert found["properties"]["yearly_plan"]["type"] == "boolean"


def test_the_facts_in_english() -> None:
    rubric = open_library().rubric("congdan-324-2022").rubric
    assert facts_schema(rubric, "en")["properties"]["b2"] == {
        "title": "Uses a foreign language as work and position require: how many points from 0 to 10?",
        "description": "Answered by: Người được đánh giá. Proof: A certificate, or work that uses the language.",
        "type": "integer",
        "minimum": 0,
        "maximum": 10,
    }


def test_the_targets_are_those_of_the_decisions() -> None:
    found = open_library().targets
    assert {name: tuple(goal.value for goal in target.goals) for name, target in found.items()} == TARGETS
    ended = sorted(name for name, target in found.items() if target.base_ended == "2025-07-01")
    assert ended == ["1373.model.district", "677.citizen.officials", "rel.library.district"]


def test_the_list_gives_one_line_for_each_rubric() -> None:
    lines = run("list").stdout.splitlines()
    assert [line.split("  ")[0] for line in lines] == sorted(open_library().rubrics)
    assert "xmc-nd20-2014" in lines[-1]
    assert lines[-1].endswith("từ 2014 · đọc trọn")


@pytest.mark.parametrize("kind", ["rubrics", "documents", "targets", "offices", "claims"])
def test_every_listed_id_can_be_shown(kind: str) -> None:
    library = open_library()
    languages: tuple[Language, ...] = ("vi", "en")
    for lang in languages:
        for line in list_lines(library, kind, lang):
            wanted = line.split("  ")[0]
            assert next(page_lines(library, wanted, None, lang)).startswith(f"{wanted} · ")


def test_everything_is_listed_with_all() -> None:
    library = open_library()
    lines = run("list", "--kind", "all").stdout.splitlines()
    assert lines == [line for kind in KINDS for line in list_lines(library, kind, "vi")]


def test_a_rubric_is_shown_with_the_office_of_the_day() -> None:
    before = run("show", "xa-tt25-2023", "--on", "30/06/2025").stdout.splitlines()
    after = run("show", "xa-tt25-2023", "--on", "2025-07-01").stdout.splitlines()
    at = before.index("Người có thẩm quyền") + 1
    assert before[at] == (
        "  từ 12/02/2024 đến trước 01/07/2025: Trưởng phòng Giáo dục và Đào tạo cấp huyện"
        " [nguồn thứ cấp; 25/2023/TT-BGDĐT]"
    )
    assert after[at].startswith("  từ 01/07/2025: chưa biết người có thẩm quyền [chưa biết; 142/2025/NĐ-CP;")


def test_an_unread_rubric_says_so() -> None:
    lines = run("show", "giadinh-387-2022").stdout.splitlines()
    assert lines[3:6] == [
        "Hiệu lực: ngày bắt đầu chưa biết",
        "Mức độ đọc được: chưa biết; chỉ tiêu 0/0, ngưỡng 0/0",
        "Cách xét: chưa biết",
    ]


def test_the_fictional_page_says_so() -> None:
    lines = run("show", "giadinh-387-2022", "--pack", "demo", "--lang", "en").stdout.splitlines()
    assert lines[:2] == ["giadinh-387-2022 · Learning Family 2021-2030 (MẪU)", "MẪU – OF NO VALUE"]


def test_a_sound_check_ends_well() -> None:
    result = run("check", "--lang", "en")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "19 rubrics, 0 problems.")


def test_a_check_with_mistakes_ends_with_2(tmp_path: Path) -> None:
    path = tmp_path / "document.yaml"
    path.write_text("id: mau\n", encoding="utf-8")
    result = run("check", str(tmp_path), "--lang", "en")
    assert (result.exit_code, result.stdout.splitlines()[0].split(": ")[0]) == (2, f"P105 {path}:1")


def test_what_cannot_be_answered_is_refused() -> None:
    assert refused("show", "giadinh-449") == ["P120"]
    assert refused("facts", "giadinh-449") == ["P120"]
    assert refused("show", "giadinh-448-2015", "--on", "31/02/2020") == ["D101"]


def test_schemas_are_written_where_asked(tmp_path: Path) -> None:
    names = run("schema", str(tmp_path / "schemas")).stdout.split()
    assert {path.name for path in (tmp_path / "schemas").iterdir()} == set(names)


@pytest.mark.parametrize("rubric_id", sorted(open_library(("vn", "demo")).rubrics))
def test_the_page_as_text_leaves_out_nothing_of_its_view(rubric_id: str) -> None:
    library = open_library(("vn", "demo"))
    view = view_rubric(library, rubric_id, None, "vi")
    text = "\n".join(page_lines(library, rubric_id, None, "vi"))
    said = [*view.head, *(line for section in (*view.levels, *view.sections) for line in section.lines)]
    said += [each for criterion in view.criteria for each in (criterion.said, *(i.said for i in criterion.indicators))]
    assert [each.text for each in said if each.text not in text] == []
    assert len(view.criteria) == len(view.rubric.criteria)


def test_a_view_with_questions_names_facts_by_what_they_ask() -> None:
    view = view_rubric(open_library(), "donvitinh-tt24-2023", None, "vi", questions=True)
    details = {each.id: each.details for criterion in view.criteria for each in criterion.indicators}
    assert details["2.1"][0].startswith("tỷ lệ: trả lời của câu “")
    assert not any(fact.id in " ".join(details["2.1"]) for fact in view.rubric.facts if "_" in fact.id)
    assert details["3.4"][1] == "Mức độ 1: Đáp ứng cơ bản"

"""What the public comes for, walked in a real browser: phone and PC, both languages, with and without scripts."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from playwright.sync_api import Browser, Page, expect

from densach.places.identities import KNOWN_FROM, identity_of
from densach.places.models import Level
from densach.policy.library import open_library
from densach.rules.judging import Judge
from densach.rules.sheet import Answer
from tests.rules.making import facts_for
from tests.story.browsing import Way, faults, is_too_wide, opened
from tests.web.walking import typed

pytestmark = pytest.mark.slow
LIBRARY = open_library()
CITIZEN = "/luat/congdan-324-2022"
SCORES = ("a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4", "c1", "c2")
PAGES = (
    "/",
    "/tim-xa",
    "/tim-xa?q=chu+prong",
    "/tham-quyen?on=abc",
    "/luat",
    CITIZEN,
    "/luat/donvitinh-tt24-2023",
    f"{CITIZEN}/thu",
    "/luat/donvitinh-tt24-2023/thu",
    "/luat/giadinh-387-2022/thu",
    "/chung-nhan",
    "/so-lieu",
    "/gioi-thieu",
    "/tro-nang",
)
# Each device meets each language and goes with and without scripts.
WAYS = [Way("phone", "vi"), Way("phone", "en", scripts=False), Way("pc", "vi", scripts=False), Way("pc", "en")]
ENGLISH = {
    "Tìm nơi này": "Find this place",
    "Luật": "The law",
    "Thử bộ tiêu chí này": "Try this rubric",
    "Câu tiếp": "Next",
    "Xem kết quả và việc nên làm": "See the result and what to do",
    "chưa đạt": "not met",
    "đạt": "met",
    "Xem lại và sửa câu trả lời": "Look at the answers and change them",
    "Thẩm quyền": "Who is competent",
    "Chưa biết cơ quan có thẩm quyền.": "No competent office is known.",
    "Số liệu": "Open figures",
    "số in ra bị cắt bớt, không làm tròn": "the printed figure is cut off, not rounded",
    "toàn bộ nhập vào": "all of it went to",
}


def fill_in(page: Page, way: Way, scores: dict[str, str]) -> None:
    """Answer question after question; with scripts a phone shows one at a time."""
    stepping = way.scripts and way.device == "phone"
    for at, name in enumerate(SCORES):
        page.locator(f"#{name}").fill(scores[name])
        if stepping:
            assert page.locator("fieldset:visible").count() == 1
        if stepping and at + 1 < len(SCORES):
            page.locator(".steps .next").click()


@pytest.mark.parametrize(("page", "way"), [(way, way) for way in WAYS], indirect=["page"], ids=map(str, WAYS))
def test_a_visitor_finds_a_commune_reads_the_law_and_tries_it(page: Page, way: Way) -> None:
    def word(vietnamese: str) -> str:
        return ENGLISH[vietnamese] if way.lang == "en" else vietnamese

    page.goto("/")
    page.locator("#q").fill("ia mo nong")
    page.get_by_role("button", name=word("Tìm nơi này")).click()
    page.get_by_role("link", name="Xã Ia Mơ Nông").click()
    expect(page.locator("main")).to_contain_text(word("toàn bộ nhập vào"))
    page.get_by_role("link", name=word("Luật"), exact=True).click()
    page.locator(f'a[href="{CITIZEN}"]').click()
    page.get_by_role("link", name=word("Thử bộ tiêu chí này")).click()
    fill_in(page, way, dict.fromkeys(SCORES, "8") | {"b2": "4"})
    if way.scripts:
        expect(page.locator(".so-far output")).to_contain_text(word("chưa đạt"))
    page.get_by_role("button", name=word("Xem kết quả và việc nên làm")).click()
    expect(page.locator(".outcome h2")).to_contain_text(word("chưa đạt"))
    expect(page.locator(".steps li").first).to_contain_text("“8”")
    page.get_by_text(word("Xem lại và sửa câu trả lời")).click()
    if way.scripts and way.device == "phone":
        for _ in range(5):
            page.locator(".steps .next").click()
    page.locator("#b2").fill("8")
    page.locator("#b2").evaluate("field => field.form.requestSubmit()") if way.scripts else page.locator("#b2").press(
        "Enter"
    )
    expect(page.locator(".outcome h2.met")).to_contain_text(word("đạt"))
    assert "?" not in page.url
    page.get_by_role("link", name=word("Thẩm quyền"), exact=True).click()
    expect(page.get_by_text(word("Chưa biết cơ quan có thẩm quyền.")).first).to_be_visible()
    page.get_by_role("link", name=word("Số liệu"), exact=True).click()
    expect(page.locator("#long-thanh-trung-2017")).to_contain_text(word("số in ra bị cắt bớt, không làm tròn"))


ANSWER = """given => {
    const form = document.querySelector("form.sheet");
    for (const set of form.querySelectorAll("fieldset")) {
        for (const field of set.querySelectorAll("input")) {
            if (field.type === "radio") field.checked = field.value === (given[field.name] ?? "");
            else field.value = given[field.name] ?? "";
        }
    }
    form.dispatchEvent(new Event("input"));
    return [...document.querySelectorAll(".so-far output, .so-far .strip span")].map(one => one.className);
}"""  # gives every answer, and tells the verdict and the strip as they are shown
LOOKS = [Way("pc"), Way("phone", "en", scheme="dark")]


@pytest.mark.parametrize("page", LOOKS, indirect=True, ids=map(str, LOOKS))
def test_the_checker_of_accessibility_finds_nothing_serious(page: Page) -> None:
    place = f"/noi/{identity_of(Level.PROVINCE, '01', KNOWN_FROM)}"
    found = {}
    for address in (*PAGES, place):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        if serious := faults(page):
            found[address] = serious
    assert found == {}


def test_the_result_of_a_trial_is_accessible_too(page: Page) -> None:
    page.goto(f"{CITIZEN}/thu")
    page.locator("#a1").fill("3")
    page.evaluate("document.querySelector('form.sheet').requestSubmit()")
    page.wait_for_selector(".outcome")
    assert faults(page) == []


@pytest.mark.parametrize("page", [Way("small", "vi"), Way("small", "en")], indirect=True, ids=["vi", "en"])
def test_nothing_is_cut_on_the_smallest_screen_and_with_letters_twice_as_large(page: Page) -> None:
    for address in PAGES:
        page.goto(address)
        assert not is_too_wide(page), address
        page.set_viewport_size({"width": 640, "height": 800})
        page.evaluate("document.documentElement.style.setProperty('font-size', '212.5%')")
        assert not is_too_wide(page), f"{address} at 200 %"
        page.set_viewport_size({"width": 320, "height": 640})


def test_what_is_pressed_is_large_enough_for_a_thumb(page: Page) -> None:
    for address in PAGES:
        page.goto(address)
        small = page.evaluate("""() => [...document.querySelectorAll(
            'button, input[type=text], input[type=search], .choices label, .action, nav a, .bottom a, .cards a')]
            .filter(one => one.offsetParent && one.getBoundingClientRect().height < 44)
            .map(one => one.outerHTML.slice(0, 100))""")
        assert small == [], address


@pytest.mark.parametrize("page", [Way("pc")], indirect=True)
def test_everything_is_done_by_keyboard_and_the_place_is_seen(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "q"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"
    page.keyboard.type("ia mo nong")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tim-xa?q=ia+mo+nong")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    for _ in range(3):
        page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_an_article_opens_on_tap_and_by_keyboard(page: Page) -> None:
    page.goto(CITIZEN)
    article = page.locator("#a1 .where")
    expect(article).to_be_hidden()
    page.locator("#a1 summary").click()
    expect(article).to_contain_text("324/QĐ-KHVN, Tiêu chí A, chỉ số a1")
    page.keyboard.press("Enter")
    expect(article).to_be_hidden()


def test_results_come_while_typing_and_the_address_follows(page: Page) -> None:
    page.goto("/tim-xa")
    page.locator("#q").press_sequentially("ia mo nong")
    expect(page.get_by_role("link", name="Xã Ia Mơ Nông")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/tim-xa\?q=ia(%20|\+)mo(%20|\+)nong$"))
    page.reload()
    expect(page.get_by_role("link", name="Xã Ia Mơ Nông")).to_be_visible()


def test_the_language_is_switched_and_kept(page: Page) -> None:
    page.goto("/tim-xa?q=ia+mo")
    page.get_by_role("button", name="English").click()
    expect(page).to_have_url(re.compile(r"/tim-xa\?q=ia\+mo$"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.goto("/luat")
    expect(page.locator("h1")).to_have_text("How much of the law is read")


def test_the_first_page_is_light(page: Page, site: str) -> None:
    carried: dict[str, int] = {}
    names: dict[str, str] = {}
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.responseReceived", lambda event: names.update({event["requestId"]: event["response"]["url"]}))
    network.on(
        "Network.loadingFinished", lambda event: carried.update({event["requestId"]: event["encodedDataLength"]})
    )
    for address, most in (("/", 60_000), ("/tim-xa", 25_000)):
        carried.clear()
        page.goto(address, wait_until="networkidle")
        assert 1_000 < sum(carried.values()) < most, {names[one]: size for one, size in carried.items()}
    assert all(url.startswith(site) for url in names.values())


@pytest.mark.parametrize("page", [Way("pc")], indirect=True)
def test_paper_shows_the_text_with_its_articles_and_nothing_to_press(page: Page) -> None:
    page.goto(CITIZEN)
    page.emulate_media(media="print")
    expect(page.locator("nav")).to_be_hidden()
    expect(page.locator(".action")).to_be_hidden()
    expect(page.locator("#a1 .text")).to_be_visible()


@pytest.mark.parametrize("rubric_id", ["congdan-324-2022", "donvitinh-tt24-2023", "xmc-nd20-2014"])
def test_the_browser_and_the_server_say_the_same_of_whatever_is_answered(
    chromium: Browser, site: str, rubric_id: str
) -> None:
    judge = Judge(LIBRARY.rubric(rubric_id).rubric)
    with opened(chromium, site, Way("pc")) as page:
        page.goto(f"/luat/{rubric_id}/thu")
        page.wait_for_selector(".so-far:not([hidden])")

        @settings(deadline=None, max_examples=40, database=None, suppress_health_check=list(HealthCheck))
        @given(facts_for(judge.rubric))
        def same(facts: dict[str, Answer]) -> None:
            told = page.evaluate(ANSWER, {name: typed(fact) for name, fact in facts.items()})
            judgement = judge.judge(facts)
            assert told == [f"verdict {each}" for each in (judgement.verdict, *(f.verdict for f in judgement.findings))]

        same()

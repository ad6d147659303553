"""A home on a small phone: begun, filled in one question a screen, kept, sent, followed; also without scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.story.browsing import SIZES, Way, faults, is_too_wide, opened
from tests.story.conftest import served

pytestmark = pytest.mark.slow
SIZES["cheap"] = (360, 640)
PHONE, PLAIN, ENGLISH = Way("cheap"), Way("cheap", scripts=False), Way("cheap", "en", scheme="dark")
ASKED = ("a1", "a2", "a3", "a4", "b1", "b2", "b3", "b4", "c1", "c2")
LIGHT = 60_000  # bytes of the first page of a home on slow data, style, letters and script included
RESULT = """async () => {
    const form = document.querySelector("form.sheet"), program = await (await fetch(form.dataset.program)).json();
    const facts = {};
    for (const fact of program.facts) {
        const text = form.elements[fact.id].value;
        if (text !== "") facts[fact.id] = Number(text);
    }
    const found = DensachRules.judge(program, facts);
    return [found.verdict, ...found.findings.map(one => `${one.id} ${one.verdict}`)];
}"""


SMALL = """() => [...document.querySelectorAll(
    'main button, main input[type=text], main textarea, main select, .choices label, .scale label, .action, .cards a')]
    .filter(one => one.offsetParent && !one.classList.contains('unseen') && one.getBoundingClientRect().height < 44)
    .map(one => one.outerHTML.slice(0, 100))"""


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(tmp_path_factory, "tests.story.home") as (address, _):
        yield address


@pytest.fixture
def page(chromium: Browser, homes: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    with opened(chromium, homes, getattr(request, "param", PHONE)) as page:
        yield page


def sign_in(page: Page, name: str) -> None:
    page.goto("/dang-nhap?next=/nha")
    page.locator("input[name=login]").fill(name)
    page.locator("input[name=password]").fill("matkhau-MAU-1315")
    page.locator("input[name=password]").press("Enter")
    page.wait_for_url("**/nha")


def begin(page: Page, at: int = 1) -> str:
    """Begin the sheet of a member, the head first; where it is filled in."""
    page.locator("ul.home > li").nth(at).locator("button, a.action").first.click()
    page.wait_for_url("**/phieu/*/ghi")
    return page.url


def tap(page: Page, fact: str, score: int) -> None:
    page.locator(f"#cau-{fact} .scale label", has_text=re.compile(f"^{score}$")).click()


def photo() -> bytes:
    """A picture as a phone takes it: large, and with noise that no writer makes small."""
    image = Image.effect_noise((2400, 1800), 60).convert("RGB")
    kept = BytesIO()
    image.save(kept, "JPEG", quality=92)
    return kept.getvalue()


def test_a_sheet_is_filled_in_on_a_phone_one_question_a_screen(page: Page) -> None:
    sign_in(page, "ho-7")
    expect(page.locator("h1")).to_contain_text("chưa ghi phiếu nào")
    fill = begin(page)
    expect(page.locator(".so-far output")).to_have_text("Còn 10 câu chưa ghi.")
    for at, fact in enumerate(ASKED[:-1]):
        assert page.locator("fieldset:visible").count() == 1
        tap(page, fact, 4 if fact == "a2" else 9)
        expect(page.locator(".saved")).to_contain_text("Đã lưu lúc")
        expect(page.locator(".so-far output")).to_have_text(f"Còn {9 - at} câu chưa ghi.")
        page.locator(".steps .next").click()
    assert page.locator("main").inner_text().count("đạt") == 0  # no verdict before it was sent
    page.goto(fill)
    expect(page.locator("#cau-a2 input:checked")).to_have_value("4")
    for _ in ASKED[1:]:
        page.locator(".steps .next").click()
    tap(page, "c2", 9)
    expect(page.locator(".so-far output")).to_have_text("Đã ghi đủ các câu.")
    expect(page.locator(".saved")).to_contain_text("Đã lưu lúc")
    here = page.evaluate(RESULT)
    page.get_by_text("Đồng ý để chi hội xem và chấm").click()
    page.locator(".send button[value=send]").click()
    page.wait_for_url("**/ket-qua")
    expect(page.locator("h1")).to_contain_text("chưa đạt")
    marks = page.locator(".findings li > .verdict").evaluate_all("all => all.map(one => one.className.split(' ')[1])")
    names = page.locator(".findings .id").all_inner_texts()
    verdict = page.locator(".outcome h2").evaluate("one => one.className.split(' ')[1]")
    assert [verdict, *(f"{name} {mark}" for name, mark in zip(names, marks, strict=True))] == here
    expect(page.locator(".steps-to-take li").first).to_contain_text("Ghi ra giấy một điều muốn học")
    page.get_by_role("link", name="Theo dõi phiếu").click()
    expect(page.locator(".story")).to_contain_text("Gửi để kiểm tra")


@pytest.mark.parametrize("page", [PLAIN], indirect=True)
def test_all_of_it_is_done_without_scripts(page: Page) -> None:
    sign_in(page, "ho-8")
    fill = begin(page)
    for fact in ASKED[:2]:
        tap(page, fact, 9)
    page.locator(".send button[value=keep]").click()
    expect(page.locator(".done")).to_contain_text("Đã lưu phiếu")
    page.goto(fill)
    expect(page.locator("#cau-a2 input:checked")).to_have_value("9")
    page.locator("#cau-a1 button").click()
    page.wait_for_url("**/minh-chung?muc=a1")
    page.locator("#tep").set_input_files({"name": "x.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    page.get_by_role("button", name="Gửi minh chứng này").click()
    expect(page.locator(".done")).to_contain_text("Đã lưu minh chứng")
    page.goto(fill)
    page.get_by_text("Đồng ý để chi hội xem và chấm").click()
    page.locator(".send button[value=send]").click()
    expect(page.locator("h1")).to_contain_text("chưa xác định")
    page.get_by_role("link", name="Theo dõi phiếu").click()
    page.get_by_role("link", name="Có ý kiến về kết quả này").click()
    page.get_by_label("Về kết quả của phiếu").check()
    page.get_by_label("Đề nghị điều gì").fill("Xem lại mục a3")
    page.get_by_label("Nói rõ hơn").fill("Đã đến thư viện của xã.")
    page.get_by_role("button", name="Gửi ý kiến đến xã").click()
    expect(page.locator("h1")).to_have_text("Ý kiến đang chờ xã trả lời")


def test_a_photo_is_made_smaller_on_the_phone(page: Page) -> None:
    sign_in(page, "ho-3")
    begin(page)
    page.locator("#cau-a1 button").click()
    page.wait_for_url("**/minh-chung?muc=a1")
    sent = photo()
    page.locator("#tep").set_input_files({"name": "x.jpg", "mimeType": "image/jpeg", "buffer": sent})
    expect(page.locator(".shrunk")).to_contain_text("Ảnh đã được thu nhỏ trên máy này")
    size = page.locator("#tep").evaluate("field => field.files[0].size")
    assert 10_000 < size < len(sent) / 2
    page.get_by_role("button", name="Gửi minh chứng này").click()
    expect(page.locator(".pieces img")).to_be_visible()
    assert page.locator(".pieces img").evaluate("one => one.complete && one.naturalWidth <= 1600")


def test_what_is_answered_without_a_network_is_kept_when_it_is_back(chromium: Browser, homes: str) -> None:
    context = chromium.new_context(base_url=homes, viewport={"width": 360, "height": 640}, locale="vi-VN")
    page = context.new_page()
    sign_in(page, "ho-4")
    fill = begin(page)
    expect(page.locator(".so-far output")).to_be_visible()
    context.set_offline(True)
    tap(page, "a1", 7)
    expect(page.locator(".saved")).to_contain_text("Chưa lưu được vì mạng yếu")
    context.set_offline(False)
    expect(page.locator(".saved")).to_contain_text("Đã lưu lúc", timeout=15_000)
    page.goto(fill)
    expect(page.locator("#cau-a1 input:checked")).to_have_value("7")
    context.close()


def test_two_who_write_at_the_same_moment_both_keep_what_they_typed(chromium: Browser, homes: str) -> None:
    pages = []
    for _ in range(2):
        context = chromium.new_context(base_url=homes, viewport={"width": 360, "height": 640}, locale="vi-VN")
        page = context.new_page()
        sign_in(page, "ho-5")
        pages.append(page)
    begin(pages[0])
    begin(pages[1])
    tap(pages[0], "a1", 9)
    expect(pages[0].locator(".saved")).to_contain_text("Đã lưu lúc")
    tap(pages[1], "a1", 3)
    expect(pages[1].locator(".saved")).to_contain_text("Có người khác vừa ghi vào phiếu này")
    expect(pages[1].locator("#cau-a1 input:checked")).to_have_value("3")
    pages[1].locator("form.sheet").evaluate("form => form.requestSubmit(form.querySelector('button[value=keep]'))")
    expect(pages[1].locator("#cau-a1")).to_contain_text("Người khác vừa ghi: 9.")
    expect(pages[1].locator("#cau-a1 input:checked")).to_have_value("3")
    for page in pages:
        page.context.close()


def test_the_first_pages_are_light(page: Page) -> None:
    sign_in(page, "ho-6")
    fill = begin(page)
    carried: dict[str, int] = {}
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on(
        "Network.loadingFinished", lambda event: carried.update({event["requestId"]: event["encodedDataLength"]})
    )
    for address in ("/nha", fill):
        network.send("Network.clearBrowserCache")
        carried.clear()
        page.goto(address, wait_until="networkidle")
        assert 1_000 < sum(carried.values()) < LIGHT, (address, carried)


def pages_of(page: Page, name: str) -> list[str]:
    """The addresses of a home whose head has sent a sheet, begun another and objected."""
    sign_in(page, name)
    sheet = begin(page).removesuffix("/ghi")
    tap(page, "a1", 3)
    expect(page.locator(".saved")).to_contain_text(re.compile("Đã lưu|Saved"))
    page.locator("input[name=chi-hoi][value=co]").evaluate("one => one.click()")
    page.locator("form.sheet").evaluate("form => form.requestSubmit(form.querySelector('button[value=send]'))")
    page.wait_for_url("**/ket-qua")
    page.goto(f"{sheet}/y-kien")
    page.locator("input[name=about]").first.check()
    page.locator("#xin").fill("Xem lại")
    page.locator("#loi").fill("Vì đã học")
    page.locator("form.paper button").click()
    objection = page.url
    page.goto("/nha")
    other = begin(page, 2)
    page.goto("/nha/giay")
    paper = page.locator(".cards a").first.get_attribute("href") or ""
    evidence = other.replace("/ghi", "/minh-chung?muc=a1")
    return [
        "/viec-cua-toi",
        "/nha",
        "/nha/giay",
        paper,
        sheet,
        f"{sheet}/ket-qua",
        f"{sheet}/y-kien",
        objection,
        other,
        evidence,
    ]


@pytest.mark.parametrize(("page", "name"), [(PHONE, "ho-1"), (ENGLISH, "ho-2")], indirect=["page"], ids=["vi", "en"])
def test_every_page_is_accessible_fits_and_is_large_enough_for_a_thumb(page: Page, name: str) -> None:
    found: dict[str, list[str]] = {}
    addresses = pages_of(page, name)
    for address in addresses:
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        small = page.evaluate(SMALL)
        found[address] = [*faults(page), *small, *(["too wide"] if is_too_wide(page) else [])]
        page.set_viewport_size({"width": 320, "height": 640})
        found[address] += ["too wide at 320"] if is_too_wide(page) else []
        page.set_viewport_size({"width": 640, "height": 800})
        page.evaluate("document.documentElement.style.setProperty('font-size', '212.5%')")
        found[address] += ["too wide at 200 %"] if is_too_wide(page) else []
        page.set_viewport_size({"width": 360, "height": 640})
    assert {address: faults for address, faults in found.items() if faults} == {}

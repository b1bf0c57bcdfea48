"""A resident finds something free: by words, by filter, by week; by keyboard; without scripts."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.journeys.conftest import LANGUAGES, Visitor

PATHS = {"find": {"sv": "/aktiviteter/", "ar": "/activities/"}}
WORDS = {"sv": "barnvagn", "ar": "نزهة"}
PAGES: dict[str, str | dict[str, str]] = {
    "start": "/",
    "find": "{find}",
    "found": "{find}?q={word}",
    "nothing": "{find}?q=qqxzy",
    "narrowed": "{find}?q={word}&when=week&language=sv&want=move",
    "wrong": "{find}?when=blaj&week=9",
    "week": "{find}?view=week",
    "map": "{find}?view=map",
    "activity": "{find}barnvagnspromenad/",
    "cancelled": "{find}dansa-utan-krav/",
    "sign in": {"sv": "/konto/login/", "ar": "/account/login/"},
    "themes": {"sv": "/teman/", "ar": "/topics/"},
    "theme": {"sv": "/teman/somn/", "ar": "/topics/somn/"},
    "areas": {"sv": "/omraden/", "ar": "/areas/"},
    "area": {"sv": "/omraden/goteborg/", "ar": "/areas/goteborg/"},
    "talk": {"sv": "/prata/", "ar": "/talk/"},
    "about": {"sv": "/om/", "ar": "/about/"},
    "accessibility": {"sv": "/tillganglighet/", "ar": "/accessibility/"},
    "privacy": {"sv": "/dina-uppgifter/", "ar": "/your-data/"},
    "missing": "/finns-inte/",
}
axe = Axe()
MOST_TABS = 200
SEEN = """() => {
    const one = document.activeElement, box = one.getBoundingClientRect();
    const in_height = box.bottom > 0 && box.top < innerHeight;
    const in_width = box.right > 0 && box.left < innerWidth;
    const outlined = [null, '::after'].some(part => {
        const style = getComputedStyle(one, part);
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    });
    return in_height && in_width && outlined;
}"""
"""Whether what has focus stands in the window and shows that it has it."""


def path_of(name: str, language: str) -> str:
    known = PAGES[name]
    path: str = known if isinstance(known, str) else known[language]
    return path.format(find=PATHS["find"][language], word=WORDS[language])


def rows(visitor: Visitor) -> int:
    return visitor.page.locator("main li.dep").count()


def test_finds_by_own_words(visitor: Visitor) -> None:
    visitor.goes_to("/")
    visitor.page.locator("main .say-go a").click()
    visitor.page.fill("#q", WORDS[visitor.language])
    visitor.page.press("#q", "Enter")
    expect(visitor.page).to_have_url(re.compile(r"[?&]q="))
    assert rows(visitor) > 0
    visitor.page.locator("main li.dep h3 a").first.click()
    expect(visitor.page.locator("h1")).to_be_visible()
    expect(visitor.page.locator("#next")).to_be_visible()
    assert not visitor.strangers


def test_finds_by_the_sentence(visitor: Visitor) -> None:
    visitor.goes_to("/")
    visitor.page.select_option("select[name=want]", "move")
    visitor.page.select_option("select[name=when]", "")
    visitor.page.locator(".say button").click()
    assert rows(visitor) > 0
    assert "want=move" in visitor.page.url


def test_finds_by_filter_and_takes_it_away(visitor: Visitor) -> None:
    visitor.goes_to(PATHS["find"][visitor.language])
    if visitor.width < 960:
        visitor.page.locator(".chip[href$='#filter']").first.click()
    link = visitor.page.locator(".filters a[href*='theme=somn']").first
    promised = link.locator("b").inner_text()
    link.click()
    assert promised in visitor.page.locator("#lista strong").inner_text()
    assert rows(visitor) > 0
    visitor.page.locator("nav.chips a.on").first.click()
    assert "theme=" not in visitor.page.url


def test_finds_by_week(visitor: Visitor) -> None:
    visitor.goes_to(PATHS["find"][visitor.language])
    visitor.page.locator("nav.views a[href*='view=week']").click()
    assert visitor.page.locator("section.wd").count() == 7
    visitor.page.locator(".weeks a").last.click()
    visitor.page.locator("section.wd li a").first.click()
    expect(visitor.page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_phones_first_screen_of_the_week_holds_an_activity(
    browser: Browser, site: str, language: str
) -> None:
    """Of a whole week: what is left of this one depends on the day when somebody looks."""
    visitor = Visitor(browser, site, 360, "light", language)
    visitor.goes_to(f"{PATHS['find'][language]}?view=week")
    visitor.page.locator(".weeks a").last.click()
    box = visitor.page.locator(".wd li:visible a").first.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= 844
    visitor.leaves()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_of_the_week_is_cut_and_no_time_is_broken(
    browser: Browser, site: str, language: str, width: int
) -> None:
    visitor = Visitor(browser, site, width, "light", language)
    for week in range(4):
        visitor.goes_to(f"{PATHS['find'][language]}?view=week")
        for _ in range(week):
            visitor.page.locator(".weeks a").last.click()
        cut = """all => all.map(one => {
            one.style.overflowWrap = 'normal';
            const cut = one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1;
            return cut ? one.textContent : '';
        }).filter(Boolean)"""
        assert visitor.page.eval_on_selector_all(".wd li, .wd li *", cut) == []
        heights = "all => all.map(one => one.getClientRects().length)"
        assert set(visitor.page.eval_on_selector_all(".wd time small", heights)) <= {1}
    visitor.leaves()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(visitor: Visitor, name: str) -> None:
    visitor.goes_to(path_of(name, visitor.language))
    found = axe.run(visitor.page)
    assert found.violations_count == 0, found.generate_report()
    assert not visitor.strangers


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_no_page_is_wider_than_a_small_phone(
    browser: Browser, site: str, language: str, name: str
) -> None:
    visitor = Visitor(browser, site, 320, "light", language)
    visitor.goes_to(path_of(name, language))
    assert visitor.page.evaluate("document.documentElement.scrollWidth") <= 320
    visitor.leaves()


@pytest.mark.parametrize("name", ["find", "activity"])
def test_a_page_is_printed_by_its_button_alone(browser: Browser, site: str, name: str) -> None:
    visitor = Visitor(browser, site, 360, "light", "sv")
    visitor.page.add_init_script("window.print = () => { document.title = 'På papper'; }")
    visitor.goes_to(path_of(name, "sv"))
    visitor.page.locator("[data-print]").click()
    assert visitor.page.title() == "På papper"
    assert visitor.page.locator("svg.qr").locator("visible=true").count() == 0
    visitor.page.emulate_media(media="print")
    assert (
        not visitor.page.locator(".langs, .top nav, [data-print], .foot nav")
        .locator("visible=true")
        .count()
    )
    assert visitor.page.locator("footer .only-print").inner_text().endswith(path_of(name, "sv"))
    codes = visitor.page.locator("svg.qr").locator("visible=true").count()
    assert codes == (1 if name == "activity" else 0)
    visitor.leaves()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["start", "find", "activity"])
def test_the_first_visit_is_light(browser: Browser, site: str, language: str, name: str) -> None:
    visitor = Visitor(browser, site, 360, "light", language)
    session = visitor.context.new_cdp_session(visitor.page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    visitor.goes_to(path_of(name, language))
    visitor.page.wait_for_load_state("networkidle")
    visitor.leaves()
    assert len(sizes) >= 3
    print(f"{name} {language}: {sum(sizes) / 1000:.1f} kB")
    assert sum(sizes) < 100_000


@pytest.fixture(params=LANGUAGES)
def typist(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Visitor]:
    """Return a visitor at a computer who has a keyboard alone."""
    visitor = Visitor(browser, site, 1280, "light", request.param)
    yield visitor
    visitor.leaves()


def tabs_to(visitor: Visitor, selector: str) -> None:
    """Press Tab until something that the selector names has focus, and see that it is shown."""
    page = visitor.page
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("one => document.activeElement.matches(one)", selector):
            assert page.evaluate(SEEN), selector
            return
    raise AssertionError(f"{selector} is not reached with {MOST_TABS} Tabs on {page.url}")


def follows(visitor: Visitor, selector: str, address: str) -> None:
    """Go to a link or a button by Tab, press Enter and wait for the address."""
    tabs_to(visitor, selector)
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url(re.compile(address))


def test_from_the_start_page_to_an_activity_by_keyboard_alone(typist: Visitor) -> None:
    typist.goes_to("/")
    follows(typist, "a[href='#main']", "#main$")
    follows(typist, ".say-go a", re.escape(PATHS["find"][typist.language]))
    tabs_to(typist, "#q")
    typist.page.keyboard.type(WORDS[typist.language])
    typist.page.keyboard.press("Enter")
    typist.page.wait_for_url(re.compile(r"[?&]q="))
    follows(typist, "a[href='#main']", "#main$")
    follows(typist, "li.dep h3 a", r"/\d+/$")
    expect(typist.page.locator("#next")).to_be_visible()


def test_a_filter_is_put_on_and_taken_off_by_keyboard_alone(typist: Visitor) -> None:
    typist.goes_to(PATHS["find"][typist.language])
    everything = typist.page.locator("#lista strong").inner_text()
    follows(typist, ".filters a[href*='theme=somn']", "[?&]theme=somn")
    assert typist.page.locator("#lista strong").inner_text() != everything
    assert rows(typist) > 0
    follows(typist, ".filters a[aria-current]", "^((?!theme=).)*$")
    assert typist.page.locator("#lista strong").inner_text() == everything


def test_the_week_is_turned_and_read_by_keyboard_alone(typist: Visitor) -> None:
    typist.goes_to(PATHS["find"][typist.language])
    follows(typist, "nav.views a[href*='view=week']", "view=week")
    assert typist.page.locator("section.wd").count() == 7
    follows(typist, ".weeks a[href*='week=']:last-child", r"[?&]week=\d{4}-W\d\d")
    follows(typist, "section.wd li a", r"/\d+/$")
    expect(typist.page.locator("h1")).to_be_visible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_works_without_scripts(browser: Browser, site: str, language: str) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{site}{LANGUAGES[language]}{PATHS['find'][language]}")
    page.fill("#q", WORDS[language])
    page.locator("form.q button[type=submit]").click()
    assert page.locator("main li.dep").count() > 0
    page.locator("details.menu summary").click()
    assert page.locator("details.menu nav a").first.is_visible()
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_changing_language_stays_on_the_same_page(
    browser: Browser, site: str, language: str
) -> None:
    visitor = Visitor(browser, site, 1280, "light", language)
    visitor.goes_to(f"{PATHS['find'][language]}barnvagnspromenad/")
    visitor.page.locator(".langs a[lang=en]").click()
    expect(visitor.page).to_have_url(f"{site}/en/activities/barnvagnspromenad/")
    assert visitor.page.locator("html").get_attribute("dir") == "ltr"
    visitor.leaves()

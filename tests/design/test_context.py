"""The frame: language links to the same page, menus, whose site it is."""

from django.urls import reverse

from halsonav.design import menu
from halsonav.design.context import direction, frame, start_page
from halsonav.design.site import Site, phone_href, register_site
from tests.design.conftest import Ask


def _links(context: dict[str, object]) -> dict[str, str]:
    languages = context["languages"]
    assert isinstance(languages, list)
    return {row["code"]: row["href"] for row in languages}


def test_each_language_leads_to_the_same_page_with_its_query(ask: Ask) -> None:
    context = frame(ask("/aktiviteter/?q=sömn&nar=idag"))

    assert _links(context) == {
        "sv": "/aktiviteter/?q=s%C3%B6mn&nar=idag",
        "en": "/en/aktiviteter/?q=s%C3%B6mn&nar=idag",
        "ar": "/ar/aktiviteter/?q=s%C3%B6mn&nar=idag",
    }


def test_a_query_that_nobody_wrote_by_hand_is_left_out(ask: Ask) -> None:
    assert _links(frame(ask("/aktiviteter/?q=" + "x" * 5000)))["en"] == "/en/aktiviteter/"


def test_bytes_that_are_no_letters_do_not_break_the_frame(ask: Ask) -> None:
    request = ask("/aktiviteter/")
    request.META["QUERY_STRING"] = 'q=\xff\xfe<b>\n"&\u2603'

    assert _links(frame(request))["sv"] == "/aktiviteter/?q=%FF%FE%3Cb%3E%0A%22&?"


def test_arguments_of_the_page_follow_into_the_other_language(ask: Ask) -> None:
    assert _links(frame(ask("/en/aktivitet/7/", "en"))) == {
        "sv": "/aktivitet/7/",
        "en": "/en/aktivitet/7/",
        "ar": "/ar/aktivitet/7/",
    }


def test_a_page_that_is_in_one_language_sends_the_others_to_their_start_page(ask: Ask) -> None:
    context = frame(ask("/arbete/?vecka=18"))

    assert _links(context) == {"sv": "/arbete/?vecka=18", "en": "/en/", "ar": "/ar/"}
    assert context["alternates"] == []


def test_a_page_that_is_not_there_still_has_a_frame(ask: Ask) -> None:
    context = frame(ask("/finns-inte/?q=x"))

    assert _links(context) == {"sv": "/", "en": "/en/", "ar": "/ar/"}
    assert context["alternates"] == []


def test_a_view_may_say_the_addresses_itself(ask: Ask) -> None:
    request = ask("/aktivitet/7/")
    request.addresses = {"sv": "/aktivitet/7/", "en": "/en/activity/pram-walk/"}  # type: ignore[attr-defined]

    context = frame(request)

    assert _links(context) == {
        "sv": "/aktivitet/7/",
        "en": "/en/activity/pram-walk/",
        "ar": "/ar/",
    }
    assert [row["code"] for row in context["alternates"]] == ["sv", "en"]


def test_alternates_are_whole_addresses_without_the_query(ask: Ask) -> None:
    context = frame(ask("/ar/aktiviteter/?q=x", "ar"))

    assert context["alternates"] == [
        {"code": "sv", "href": "https://halsa.exempel.se/aktiviteter/"},
        {"code": "en", "href": "https://halsa.exempel.se/en/aktiviteter/"},
        {"code": "ar", "href": "https://halsa.exempel.se/ar/aktiviteter/"},
    ]
    assert context["canonical"] == "https://halsa.exempel.se/ar/aktiviteter/"


def test_the_language_of_the_page_is_marked_and_has_its_direction(ask: Ask) -> None:
    context = frame(ask("/ar/aktiviteter/", "ar"))

    assert [row["current"] for row in context["languages"]] == [False, False, True]
    assert (context["language"], context["direction"], context["home"]) == ("ar", "rtl", "/ar/")


def test_direction_and_start_page_follow_the_language() -> None:
    assert [direction(code) for code in ("sv", "en", "ar", "ar-eg")] == ["ltr", "ltr", "rtl", "rtl"]
    assert [start_page(code) for code in ("sv", "en")] == ["/", "/en/"]


def test_work_pages_have_the_workspace_as_base(ask: Ask) -> None:
    assert frame(ask("/arbete/program/"))["base_template"] == "design/workspace.html"
    assert frame(ask("/aktiviteter/"))["base_template"] == "design/public.html"


def test_the_frame_asks_the_database_nothing(ask: Ask) -> None:
    menu.register_public(1, "Hitta aktiviteter", "find")

    context = frame(ask("/aktiviteter/"))

    assert context["menu"]() == [
        {"label": "Hitta aktiviteter", "href": reverse("find"), "note": "", "current": True}
    ]


def test_the_site_is_the_product_until_a_room_says_otherwise(ask: Ask) -> None:
    assert frame(ask("/"))["house"] == Site(name="Hälsonav")

    register_site(lambda request: Site(name="Hälsolots Centrum", phone="031-390 06 10"))

    house = frame(ask("/"))["house"]
    assert (house.name, house.phone_href) == ("Hälsolots Centrum", "tel:+46313900610")


def test_a_telephone_number_becomes_an_address_that_dials() -> None:
    assert phone_href("070-174 06 10") == "tel:+46701740610"
    assert phone_href("+46 31 390 06 10") == "tel:+46313900610"
    assert phone_href("") == ""

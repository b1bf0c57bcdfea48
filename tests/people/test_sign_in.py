"""People sign in by e-mail; nobody signs up by themselves."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth import authenticate
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.test import Client, RequestFactory, override_settings
from django.urls import reverse
from django.utils.translation import override

from halsonav.people.sign_in import AccountAdapter
from tests.factories.people import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("email", ["asta@exempel.se", "Asta@Exempel.SE"])
def test_the_right_password_signs_in(email: str, rf: RequestFactory) -> None:
    user = UserFactory.create(email="asta@exempel.se")
    assert authenticate(rf.post("/"), email=email, password=PASSWORD) == user


@pytest.mark.parametrize(("email", "password"), [("asta@exempel.se", "fel"), ("b@exempel.se", "x")])
def test_a_wrong_password_or_email_does_not(email: str, password: str, rf: RequestFactory) -> None:
    UserFactory.create(email="asta@exempel.se")
    assert authenticate(rf.post("/"), email=email, password=password) is None


def test_a_closed_account_does_not_sign_in(rf: RequestFactory) -> None:
    UserFactory.create(email="asta@exempel.se", is_active=False)
    assert authenticate(rf.post("/"), email="asta@exempel.se", password=PASSWORD) is None


def test_nobody_signs_up_by_themselves(rf: RequestFactory) -> None:
    assert AccountAdapter().is_open_for_signup(rf.get("/")) is False


def fields(html: str) -> dict[str, str]:
    """Return the form's typed fields by name."""
    found = re.findall(r'<input[^>]*name="(login|password)"[^>]*>', html)
    tags = re.findall(r'(<input[^>]*name="(?:login|password)"[^>]*>)', html)
    return dict(zip(found, tags, strict=True))


def test_fields_that_do_not_belong_together_are_marked_and_described(client: Client) -> None:
    cache.clear()
    page = client.post(reverse("account_login"), {"login": "b@exempel.se", "password": "x"})
    html = page.content.decode()
    for tag in fields(html).values():
        assert 'aria-invalid="true"' in tag
        assert 'aria-describedby="fault-of-all' in tag
    assert 'id="fault-of-all">E-postadressen och lösenordet' in html
    assert html.count('class="field wrong"') == 2


def test_a_wrong_password_and_an_unknown_address_are_answered_to_the_byte_alike(
    client: Client,
) -> None:
    UserFactory.create(email="finns@exempel.se")
    UserFactory.create(email="closed@exempel.se", is_active=False)
    said = set()
    for email in ("finns@exempel.se", "ingen@exempel.se", "closed@exempel.se"):
        cache.clear()
        page = client.post(reverse("account_login"), {"login": email, "password": "fel"})
        html = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.text)
        said.add((page.status_code, html.replace(email, "")))
    assert len(said) == 1


def test_fields_are_not_marked_before_anything_is_wrong(client: Client) -> None:
    html = client.get(reverse("account_login")).content.decode()
    assert "aria-invalid" not in html


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("sv", "Vänta några minuter och prova igen."),
        ("en", "Wait a few minutes and try again."),
        ("ar", "انتظر بضع دقائق ثم حاول مرة أخرى."),
    ],
)
def test_too_many_tries_are_answered_in_our_style_and_language(
    start: str, said: str, client: Client
) -> None:
    cache.clear()
    with override(start), override_settings(ACCOUNT_RATE_LIMITS={"reset_password": "1/m/ip"}):
        address = reverse("account_reset_password")
        answers = [client.post(address, {"email": "b@exempel.se"}) for _ in range(2)]
    cache.clear()
    assert answers[-1].status_code == 429
    html = answers[-1].content.decode()
    assert said in html
    assert 'class="langs"' in html
    assert "design/halsonav" in html


# In the reader's language -----------------------------------------------------------------------

STARTS = {"sv": "/", "en": "/en/", "ar": "/ar/"}
WRONG = {
    "sv": "E-postadressen och lösenordet hör inte ihop.",
    "en": "The email address and the password do not match.",
    "ar": "عنوان البريد الإلكتروني وكلمة المرور غير متطابقين.",
}
SUBJECTS = {
    "sv": "Välj ett nytt lösenord",
    "en": "Choose a new password",
    "ar": "اختر كلمة مرور جديدة",
}


@pytest.fixture(params=STARTS)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    cache.clear()  # nobody is asked to wait here
    with override(request.param):
        yield request.param


def test_signing_in_leads_to_work_and_out_to_the_start_page(language: str, client: Client) -> None:
    user = UserFactory.create()
    form = {"login": user.email, "password": PASSWORD}
    into = client.post(reverse("account_login"), form)
    assert (into.status_code, into.headers["Location"]) == (302, "/arbete/")
    out = client.post(reverse("account_logout"))
    assert (out.status_code, out.headers["Location"]) == (302, STARTS[language])


def test_a_wrong_password_is_told_in_the_readers_language(language: str, client: Client) -> None:
    form = {"login": "ingen@exempel.se", "password": "fel"}
    answer = client.post(reverse("account_login"), form)
    assert WRONG[language] in answer.text
    assert f'lang="{language}"' in answer.text


def test_the_letter_about_a_new_password_is_in_the_readers_language(
    language: str, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    client.post(reverse("account_reset_password"), {"email": UserFactory.create().email})
    [letter] = mailoutbox
    assert letter.subject == SUBJECTS[language]
    assert f"{settings.ORIGIN}{reverse('account_reset_password')}key/" in str(letter.body)


def test_no_letter_goes_to_who_has_no_account_and_the_page_does_not_tell(
    language: str, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    UserFactory.create(email="asta@exempel.se")
    UserFactory.create(email="borta@exempel.se", is_active=False)

    def answered(email: str) -> tuple[int, str, list[tuple[str, int]]]:
        page = client.post(reverse("account_reset_password"), {"email": email}, follow=True)
        return page.status_code, page.text, page.redirect_chain

    known = answered("asta@exempel.se")
    assert known == answered("ingen@exempel.se") == answered("borta@exempel.se")
    assert known[2] == [(reverse("account_reset_password_done"), 302)]
    assert [letter.to for letter in mailoutbox] == [["asta@exempel.se"]]


def test_the_letters_link_leads_to_our_own_address_whatever_was_asked(
    client: Client, mailoutbox: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "ORIGIN", "https://halsa.exempel.se")
    form = {"email": UserFactory.create().email}
    client.post("/konto/password/reset/", form, headers={"host": "testserver:1234"})
    assert "https://halsa.exempel.se/konto/password/reset/key/" in str(mailoutbox[0].body)
    assert "testserver" not in str(mailoutbox[0].body)


@override_settings(
    CSRF_TRUSTED_ORIGINS=["https://halsa.exempel.se"], ALLOWED_HOSTS=["halsa.exempel.se"]
)
def test_a_form_comes_through_a_proxy_that_speaks_https() -> None:
    """As behind a proxy: the browser's origin is https, and the request reaches us as http."""
    client = Client(enforce_csrf_checks=True, headers={"host": "halsa.exempel.se"})
    page = client.get("/konto/login/")
    token = page.cookies["csrftoken"].value
    form = {"login": "ingen@exempel.se", "password": "fel", "csrfmiddlewaretoken": token}
    for origin, status in (("https://halsa.exempel.se", 200), ("https://ond.exempel.se", 403)):
        answer = client.post("/konto/login/", form, headers={"origin": origin})
        assert answer.status_code == status


def test_two_passwords_that_differ_are_told_so(client: Client) -> None:
    client.force_login(UserFactory.create())
    form = {"oldpassword": PASSWORD, "password1": "ett-nytt-och-långt", "password2": "ett-annat"}
    page = client.post("/konto/password/change/", form).text
    assert "Lösenorden är inte lika. Skriv samma lösenord två gånger." in page
    same = form | {"password2": "ett-nytt-och-långt"}
    assert client.post("/konto/password/change/", same).headers["Location"] == "/arbete/"


def test_pages_that_nobody_needs_are_not_there(client: Client) -> None:
    client.force_login(UserFactory.create())
    assert client.get("/konto/email/").status_code == 404


@pytest.mark.parametrize("path", ["/", "/konto/login/", "/finns-inte/"])
def test_a_browser_is_told_to_remember_https_where_readers_have_it(
    path: str, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Strict-Transport-Security" not in client.get(path).headers
    monkeypatch.setattr(settings, "SECURE_BROWSER", True)
    told = client.get(path).headers["Strict-Transport-Security"]
    assert told == "max-age=31536000; includeSubDomains"

"""Walks over all addresses as an attacker would: other people's forms, links, hosts and caches."""

import hashlib
import re
from collections.abc import Iterator
from typing import Any, Final

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from tests.access import table
from tests.access.asking import ask, client_of
from tests.access.routes import Route, routes
from tests.access.world import World
from tests.factories.people import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.over_http]
EVIL: Final = "o.exempel.se"
CLERKS: Final = ("nobody", "centre_manager", "operator")
OF_THE_MOMENT: Final = frozenset(("people_journalentry", "people_journalhead", "people_cache"))
"""Tables that reading writes to on purpose: who was shown what, and what is kept for a while."""
IN_USE: Final = {"people_session": "session_key, user_id, started_at, device"}
"""Of a sign-in that is in use all stays but that it was: no other begins, and none ends."""


def each(world: World, route: Route) -> Iterator[tuple[str, str]]:
    """Yield who asks and for what."""
    for reader in CLERKS:
        yield reader, table.addresses(route, world, reader)[0]


# Other people's forms ---------------------------------------------------------------------------


@pytest.mark.parametrize("route", routes(), ids=lambda route: route.name)
def test_a_form_from_another_site_changes_nothing(route: Route, world: World) -> None:
    for reader, address in each(world, route):
        honest = ask(world, reader, "POST", address)
        if honest.status in (404, 405):
            continue
        client = client_of(world, reader)
        client.handler.enforce_csrf_checks = True
        with transaction.atomic():
            refused = client.post(address, headers={"origin": f"https://{EVIL}"})
            transaction.set_rollback(True)
        assert refused.status_code == 403, f"{reader} at {address}: {honest.status}"


# Reading writes nothing -------------------------------------------------------------------------


WRITES: Final = {
    "account_invitation_link": frozenset(("people_session",)),
    "mfa_download_recovery_codes": frozenset(("mfa_authenticator",)),
    "mfa_view_recovery_codes": frozenset(("mfa_authenticator",)),
}
"""An invitation's secret leaves the address for a session; spare codes are shown one time."""


def state(but: frozenset[str] = frozenset()) -> str:
    """Return a sum of everything in the database but what reading writes on purpose."""
    told = hashlib.sha256()
    with connection.cursor() as cursor:
        for name in sorted(connection.introspection.table_names(cursor)):
            if name in OF_THE_MOMENT | but:
                continue
            columns = IN_USE.get(name, "*")
            cursor.execute(f"SELECT {columns} FROM {connection.ops.quote_name(name)}")  # noqa: S608
            told.update(repr((name, sorted(map(repr, cursor.fetchall())))).encode())
    return told.hexdigest()


@pytest.mark.parametrize("route", routes(), ids=lambda route: route.name)
def test_reading_changes_nothing(route: Route, world: World) -> None:
    but = WRITES.get(route.name, frozenset())
    before = state(but)
    for reader, address in each(world, route):
        for method in ("GET", "HEAD"):
            with transaction.atomic():
                client_of(world, reader).generic(method, address)
                assert state(but) == before, f"{method} by {reader} at {address}"
                transaction.set_rollback(True)


def test_the_first_look_at_spare_codes_writes_down_that_it_was(world: World) -> None:
    user = world.readers["coach"].user
    codes = Authenticator.objects.get(user=user, type=Authenticator.Type.RECOVERY_CODES)
    shown = client_of(world, "coach").get(reverse("mfa_view_recovery_codes"))
    assert shown.status_code == 200
    after = Authenticator.objects.get(pk=codes.pk)
    assert after.data.pop("viewed_at")
    assert after.data == codes.data
    assert after.last_used_at == codes.last_used_at


def test_a_change_is_seen_in_the_state(world: World) -> None:
    before = state()
    world.readers["coach"].user.language = "en"
    world.readers["coach"].user.save(update_fields=["language"])
    assert state() != before


# Links that lead elsewhere ----------------------------------------------------------------------

ELSEWHERE: Final = (
    "https://o.exempel.se", "http://o.exempel.se/", "//o.exempel.se", "///o.exempel.se",
    "////o.exempel.se", "/\\o.exempel.se", "\\\\o.exempel.se", "\\/o.exempel.se",
    "/\\/o.exempel.se",
    "https:o.exempel.se", "https:/o.exempel.se", "https:///o.exempel.se", "http:\\\\o.exempel.se",
    "https://testserver@o.exempel.se", "https://testserver:pw@o.exempel.se/",
    "https://o.exempel.se#testserver", "https://o.exempel.se?testserver",
    "https://o.exempel.se\\@testserver", "https://o.exempel.se/testserver",
    "https://testserver.o.exempel.se", "https://o.exempel.se%2f@testserver",
    "//testserver@o.exempel.se", "//o.exempel.se/%2f..", "//o.exempel.se/..;/", "/%09/o.exempel.se",
    "\t//o.exempel.se", "\n//o.exempel.se", " //o.exempel.se", "\x00//o.exempel.se",
    "/\t/o.exempel.se", "/\n/o.exempel.se", "//\to.exempel.se", "//ond\u3002exempel",
    "https://ond\uff0eexempel", "//\u2044o.exempel.se", "https://[::2]", "//[::ffff:1.2.3.4]",
    "https://3232235777", "https://0x7f.1", "//127.1", "http://169.254.169.254/latest/",
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)",
    "javascript://testserver/%0aalert(1)", "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)", "file:///etc/passwd", "ftp://o.exempel.se", "mailto:a@o.exempel.se",
    "blob:https://o.exempel.se/1", "view-source:https://o.exempel.se", "intent://o.exempel.se",
    "//o.exempel.se:80", "//o.exempel.se:443/arbete/", "//ond%2eexempel.se", "https://ond%E3%80%82exempel",
    "/arbete/\r\nLocation: https://o.exempel.se", "/arbete/%0d%0aSet-Cookie:a=b",
    "https://xn--ond-exempel", "//user:password@o.exempel.se/", "https://testserver:8000@o.exempel.se",
)  # fmt: skip
HOME: Final = re.compile(r"^(?:/(?![/\\])|https?://testserver(?:[:/?#]|$)|\?)")


def stays_at_home(answer: Any) -> bool:
    """Say whether an answer leads nowhere, or to a page of ours."""
    leads_to = answer.headers.get("Location", "/")
    return bool(HOME.match(leads_to)) and "\r" not in leads_to and "\n" not in leads_to


def test_there_are_sixty_ways_to_lead_elsewhere() -> None:
    assert len(set(ELSEWHERE)) >= 60


@pytest.mark.parametrize("payload", ELSEWHERE)
def test_signing_in_leads_to_a_page_of_ours(payload: str, world: World) -> None:
    form = {"login": world.readers["host"].user.email, "password": PASSWORD, "next": payload}
    for address in (reverse("account_login"), reverse("account_logout"), reverse("mfa_index")):
        for reader in ("nobody", "host"):
            with transaction.atomic():
                client = client_of(world, reader)
                assert stays_at_home(client.get(address, {"next": payload}))
                assert stays_at_home(client.post(address, form))
                assert stays_at_home(client.post(reverse("account_reauthenticate"), form))
                transaction.set_rollback(True)


@pytest.mark.parametrize("route", routes(), ids=lambda route: route.name)
def test_no_page_leads_elsewhere(route: Route, world: World) -> None:
    for reader, address in each(world, route):
        for payload in ("https://o.exempel.se", "/\\o.exempel.se"):
            asked = dict.fromkeys(("next", "url", "redirect_to", "return_to"), payload)
            with transaction.atomic():
                client = client_of(world, reader)
                assert stays_at_home(client.get(address, asked))
                assert stays_at_home(client.post(address, asked))
                transaction.set_rollback(True)


def test_a_way_elsewhere_would_be_seen() -> None:
    for leads_to in (
        "https://o.exempel.se",
        "//o.exempel.se",
        "/\\o.exempel.se",
        "javascript:1",
    ):
        assert not stays_at_home(type("Answer", (), {"headers": {"Location": leads_to}})())
    assert stays_at_home(type("Answer", (), {"headers": {"Location": "/arbete/?a=//b"}})())


# Hosts that are not ours ------------------------------------------------------------------------


@pytest.mark.parametrize("route", routes(), ids=lambda route: route.name)
def test_a_name_that_is_not_ours_is_answered_with_nothing(route: Route, world: World) -> None:
    for reader, address in each(world, route):
        client = client_of(world, reader)
        for host in (EVIL, f"testserver.{EVIL}", f"testserver:80@{EVIL}", "testserver,ond"):
            assert client.get(address, headers={"host": host}).status_code == 400


@pytest.mark.parametrize("route", routes(), ids=lambda route: route.name)
def test_a_name_that_somebody_says_they_came_by_stands_nowhere(route: Route, world: World) -> None:
    headers = {
        "x-forwarded-host": EVIL,
        "x-host": EVIL,
        "x-original-url": f"//{EVIL}/",
        "x-rewrite-url": f"//{EVIL}/",
        "forwarded": f"host={EVIL};proto=http",
        "x-forwarded-server": EVIL,
    }
    for reader, address in each(world, route):
        with transaction.atomic():
            answer = client_of(world, reader).get(address, headers=headers)
            assert EVIL not in f"{answer.headers}\n{answer.content!r}"
            transaction.set_rollback(True)


def test_letters_lead_to_our_own_address_whoever_asked_for_them(
    world: World, mailoutbox: list[EmailMessage]
) -> None:
    Client().post(
        reverse("account_reset_password"),
        {"email": world.readers["coach"].user.email},
        headers={"x-forwarded-host": EVIL},
    )
    (letter,) = mailoutbox
    links = re.findall(r"https?://[^\s]+", str(letter.body))
    assert links
    assert all(link.startswith(f"{settings.ORIGIN}/") for link in links)


# Caches -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("route", routes(), ids=lambda route: route.name)
def test_a_page_of_ones_own_is_kept_by_nobody_however_it_is_asked_for(
    route: Route, world: World
) -> None:
    if route.is_public:
        return
    address = table.addresses(route, world, "operator")[0]
    for reader in ("nobody", "operator"):
        for more in ("", "x.css", "/x.js", ";x.css", "%2Fx.css", "%00.css", "?x.css", "#.css"):
            with transaction.atomic():
                answer = client_of(world, reader).get(f"{address}{more}")
                assert answer.headers["Cache-Control"] == "no-store, private", f"{address}{more}"
                transaction.set_rollback(True)


@pytest.mark.parametrize(
    "route", [one for one in routes() if one.is_public], ids=lambda route: route.name
)
def test_what_a_cache_does_not_look_at_changes_no_public_page(route: Route, world: World) -> None:
    address = table.addresses(route, world, "nobody")[0]
    plain = Client().get(address)
    headers = {
        "accept-language": "ar",
        "x-forwarded-proto": "http",
        "x-forwarded-prefix": "/evil",
        "user-agent": "<script>",
        "referer": f"https://{EVIL}/",
        "x-http-method-override": "DELETE",
    }
    for reader in CLERKS:
        answer = client_of(world, reader).get(address, headers=headers)
        assert answer.content == plain.content
        assert not answer.cookies
        assert "cookie" not in answer.headers.get("Vary", "").lower()

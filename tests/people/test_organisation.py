"""Signing in by an identity provider: a real one over HTTP, right and wrong in every way."""

import html
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from time import monotonic
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import requests
import time_machine
from allauth.mfa.totp.internal.auth import TOTP
from allauth.socialaccount.models import SocialAccount
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from halsonav.config import environment
from halsonav.people import actions
from halsonav.people.models import (
    Assurance,
    Centre,
    GroupMapping,
    JournalEntry,
    Role,
    RoleAssignment,
    RolePolicy,
    Session,
    User,
)
from halsonav.people.signing_in.identity_provider import SECONDS, BoundedSession
from halsonav.people.signing_in.oidc import LEVELS, Identity, identity_of
from halsonav.people.signing_in.outside import Outside, outside_of, remember
from halsonav.people.signing_in.session_store import SessionStore
from tests.factories.people import PASSWORD, RoleAssignmentFactory, UserFactory, user_with
from tests.people.identity_provider import (
    CLIENT,
    EC,
    OTHER_RSA,
    SECRET,
    IdentityProvider,
    running,
    signed_with_secret,
)

pytestmark = [pytest.mark.django_db, pytest.mark.second_step]
START, WORK = "/konto/organisation/", "/arbete/"
LOA3 = "http://id.elegnamnden.se/loa/1.0/loa3"
FAILED = "Vi fick inget svar som går att lita på."
UNKNOWN = "Vi känner inte igen dig än"


@pytest.fixture
def provider(settings: Settings) -> Iterator[IdentityProvider]:
    with running() as one:
        cache.clear()
        use(settings, one.issuer)
        yield one
        cache.clear()


def use(settings: Settings, issuer: str) -> None:
    """Let the installation have that provider."""
    settings.OIDC = {
        "issuer": issuer,
        "client": CLIENT,
        "secret": SECRET,
        "name": "Göteborgs Stad",
        "groups": "groups",
    }
    held = {"APPS": [environment.identity_provider_app(settings.OIDC)]}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": held}


@pytest.fixture
def asta(provider: IdentityProvider, centrum: Centre) -> User:
    """A coach who is linked already, and whom the provider is sure of."""
    user = user_with(Role.COACH, centre=centrum, name="Asta")
    SocialAccount.objects.create(user=user, provider=provider.issuer, uid="asta")
    provider.person["acr"] = LOA3
    return user


def at_provider(address: str) -> str:
    """Sign in at the provider as the browser does; return the path that it leads back to."""
    back = requests.get(address, allow_redirects=False, timeout=5).headers["Location"]
    parts = urlsplit(back)
    return f"{parts.path}?{parts.query}"


def come(client: Client, start: str = START) -> Any:
    """Go to the provider and back; return the answer."""
    return client.get(at_provider(client.get(start).headers["Location"]))


def is_in(client: Client) -> bool:
    return client.get(WORK).status_code == 200


def failed(answer: Any) -> bool:
    return answer.status_code == 503 and FAILED in answer.text


def nobody_is_in() -> bool:
    return not Session.objects.filter(user__isnull=False).exists()


def way_on(page: str) -> str:
    """Return the link to the provider in a page."""
    found = re.search(r'href="(http://127[^"]+/authorize[^"]+)"', page)
    assert found
    return html.unescape(found[1])


# It works -----------------------------------------------------------------------------------------


def test_who_is_linked_signs_in_under_a_new_key(asta: User, client: Client) -> None:
    client.get(reverse("account_login"))
    client.get(START)
    before = client.session.session_key
    answer = come(client)
    assert answer.headers["Location"] == WORK
    assert client.session.session_key != before
    assert is_in(client)
    assert JournalEntry.objects.about(asta).filter(verb="sign_in").count() == 1


def test_one_is_led_on_to_where_one_was_going_and_nowhere_else(asta: User, client: Client) -> None:
    account = reverse("people:account")
    assert come(client, f"{START}?next={account}").headers["Location"] == account
    for evil in ("https://ond.exempel.se/", "//ond.exempel.se", "javascript:alert(1)"):
        assert come(Client(), f"{START}?next={evil}").headers["Location"] == WORK


@pytest.mark.parametrize(("algorithm", "key"), [("ES256", EC), ("PS256", None), ("RS512", None)])
def test_other_good_ways_of_signing_are_taken(
    algorithm: str, key: Any, asta: User, provider: IdentityProvider, client: Client
) -> None:
    provider.algorithm, provider.key = algorithm, key or provider.key
    provider.published = {"first": provider.key}
    come(client)
    assert is_in(client)


def test_nothing_that_the_provider_says_is_kept_but_who_it_is(
    asta: User, provider: IdentityProvider, client: Client
) -> None:
    provider.person |= {"name": "Kanariefågel", "email": "kanarie@exempel.se"}
    come(client)
    held = str(list(SocialAccount.objects.values())) + str(list(User.objects.values()))
    assert "anarie" not in held
    assert provider.given[0] not in str(client.session.items())


def test_what_others_ask_for_is_not_sent_to_the_provider(asta: User, client: Client) -> None:
    tricks = "auth_params=redirect_uri%3Dhttps%3A%2F%2Fond.exempel.se&scope=admin"
    sent = parse_qs(urlsplit(client.get(f"{START}?{tricks}").headers["Location"]).query)
    assert "ond" not in sent["redirect_uri"][0]
    assert "admin" not in sent["scope"][0]


def test_a_form_at_another_address_language_keeps_the_one_callback(
    asta: User, client: Client
) -> None:
    sent = parse_qs(urlsplit(client.get("/en/account/organisation/").headers["Location"]).query)
    assert sent["redirect_uri"][0].endswith("/konto/organisation/svar/")


def test_without_a_provider_the_pages_are_not_there(client: Client) -> None:
    assert client.get(START).status_code == 404
    assert client.get(f"{START}svar/?code=1&state=1").status_code == 404
    assert "organisation" not in client.get(reverse("account_login")).text


def test_the_sign_in_page_offers_it(provider: IdentityProvider, client: Client) -> None:
    page = client.get(f"{reverse('account_login')}?next=/arbete/installningar/").text
    assert "Logga in med Göteborgs Stad" in page
    assert f'href="{START}?next=/arbete/installningar/"' in page


# What is not believed -----------------------------------------------------------------------------

Change = Callable[[dict[str, Any]], dict[str, Any]]
WRONG_CLAIMS: dict[str, Change] = {
    "another issuer": lambda claims: claims | {"iss": "https://ond.exempel.se"},
    "almost the issuer": lambda claims: claims | {"iss": f"{claims['iss']}/"},
    "for another client": lambda claims: claims | {"aud": "annan"},
    "for several, and not made for us": lambda claims: (
        claims | {"aud": [CLIENT, "annan"], "azp": "annan"}
    ),
    "for several, and not said for whom": lambda claims: claims | {"aud": [CLIENT, "annan"]},
    "authorised to another": lambda claims: claims | {"azp": "annan"},
    "another nonce": lambda claims: claims | {"nonce": "annan"},
    "no nonce": lambda claims: without(claims, "nonce"),
    "expired": lambda claims: claims | {"exp": claims["iat"] - 90},
    "no end": lambda claims: without(claims, "exp"),
    "made in the future": lambda claims: claims | {"iat": claims["iat"] + 600},
    "made long ago": lambda claims: claims | {"iat": claims["iat"] - 1200},
    "no time": lambda claims: without(claims, "iat"),
    "nobody": lambda claims: without(claims, "sub"),
    "an empty name": lambda claims: claims | {"sub": ""},
    "a number for a name": lambda claims: claims | {"sub": 7},
    "too long a name": lambda claims: claims | {"sub": "a" * 192},
}


def without(claims: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in claims.items() if key != name}


@pytest.mark.parametrize("how", WRONG_CLAIMS)
def test_a_token_that_is_not_for_us_now_lets_nobody_in(
    how: str, asta: User, provider: IdentityProvider, client: Client
) -> None:
    provider.change_token = WRONG_CLAIMS[how]
    assert failed(come(client))
    assert nobody_is_in()
    provider.change_token = lambda claims: claims
    come(client)
    assert is_in(client), "the control: the same without the change"


WRONG_SIGNATURES: dict[str, Callable[[IdentityProvider, dict[str, Any]], str]] = {
    "none": lambda provider, claims: jwt.encode(
        claims, "", algorithm="none", headers={"kid": "first"}
    ),
    "the public key as a secret": lambda provider, claims: signed_with_secret(
        claims, provider.public_pem(), "first"
    ),
    "our secret": lambda provider, claims: signed_with_secret(claims, SECRET.encode(), "first"),
    "another's key": lambda provider, claims: jwt.encode(
        claims, OTHER_RSA, algorithm="RS256", headers={"kid": "first"}
    ),
    "another kind of key": lambda provider, claims: jwt.encode(
        claims, EC, algorithm="ES256", headers={"kid": "first"}
    ),
    "an unknown key": lambda provider, claims: jwt.encode(
        claims, OTHER_RSA, algorithm="RS256", headers={"kid": "okänd"}
    ),
    "changed afterwards": lambda provider, claims: changed(provider._sign(claims)),
    "nothing": lambda provider, claims: "",
    "not a token": lambda provider, claims: "a.b.c",
}


def changed(token: str) -> str:
    head, body, signature = token.split(".")
    return f"{head}.{body[:-2]}{'A' if body[-2] != 'A' else 'B'}{body[-1]}.{signature}"


@pytest.mark.parametrize("how", WRONG_SIGNATURES)
def test_a_token_that_the_provider_did_not_sign_lets_nobody_in(
    how: str, asta: User, provider: IdentityProvider, client: Client
) -> None:
    provider.sign = lambda claims: WRONG_SIGNATURES[how](provider, claims)
    assert failed(come(client))
    assert nobody_is_in()


def test_a_secret_among_the_published_keys_is_no_key(
    asta: User, provider: IdentityProvider, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = {"kty": "oct", "kid": "first", "k": "aGVtbGlnaGV0", "alg": "HS256"}
    monkeypatch.setattr(provider, "keys", lambda: {"keys": [secret]})
    provider.sign = lambda claims: signed_with_secret(claims, b"hemlighet", "first")
    assert failed(come(client))


def test_a_new_key_is_taken_when_the_provider_publishes_it_and_the_old_is_worth_nothing(
    asta: User, provider: IdentityProvider, client: Client
) -> None:
    come(client)
    provider.kid, provider.key = "second", OTHER_RSA
    assert failed(come(Client()))
    provider.published = {"second": OTHER_RSA}
    fresh = Client()
    come(fresh)
    assert is_in(fresh)
    provider.kid, provider.key = "first", EC
    assert failed(come(Client()))


def test_the_key_that_a_token_names_is_the_one_that_counts(
    asta: User, provider: IdentityProvider, client: Client
) -> None:
    provider.published = {"first": provider.key, "second": OTHER_RSA}
    provider.kid = "second"
    assert failed(come(client))
    provider.kid = "first"
    come(client)
    assert is_in(client)


def test_keys_that_are_elsewhere_are_not_followed(
    asta: User, provider: IdentityProvider, client: Client
) -> None:
    provider.answers["/keys"] = (302, b"")
    assert failed(come(client))
    assert "/moved" not in provider.asked


def test_a_state_is_good_once_and_in_its_own_browser(
    asta: User, provider: IdentityProvider, client: Client
) -> None:
    back = at_provider(client.get(START).headers["Location"])
    assert failed(Client().get(back)), "another's browser"
    assert failed(client.get(re.sub("state=[^&]+", "state=x", back)))
    assert failed(client.get(re.sub("&?state=[^&]+", "", back)))
    assert nobody_is_in()
    assert client.get(back).headers["Location"] == WORK
    assert failed(client.get(back)), "once more"


def test_a_state_is_too_old_after_ten_minutes(asta: User, client: Client) -> None:
    back = at_provider(client.get(START).headers["Location"])
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert failed(client.get(back))


def test_a_code_is_traded_once_and_not_in_anothers_sign_in(
    asta: User, provider: IdentityProvider, client: Client
) -> None:
    stolen = at_provider(client.get(START).headers["Location"])
    code = parse_qs(urlsplit(stolen).query)["code"][0]
    thief = Client()
    own = at_provider(thief.get(START).headers["Location"])
    assert failed(thief.get(re.sub("code=[^&]+", f"code={code}", own))), "PKCE holds"
    assert failed(client.get(stolen)), "the code is used up"
    assert nobody_is_in()


def test_a_token_from_an_earlier_sign_in_is_not_taken_again(
    asta: User, provider: IdentityProvider, client: Client
) -> None:
    come(client)
    provider.sign = lambda claims: provider.given[0]
    assert failed(come(Client()))


def test_a_provider_that_says_it_is_another_is_not_believed(
    asta: User, provider: IdentityProvider, client: Client
) -> None:
    provider.change_discovery = lambda found: found | {"issuer": "https://ond.exempel.se"}
    assert failed(client.get(START))


def test_what_is_told_of_another_person_is_not_taken(
    asta: User, provider: IdentityProvider, client: Client
) -> None:
    provider.userinfo = {"sub": "berit", "groups": ["chefer"]}
    assert failed(come(client))
    provider.userinfo = {"groups": []}
    come(client)
    assert is_in(client)


def test_turning_back_at_the_provider_is_no_fault(
    asta: User, provider: IdentityProvider, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    sent = parse_qs(urlsplit(client.get(START).headers["Location"]).query)
    back = f"{START}svar/?error=access_denied&state={sent['state'][0]}"
    answer = client.get(back)
    assert answer.status_code == 200
    assert "Du avbröt inloggningen." in answer.text
    assert sum("(identity provider: cancelled)" in line for line in caplog.messages) == 1


# Who it is ----------------------------------------------------------------------------------------


def test_a_changed_email_is_the_same_person(
    asta: User, provider: IdentityProvider, client: Client
) -> None:
    provider.person["email"] = "nytt@exempel.se"
    come(client)
    assert is_in(client)
    assert list(User.objects.filter(pk=asta.pk).values_list("email")) == [(asta.email,)]


def test_the_same_email_is_not_the_same_person(
    asta: User, provider: IdentityProvider, client: Client
) -> None:
    provider.person |= {"sub": "en-annan", "email": asta.email, "email_verified": True}
    answer = come(client)
    assert (answer.status_code, UNKNOWN in answer.text) == (403, True)
    assert nobody_is_in()
    assert SocialAccount.objects.count() == 1


@pytest.mark.parametrize(
    ("claims", "email"),
    [
        ({}, "chef@kommun.exempel.se"),
        ({"email_verified": True}, "chef@kommun.exempel.se"),
        ({"email_verified": False}, ""),
        ({"email_verified": "false"}, ""),
        ({"email_verified": None}, ""),
    ],
)
def test_an_address_that_the_provider_has_not_made_sure_of_is_nobodys(
    claims: dict[str, Any], email: str
) -> None:
    said = {"iss": "x", "sub": "y", "email": "Chef@kommun.exempel.se"} | claims
    assert identity_of(said, groups_claim="groups").email == email


def test_the_same_subject_with_another_issuer_is_not_the_same_person(
    asta: User, settings: Settings, client: Client
) -> None:
    with running() as other:
        use(settings, other.issuer)
        assert UNKNOWN in come(client).text
    assert nobody_is_in()


def test_the_answer_does_not_tell_whether_there_is_an_account_with_the_email(
    provider: IdentityProvider,
) -> None:
    UserFactory.create(email="finns@exempel.se")
    pages = []
    for email in ("finns@exempel.se", "finns-inte@exempel.se"):
        provider.person |= {"email": email, "sub": email}
        answer = come(Client())
        pages.append((answer.status_code, re.sub(r"(code|state)=[\w-]+", "", answer.text)))
    assert pages[0] == pages[1]


def test_a_closed_account_is_not_let_in_and_given_no_role(
    asta: User, provider: IdentityProvider, centrum: Centre, client: Client
) -> None:
    actions.map_group(
        by=None, issuer=provider.issuer, group="värdar", role=Role.HOST, centre=centrum
    )
    provider.person["groups"] = ["värdar"]
    actions.close_account(by=None, user=asta)
    come(client)
    assert nobody_is_in()
    assert roles_of(asta.email) == [("coach", False)]


def link_to(client: Client) -> Any:
    return client.get(at_provider(way_on(client.post(f"{START}koppla/").text)))


def signed_in(user: User) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    return client


def test_one_links_it_to_ones_own_account_and_takes_it_away(provider: IdentityProvider) -> None:
    user = user_with_role_that_needs_nothing()
    client = signed_in(user)
    page = client.get(reverse("people:account")).text
    assert "Koppla Göteborgs Stad" in page
    assert link_to(client).headers["Location"] == reverse("people:account")
    assert SocialAccount.objects.get().user == user
    fresh = Client()
    come(fresh)
    assert is_in(fresh)
    assert "Ta bort kopplingen" in client.get(reverse("people:account")).text
    client.post(f"{START}koppla-bort/")
    assert UNKNOWN in come(Client()).text
    verbs = JournalEntry.objects.about(user).values_list("verb", flat=True)
    assert {"link_identity", "unlink_identity"} <= set(verbs)


def user_with_role_that_needs_nothing() -> User:
    return RoleAssignmentFactory.create(role=Role.HOST).user


def test_an_identity_belongs_to_one_account_and_an_account_has_one(
    asta: User, provider: IdentityProvider
) -> None:
    other = signed_in(user_with_role_that_needs_nothing())
    link_to(other)
    assert SocialAccount.objects.get().user == asta
    mine = signed_in(asta)
    provider.person["sub"] = "en-till"
    with pytest.raises(actions.LinkedAlreadyError):
        actions.link_identity(by=asta, identity=Identity(provider.issuer, "en-till"))
    link_to(mine)
    assert SocialAccount.objects.get().uid == "asta"


def test_linking_starts_with_a_form_of_ours_and_a_fresh_sign_in(provider: IdentityProvider) -> None:
    user = user_with_role_that_needs_nothing()
    client = signed_in(user)
    assert client.get(f"{START}koppla/").status_code == 405
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert strict.post(f"{START}koppla/").status_code == 403
    assert Client().post(f"{START}koppla/").headers["Location"].startswith(reverse("account_login"))
    with time_machine.travel(timezone.now() + timedelta(minutes=20)):
        assert "reauthenticate" in client.post(f"{START}koppla/").headers["Location"]


def test_an_invitation_is_accepted_with_it_in_the_same_session(
    provider: IdentityProvider, manager: User, centrum: Centre, mailoutbox: list[EmailMessage]
) -> None:
    provider.person["acr"] = LOA3
    actions.invite(
        by=manager, email="bo@exempel.se", display_name="Bo", role=Role.COACH, centre=centrum
    )
    found = re.search(r"http://[^/]+(/\S+)", str(mailoutbox[0].body))
    assert found
    client = Client()
    assert "Tacka ja med Göteborgs Stad" in client.get(found[1], follow=True).text
    assert UNKNOWN in come(client).text, "signing in alone accepts nothing"
    page = client.post(f"{START}tacka-ja/").text
    client.get(at_provider(way_on(page)))
    user = User.objects.get(email="bo@exempel.se")
    assert (user.display_name, user.has_usable_password()) == ("Asta", False)
    assert is_in(client)
    fresh = Client()
    come(fresh)
    assert is_in(fresh)


def test_an_invitation_to_an_account_that_there_is_is_not_accepted_by_a_stranger(
    provider: IdentityProvider, manager: User, centrum: Centre, mailoutbox: list[EmailMessage]
) -> None:
    UserFactory.create(email="bo@exempel.se")
    actions.invite(
        by=manager, email="bo@exempel.se", display_name="Bo", role=Role.COACH, centre=centrum
    )
    found = re.search(r"http://[^/]+(/\S+)", str(mailoutbox[0].body))
    assert found
    client = Client()
    client.get(found[1], follow=True)
    answer = client.get(at_provider(way_on(client.post(f"{START}tacka-ja/").text)))
    assert UNKNOWN in answer.text
    assert not SocialAccount.objects.exists()


# Groups -------------------------------------------------------------------------------------------


@pytest.fixture
def coaches(provider: IdentityProvider, centrum: Centre) -> GroupMapping:
    provider.person |= {"acr": LOA3, "groups": ["lunchklubben", "coacher"]}
    return actions.map_group(
        by=None, issuer=provider.issuer, group="coacher", role=Role.COACH, centre=centrum
    )


def roles_of(email: str = "asta@exempel.se") -> list[tuple[str, bool]]:
    held = RoleAssignment.objects.filter(user__email=email).order_by("role")
    return [(one.role, bool(one.origin)) for one in held]


def test_who_belongs_to_a_group_that_gives_a_role_gets_an_account(
    coaches: GroupMapping, client: Client
) -> None:
    come(client)
    assert is_in(client)
    user = User.objects.get(email="asta@exempel.se")
    assert (user.display_name, user.has_usable_password()) == ("Asta", False)
    assert roles_of() == [("coach", True)]
    given = JournalEntry.objects.about(user).get(verb="give_role")
    assert (given.actor_kind, given.why) == ("system", "identity provider")


def test_groups_from_the_providers_page_of_the_person_count_too(
    coaches: GroupMapping, provider: IdentityProvider, client: Client
) -> None:
    del provider.person["groups"]
    provider.userinfo = {"groups": "coacher"}
    come(client)
    assert roles_of() == [("coach", True)]


def test_roles_follow_the_groups_at_each_sign_in_and_what_we_gave_stays(
    coaches: GroupMapping, provider: IdentityProvider, manager: User, centrum: Centre
) -> None:
    first = Client()
    come(first)
    user = User.objects.get(email="asta@exempel.se")
    actions.give_role(by=manager, user=user, role=Role.HOST, centre=centrum)
    provider.person["groups"] = []
    second = Client()
    come(second)
    assert roles_of() == [("host", False)]
    assert not is_in(first), "losing a role ends earlier sign-ins"
    del provider.person["groups"]
    come(Client())
    assert roles_of() == [("host", False)]
    provider.person["groups"] = ["coacher"]
    come(Client())
    assert roles_of() == [("coach", True), ("host", False)]
    assert JournalEntry.objects.about(user).filter(verb="take_role").count() == 1


def test_a_role_that_somebody_here_gives_no_longer_follows_the_groups(
    coaches: GroupMapping, provider: IdentityProvider, manager: User, centrum: Centre
) -> None:
    come(Client())
    user = User.objects.get(email="asta@exempel.se")
    actions.give_role(by=manager, user=user, role=Role.COACH, centre=centrum)
    assert roles_of() == [("coach", False)]
    provider.person["groups"] = []
    come(Client())
    assert roles_of() == [("coach", False)]


def test_a_groups_role_goes_at_once_when_the_group_gives_nothing_more(
    coaches: GroupMapping, client: Client
) -> None:
    come(client)
    actions.unmap_group(by=None, mapping=coaches)
    assert roles_of() == []
    assert not is_in(client)


def test_another_providers_groups_of_the_same_name_give_nothing(
    coaches: GroupMapping, settings: Settings, client: Client
) -> None:
    with running() as other:
        other.person["groups"] = ["coacher"]
        use(settings, other.issuer)
        assert UNKNOWN in come(client).text


def test_roles_from_groups_hold_only_by_the_provider_that_gave_them(
    coaches: GroupMapping, client: Client
) -> None:
    """Who has left the organisation does not stay in by a password of ours."""
    come(client)
    user = User.objects.get(email="asta@exempel.se")
    user.set_password(PASSWORD)
    user.save()
    TOTP.activate(user, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    here = Client()
    here.force_login(user)
    answer = here.get(WORK)
    assert answer.status_code == 403
    assert "Logga in med Göteborgs Stad" in answer.text


def test_a_mapping_that_cannot_be_or_stands_already_is_refused(
    coaches: GroupMapping, centrum: Centre
) -> None:
    right = {"issuer": coaches.issuer, "group": "coacher", "role": Role.COACH, "centre": centrum}
    for change in ({}, {"group": " "}, {"role": "x"}, {"centre": None}):
        with pytest.raises(ValidationError):
            actions.map_group(by=None, **(right | change))  # type: ignore[arg-type]
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupMapping.objects.create(**right)
    everywhere = {"issuer": coaches.issuer, "group": "drift", "role": Role.OPERATOR}
    actions.map_group(by=None, **everywhere)  # type: ignore[arg-type]
    with pytest.raises(IntegrityError), transaction.atomic():
        GroupMapping.objects.create(**everywhere)


def test_who_sees_a_mapping(
    coaches: GroupMapping, manager: User, operator: User, coordinator: User, outsider: User
) -> None:
    seen = [
        GroupMapping.objects.visible_to(one).exists()
        for one in (manager, operator, coordinator, outsider)
    ]
    assert seen == [True, True, False, False]


# How sure -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("acr", "level"),
    [
        (LOA3, Assurance.LOA3),
        ("http://id.elegnamnden.se/loa/1.0/loa2", Assurance.LOA2),
        ("http://id.elegnamnden.se/loa/1.0/loa4", Assurance.LOA4),
        ("http://id.swedenconnect.se/loa/1.0/uncertified-loa3", Assurance.LOA3),
        ("http://id.sambi.se/loa/loa3", Assurance.LOA3),
        ("loa3", Assurance.LOA3),
        ("1", None),
        ("", None),
    ],
)
def test_levels_are_read(acr: str, level: Assurance | None) -> None:
    assert LEVELS.get(acr) == level


@pytest.mark.parametrize(
    ("acr", "enters"),
    [("loa2", False), (None, False), ("", False), ("loa9", False), (LOA3, True), ("loa4", True)],
)
def test_a_role_that_demands_a_level_is_not_entered_with_less(
    acr: str | None, *, enters: bool, asta: User, provider: IdentityProvider, client: Client
) -> None:
    RolePolicy.objects.create(role=Role.COACH, assurance=Assurance.LOA3, two_factors=False)
    provider.person |= {"acr": acr}
    come(client)
    answer = client.get(WORK)
    assert (answer.status_code == 200) is enters
    if not enters:
        assert answer.status_code == 403
        assert "Din roll kräver att din organisation intygar vem du är." in answer.text


def test_a_password_is_no_level_at_all(asta: User) -> None:
    RolePolicy.objects.create(role=Role.COACH, assurance=Assurance.LOA2, two_factors=False)
    client = signed_in(asta)
    assert client.get(WORK).status_code == 403


def test_a_sign_in_that_was_sure_says_nothing_of_the_next_in_the_same_browser(
    asta: User, client: Client
) -> None:
    RolePolicy.objects.create(role=Role.COACH, assurance=Assurance.LOA3, two_factors=False)
    come(client)
    assert is_in(client)
    client.post(reverse("account_logout"))
    client.post(reverse("account_login"), {"login": asta.email, "password": PASSWORD})
    assert client.get(WORK).status_code == 403


def test_what_a_session_knows_of_one_person_says_nothing_of_another(
    asta: User, provider: IdentityProvider
) -> None:
    session = SessionStore()
    remember(session, asta, Identity(provider.issuer, "asta", level=Assurance.LOA4))
    assert outside_of(session, asta) == Outside(Assurance.LOA4)
    assert outside_of(session, UserFactory.create()) is None


@pytest.mark.parametrize(
    ("said", "two"),
    [
        ({"acr": LOA3}, True),
        ({"acr": None, "amr": ["pwd", "mfa"]}, True),
        ({"acr": "loa2", "amr": ["pwd"]}, False),
        ({"acr": None}, False),
        ({"acr": "mfa", "amr": None}, False),
    ],
)
def test_our_own_second_step_is_asked_for_unless_the_provider_saw_two(
    said: dict[str, Any], *, two: bool, asta: User, provider: IdentityProvider
) -> None:
    provider.person |= said
    without_one = Client()
    come(without_one)
    answer = without_one.get(WORK)
    assert (answer.status_code == 200) is two
    if not two:
        assert answer.headers["Location"] == reverse("mfa_index")
    TOTP.activate(asta, "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    with_one = Client()
    leads = come(with_one).headers["Location"]
    assert leads == (WORK if two else reverse("mfa_authenticate"))
    assert is_in(with_one) is two


# A provider that does not answer ------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/token", "/keys"])
@pytest.mark.parametrize(
    "answer",
    [(500, b"x"), (404, b"{}"), (302, b""), (200, b""), (200, b"[]"), (200, b"nul"), (200, b'"a"')],
)
def test_a_provider_that_answers_with_rubbish_gives_a_plain_page(
    path: str, answer: tuple[int, bytes], asta: User, provider: IdentityProvider, client: Client
) -> None:
    provider.answers[path] = answer
    first = client.get(START)
    if path.startswith("/.well-known"):
        assert failed(first)
    else:
        assert failed(client.get(at_provider(first.headers["Location"])))
    assert nobody_is_in()


@pytest.mark.parametrize("missing", ["token_endpoint", "jwks_uri", "authorization_endpoint"])
def test_a_provider_that_does_not_say_enough_of_itself_gives_a_plain_page(
    missing: str, provider: IdentityProvider, client: Client
) -> None:
    provider.change_discovery = lambda found: without(found, missing)
    assert failed(client.get(START))


def test_a_provider_that_is_down_gives_a_plain_page(settings: Settings, client: Client) -> None:
    with running() as gone:
        use(settings, gone.issuer)
    cache.clear()
    assert failed(client.get(START))


@pytest.mark.parametrize("how", ["pause", "drip"])
def test_a_slow_provider_is_not_waited_for_longer_than_five_seconds(
    how: str, provider: IdentityProvider, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert SECONDS <= 5
    for name, seconds in (("SECONDS", 1.0), ("_AT_ONCE", 0.6)):
        monkeypatch.setattr(f"halsonav.people.signing_in.identity_provider.{name}", seconds)
    getattr(provider, how)["/.well-known/openid-configuration"] = 4.0
    start = monotonic()
    assert failed(client.get(START))
    assert monotonic() - start < 3


def test_a_provider_that_did_not_answer_is_left_alone_for_some_seconds(
    provider: IdentityProvider, client: Client
) -> None:
    page = "/.well-known/openid-configuration"
    provider.answers[page] = (500, b"")
    with time_machine.travel(timezone.now(), tick=False) as clock:
        assert all(failed(client.get(START)) for _ in range(3))
        assert provider.asked.count(page) == 1
        del provider.answers[page]
        clock.shift(timedelta(seconds=11))
        assert client.get(START).status_code == 302


def test_an_answer_that_is_cut_off_gives_a_plain_page(
    asta: User, provider: IdentityProvider, client: Client
) -> None:
    back = at_provider(client.get(START).headers["Location"])
    provider.cut = True
    assert failed(client.get(back))


def test_an_answer_without_end_is_not_taken_in(provider: IdentityProvider, client: Client) -> None:
    provider.answers["/.well-known/openid-configuration"] = (200, b" " * 300_000)
    assert failed(client.get(START))


def test_what_the_provider_says_of_itself_is_kept_for_ten_minutes(
    asta: User, provider: IdentityProvider
) -> None:
    for _ in range(3):
        come(Client())
    assert provider.asked.count("/.well-known/openid-configuration") == 1


def test_calls_never_leave_https_for_http(settings: Settings) -> None:
    use(settings, "https://inloggning.exempel.se")
    with pytest.raises(requests.exceptions.InvalidSchema):
        BoundedSession().get("http://127.0.0.1:1/keys")


# Signing out --------------------------------------------------------------------------------------


def test_signing_out_is_ours_and_the_provider_is_offered(
    asta: User, provider: IdentityProvider, client: Client
) -> None:
    come(client)
    copy = Client()
    copy.cookies = client.cookies.copy()  # type: ignore[assignment]
    page = client.post(reverse("account_logout"))
    assert page.status_code == 200
    found = re.search(r'href="([^"]+/end\?[^"]+)"', page.text)
    assert found
    asked = parse_qs(urlsplit(html.unescape(found[1])).query)
    assert asked["id_token_hint"] == [provider.given[0]]
    assert asked["post_logout_redirect_uri"][0].endswith("/")
    assert not is_in(client)
    assert not is_in(copy)


def test_a_provider_without_such_a_page_is_not_offered(
    asta: User, provider: IdentityProvider, client: Client
) -> None:
    provider.change_discovery = lambda found: without(found, "end_session_endpoint")
    come(client)
    assert client.post(reverse("account_logout")).headers["Location"] == "/"

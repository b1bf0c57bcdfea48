"""How often somebody may try, from how many places, and that honest people get in."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from halsonav.people.forms.sign_in import EVEN_SECONDS
from halsonav.people.jobs import forget
from halsonav.people.models import Attempt, ClockReading, Session
from halsonav.people.privacy.forgetting import rule_named
from halsonav.people.signing_in import throttle
from halsonav.people.signing_in.throttle import LIMITS, admit, forgive
from tests.factories.people import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TOO_MANY = "Det blev för många försök."
ACCOUNT, NETWORK = LIMITS["password/account"], LIMITS["password/network"]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def nobody_waits(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let letters take no longer than they do, but where that is what is looked at."""
    if "takes_as_long" not in request.node.name:
        monkeypatch.setattr("halsonav.people.forms.sign_in.EVEN_SECONDS", 0.0)


def sign_in(email: str, password: str, client: Client | None = None, **headers: str) -> str:
    """Return "in", "wrong" or "wait"."""
    form = {"login": email, "password": password}
    answer = (client or Client()).post(reverse("account_login"), form, **headers)  # type: ignore[arg-type]
    if answer.status_code == 302:
        return "in"
    return "wait" if TOO_MANY in answer.text else "wrong"


def guesses(email: str, many: int, client: Client | None = None, **headers: str) -> list[str]:
    return [sign_in(email, f"gissning {number}", client, **headers) for number in range(many)]


# One account -------------------------------------------------------------------------------------


def test_an_account_is_guessed_at_five_times_in_half_an_hour(clock: time_machine.Traveller) -> None:
    email = UserFactory.create().email
    places = [f"203.0.113.{number}" for number in range(8)]
    said = [guesses(email, 1, REMOTE_ADDR=place)[0] for place in places]
    assert said == ["wrong"] * 5 + ["wait"] * 3
    assert sign_in(email, PASSWORD, REMOTE_ADDR="198.51.100.1") == "wait"
    clock.shift(ACCOUNT.within + timedelta(seconds=1))
    assert sign_in(email, PASSWORD, REMOTE_ADDR="198.51.100.1") == "in"


def test_trying_on_does_not_make_the_wait_longer(clock: time_machine.Traveller) -> None:
    email = UserFactory.create().email
    guesses(email, 20)
    assert Attempt.objects.filter(kind="password/account").count() == ACCOUNT.most
    clock.shift(ACCOUNT.within + timedelta(seconds=1))
    assert sign_in(email, PASSWORD) == "in"


def test_an_account_that_does_not_exist_is_counted_alike() -> None:
    assert guesses("ingen@exempel.se", 6) == ["wrong"] * 5 + ["wait"]


def test_the_case_of_the_address_is_no_way_around() -> None:
    email = UserFactory.create(email="asta@exempel.se").email
    guesses(email, 5)
    assert sign_in(" ASTA@Exempel.SE", "gissning") == "wait"


def test_ones_own_device_gets_in_while_somebody_else_guesses() -> None:
    email = UserFactory.create().email
    own = Client()
    assert sign_in(email, PASSWORD, own) == "in"
    own.post(reverse("account_logout"))
    guesses(email, 6, REMOTE_ADDR="203.0.113.9")
    assert sign_in(email, PASSWORD, own) == "in"
    own.post(reverse("account_logout"))
    most = LIMITS["password/device"].most
    assert guesses(email, most + 1, own) == ["wrong"] * most + ["wait"]


def test_a_device_is_known_for_its_own_account_alone_and_cannot_be_forged() -> None:
    mine, other = UserFactory.create().email, UserFactory.create().email
    own = Client()
    sign_in(mine, PASSWORD, own)
    own.post(reverse("account_logout"))
    assert guesses(other, 6, own)[-1] == "wait"
    other_device = Client()
    sign_in(mine, PASSWORD, other_device)
    other_device.post(reverse("account_logout"))
    guesses(mine, LIMITS["password/device"].most + 1, other_device)
    assert sign_in(mine, PASSWORD, own) == "in", "each device has its own count"
    own.post(reverse("account_logout"))
    forged = Client()
    forged.cookies["halsonav_enhet"] = own.cookies["halsonav_enhet"].value + "x"
    assert guesses(mine, 6, forged)[-1] == "wait"


def test_mistakes_are_forgotten_when_one_gets_in() -> None:
    email = UserFactory.create().email
    for _ in range(3):
        assert guesses(email, 4) == ["wrong"] * 4
        assert sign_in(email, PASSWORD) == "in"
    assert not Attempt.objects.filter(kind__startswith="password").exists()


# One network -------------------------------------------------------------------------------------


def test_many_accounts_are_not_tried_from_one_network() -> None:
    users = [UserFactory.create().email for _ in range(24)]
    said = [guesses(email, 1)[0] for email in users]
    assert said == ["wrong"] * NETWORK.most + ["wait"] * 4
    assert sign_in(users[-1], PASSWORD, REMOTE_ADDR="198.51.100.1") == "in"


def test_neighbours_in_an_ipv6_network_are_one() -> None:
    users = [UserFactory.create().email for _ in range(22)]
    said = [
        guesses(email, 1, REMOTE_ADDR=f"2001:db8:1:2::{number:x}")[0]
        for number, email in enumerate(users)
    ]
    assert said[-2:] == ["wait", "wait"]
    assert guesses(users[-1], 1, REMOTE_ADDR="2001:db8:1:3::1") == ["wrong"]


@pytest.mark.parametrize("proxies", [0, 1])
def test_a_forged_forwarding_header_is_no_way_around(settings: Any, proxies: int) -> None:
    settings.PROXIES = proxies
    said = []
    for number in range(22):
        forged = f"198.51.100.{number}" + (", 203.0.113.7" if proxies else "")
        email = UserFactory.create().email
        said += guesses(email, 1, REMOTE_ADDR="10.0.0.2", HTTP_X_FORWARDED_FOR=forged)
    assert said == ["wrong"] * 20 + ["wait"] * 2


def test_sixty_people_behind_one_address_get_in_though_every_third_mistypes() -> None:
    """A library's or a municipality's whole house may share one address."""
    users = [UserFactory.create().email for _ in range(60)]
    for start in range(0, 60, 15):
        morning = users[start : start + 15]
        for email in morning[::3]:
            assert sign_in(email, "felskrivet") == "wrong"
        for email in morning:
            assert sign_in(email, PASSWORD) == "in"


def test_nobody_wipes_out_what_others_tried_from_a_network_that_is_used_up() -> None:
    email = UserFactory.create().email
    for number in range(NETWORK.most):
        guesses(f"ingen{number}@exempel.se", 1, REMOTE_ADDR="203.0.113.1")
    said = []
    for number in range(4):
        said += guesses(email, 4, REMOTE_ADDR=f"203.0.113.{100 + number}")
        assert guesses(email, 1, REMOTE_ADDR="203.0.113.1") == ["wait"]
    assert said.count("wrong") == ACCOUNT.most


# At the same time ---------------------------------------------------------------------------------


def _admitted(_: int) -> bool:
    try:
        return admit("password/account", "samtidigt@exempel.se") is not None
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_of_a_hundred_at_the_same_time_no_more_than_the_limit_pass() -> None:
    with ThreadPoolExecutor(8) as pool:
        passed = list(pool.map(_admitted, range(100)))
    assert 1 <= sum(passed) <= ACCOUNT.most


@pytest.mark.django_db(transaction=True)
def test_without_counting_after_writing_more_would_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a limit so high that it never holds lets them all through."""
    monkeypatch.setitem(LIMITS, "password/account", throttle.Limit(1_000, ACCOUNT.within))
    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(_admitted, range(30)))


# Letters ------------------------------------------------------------------------------------------


def ask_for_a_letter(email: str, **headers: str) -> str:
    answer = Client().post(reverse("account_reset_password"), {"email": email}, **headers)  # type: ignore[arg-type]
    return "sent" if answer.status_code == 302 else "wait" if TOO_MANY in answer.text else "?"


def test_nobody_is_sent_more_than_three_letters_an_hour_and_it_does_not_show(
    mailoutbox: list[EmailMessage],
) -> None:
    email = UserFactory.create().email
    assert [ask_for_a_letter(email) for _ in range(5)] == ["sent"] * 5
    assert len(mailoutbox) == LIMITS["letter/account"].most


def test_a_network_asks_for_twenty_letters_an_hour_and_is_then_told_to_wait() -> None:
    said = [ask_for_a_letter(f"ingen{number}@exempel.se") for number in range(22)]
    assert said == ["sent"] * 20 + ["wait"] * 2


def test_it_takes_as_long_to_ask_for_a_letter_whether_there_is_an_account_or_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slept: list[float] = []
    monkeypatch.setattr("halsonav.people.forms.sign_in.sleep", slept.append)
    ask_for_a_letter(UserFactory.create().email)
    ask_for_a_letter("ingen@exempel.se")
    assert all(0 < one <= EVEN_SECONDS for one in slept)
    assert len(slept) == 2


# What is kept -------------------------------------------------------------------------------------


def test_the_table_tells_nobody_who_tried_or_from_where() -> None:
    email = UserFactory.create().email
    guesses(email, 1, REMOTE_ADDR="203.0.113.9")
    held = str(list(Attempt.objects.values()))
    assert email not in held
    assert "203.0.113" not in held


def test_attempts_and_sessions_are_thrown_away_at_night(clock: time_machine.Traveller) -> None:
    sign_in(UserFactory.create().email, PASSWORD)
    guesses("ingen@exempel.se", 1)
    clock.shift(timedelta(days=2, minutes=1))
    guesses("annan@exempel.se", 1)
    forget()
    assert set(Attempt.objects.values_list("at", flat=True)) == {NOW + timedelta(days=2, minutes=1)}
    ClockReading.objects.update(at=timezone.now() + timedelta(days=20), seconds=0, boot="")
    clock.shift(timedelta(days=20))
    forget()
    assert not Session.objects.exists()


def test_attempts_are_kept_as_long_as_any_limit_counts_them() -> None:
    found = rule_named("people.attempt_old")
    assert found
    assert timedelta(days=found[1].kept.days) >= max(one.within for one in LIMITS.values())


def test_what_is_forgiven_is_about_one_thing_alone() -> None:
    admit("password/network", "203.0.113.9", "a@exempel.se")
    admit("password/network", "203.0.113.9", "b@exempel.se")
    forgive("password/network", "203.0.113.9", "a@exempel.se")
    assert Attempt.objects.count() == 1


def test_what_is_refused_stands_in_the_log_with_a_mark_of_the_place(
    caplog: pytest.LogCaptureFixture,
) -> None:
    user, client = UserFactory.create(), Client()
    for _ in range(6):
        form = {"login": user.email, "password": "fel-losenord-som-ingen-har"}
        client.post("/konto/login/", form, REMOTE_ADDR="203.0.113.9")
    lines = [line for line in caplog.messages if line.startswith("A try was refused")]
    assert sum("(wrong password)" in line for line in lines) == 5
    assert sum("(too many: password/account)" in line for line in lines) == 1
    marks = {line.rpartition(" ")[2] for line in lines if "wrong" in line}
    assert len(marks) == 1, "tries from one place are seen to belong together"
    assert not any(word in caplog.text for word in (user.email, "203.0.113.9", "fel-losenord"))

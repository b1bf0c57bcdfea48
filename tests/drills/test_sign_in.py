"""Guessing, listening and replaying against a real server with two processes and real Argon2."""

import html
import re
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from math import erf, sqrt
from urllib.parse import urlencode, urlsplit

import numpy as np
import psutil
import pytest

from halsonav.people.signing_in.throttle import LIMITS
from tests.drills.installation import Installation, Process
from tests.people.identity_provider import CLIENT, SECRET, IdentityProvider, running

pytestmark = pytest.mark.drill
PASSWORD = "tre gröna paraplyer i regn"
SECRET_OF_APP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
SAMPLES = 100
MOST_GAP = 0.005
PEOPLE = f"""
from django.contrib.auth.hashers import make_password
from halsonav.people.models import User
held = make_password({PASSWORD!r})
User.objects.bulk_create(
    User(email=f"nr{{n}}@exempel.se", display_name=f"Nr {{n}}", password=held) for n in range(320)
)
"""


def person(number: int) -> str:
    return f"nr{number}@exempel.se"


@pytest.fixture
def site(installation: Installation) -> Installation:
    """Serve with two processes behind a proxy, with 320 people who have the same password."""
    installation.more |= {"HALSONAV_WORKERS": "2", "HALSONAV_PROXIES": "1"}
    installation.python(PEOPLE)
    return installation


class Browser:
    """Somebody whose address the proxy saw as `network`, and who says to come from `forged`."""

    def __init__(self, port: int, network: str, forged: str = "") -> None:
        self.port = port
        self.seen = ", ".join(filter(None, (forged, network)))
        self.cookies: dict[str, str] = {}
        self.page = self.token = ""

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Return the status and where it leads, again while many are sending; keep the rest."""
        status, leads_to = self._ask(path, form)
        while status == 503 and "Det är många som skickar" in self.page:
            time.sleep(0.2)
            status, leads_to = self._ask(path, form)
        return status, leads_to

    def _ask(self, path: str, form: dict[str, str] | None) -> tuple[int, str]:
        server = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Accept": "text/html", "X-Forwarded-For": self.seen}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{one}={value}" for one, value in self.cookies.items())
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            self.token = self._token()
            form = form | {"csrfmiddlewaretoken": self.token}
        body = urlencode(form) if form is not None else None
        server.request("GET" if form is None else "POST", path, body, headers)
        answer = server.getresponse()
        self.page = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                cookie, _, content = value.partition(";")[0].partition("=")
                self.cookies[cookie] = content
        server.close()
        return answer.status, answer.getheader("Location") or ""

    def _token(self) -> str:
        """Return what the page's form carries, or what it carried when nobody had time for it."""
        found = TOKEN.search(self.page)
        return found[1] if found else self.token

    def sign_in(self, email: str, password: str) -> str:
        """Return "in", "code", "wrong" or "wait"."""
        self.ask("/konto/login/")
        status, leads_to = self.ask("/konto/login/", {"login": email, "password": password})
        if status == 302:
            return "code" if "tva-steg" in leads_to else "in"
        for said, word in (("för många försök", "wait"), ("hör inte ihop", "wrong")):
            if said in self.page:
                return word
        return f"{status} {self.page[:300]}"


def at_once(many: int, one: Callable[[int], str]) -> list[str]:
    with ThreadPoolExecutor(24) as pool:
        return list(pool.map(one, range(many)))


def workers(server: Process) -> list[psutil.Process]:
    """Return the processes that answer."""
    below = psutil.Process(server.pid).children(recursive=True)
    return [one for one in below if "serve" in one.cmdline()]


# Guessing -----------------------------------------------------------------------------------------


def test_no_forged_header_and_no_neighbour_gets_more_guesses_over_two_processes(
    site: Installation,
) -> None:
    server = site.serve()
    worked = {one.pid: sum(one.cpu_times()[:2]) for one in workers(server)}
    assert len(worked) == 2

    def forged(number: int) -> str:
        browser = Browser(site.port, "203.0.113.7", f"198.51.100.{number}")
        return browser.sign_in(person(number), "fel")

    def neighbour(number: int) -> str:
        browser = Browser(site.port, f"2001:db8:1:2::{number + 1:x}")
        return browser.sign_in(person(100 + number), "fel")

    def one_account(number: int) -> str:
        return Browser(site.port, f"203.0.{number}.1").sign_in(person(200), "fel")

    def each_for_themselves(number: int) -> str:
        return Browser(site.port, f"192.0.{number}.1").sign_in(person(210 + number), "fel")

    network, account = LIMITS["password/network"].most, LIMITS["password/account"].most
    for guess, most in ((forged, network), (neighbour, network), (one_account, account)):
        said = at_once(100, guess)
        assert set(said) == {"wrong", "wait"}
        assert 1 <= said.count("wrong") <= most, guess.__name__
    assert at_once(100, each_for_themselves) == ["wrong"] * 100, "the control"
    assert Browser(site.port, "2001:db8:1:3::1").sign_in(person(0), PASSWORD) == "in"
    for one in workers(server):
        assert sum(one.cpu_times()[:2]) > worked[one.pid], "both processes have answered"


def test_sixty_honest_people_behind_one_address_get_in(site: Installation) -> None:
    site.serve()

    def come(number: int) -> str:
        browser = Browser(site.port, "203.0.113.7")
        if number % 3 == 0:
            assert browser.sign_in(person(number), "felskrivet") == "wrong"
        return browser.sign_in(person(number), PASSWORD)

    for start in range(0, 60, 15):  # as they come to work, not all in the same second
        with ThreadPoolExecutor(6) as pool:
            assert list(pool.map(come, range(start, start + 15))) == ["in"] * 15


# Codes once ---------------------------------------------------------------------------------------

STEPS = f"""
from allauth.core import context
from django.test import RequestFactory
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from halsonav.people.models import User
for user in User.objects.order_by("pk")[:12]:
    TOTP.activate(user, {SECRET_OF_APP!r})
print(RecoveryCodes.activate(User.objects.get(email="nr0@exempel.se")).get_unused_codes()[0])
"""
CODE = f"""
import time
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
print(format_hotp_value(hotp_value({SECRET_OF_APP!r}, int(time.time()) // 30)))
"""


def test_a_code_is_good_once_over_two_processes(site: Installation) -> None:
    spare = site.python(STEPS).strip()
    site.serve()

    def before_the_code(number: int, whose: int) -> Browser:
        browser = Browser(site.port, f"203.0.113.{number + 1}")
        assert browser.sign_in(person(whose), PASSWORD) == "code"
        browser.ask("/konto/tva-steg/authenticate/")
        return browser

    def with_code(browsers: Sequence[Browser], code: str) -> int:
        """Return how many get in with the code at the same moment."""

        def give(number: int) -> str:
            status, _ = browsers[number].ask("/konto/tva-steg/authenticate/", {"code": code})
            return "in" if status == 302 else "no"

        return at_once(len(browsers), give).count("in")

    one = [before_the_code(number, 0) for number in range(5)]
    many = [before_the_code(100 + number, number) for number in range(1, 6)]
    code = site.python(CODE).strip()
    assert with_code(one, code) == 1
    assert with_code(many, code) == len(many), "the control: each their own"
    more = [before_the_code(50 + number, 0) for number in range(4)]
    assert with_code(more, spare) == 1


# Listening to how long it takes -------------------------------------------------------------------


def told_apart(first: Sequence[float], second: Sequence[float]) -> bool:
    """Say whether a listener tells two kinds of answers apart by how long they take.

    Both a gap between the medians and a rank test (Mann–Whitney, normal approximation) must show.
    """
    gap = abs(statistics.median(first) - statistics.median(second))
    return gap > MOST_GAP and _chance(first, second) < 0.01


def _chance(first: Sequence[float], second: Sequence[float]) -> float:
    ranks = np.argsort(np.argsort([*first, *second])) + 1
    many, others = len(first), len(second)
    statistic = ranks[:many].sum() - many * (many + 1) / 2
    spread = sqrt(many * others * (many + others + 1) / 12)
    return 1 - erf(abs(statistic - many * others / 2) / spread / sqrt(2))


def timed(one: Callable[[], object]) -> float:
    start = time.perf_counter()
    one()
    return time.perf_counter() - start


def test_a_difference_would_be_heard() -> None:
    """The control of what follows."""
    same = [0.05 + (number % 7) / 1000 for number in range(SAMPLES)]
    assert told_apart(same, [one + 0.02 for one in same])
    assert not told_apart(same, same[::-1])


def test_how_long_signing_in_takes_does_not_tell_who_has_an_account(site: Installation) -> None:
    site.serve()
    known: list[float] = []
    unknown: list[float] = []
    for number in range(SAMPLES):
        for heard, email in ((known, person(number)), (unknown, f"ingen{number}@exempel.se")):
            browser = Browser(site.port, f"198.51.{number}.{1 + (heard is known)}")
            browser.ask("/konto/login/")
            form = {"login": email, "password": "fel lösenord"}
            heard.append(timed(lambda: browser.ask("/konto/login/", form)))  # noqa: B023
            assert "hör inte ihop" in browser.page
    print_gap("login", known, unknown)
    assert not told_apart(known, unknown)


def test_how_long_asking_for_a_letter_takes_does_not_tell_who_has_an_account(
    site: Installation,
) -> None:
    site.serve()
    known: list[float] = []
    unknown: list[float] = []
    for number in range(SAMPLES):
        for heard, email in ((known, person(number)), (unknown, f"ingen{number}@exempel.se")):
            browser = Browser(site.port, f"198.51.{number}.{1 + (heard is known)}")
            browser.ask("/konto/password/reset/")
            form = {"email": email}
            heard.append(timed(lambda: browser.ask("/konto/password/reset/", form)))  # noqa: B023
    print_gap("reset", known, unknown)
    assert not told_apart(known, unknown)
    assert site.query("SELECT count(*) FROM outbox_message") == [(SAMPLES,)]


INVITED = """
import hashlib
from datetime import timedelta
from django.utils import timezone
from halsonav.people.models import Invitation
now = timezone.now()
for n in range(100):
    Invitation.objects.create(
        email=f"bjuden{n}@exempel.se", display_name="B", role="operator", created_at=now,
        expires_at=now + timedelta(days=1), withdrawn_at=now,
        token_hash=hashlib.sha256(f"{n:043d}".encode()).hexdigest(),
    )
"""


def test_how_long_a_link_takes_does_not_tell_whether_there_ever_was_an_invitation(
    site: Installation,
) -> None:
    site.python(INVITED)
    site.serve()
    was: list[float] = []
    never: list[float] = []
    for number in range(SAMPLES):
        for heard, token in ((was, f"{number:043d}"), (never, f"{number + 1000:043d}")):
            browser = Browser(site.port, "198.51.100.1")
            browser.ask(f"/konto/inbjudan/{token}/")
            heard.append(timed(lambda: browser.ask("/konto/inbjudan/")))  # noqa: B023
            assert "gäller inte längre" in browser.page
    print_gap("invitation", was, never)
    assert not told_apart(was, never)


@pytest.fixture
def provider() -> Iterator[IdentityProvider]:
    with running() as one:
        yield one


def test_how_long_the_organisations_sign_in_takes_does_not_tell_who_has_an_account(
    site: Installation, provider: IdentityProvider
) -> None:
    site.more |= {
        "HALSONAV_OIDC": provider.issuer,
        "HALSONAV_OIDC_CLIENT": CLIENT,
        "HALSONAV_OIDC_SECRET": SECRET,
        "HALSONAV_OIDC_NAME": "Kommunen",
    }
    site.serve()
    known: list[float] = []
    unknown: list[float] = []
    for number in range(SAMPLES):
        for heard, email in ((known, person(number)), (unknown, f"ingen{number}@exempel.se")):
            provider.person = {"sub": f"{email}", "email": email, "name": "N", "groups": []}
            browser = Browser(site.port, "198.51.100.1")
            _, leads_to = browser.ask("/konto/organisation/")
            back = _at_provider(html.unescape(leads_to))
            heard.append(timed(lambda: browser.ask(back)))  # noqa: B023
            assert "Vi känner inte igen dig" in browser.page
    print_gap("organisation", known, unknown)
    assert not told_apart(known, unknown)


def _at_provider(address: str) -> str:
    parts = urlsplit(address)
    server = HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    server.request("GET", f"{parts.path}?{parts.query}")
    back = urlsplit(server.getresponse().getheader("Location") or "")
    server.close()
    return f"{back.path}?{back.query}"


def print_gap(what: str, first: Sequence[float], second: Sequence[float]) -> None:
    """Say the figures, which `make drill` shows."""
    medians = [statistics.median(one) * 1000 for one in (first, second)]
    print(f"{what}: {medians[0]:.1f} and {medians[1]:.1f} ms of {len(first)} each")

"""What nobody should be able to fetch: our own files, listings, the inside of the application."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
CLOSED = [
    "/.git/HEAD", "/.git/config", "/.env", "/var/demo.sqlite3", "/manage.py", "/pyproject.toml",
    "/static/", "/static/design/", "/static/../pyproject.toml", "/static/%2e%2e/pyproject.toml",
    "/static/..%2f..%2fpyproject.toml", "/media/", "/media/../erased.txt",
    "/admin/", "/django-admin/", "/metrics", "/metrics/", "/debug/", "/__debug__/", "/api/",
    "/openapi.json", "/schema/", "/server-status",
]  # fmt: skip


@pytest.mark.parametrize("path", CLOSED)
def test_neither_files_nor_lists_nor_the_inside_are_served(path: str) -> None:
    assert Client().get(path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/konto/login/", "/arbete/", "/status/lever/"])
@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "TRACK", "PROPFIND"])
def test_a_way_of_asking_that_repeats_what_was_sent_is_refused(method: str, path: str) -> None:
    answer = Client(headers={"cookie": "canary=1"}).generic(method, path)
    assert answer.status_code == 405
    assert b"canary" not in answer.content


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/finns-inte/", "text/html; charset=utf-8"),
        ("/konto/login/", "text/html; charset=utf-8"),
        ("/aktiviteter/kalender.ics", "text/calendar; charset=utf-8"),
        ("/static/design/near.js", 'text/javascript; charset="utf-8"'),
    ],
)
def test_an_answer_says_what_kind_of_text_it_is(path: str, kind: str) -> None:
    answer = Client().get(path)
    answer.close()
    assert answer.headers["Content-Type"] == kind


@pytest.mark.parametrize("path", ["/", "/aktiviteter/", "/konto/login/", "/arbete/", "/x/"])
def test_no_other_site_is_let_in_to_read(path: str) -> None:
    answer = Client(headers={"origin": "https://ond.exempel.se"}).get(path)
    assert not [name for name in answer.headers if name.lower().startswith("access-control-")]


def test_what_is_encoded_twice_is_decoded_once() -> None:
    page = Client().get("/aktiviteter/?q=%253Cb%253E").text
    assert "%3Cb%3E" in page
    assert "<b>" not in page.partition("</head>")[2].partition("<form")[2].partition("</form>")[0]

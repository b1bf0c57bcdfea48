"""What every answer goes through."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST"])
@pytest.mark.parametrize("target", ["*", "x", "//", "//en/"])
def test_a_target_that_is_no_path_is_answered_plainly(method: str, target: str) -> None:
    client = Client(raise_request_exception=False)
    environ = {"PATH_INFO": target, "REQUEST_METHOD": method}
    answer = client.request(**environ)
    assert answer.status_code in (301, 404, 405)
    if answer.status_code == 404 and method != "HEAD":
        assert '<html lang="sv"' in answer.text


@pytest.mark.parametrize("path", ["/", "/en/", "/konto/login/", "/arbete/", "/finns-inte/"])
def test_a_page_asks_for_the_place_alone_and_for_no_camera(path: str) -> None:
    allowed = Client().get(path).headers["Permissions-Policy"]
    assert allowed == "geolocation=(self), camera=(), microphone=(), payment=(), usb=()"

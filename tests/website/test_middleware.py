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

"""Which passwords are refused, offline, and that good ones of any kind are taken."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from halsonav.commands import main
from halsonav.people.forms import SetPasswordForm
from halsonav.people.signing_in import passwords
from tests.factories.people import CentreFactory, UserFactory

pytestmark = pytest.mark.django_db


def why(password: str, **about: str) -> set[str]:
    """Return the codes of what is wrong with a password; nothing when it is good."""
    user = UserFactory.build(
        **{"email": "asta.lind@exempel.se", "display_name": "Asta Lind"} | about
    )
    try:
        validate_password(password, user)
    except ValidationError as error:
        return {one.code or "" for one in error.error_list}
    return set()


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Path) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


@pytest.mark.parametrize(
    "password",
    [
        "tre gröna paraplyer",
        "correct horse battery staple",
        "mormorsbullarikanel",
        "Kx9#vQ2!mLp7@wZr",
        "بيت صغير فوق التل",
        "å" * 4 + "kattunge i hallen",
        "x" * 3 + "många ord i en lång rad " * 3,
        "🌧 paraply på torget",
    ],
)
def test_good_ones_are_taken_with_any_letters_signs_and_length(password: str) -> None:
    assert why(password) == set()


@pytest.mark.parametrize("password", ["password12345", "Iloveyou!!!2026", "  liverpool  1234 "])
def test_common_ones_are_refused_with_figures_hung_on_too(password: str) -> None:
    assert "password_too_common" in why(password)


@pytest.mark.parametrize(
    "password",
    [
        "Sommaren2026!",
        "Lösenord123456",
        "Hälsonav2026!!",
        "hälsocenter-1234",
        "AstaLind2026!!",
        "asta.lind@exempel.se",
        "aaaaaaaaaaaaaa",
        "abababababab",
        "qwerty123456789",
        "12345678901234",
        "abcdefghijklmnop",
        "lkjhgfdsapoi",
        "mnbvcxzlkjhg",
        "L0senord2026!",
        "Östersund2026!",
        "Julafton2026!",
    ],
)
def test_what_others_guess_first_is_refused(password: str) -> None:
    assert "password_guessable" in why(password)


def test_the_centres_own_name_is_refused() -> None:
    assert why("Solrosgårdens2026") == set()
    CentreFactory.create(name="Solrosgården")
    assert "password_guessable" in why("Solrosgårdens2026")


def test_a_short_one_is_refused_and_no_kind_of_sign_is_demanded() -> None:
    assert why("gröna bin") == {"password_too_short"}
    assert why("gröna bin flyger hem") == set()


# Leaked ones -------------------------------------------------------------------------------------


def listed(*leaked: str) -> str:
    rows = sorted(hashlib.sha1(one.encode(), usedforsecurity=False).hexdigest() for one in leaked)
    return "".join(f"{row.upper()}:{number}\n" for number, row in enumerate(rows, 1))


LEAKED = "tre gröna paraplyer"


def test_a_leaked_one_is_refused_once_the_list_is_read(
    tmp_path: Path, own_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "list.txt"
    others = [f"annat {number}" for number in range(999)]
    source.write_text(listed(*others, LEAKED), "ascii")
    assert why(LEAKED) == set()
    assert main(["import-leaked-passwords", str(source)]) == 0
    assert why(LEAKED) == {"password_leaked"}
    assert why(LEAKED + " och en till") == set()
    assert (own_folder / "leaked-passwords.bin").stat().st_size == 1_000 * passwords.BYTES


@pytest.mark.parametrize("wrong", ["inte en summa", "ABC:1", "g" * 40])
def test_a_file_with_another_row_changes_nothing_and_names_the_row(
    wrong: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    passwords.write_leaked(listed(LEAKED).splitlines())
    source = tmp_path / "list.txt"
    source.write_text(listed("a", "b") + wrong, "ascii")
    assert main(["import-leaked-passwords", str(source)]) == 1
    assert "Rad 3" in capsys.readouterr().err
    assert why(LEAKED) == {"password_leaked"}


def test_a_file_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import-leaked-passwords", "/finns/inte"]) == 1
    assert "går inte att läsa" in capsys.readouterr().err


@pytest.mark.parametrize("many", [0, 1, 2, 3, 17])
def test_the_first_the_last_and_every_other_one_is_found(many: int, tmp_path: Path) -> None:
    file = tmp_path / "some.bin"
    digests = [hashlib.sha1(bytes([n]), usedforsecurity=False).digest() for n in range(many)]
    passwords.write_leaked((one.hex() for one in sorted(digests)), file)
    assert all(passwords.is_listed(file, one) for one in digests)
    assert not passwords.is_listed(file, hashlib.sha1(b"none", usedforsecurity=False).digest())


def test_a_list_in_another_order_is_refused_with_its_row(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "list.txt"
    source.write_text("".join(reversed(listed("a", "b", "c").splitlines(keepends=True))), "ascii")
    assert main(["import-leaked-passwords", str(source)]) == 1
    assert "Rad 2 kommer före" in capsys.readouterr().err
    assert passwords.leaked_count() == 0


@pytest.mark.parametrize("password", ["a" + "1" * 200_000 + "a", "\ufdfa" * 5_000, "a" * 500_000])
def test_a_very_long_password_is_told_to_be_shorter_at_once(password: str) -> None:
    form = SetPasswordForm(data={"password1": password, "password2": password})
    assert "password1" in form.errors

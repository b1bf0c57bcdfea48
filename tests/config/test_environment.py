"""Settings come from the environment, typed; a wrong one stops with a sentence that names it."""

from pathlib import Path

import pytest

from halsonav.config.environment import (
    DEMO_SECRET,
    SETTINGS,
    WrongSettingError,
    faults,
    mode_of,
    read,
)

REAL = {
    "HALSONAV_SECRET_KEY": "0123456789abcdef" * 3,
    "HALSONAV_DATABASE": "postgresql://namn:hem%2Fligt@db.exempel.se:5433/halsonav",
    "HALSONAV_ORIGIN": "https://halsa.exempel.se/",
    "HALSONAV_HOSTS": "halsa.exempel.se, www.halsa.exempel.se",
    "HALSONAV_MAIL": "smtp://namn:hemligt@post.exempel.se",
    "HALSONAV_SENDER": "halsa@exempel.se",
}


def test_a_real_installation_is_read_and_typed() -> None:
    values = read(REAL)
    assert values["mode"] == "production"
    assert values["database"]["NAME"] == "halsonav"
    assert values["database"]["PASSWORD"] == "hem/ligt"
    assert values["database"]["PORT"] == "5433"
    assert values["origin"] == "https://halsa.exempel.se"
    assert values["hosts"] == ["halsa.exempel.se", "www.halsa.exempel.se"]
    assert values["mail"]["port"] == 587
    assert values["workers"] == 2
    assert isinstance(values["data"], Path)


def test_the_demo_needs_nothing() -> None:
    values = read({"HALSONAV_MODE": "demo"})
    assert values["secret_key"] == DEMO_SECRET
    assert values["database"]["ENGINE"].endswith("sqlite3")
    assert values["mail"] == {}


def test_the_demos_database_lies_in_the_folder_for_data(tmp_path: Path) -> None:
    values = read({"HALSONAV_MODE": "demo", "HALSONAV_DATA": str(tmp_path)})
    assert values["database"]["NAME"] == str(tmp_path.resolve() / "demo.sqlite3")


def test_nothing_said_is_a_real_installation() -> None:
    assert mode_of({}) == "production"


@pytest.mark.parametrize("name", sorted(REAL))
def test_what_is_missing_is_named_with_what_it_should_hold(name: str) -> None:
    setting = next(setting for setting in SETTINGS if setting.name == name)
    with pytest.raises(WrongSettingError) as stopped:
        read({key: value for key, value in REAL.items() if key != name})
    assert str(stopped.value) == f"{name} saknas. Den ska innehålla {setting.holds}."


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("HALSONAV_MODE", "live"),
        ("HALSONAV_SECRET_KEY", "short"),
        ("HALSONAV_SECRET_KEY", "=" * 40),
        ("HALSONAV_SECRET_KEY", "0123456789a" * 4),
        ("HALSONAV_DATABASE", "mysql://db/halsonav"),
        ("HALSONAV_DATABASE", "sqlite:///"),
        ("HALSONAV_DATABASE", "postgresql://db"),
        ("HALSONAV_ORIGIN", "halsa.exempel.se"),
        ("HALSONAV_ORIGIN", "https://halsa.exempel.se/sida"),
        ("HALSONAV_HOSTS", ","),
        ("HALSONAV_HOSTS", "*"),
        ("HALSONAV_HOSTS", "halsa.exempel.se, .exempel.se"),
        ("HALSONAV_HOSTS", "*.exempel.se"),
        ("HALSONAV_MAIL", "post.exempel.se"),
        ("HALSONAV_SENDER", "halsa"),
        ("HALSONAV_WORKERS", "0"),
        ("HALSONAV_WORKERS", "many"),
    ],
)
def test_a_wrong_value_stops_with_one_sentence(name: str, value: str) -> None:
    with pytest.raises(WrongSettingError) as stopped:
        read(REAL | {name: value})
    sentence = str(stopped.value)
    assert sentence.startswith(name)
    assert "ska innehålla" in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize("hosts", ["*", ".exempel.se"])
def test_hosts_that_anybody_could_take_are_refused_with_the_reason(hosts: str) -> None:
    with pytest.raises(WrongSettingError, match=r"utan \* och utan punkt först.*länkar i brev"):
        read(REAL | {"HALSONAV_HOSTS": hosts})


def test_a_secret_is_never_repeated() -> None:
    wrong = {"HALSONAV_SECRET_KEY": "tooshort", "HALSONAV_DATABASE": "mysql://a:pwd@db/x"}
    told = " ".join(faults(REAL | wrong | {"HALSONAV_MAIL": "http://a:pwd@x"}))
    assert "HALSONAV_DATABASE ska innehålla" in told
    assert not {"tooshort", "pwd"} & set(told.replace(":", " ").replace("@", " ").split())


def test_the_demos_secret_is_refused_for_real() -> None:
    with pytest.raises(WrongSettingError, match="är demons"):
        read(REAL | {"HALSONAV_SECRET_KEY": DEMO_SECRET})
    assert faults(REAL | {"HALSONAV_SECRET_KEY": DEMO_SECRET})


def test_no_secret_has_a_default_outside_demo_and_tests() -> None:
    assert [setting.name for setting in SETTINGS if setting.secret and setting.default] == []


def test_every_fault_is_told_at_once() -> None:
    told = faults({})
    assert len(told) == len(REAL)
    assert faults(REAL) == []
    assert faults({"HALSONAV_MODE": "live"})[0].startswith("HALSONAV_MODE")


# The organisation's sign-in -----------------------------------------------------------------------

OIDC = {
    "HALSONAV_OIDC": "https://inloggning.exempel.se/",
    "HALSONAV_OIDC_CLIENT": "halsonav",
    "HALSONAV_OIDC_SECRET": "hemligt-hos-oss",
    "HALSONAV_OIDC_NAME": "Göteborgs Stad",
}


def test_without_an_organisations_sign_in_there_is_none() -> None:
    assert read(REAL)["oidc"] == {}


def test_an_organisations_sign_in_is_read_and_its_address_is_kept_to_the_letter() -> None:
    assert read(REAL | OIDC)["oidc"] == {
        "issuer": "https://inloggning.exempel.se/",
        "client": "halsonav",
        "secret": "hemligt-hos-oss",
        "name": "Göteborgs Stad",
        "groups": "groups",
    }


@pytest.mark.parametrize("name", [name for name in OIDC if name != "HALSONAV_OIDC"])
def test_what_an_organisations_sign_in_needs_is_asked_for(name: str) -> None:
    [told] = faults(REAL | {key: value for key, value in OIDC.items() if key != name})
    assert told.startswith(f"{name} saknas.")
    assert "hemligt" not in told


@pytest.mark.parametrize(
    "issuer", ["http://inloggning.exempel.se", "inloggning", "https://", "x:y"]
)
def test_an_organisations_sign_in_is_asked_by_https_alone(issuer: str) -> None:
    [told] = faults(REAL | OIDC | {"HALSONAV_OIDC": issuer})
    assert "HALSONAV_OIDC" in told


def test_in_the_demo_it_may_be_on_the_same_machine() -> None:
    local = OIDC | {"HALSONAV_MODE": "demo", "HALSONAV_OIDC": "http://127.0.0.1:9000"}
    assert read(local)["oidc"]["issuer"] == "http://127.0.0.1:9000"

"""The web server is started as it is set."""

import socket
import sys
from pathlib import Path
from unittest.mock import Mock

import pytest

from halsonav.commands import main, ports, serve

ASK_THE_DATABASE = serve.database_fault
ASK_THE_PORT = ports.fault


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Mock:
    monkeypatch.setenv("HALSONAV_MODE", "demo")
    made = Mock()
    monkeypatch.setattr(serve, "Server", made)
    monkeypatch.setattr(serve, "database_fault", lambda: "")
    monkeypatch.setattr(ports, "fault", lambda host, port: "")
    return made


def test_it_serves_with_the_processes_that_are_set_and_twelve_threads(
    server: Mock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALSONAV_WORKERS", "3")
    assert main(["serve", "--host", "0.0.0.0", "--port", "8123"]) == 0  # noqa: S104
    said = server.call_args.kwargs
    assert (said["address"], said["port"]) == ("0.0.0.0", 8123)  # noqa: S104
    assert (said["workers"], said["blocking_threads"]) == (3, 12)
    assert said["respawn_failed_workers"] is True
    server.return_value.serve.assert_called_once_with()


def test_a_worker_may_come_along_and_leaves_with_it(
    server: Mock, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = Mock()
    monkeypatch.setattr("halsonav.commands.serve.subprocess.Popen", begun)
    main(["serve", "--with-worker"])
    begun.assert_called_once_with([sys.executable, "-m", "halsonav.commands", "worker"])
    begun.return_value.terminate.assert_called_once_with()
    begun.return_value.wait.assert_called_once_with()


def test_nothing_is_served_as_the_tests_are_set(
    server: Mock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HALSONAV_MODE", "test")
    with pytest.raises(SystemExit, match="HALSONAV_MODE är ”test”, som är för testerna"):
        main(["serve"])
    server.assert_not_called()


def test_a_wrong_setting_starts_nothing(server: Mock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HALSONAV_WORKERS", "many")
    with pytest.raises(SystemExit, match="HALSONAV_WORKERS är ”many”"):
        main(["serve"])
    server.assert_not_called()


@pytest.mark.parametrize(
    ("database", "fault"),
    [
        ("postgresql://nobody@127.0.0.1:1/nothing", "svarar inte; `halsonav check` säger varför."),
        ("sqlite:///{folder}/missing/x.sqlite3", "svarar inte; `halsonav check` säger varför."),
        ("sqlite:///{folder}/x.sqlite3", "är inte redo för den här versionen; kör"),
    ],
)
def test_a_database_that_cannot_be_served_from_is_said_in_a_sentence_and_starts_nothing(
    server: Mock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, database: str, fault: str
) -> None:
    monkeypatch.setattr(serve, "database_fault", ASK_THE_DATABASE)
    monkeypatch.setenv("HALSONAV_DATABASE", database.format(folder=tmp_path))
    monkeypatch.setenv("HALSONAV_DATA", str(tmp_path))
    begun = Mock()
    monkeypatch.setattr("halsonav.commands.serve.subprocess.Popen", begun)
    with pytest.raises(SystemExit, match=f"^Databasen i HALSONAV_DATABASE {fault}"):
        main(["serve", "--with-worker"])
    server.assert_not_called()
    begun.assert_not_called()


def test_a_port_that_is_taken_starts_nothing(server: Mock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "fault", ASK_THE_PORT)
    with socket.create_server(("127.0.0.1", 0), reuse_port=True) as busy:
        port = busy.getsockname()[1]
        with pytest.raises(SystemExit, match=f"^Port {port} är upptagen"):
            main(["serve", "--port", str(port), "--with-worker"])
    server.assert_not_called()

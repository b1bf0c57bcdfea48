"""A port is a number that one may listen at, or a sentence says why not."""

import socket

import pytest

from halsonav.commands import main, ports


@pytest.mark.parametrize("said", ["99999", "abc", "0", "-1", "8000.5", "٨٠٨٠", "", "9" * 5000])
@pytest.mark.parametrize("command", ["demo", "serve"])
def test_what_is_no_port_is_said_in_swedish(
    command: str, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([command, f"--port={said}"])
    assert stopped.value.code == 2
    told = capsys.readouterr().err
    assert told == (
        f"--port ska vara ett heltal från 1 till 65535, men är ”{said}”.\n"
        f"Mer om det: halsonav {command} --help\n"
    )


def test_a_free_port_has_no_fault() -> None:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    assert ports.fault("127.0.0.1", port) == ""


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])  # noqa: S104
def test_a_port_that_others_would_share_is_taken_all_the_same(host: str) -> None:
    with socket.create_server(("127.0.0.1", 0), reuse_port=True) as busy:
        port = busy.getsockname()[1]
        assert ports.fault(host, port).startswith(f"Port {port} är upptagen.")


def test_an_address_of_another_machine_is_said() -> None:
    assert ports.fault("192.0.2.1", 8000).startswith("Det går inte att lyssna på 192.0.2.1, port")

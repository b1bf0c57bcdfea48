"""The tests' own guard works: nothing leaves the machine."""

import socket

import pytest

from tests.conftest import NetworkError


def test_a_test_cannot_reach_another_machine() -> None:
    with socket.socket() as sock:
        with pytest.raises(NetworkError):
            sock.connect(("192.0.2.1", 80))
        with pytest.raises(NetworkError):
            sock.connect_ex(("192.0.2.1", 80))


def test_a_test_can_reach_its_own_machine() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket() as sock:
        sock.connect(server.getsockname())

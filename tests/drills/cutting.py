"""A wire that breaks: it passes bytes on to a server, until it is told to cut."""

import socket
import threading
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

AT_THE_YES: Final = 0
"""Cut where the server has said yes to a message, and the client has not heard it."""
END_OF_MESSAGE: Final = b"\r\n.\r\n"


@dataclass
class Wire:
    """Listens at `port` and passes on to `to`; each number in `cuts` breaks one connection.

    A number is how many bytes from the client are passed on before the connection is cut, or
    `AT_THE_YES`. When the numbers are used up, the wire is whole. `cut` counts what was broken.
    """

    to: int
    cuts: list[int] = field(default_factory=list)
    cut: int = 0

    def __post_init__(self) -> None:
        """Begin to listen."""
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        self._listener.close()

    def _accept(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self.to))
                connection = _Connection(client, server, self.cuts.pop(0) if self.cuts else None)
                for way in (self._to_server, self._to_client):
                    threading.Thread(target=way, args=(connection,), daemon=True).start()

    def _to_server(self, one: "_Connection") -> None:
        left = one.cut_after
        with suppress(OSError):
            while data := one.client.recv(65_536):
                one.is_whole_message = END_OF_MESSAGE in data
                one.server.sendall(data[:left] if left else data)
                if left and (left := max(0, left - len(data))) == 0:
                    self.cut += 1
                    break
        one.close()

    def _to_client(self, one: "_Connection") -> None:
        with suppress(OSError):
            while data := one.server.recv(65_536):
                if one.cut_after == AT_THE_YES and one.is_whole_message:
                    self.cut += 1
                    break
                one.client.sendall(data)
        one.close()


@dataclass
class _Connection:
    client: socket.socket
    server: socket.socket
    cut_after: int | None
    is_whole_message: bool = False

    def close(self) -> None:
        for end in (self.client, self.server):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

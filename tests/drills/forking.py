"""The web application in a process that can be killed hundreds of times: forked ready, and anew.

    python -m tests.drills.forking PORT [early]

The parent loads the application, as each of the web server's processes does, and forks a child that
answers; when the child dies it forks another. The child's number stands on the parent's output.
With `early` the child says yes before it has written anything, as no server may: it is a control.
"""

import os
import socket
import sys
import threading
import time
from io import BytesIO
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer


class Quiet(WSGIRequestHandler):
    """Answers without writing a log."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base class's name)
        """Say nothing."""


class Server(ThreadingMixIn, WSGIServer):
    """Answers each in a thread of its own, from a socket that is open already."""

    daemon_threads = True

    def server_bind(self) -> None:
        """Take the socket that the parent opened."""


def serve(listener: socket.socket, application: Any) -> None:
    """Answer until killed."""
    server = Server(listener.getsockname(), Quiet, bind_and_activate=False)
    server.socket.close()
    server.socket = listener
    server.server_name, server.server_port = listener.getsockname()
    server.setup_environ()
    server.set_app(application)
    server.serve_forever(poll_interval=0.02)


def too_early(application: Any) -> Any:
    """Return the application as it must not be: what is sent is written after the yes."""

    def answer(environ: dict[str, Any], start: Any) -> list[bytes]:
        if environ["REQUEST_METHOD"] != "POST":
            return list(application(environ, start))
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        threading.Thread(target=_later, args=(application, dict(environ), body)).start()
        start("200 OK", [("Content-Type", "text/plain")])
        return [b"Titta i din e-post"]

    return answer


def _later(application: Any, environ: dict[str, Any], body: bytes) -> None:
    time.sleep(0.05)
    environ["wsgi.input"] = BytesIO(body)
    list(application(environ, lambda *said: None))


def main() -> None:
    """Fork, and fork again."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "halsonav.config.settings")
    from django.db import connections  # noqa: PLC0415

    from halsonav.config.wsgi import application  # noqa: PLC0415

    connections.close_all()
    listener = socket.create_server(("127.0.0.1", int(sys.argv[1])), backlog=64)
    while True:
        child = os.fork()
        if child == 0:
            serve(listener, too_early(application) if "early" in sys.argv else application)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()

"""An OpenID Connect provider over HTTP on this machine, which can misbehave in every way.

It is strict itself: a code is good once, for the client, the callback and the PKCE secret that it
was made for.
"""

import base64
import hashlib
import hmac
import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CLIENT, SECRET = "halsonav", "en hemlighet : med kolon"
Key = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey
RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
OTHER_RSA = rsa.generate_private_key(public_exponent=65537, key_size=2048)
EC = ec.generate_private_key(ec.SECP256R1())


def unpadded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def signed_with_secret(claims: dict[str, Any], secret: bytes, kid: str) -> str:
    """Return a token signed with HS256, as an attacker makes it of a public key."""
    header = {"alg": "HS256", "typ": "JWT", "kid": kid}
    parts = [unpadded(json.dumps(one).encode()) for one in (header, claims)]
    digest = hmac.new(secret, ".".join(parts).encode(), hashlib.sha256).digest()
    return ".".join([*parts, unpadded(digest)])


class IdentityProvider:
    """What it says of whom, and how it is wrong."""

    def __init__(self) -> None:
        self.issuer = ""
        self.person: dict[str, Any] = {"sub": "asta", "email": "asta@exempel.se", "name": "Asta"}
        self.userinfo: dict[str, Any] | None = None
        self.algorithm, self.kid, self.key = "RS256", "first", RSA  # type: tuple[str, str, Key]
        self.published: dict[str, Key] = {"first": RSA}
        self.change_token: Callable[[dict[str, Any]], dict[str, Any]] = lambda claims: claims
        self.sign: Callable[[dict[str, Any]], str] = self._sign
        self.change_discovery: Callable[[dict[str, Any]], Any] = lambda found: found
        self.answers: dict[str, tuple[int, bytes]] = {}
        self.pause: dict[str, float] = {}
        self.drip: dict[str, float] = {}
        self.cut = False
        self.asked: list[str] = []
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: dict[str, str] = {}
        self.given: list[str] = []

    # What it answers ------------------------------------------------------------------------------

    def discovery(self) -> Any:
        found = {"issuer": self.issuer, "id_token_signing_alg_values_supported": ["RS256"]}
        for name, path in (
            ("authorization_endpoint", "authorize"),
            ("token_endpoint", "token"),
            ("jwks_uri", "keys"),
            ("userinfo_endpoint", "userinfo"),
            ("end_session_endpoint", "end"),
        ):
            found[name] = f"{self.issuer}/{path}"
        return self.change_discovery(found)

    def keys(self) -> dict[str, Any]:
        return {"keys": [self._published(kid, key) for kid, key in self.published.items()]}

    def _published(self, kid: str, key: Key) -> dict[str, Any]:
        algorithm = "RS256" if isinstance(key, rsa.RSAPrivateKey) else "ES256"
        made = jwt.get_algorithm_by_name(algorithm).to_jwk(key.public_key(), as_dict=True)
        return dict(made) | {"kid": kid, "use": "sig"}

    def authorize(self, asked: dict[str, str]) -> str:
        """Return where the browser is sent back to, with a code."""
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert len(asked["state"]) >= 32
        assert {"openid", "email", "profile"} <= set(asked["scope"].split())
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def trade(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """Return tokens for a code that was not used yet."""
        asked = self.codes.pop(form.get("code", ""), None)
        challenge = unpadded(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        known = (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)
        if (
            asked is None
            or not known
            or asked["code_challenge"] != challenge
            or asked["redirect_uri"] != form.get("redirect_uri")
        ):
            return 400, {"error": "invalid_grant"}
        access = secrets.token_urlsafe(16)
        self.tokens[access] = self.person["sub"]
        id_token = self.sign(self.change_token(self.claims(asked["nonce"])))
        self.given.append(id_token)
        return 200, {"access_token": access, "token_type": "Bearer", "id_token": id_token}

    def claims(self, nonce: str) -> dict[str, Any]:
        now = int(time.time())
        about = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": nonce}
        return about | self.person

    def _sign(self, claims: dict[str, Any]) -> str:
        return jwt.encode(claims, self.key, algorithm=self.algorithm, headers={"kid": self.kid})

    def public_pem(self) -> bytes:
        return self.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


class _Handler(BaseHTTPRequestHandler):
    provider: IdentityProvider

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if self._wrong(parts.path):
            return
        if parts.path == "/authorize":
            self.send_response(302)
            self.send_header("Location", self.provider.authorize(asked))
            self.end_headers()
        elif parts.path == "/.well-known/openid-configuration":
            self._say(200, self.provider.discovery())
        elif parts.path in ("/keys", "/moved"):
            self._say(200, self.provider.keys())
        elif parts.path == "/userinfo":
            subject = self.provider.tokens.get(self.headers["Authorization"].split()[-1])
            told = self.provider.userinfo or {}
            self._say(200 if subject else 401, {"sub": subject} | told)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[-1] for name, values in parse_qs(body).items()}
        if not self._wrong(self.path):
            self._say(*self.provider.trade(form, self.headers.get("Authorization", "")))

    def _wrong(self, path: str) -> bool:
        self.provider.asked.append(path)
        time.sleep(self.provider.pause.get(path, 0))
        if path in self.provider.drip:
            self._drip(self.provider.drip[path])
            return True
        if path in self.provider.answers:
            status, body = self.provider.answers[path]
            self._send(status, body)
            return True
        return False

    def _drip(self, seconds: float) -> None:
        """Send a little at a time, so that no single wait is long."""
        self.send_response(200)
        self.end_headers()
        until = time.monotonic() + seconds
        try:
            while time.monotonic() < until:
                self.wfile.write(b" ")
                time.sleep(0.2)
        except OSError:
            pass

    def _say(self, status: int, said: Any) -> None:
        self._send(status, json.dumps(said).encode())

    def _send(self, status: int, body: bytes) -> None:
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            if status == 302:
                self.send_header("Location", "/moved")
            self.send_header("Content-Length", str(len(body) + 9 * self.provider.cut))
            self.end_headers()
            self.wfile.write(body)
        except OSError:
            pass  # who asked has gone

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the base class's)
        """Say nothing."""


@contextmanager
def running() -> Iterator[IdentityProvider]:
    """Run a provider on a port of its own."""
    provider = IdentityProvider()
    handler = type("Handler", (_Handler,), {"provider": provider})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)

"""What a municipality's identity provider says of somebody: its signed word, or nothing at all.

An ID token is believed when it is signed with a key that the provider publishes, by a way of
signing that we allow, and is made by that provider, for us, for this sign-in, and just now.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from hmac import compare_digest
from typing import Any, Final

import jwt
from django.utils import timezone

from halsonav.people.models import Assurance

_KINDS: Final = {"RS": "RSA", "PS": "RSA", "ES": "EC"}
ALGORITHMS: Final = {
    f"{way}{bits}": kind for way, kind in _KINDS.items() for bits in (256, 384, 512)
}
"""Ways of signing, with the kind of key of each: never a secret that both know, never none."""
LEEWAY: Final = timedelta(minutes=1)
OLDEST: Final = timedelta(minutes=10)
LONGEST_SUBJECT: Final = 191
_REQUIRED: Final = ("iss", "sub", "aud", "exp", "iat", "nonce")
_LOA: Final = "http://id.elegnamnden.se/loa/1.0/"
_CONNECT: Final = "http://id.swedenconnect.se/loa/1.0/"
_SAMBI: Final = "http://id.sambi.se/loa/"
LEVELS: Final = {
    f"{prefix}{level}": level
    for level in (Assurance.LOA2, Assurance.LOA3, Assurance.LOA4)
    for prefix in ("", _LOA, _SAMBI)
} | {f"{_CONNECT}uncertified-loa3": Assurance.LOA3}
"""Which level each `acr` stands for; any other is none."""
SURE_OF_TWO: Final = (Assurance.LOA3, Assurance.LOA4)


class NotBelievedError(Exception):
    """What came is not the provider's word to us now. The text is a code, with nothing of it."""


@dataclass(frozen=True)
class Expected:
    """Which provider, which client of it we are, and what only this sign-in knows."""

    issuer: str
    client: str
    nonce: str


@dataclass(frozen=True)
class Identity:
    """Somebody as a provider knows them: who they are is issuer and subject, and nothing else.

    groups: what the provider says they belong to. level: how sure it is. two_factors: whether they
    showed it two.
    """

    issuer: str
    subject: str
    email: str = ""
    name: str = ""
    groups: frozenset[str] = frozenset()
    level: Assurance = Assurance.ANY
    two_factors: bool = False


def claims_of(token: str, keys: Mapping[str, Any], expected: Expected) -> dict[str, Any]:
    """Return what the ID token says; raise `NotBelievedError`.

    `keys` is the provider's set of keys as it publishes them.
    """
    try:
        header = jwt.get_unverified_header(token)
        key = _key_for(header, keys)
        claims: dict[str, Any] = jwt.decode(
            token,
            key=key.key,
            algorithms=[header["alg"]],
            audience=expected.client,
            issuer=expected.issuer,
            leeway=LEEWAY,
            options={"require": list(_REQUIRED)},
        )
    except jwt.PyJWTError as error:
        raise NotBelievedError(type(error).__name__) from None
    _check(claims, expected)
    return claims


def identity_of(claims: Mapping[str, Any], *, groups_claim: str) -> Identity:
    """Return who it is that the provider speaks of."""
    level = Assurance(LEVELS.get(_text(claims, "acr"), Assurance.ANY))
    return Identity(
        issuer=_text(claims, "iss"),
        subject=_text(claims, "sub"),
        email=_email(claims),
        name=" ".join(_text(claims, "name").split()),
        groups=frozenset(_listed(claims.get(groups_claim))),
        level=level,
        two_factors=level in SURE_OF_TWO or "mfa" in _listed(claims.get("amr")),
    )


def _key_for(header: Mapping[str, Any], keys: Mapping[str, Any]) -> jwt.PyJWK:
    """Return the one published key that the header names, if it is of the right kind."""
    kind = ALGORITHMS.get(header.get("alg", ""))
    if kind is None:
        raise NotBelievedError("algorithm")
    listed = keys.get("keys")
    named = [key for key in listed if _fits(key, header, kind)] if isinstance(listed, list) else []
    if len(named) != 1:
        raise NotBelievedError("key")
    return jwt.PyJWK.from_dict(named[0], algorithm=header["alg"])


def _fits(key: Any, header: Mapping[str, Any], kind: str) -> bool:
    return (
        isinstance(key, dict)
        and key.get("kty") == kind
        and key.get("use", "sig") == "sig"
        and key.get("alg", header["alg"]) == header["alg"]
        and header.get("kid") in (None, key.get("kid"))
    )


def _check(claims: Mapping[str, Any], expected: Expected) -> None:
    """See to what the library does not: for whom, for which sign-in, and how long ago."""
    audience = _listed(claims["aud"])
    if claims.get("azp", expected.client) != expected.client:
        raise NotBelievedError("azp")
    if len(audience) > 1 and "azp" not in claims:
        raise NotBelievedError("azp")
    if not compare_digest(_text(claims, "nonce").encode(), expected.nonce.encode()):
        raise NotBelievedError("nonce")
    if claims["iat"] < (timezone.now() - OLDEST - LEEWAY).timestamp():
        raise NotBelievedError("iat")
    if not 0 < len(_text(claims, "sub")) <= LONGEST_SUBJECT:
        raise NotBelievedError("sub")


def _email(claims: Mapping[str, Any]) -> str:
    """Return the address; none that the provider says that it has not made sure of."""
    if claims.get("email_verified", True) is not True:
        return ""
    return _text(claims, "email").strip().lower()


def _text(claims: Mapping[str, Any], name: str) -> str:
    value = claims.get(name)
    return value if isinstance(value, str) else ""


def _listed(value: Any) -> list[str]:
    """Return words that came as one or as several."""
    listed = value if isinstance(value, list) else [value]
    return [one for one in listed if isinstance(one, str)]

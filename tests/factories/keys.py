# mypy: disallow-untyped-calls=False
"""A key (passkey) as allauth keeps it, made without a browser."""

from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

from halsonav.people.models import User

_FLAGS = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV | AuthenticatorData.FLAG.AT


def key_of(user: User, name: str) -> Authenticator:
    """Return a new key of the user's, with a public key of its own that nobody has the other of."""
    public = ec.generate_private_key(ec.SECP256R1()).public_key()
    number = f"key of {user.pk} called {name}".encode()
    held = AttestedCredentialData.create(bytes(16), number, ES256.from_cryptography_key(public))
    seen = AuthenticatorData.create(bytes(32), _FLAGS, 0, held)
    credential = {
        "id": websafe_encode(number),
        "rawId": websafe_encode(number),
        "type": "public-key",
        "clientExtensionResults": {"credProps": {"rk": True}},
        "response": {
            "clientDataJSON": websafe_encode(
                b'{"type":"webauthn.create","challenge":"","origin":"https://halsa.exempel.se"}'
            ),
            "attestationObject": websafe_encode(AttestationObject.create("none", seen, {})),
        },
    }
    made: Authenticator = Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": name, "credential": credential},
    )
    return made

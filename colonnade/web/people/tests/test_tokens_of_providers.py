"""Tokens of a provider that open nothing: forged, unsigned, for others, out of time, for another way in."""

import base64
import json
import time
from collections.abc import Callable

import jwt
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client

from colonnade.web.people.tests.provider import Claims, Provider, but, key, signed
from colonnade.web.people.tests.ways import come, refused

pytestmark = pytest.mark.usefixtures("house", "two_organisations", "karim")


def without_signature(claims: Claims) -> str:
    return jwt.encode(claims, "", algorithm="none", headers={"kid": "office-key"})


def with_the_public_key_as_secret(claims: Claims) -> str:
    """The classic confusion: HS256, with the key that everybody can read as the secret."""
    pem = key("office-key").public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    header, body, _ = jwt.encode(claims, "x" * 32, algorithm="HS256", headers={"kid": "office-key"}).split(".")
    mac = jwt.algorithms.get_default_algorithms()["HS256"].sign(f"{header}.{body}".encode(), pem)
    return f"{header}.{body}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}"


def changed_after_signing(claims: Claims) -> str:
    header, _, signature = signed(claims | {"sub": "k-9"}, "office-key").split(".")
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode().rstrip("=")
    return f"{header}.{body}.{signature}"


TOKENS: dict[str, Callable[[Claims], str]] = {
    "by a key of somebody else": lambda claims: signed(claims, "forger", kid="office-key"),
    "by a key that the provider does not have": lambda claims: signed(claims, "forger"),
    "changed after signing": changed_after_signing,
    "not at all": without_signature,
    "by the client's secret": lambda claims: jwt.encode(
        claims, "office-secret-of-thirty-two-bytes", algorithm="HS256", headers={"kid": "office-key"}
    ),
    "by the public key as a secret": with_the_public_key_as_secret,
    "no token": lambda _claims: "rubbish",
}


@pytest.mark.parametrize("how", TOKENS)
def test_a_token_that_the_provider_did_not_sign_opens_nothing(how: str, office: Provider) -> None:
    office.sign = TOKENS[how]
    refused(come(Client(), office))
    assert "/token" in office.paths()


CLAIMS = {
    "for another client": but(aud="another"),
    "for us and another client": but(aud=["colonnade", "another"]),
    "for nobody": but(aud=None),
    "of another issuer": but(iss="https://elsewhere.example"),
    "of no issuer": but(iss=None),
    "over an hour ago": but(exp=int(time.time()) - 3600, iat=int(time.time()) - 7200),
    "never over": but(exp=None),
    "not yet valid": but(nbf=int(time.time()) + 3600),
    "issued tomorrow": but(iat=int(time.time()) + 86400),
    "without a nonce": but(nonce=None),
    "with another nonce": but(nonce="n" * 43),
    "with an empty nonce": but(nonce=""),
    "of nobody": but(sub=None),
}


@pytest.mark.parametrize("what", CLAIMS)
def test_a_token_that_is_not_for_this_way_in_opens_nothing(what: str, office: Provider) -> None:
    office.lie = CLAIMS[what]
    refused(come(Client(), office))
    assert "/keys" in office.paths()

"""An OpenID Connect provider for tests: a server on this machine with discovery, authorization, tokens and keys.

It does what the standard asks, checks what a client must send, and lies where a test tells it to.
"""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

Claims = dict[str, Any]
#: Status, headers, and what is sent as JSON.
Answer = tuple[int, dict[str, str], object]


@cache
def key(name: str) -> RSAPrivateKey:  # noqa: ARG001  # each name has a key of its own
    return generate_private_key(public_exponent=65537, key_size=2048)


def public_jwk(name: str) -> dict[str, Any]:
    numbers: dict[str, Any] = json.loads(RSAAlgorithm.to_jwk(key(name).public_key()))
    return numbers | {"kid": name, "use": "sig", "alg": "RS256"}


@dataclass
class Provider:
    """``person`` is who is signed in there: what the token says of them. The rest is for lies: ``lie`` changes the
    claims, ``sign`` makes the token of them, ``config`` what discovery says, ``elsewhere`` the paths that redirect."""

    client_id: str
    secret: str
    person: Claims
    key_name: str
    lie: Callable[[Claims], Claims] = lambda claims: claims
    sign: Callable[[Claims], str] | None = None
    config: dict[str, str] = field(default_factory=dict)
    elsewhere: set[str] = field(default_factory=set)
    userinfo: Claims = field(default_factory=dict)
    #: What was asked: path and parameters.
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.issuer = f"http://127.0.0.1:{self.server.server_port}"
        self.thread = Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        self.thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def go(self, address: str) -> str:
        """What a browser does at ``address``: where the provider sends it back to."""
        assert address.startswith(f"{self.issuer}/authorize?"), address
        there = HTTPConnection("127.0.0.1", self.server.server_port, timeout=5)
        there.request("GET", address.removeprefix(self.issuer))
        back = there.getresponse().getheader("Location")
        there.close()
        assert back is not None
        return back

    def answer(self, path: str, sent: dict[str, str]) -> Answer:
        self.asked.append((path, sent))
        if path in self.elsewhere:
            return 302, {"Location": f"{self.issuer}/moved{path}"}, None
        answers: dict[str, Callable[[dict[str, str]], Answer]] = {
            "/.well-known/openid-configuration": self._discovery,
            "/authorize": self._authorize,
            "/token": self._token,
            "/keys": lambda _sent: (200, {}, {"keys": [public_jwk(self.key_name)]}),
            "/userinfo": lambda _sent: (200, {}, self.userinfo),
        }
        found = answers.get(path.removeprefix("/moved"))
        return found(sent) if found else (404, {}, None)

    def _discovery(self, _sent: dict[str, str]) -> Answer:
        said = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }
        return 200, {}, said | self.config

    def _authorize(self, sent: dict[str, str]) -> Answer:
        assert (sent["client_id"], sent["response_type"]) == (self.client_id, "code")
        code = secrets.token_hex(8)
        self.codes[code] = sent
        back = urlencode({"code": code, "state": sent["state"]})
        return 302, {"Location": f"{sent['redirect_uri']}?{back}"}, None

    def _token(self, sent: dict[str, str]) -> Answer:
        begun = self.codes.pop(sent["code"], None)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(sent.get("code_verifier", "").encode()).digest())
        if (
            begun is None
            or (sent["client_id"], sent["client_secret"]) != (self.client_id, self.secret)
            or begun["redirect_uri"] != sent["redirect_uri"]
            or begun.get("code_challenge_method") != "S256"
            or begun.get("code_challenge") != challenge.decode().rstrip("=")
        ):
            return 400, {}, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.issuer, "aud": self.client_id, "iat": now, "exp": now + 300, **self.person}
        if "nonce" in begun:
            claims["nonce"] = begun["nonce"]
        told = self.lie(claims)
        token = self.sign(told) if self.sign else signed(told, self.key_name)
        return (
            200,
            {},
            {"access_token": "an-access-token", "token_type": "Bearer", "expires_in": 300, "id_token": token},
        )


def signed(claims: Claims, by: str, *, kid: str | None = None) -> str:
    return jwt.encode(claims, key(by), algorithm="RS256", headers={"kid": kid or by})


def but(**changed: Any) -> Callable[[Claims], Claims]:
    """The claims with some changed; those that become ``None`` are left out."""
    return lambda claims: {name: value for name, value in {**claims, **changed}.items() if value is not None}


def _handler(provider: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            split = urlsplit(self.path)
            self._send(split.path, {name: values[0] for name, values in parse_qs(split.query).items()})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._send(self.path, dict(parse_qsl(body)))

        def _send(self, path: str, sent: dict[str, str]) -> None:
            status, headers, said = provider.answer(path, sent)
            body = b"" if said is None else json.dumps(said).encode()
            self.send_response(status)
            for name, value in {
                **headers,
                "Content-Type": "application/json",
                "Content-Length": str(len(body)),
            }.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            """Nothing is printed."""

    return Handler

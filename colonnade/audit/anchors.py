"""Anchors: what a head was, kept where whoever could rewrite the log cannot reach.

A file of anchors holds one JSON object on each line, in the order of positions. With an Ed25519 key, each is signed
over its canonical parts, so that a forged file shows as well.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key, load_pem_public_key

from colonnade.audit.canonical import SealedHead, part, time_text

VERSION: Final = 1
#: Where the sealer writes anchors, in the folder that it was given.
FILE_NAME: Final = "anchors.jsonl"


class AnchorUnreadable(ValueError):
    """A file of anchors, or a key, is not what it should be; the message names the line."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A head's position and hash, how many events the chain held with it, the highest id among them, and when."""

    position: int
    hash: bytes
    events: int
    newest: int
    sealed_at: datetime
    signature: bytes = b""

    @classmethod
    def of(cls, head: SealedHead) -> "Anchor":
        """The anchor of a head."""
        return cls(head.position, head.hash, head.last, head.newest, head.sealed_at)

    def line(self) -> str:
        """The anchor as one line of JSON."""
        told: dict[str, Any] = {
            "anchor": VERSION,
            "position": self.position,
            "hash": self.hash.hex(),
            "events": self.events,
            "newest": self.newest,
            "sealed_at": time_text(self.sealed_at),
        }
        if self.signature:
            told["signature"] = self.signature.hex()
        return json.dumps(told) + "\n"

    def signed(self, key: Ed25519PrivateKey) -> "Anchor":
        """The anchor with its signature."""
        return replace(self, signature=key.sign(self._parts()))

    def is_signed_by(self, key: Ed25519PublicKey) -> bool:
        """Whether the signature is that of ``key``."""
        try:
            key.verify(self.signature, self._parts())
        except InvalidSignature:
            return False
        return True

    def _parts(self) -> bytes:
        texts = ("colonnade-anchor-1", self.position, self.hash.hex(), self.events, self.newest)
        return b"".join(part(str(text)) for text in (*texts, time_text(self.sealed_at)))


def append_anchor(path: Path, anchor: Anchor) -> None:
    """Add one line to a file of anchors, in one write that reaches the disk; the file is made where there is none."""
    descriptor = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        os.write(descriptor, anchor.line().encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_anchors(path: Path, *, key: Ed25519PublicKey | None = None) -> Iterator[Anchor]:
    """The anchors in a file, line by line. With a ``key``, every line must be signed by it.

    :raises AnchorUnreadable: naming the line that is no anchor, or has no good signature.
    """
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            try:
                told = json.loads(line)
                if told["anchor"] != VERSION:
                    raise ValueError(told["anchor"])
                anchor = Anchor(
                    position=int(told["position"]),
                    hash=bytes.fromhex(told["hash"]),
                    events=int(told["events"]),
                    newest=int(told["newest"]),
                    sealed_at=datetime.strptime(told["sealed_at"], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC),
                    signature=bytes.fromhex(told.get("signature", "")),
                )
            except (ValueError, KeyError, TypeError) as error:
                raise AnchorUnreadable(f"{path}, line {number}: this is no anchor of version {VERSION}") from error
            if key is not None and not anchor.is_signed_by(key):
                raise AnchorUnreadable(f"{path}, line {number}: the anchor is not signed by the key given")
            yield anchor


def signing_key(path: Path) -> Ed25519PrivateKey:
    """The key that signs anchors, from a PEM file. :raises AnchorUnreadable: where it is no Ed25519 key."""
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError) as error:
        raise AnchorUnreadable(f"{path} is no private key in PEM without a password") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise AnchorUnreadable(f"{path} holds no private Ed25519 key")
    return key


def verifying_key(path: Path) -> Ed25519PublicKey:
    """The key that anchors are checked with, from a PEM file. :raises AnchorUnreadable: where it is no Ed25519 key."""
    try:
        key = load_pem_public_key(path.read_bytes())
    except ValueError as error:
        raise AnchorUnreadable(f"{path} is no public key in PEM") from error
    if not isinstance(key, Ed25519PublicKey):
        raise AnchorUnreadable(f"{path} holds no public Ed25519 key")
    return key

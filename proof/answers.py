"""What an answer says, wherever it says it: status, headers, content, what is in files, mails and the log."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import Final

from tests.e2e.pdf_text import text_of

Headers = tuple[tuple[str, str], ...]

_ZIPPED: Final = b"PK\x03\x04"
_PDF: Final = b"%PDF-"
#: What differs in a PDF whenever it is written: when that was, and an identifier of the file made of it.
_PDF_MARKS: Final = re.compile(
    rb"/(?:CreationDate|ModDate) ?\(D:[^)]*\)|/ID ?\[[^\]]*\]"
    rb"|<xmp(?:MM)?:(?:CreateDate|ModifyDate|DocumentID|InstanceID)>[^<]*<"
)


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, with the mails and the lines of the log that it caused."""

    status: int
    headers: Headers
    body: bytes
    mails: tuple[str, ...] = ()
    log: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """All text of it, for whoever searches."""
        return "\n".join(
            (
                *(f"{name}: {value}" for name, value in self.headers),
                text_in(self.body),
                *self.mails,
                *self.log,
            )
        )


def settled(body: bytes) -> bytes:
    """The content without what differs between two writings of the same file; everything but a PDF stays as it is."""
    return _PDF_MARKS.sub(b"", body) if body.startswith(_PDF) else body


def differences(one: Answer, other: Answer) -> list[str]:
    """What of two answers differs, in words; nothing where they are the same."""
    found = []
    if one.status != other.status:
        found.append(f"status {one.status} and {other.status}")
    if one.headers != other.headers:
        found += _differing_headers(one.headers, other.headers)
    if settled(one.body) != settled(other.body):
        found.append(f"content: {_first_difference(text_in(one.body), text_in(other.body))}")
    if one.mails != other.mails:
        found.append("mails")
    if one.log != other.log:
        found.append(f"log: {one.log} and {other.log}")
    return found


def _differing_headers(one: Headers, other: Headers) -> list[str]:
    first, second = dict(one), dict(other)
    if first == second:
        return ["headers: another order"]
    return [
        f"header {name}: {first.get(name)!r} and {second.get(name)!r}"
        for name in sorted(first.keys() | second.keys())
        if first.get(name) != second.get(name)
    ]


def _first_difference(one: str, other: str, around: int = 80) -> str:
    at = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    start = max(0, at - around // 2)
    return f"{one[start : at + around]!r} and {other[start : at + around]!r}"


def text_in(body: bytes) -> str:
    """The text of a content: unzipped, of all parts; of a PDF what is written in it and what it says of itself."""
    if body.startswith(_ZIPPED):
        return "\n".join(_unzipped(body))
    if body.startswith(_PDF):
        return _pdf_text(body)
    return body.decode("utf-8", errors="replace")


def _unzipped(body: bytes) -> list[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return [f"{name}\n{text_in(archive.read(name))}" for name in archive.namelist()]
    except (zipfile.BadZipFile, zlib.error):
        return [body.decode("utf-8", errors="replace")]


def _pdf_text(body: bytes) -> str:
    plain = body.decode("latin-1")
    try:
        return text_of(body) + "\n" + plain
    except (KeyError, TypeError, IndexError):  # written by something else than typst
        return plain

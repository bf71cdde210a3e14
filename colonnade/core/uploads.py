"""The gate for every file that comes from outside: what passes may be read by the reader of its kind.

It looks at the size, at what the content is (never at what the sender calls it), and into archives before anything of
them is unpacked: how many parts, how large unpacked, what kind of parts. It refuses what is dangerous; what is wrong is
for the readers to say. Nothing is written, and a part at a time is held in memory, a block of it.

Every file that is uploaded or imported goes through :func:`admit` or :func:`admit_file` first.
"""

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final, NoReturn
from xml.parsers import expat

from colonnade.core.problems import Problem, ProblemsFound

MB: Final = 1_000_000
_BLOCK: Final = 1 << 16


class Kind(StrEnum):
    """What a file is, by its content."""

    CSV = "csv"
    TOML = "toml"
    XML = "xml"
    XLSX = "xlsx"
    DOCX = "docx"
    PDF = "pdf"


@dataclass(frozen=True, slots=True)
class Limit:
    """Bytes of a file; and of an archive, bytes when it is unpacked, and parts."""

    size: int
    unpacked: int = 0
    parts: int = 0


#: Far above what is really sent; each is what its reader can take without holding others up.
LIMITS: Final = {
    Kind.CSV: Limit(100 * MB),
    Kind.TOML: Limit(10 * MB),
    Kind.XML: Limit(1_000 * MB),
    Kind.XLSX: Limit(50 * MB, unpacked=500 * MB, parts=2_000),
    Kind.DOCX: Limit(50 * MB, unpacked=500 * MB, parts=2_000),
    Kind.PDF: Limit(50 * MB),
}
#: The part that tells what a file of Microsoft's Office is.
_MAIN_PART: Final = {"xl/workbook.xml": Kind.XLSX, "word/document.xml": Kind.DOCX}
_TEXTS: Final = frozenset({Kind.CSV, Kind.TOML})
#: Beginnings of what is no text, whatever its name.
_BINARY: Final = {
    b"\xd0\xcf\x11\xe0": "an old or an encrypted Office file",
    b"\x1f\x8b": "compressed with gzip",
    b"PK\x03\x04": "a ZIP archive",
    b"PK\x05\x06": "a ZIP archive",
    b"%PDF-": "a PDF",
    b"MZ\x90": "a program",
    b"\x7fELF": "a program",
}
#: Names within Office files that run, or bring in what the gate cannot look into.
_RUNS: Final = ("vbaproject", "macrosheets/", "activex/", "embeddings/", "externallinks/", "dialogsheets/")
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, struct.error, OSError)


def admit_file(path: Path, *kinds: Kind) -> Kind:
    """:func:`admit` for a file on this machine."""
    with path.open("rb") as stream:
        return admit(stream, path.name, *kinds)


def admit(stream: BinaryIO, name: str, *kinds: Kind) -> Kind:
    """Which of ``kinds`` the file is; the stream stands at its beginning afterwards.

    :param name: what the sender calls it, for messages and for its ending; no path is made of it.
    :raises ProblemsFound: where it is none of them, is too large, or has something in it that is not taken.
    """
    gate = _Gate(name)
    size = stream.seek(0, 2)
    stream.seek(0)
    kind = gate.kind_of(stream.read(_BLOCK), stream, kinds)
    limit = LIMITS[kind]
    if size > limit.size:
        gate.refuse(f"{size} bytes", f"larger than the {limit.size} bytes that are taken", "divide it")
    stream.seek(0)
    if kind in _MAIN_PART.values():
        gate.look_into(stream, limit)
    elif kind is Kind.XML:
        gate.insist_on_no_document_type(iter(lambda: stream.read(_BLOCK), b""))
    stream.seek(0)
    return kind


class _Gate:
    """The checks of one file."""

    def __init__(self, name: str) -> None:
        self.name = PurePosixPath(name.replace("\\", "/")).name

    def refuse(self, value: str, message: str, mend: str) -> NoReturn:
        raise ProblemsFound([Problem(self.name, None, None, value[:200], f"{message}; the file is refused", mend)])

    def kind_of(self, beginning: bytes, stream: BinaryIO, kinds: tuple[Kind, ...]) -> Kind:
        """The kind by content, which must be one of ``kinds`` and agree with the ending of the name."""
        wanted = ", ".join(kinds)
        kind = self._by_content(beginning, stream)
        ending = PurePosixPath(self.name).suffix.lower().removeprefix(".")
        met = next((what for mark, what in _BINARY.items() if beginning.startswith(mark)), kind or "a text")
        if met == "a text":  # its ending says of which kind
            kind = next((one for one in kinds if one == ending and one in _TEXTS), None)
        if kind is None or kind not in kinds:
            self.refuse(str(met), "not a file of a kind that is taken here", f"give a file of this kind: {wanted}")
        if ending != kind:
            self.refuse(ending, f"it is called .{ending} and is {kind}", f"give it the ending .{kind}")
        return kind

    def _by_content(self, beginning: bytes, stream: BinaryIO) -> Kind | None:
        if beginning.startswith((b"PK\x03\x04", b"PK\x05\x06")):
            names = {entry.filename for entry in self._entries(stream)}
            return next((kind for part, kind in _MAIN_PART.items() if part in names), None)
        if beginning.startswith(b"%PDF-"):
            return Kind.PDF
        if any(beginning.startswith(mark) for mark in _BINARY):
            return None
        text = beginning.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
        return Kind.XML if text.startswith(b"<") else None

    def _entries(self, stream: BinaryIO) -> list[zipfile.ZipInfo]:
        try:
            with zipfile.ZipFile(stream) as packed:
                return packed.infolist()
        except _BROKEN as error:
            self.refuse("", f"a damaged archive ({error})", "save it anew")

    def look_into(self, stream: BinaryIO, limit: Limit) -> None:
        """An Office file: its list of parts first, then each part, counted while it is unpacked."""
        entries = self._entries(stream)
        if len(entries) > limit.parts:
            self.refuse(f"{len(entries)} parts", f"more than the {limit.parts} parts that are taken", "divide it")
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > limit.unpacked:
            self.refuse(f"{unpacked} bytes", f"larger unpacked than the {limit.unpacked} bytes taken", "divide it")
        if len({entry.filename.lower() for entry in entries}) < len(entries):
            self.refuse("", "two parts have one name", "save it anew")
        for entry in entries:
            self._insist_on_a_plain_part(entry)
        with zipfile.ZipFile(stream) as packed:
            for entry in entries:
                self._look_at_part(packed, entry)

    def _insist_on_a_plain_part(self, entry: zipfile.ZipInfo) -> None:
        part = entry.filename
        if part.startswith(("/", "\\")) or ".." in part.split("/") or set("\\:\0") & set(part):
            self.refuse(part, "a part with the name of a place outside", "save it anew")
        if entry.flag_bits & 0x1:
            self.refuse(part, "it is encrypted", "save it without a password")
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            self.refuse(part, "compressed in a way that Office does not use", "save it anew")
        if any(word in part.lower() for word in _RUNS):
            mend = "save it without macros, embedded files and links to other files"
            self.refuse(part, "it holds macros, embedded files or links to other files", mend)

    def _look_at_part(self, packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
        """Unpack a part and keep nothing. One that holds more than it says, or something else, is damaged."""
        try:
            with packed.open(entry) as part:
                blocks = iter(lambda: part.read(_BLOCK), b"")
                if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
                    self.insist_on_no_document_type(blocks)
                    blocks = iter(lambda: part.read(_BLOCK), b"")
                for _ in blocks:
                    pass
        except _BROKEN as error:
            self.refuse(entry.filename, f"a damaged part ({error})", "save it anew")

    def insist_on_no_document_type(self, blocks: Iterator[bytes]) -> None:
        """XML without a document type has no entities: none multiplies, none is fetched."""

        def found(name: str, *_: object) -> None:
            mend = "take the DOCTYPE out: no standard that is read here has one"
            self.refuse(name, "the file declares a document type", mend)

        parser = expat.ParserCreate()
        handler: Callable[..., None] = found
        parser.StartDoctypeDeclHandler = handler
        try:
            for block in blocks:
                parser.Parse(block, False)
            parser.Parse(b"", True)
        except (expat.ExpatError, LookupError, ValueError) as error:
            if isinstance(error, ProblemsFound):
                raise
            return  # not well-formed: its reader says where

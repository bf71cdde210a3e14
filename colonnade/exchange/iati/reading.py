"""Files of activities, streamed: one activity in memory at a time.

A file is passed over twice. The first pass builds no tree; it refuses, whole and before anything is read, what is not
well-formed XML, what declares a document type (so no entity is ever expanded and nothing is fetched), what is not a
file of activities, what is not version 2.0x, and what would need unbounded memory. The second reads the activities;
their problems are noted and the sound ones go on.

Versions 1.0x are refused: they state roles, statuses and dates in words and mark no languages.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, NoReturn

from lxml import etree

from colonnade.core.problems import Problem, ProblemsFound
from colonnade.core.uploads import Kind, admit
from colonnade.exchange.iati.activity import READ, Activity, read_activity
from colonnade.exchange.iati.values import Notes

#: Bounds on one activity, far above any published one: what is larger is refused.
MOST_ELEMENTS: Final = 500_000
MOST_CHARACTERS: Final = 50_000_000

#: Entities are not expanded, nothing is fetched, no document type is loaded, and libxml2's own limits stay on.
SAFE: Final[dict[str, Any]] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "huge_tree": False,
    "remove_comments": True,
    "remove_pis": True,
}


#: What the parser hands over; bytes only where it was told to keep them.
Name = str | bytes


@dataclass(frozen=True, slots=True)
class Reading:
    """A whole file: its version, its sound activities in order, and everything noted on the way."""

    file: str
    version: str
    activities: tuple[Activity, ...]
    problems: tuple[Problem, ...]


def read_file(path: Path) -> Reading:
    """Read a file into memory. Raises ``ProblemsFound`` where the file is refused."""
    notes = Notes(path.name)
    with path.open("rb") as stream:
        admit(stream, path.name, Kind.XML)
        version = check(stream, path.name)
        activities = tuple(_read(stream, version, notes))
    return Reading(path.name, version, activities, notes.listed())


def read_activities(path: Path, notes: Notes) -> Iterator[Activity]:
    """Stream the activities of a file; problems go to ``notes``. Raises ``ProblemsFound`` where the file is refused."""
    with path.open("rb") as stream:
        admit(stream, path.name, Kind.XML)
        version = check(stream, path.name)
        yield from _read(stream, version, notes)


def check(stream: IO[bytes], file: str) -> str:
    """Pass over a file without keeping it, and return its version. Raises ``ProblemsFound`` where it is refused."""
    stream.seek(0)
    head = _Head(file)
    try:
        etree.parse(stream, etree.XMLParser(target=head, **SAFE))
    except etree.XMLSyntaxError as error:
        _refuse(file, error.lineno, "", f"not well-formed XML: {error.msg}", "mend the file, or ask its publisher to")
    except OSError as error:
        if error.errno is not None:
            raise  # the disk's, not the parser's
        _refuse(
            file,
            None,
            "",
            "not well-formed XML: bytes that are not of its encoding",
            "save it in the declared encoding",
        )
    return head.sound_version()


def _read(stream: IO[bytes], version: str, notes: Notes) -> Iterator[Activity]:
    stream.seek(0)
    depth = 0
    for event, element in etree.iterparse(stream, events=("start", "end"), **SAFE):
        if event == "start":
            depth += 1
            continue
        depth -= 1
        if depth == 2 and element.tag not in READ:
            element.clear(keep_tail=True)
        elif depth == 1:
            if element.tag == "iati-activity":
                activity = read_activity(element, version, notes)
                if activity is not None:
                    yield activity
            element.clear()
            while (before := element.getprevious()) is not None:
                before.getparent().remove(before)


class _Head:
    """What the first pass looks at: a target of the parser, called for every element, keeping none."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.depth = 0
        self.version = ""
        self.elements = 0
        self.characters = 0
        self.activities = 0

    def doctype(self, name: str, public_id: str | None, system: str | None) -> None:
        """The parser announces a document type before it reads any of it."""
        value = " ".join(part for part in (name, public_id, system) if part)
        _refuse(self.file, 1, value, "the file declares a document type", "take the DOCTYPE out: the standard has none")

    def start(self, tag: Name, attributes: Mapping[Name, Name]) -> None:
        """An element begins."""
        self.depth += 1
        self.elements += 1
        if self.depth == 1:
            self._root(tag, attributes)
        elif self.depth == 2:
            self.elements = self.characters = 0
            if tag == "iati-activity":
                self._activity(attributes)
        if self.elements > MOST_ELEMENTS:
            _refuse(self.file, None, str(self.elements), "one activity is too large", "split the activity")

    def end(self, tag: Name) -> None:  # noqa: ARG002  # the parser's signature
        """An element ends."""
        self.depth -= 1

    def data(self, data: Name) -> None:
        """Text between tags."""
        self.characters += len(data)
        if self.characters > MOST_CHARACTERS:
            _refuse(self.file, None, str(self.characters), "one activity is too large", "split the activity")

    def comment(self, text: Name) -> None:
        """Comments are passed over, but count."""
        self.data(text)

    def close(self) -> None:
        """Nothing was kept."""

    def _root(self, tag: Name, attributes: Mapping[Name, Name]) -> None:
        if tag != "iati-activities":
            _refuse(self.file, 1, str(tag), "not a file of activities", "give a file whose root is iati-activities")
        self.version = str(attributes.get("version", "")).strip()
        self._insist_on_version()

    def _activity(self, attributes: Mapping[Name, Name]) -> None:
        self.activities += 1
        if not self.version:
            stated = (str(value) for name, value in attributes.items() if etree.QName(name).localname == "version")
            self.version = next(stated, "").strip()
            self._insist_on_version()

    def _insist_on_version(self) -> None:
        if self.version and not self.version.startswith("2.0"):
            _refuse(
                self.file,
                1,
                self.version,
                f"version {self.version} of the standard is not read, only 2.0x",
                "ask the publisher for a file of version 2.01 or later, or convert this one",
            )

    def sound_version(self) -> str:
        """The version of the file, or that of its first activity. A file that states none is refused."""
        if self.activities and not self.version:
            _refuse(self.file, 1, "", "the file does not state its version", "state version on iati-activities")
        return self.version


def _refuse(file: str, row: int | None, value: str, message: str, mend: str) -> NoReturn:
    raise ProblemsFound([Problem(file, row, None, value[:200], f"{message}; the file is refused", mend)])

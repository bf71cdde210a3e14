"""What a backup says of itself: every part with its SHA-256, the tables with their rows, the state of the schema.

``manifest.json`` is the last part that is written. A file without it was cut off.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any, Final

FORMAT: Final = "colonnade-backup-1"
NAME: Final = "manifest.json"
#: Larger than any real one; what claims to be larger is not read.
LARGEST: Final = 64 * 1024 * 1024
#: The newest head of the log as an anchor, and the anchors that were kept outside, up to that head.
ANCHOR, KEPT_ANCHORS = "anchor.jsonl", "anchors.jsonl"
#: Folders of the state folder that are backed up.
FOLDERS: Final = ("reports", "snapshots")
#: Tables whose rows stay out: a session that was ended since must not come back to life, and neither must a count.
LEFT_OUT: Final = frozenset({"web_session", "web_kept_for_a_while", "django_session"})


class BackupRefused(RuntimeError):
    """A backup cannot be made or restored; the message says why and what to do. Nothing was changed."""


class BackupDamaged(BackupRefused):
    """The file is no backup, or not what was written."""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the file and its contents' size and SHA-256."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class TablePart:
    """The rows of one table, in PostgreSQL's text format of ``COPY``, in the order of ``columns``."""

    table: str
    columns: tuple[str, ...]
    rows: int
    part: Part


@dataclass(frozen=True, slots=True)
class Sequence:
    """Where a sequence stands."""

    name: str
    last_value: int
    is_called: bool


@dataclass(frozen=True, slots=True)
class BackupManifest:
    """Everything but the contents. ``tables`` are in an order in which each follows those that it refers to.

    ``key_proof`` is a word sealed with the registry's key: whoever restores learns whether they have the same key.
    """

    made_at: str
    software: str
    migrations: tuple[tuple[str, str], ...]
    tables: tuple[TablePart, ...]
    sequences: tuple[Sequence, ...]
    files: tuple[Part, ...]
    key_proof: str

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every part that the file must hold besides the manifest."""
        return (*(table.part for table in self.tables), *self.files)

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(table.rows for table in self.tables)

    def text(self) -> str:
        """The manifest as JSON."""
        return json.dumps({"backup": FORMAT, **asdict(self)}, indent=1, ensure_ascii=False)


def read_manifest(text: bytes) -> BackupManifest:
    """The manifest that ``text`` is. :raises BackupDamaged: where it is none of this format."""
    try:
        told: dict[str, Any] = json.loads(text)
        if told.pop("backup") != FORMAT:
            raise BackupDamaged(f"this is no backup of the form {FORMAT}")
        found = BackupManifest(
            made_at=str(told["made_at"]),
            software=str(told["software"]),
            migrations=tuple((str(app), str(name)) for app, name in told["migrations"]),
            tables=tuple(_table(one) for one in told["tables"]),
            sequences=tuple(
                Sequence(str(one["name"]), int(one["last_value"]), bool(one["is_called"])) for one in told["sequences"]
            ),
            files=tuple(_part(one) for one in told["files"]),
            key_proof=str(told["key_proof"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupDamaged("its manifest cannot be read") from error
    for part in found.files:
        if part.name not in {ANCHOR, KEPT_ANCHORS} and not _is_ours(part.name):
            raise BackupDamaged(f"its manifest names {part.name!r}, which is no place for a file")
    return found


def _table(told: dict[str, Any]) -> TablePart:
    columns = tuple(str(column) for column in told["columns"])
    return TablePart(str(told["table"]), columns, int(told["rows"]), _part(told["part"]))


def _part(told: dict[str, Any]) -> Part:
    return Part(str(told["name"]), int(told["bytes"]), str(told["sha256"]))


def _is_ours(name: str) -> bool:
    """Whether a file of that name lies below one of :data:`FOLDERS`, whoever wrote the name."""
    parts = PurePosixPath(name).parts
    return (
        len(parts) > 2
        and parts[0] == "files"
        and parts[1] in FOLDERS
        and not {"..", "."} & set(name.split("/"))
        and not {"\\", "\0"} & set(name)
        and "/".join(parts) == name
    )

"""The manifest of a snapshot: what it holds, of when, for whom, and the hashes that show it was not changed.

``manifest.json`` lies at the top of the snapshot's folder. The snapshot's identifier is a short hash of everything the
manifest says except the time, so that the same registry, pack and audience give the same identifier.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import duckdb

from colonnade.analysis.schema import SCHEMA_VERSION

FILE_NAME: Final = "manifest.json"
_ID_DIGITS: Final = 12
_FILE: Final = re.compile(r"(?:public|compact|restricted/[A-Z]{3})/[a-z][a-z_]*\.parquet")
_CHUNK: Final = 1 << 20


class ManifestError(ValueError):
    """The manifest is missing, cannot be read, or speaks of another schema."""


@dataclass(frozen=True, slots=True)
class SnapshotFile:
    """One Parquet file: ``path`` relative to the snapshot's folder (``public/entry.parquet``)."""

    path: str
    rows: int
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a snapshot says of itself.

    ``registry_state`` is the audit log's high-water mark, ``pack_hash`` identifies the strategy's data, and
    ``provenance`` is the sentence that says whether the records are illustrative.
    """

    created_at: datetime
    audience: str
    registry_state: str
    pack_hash: str
    provenance: str
    files: tuple[SnapshotFile, ...]
    schema_version: int = SCHEMA_VERSION

    @property
    def snapshot_id(self) -> str:
        """Twelve hexadecimal digits that depend on everything here but the time."""
        content = self.as_json()
        del content["created_at"], content["snapshot"]
        text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
        return hashlib.sha256(text.encode()).hexdigest()[:_ID_DIGITS]

    @property
    def as_of(self) -> str:
        """The time of the snapshot in UTC, as ``2020-02-07T09:30:00Z``."""
        return self.created_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def as_json(self) -> dict[str, Any]:
        """The manifest as plain data. ``snapshot`` repeats the identifier for readers of the file."""
        return {
            "snapshot": "",
            "schema_version": self.schema_version,
            "created_at": self.as_of,
            "audience": self.audience,
            "registry_state": self.registry_state,
            "pack_hash": self.pack_hash,
            "provenance": self.provenance,
            "files": {
                file.path: {"rows": file.rows, "sha256": file.sha256, "bytes": file.bytes}
                for file in sorted(self.files, key=lambda file: file.path)
            },
        }


def write_manifest(folder: Path, manifest: Manifest) -> Path:
    """Write ``manifest.json`` into ``folder`` and return its path."""
    content = manifest.as_json() | {"snapshot": manifest.snapshot_id}
    path = folder / FILE_NAME
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the snapshot in ``folder``.

    Raises :class:`ManifestError` where it is missing, malformed, of another schema version, or names a file outside
    the folder's partitions.
    """
    path = folder / FILE_NAME
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ManifestError(f"{folder} holds no {FILE_NAME}: it is not a snapshot") from None
    except (UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ManifestError(f"{path} cannot be read: {error}") from error
    if not isinstance(content, dict) or content.get("schema_version") != SCHEMA_VERSION:
        met = content.get("schema_version") if isinstance(content, dict) else None
        raise ManifestError(f"{path} has schema version {met}; this release reads version {SCHEMA_VERSION}")
    try:
        return Manifest(
            schema_version=int(content["schema_version"]),
            created_at=datetime.fromisoformat(content["created_at"]),
            audience=str(content["audience"]),
            registry_state=str(content["registry_state"]),
            pack_hash=str(content["pack_hash"]),
            provenance=str(content["provenance"]),
            files=_files_of(content["files"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ManifestError(f"{path} is not a manifest: {error!r}") from error


def _files_of(listed: Mapping[str, Mapping[str, Any]]) -> tuple[SnapshotFile, ...]:
    for path in listed:
        if not _FILE.fullmatch(path):
            raise ValueError(f"{path!r} is not a file of a partition")
    return tuple(
        SnapshotFile(path, int(entry["rows"]), str(entry["sha256"]), int(entry["bytes"]))
        for path, entry in sorted(listed.items())
    )


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()


def files_in(folder: Path) -> tuple[str, ...]:
    """The relative paths of everything in a snapshot's folder but its manifest, sorted."""
    return tuple(
        sorted(
            path.relative_to(folder).as_posix()
            for path in folder.rglob("*")
            if not path.is_dir() and path != folder / FILE_NAME
        )
    )


def describe_files(folder: Path) -> tuple[SnapshotFile, ...]:
    """Rows, hash and size of every Parquet file in ``folder``, for a manifest that is about to be written."""
    with duckdb.connect(":memory:") as connection:
        return tuple(_describe(connection, folder, path) for path in files_in(folder))


def _describe(connection: duckdb.DuckDBPyConnection, folder: Path, relative: str) -> SnapshotFile:
    path = folder / relative
    counted = connection.execute("SELECT sum(num_rows) FROM parquet_file_metadata(?)", [str(path)]).fetchone()
    rows = int(counted[0]) if counted else 0
    return SnapshotFile(relative, rows, sha256_of(path), path.stat().st_size)


@dataclass(frozen=True, slots=True)
class FileDifference:
    """A file of a snapshot that is not as its manifest says: ``missing``, ``added`` or ``changed``."""

    path: str
    difference: str
    expected: str
    found: str


def differing_files(folder: Path, manifest: Manifest) -> list[FileDifference]:
    """Every file that was added, changed or taken away since the manifest was written, in order of path."""
    expected = {file.path: file for file in manifest.files}
    present = set(files_in(folder))
    differences = []
    for path in sorted(expected.keys() | present):
        if path not in present:
            differences.append(FileDifference(path, "missing", expected[path].sha256, ""))
            continue
        found = sha256_of(folder / path)
        if path not in expected:
            differences.append(FileDifference(path, "added", "", found))
        elif found != expected[path].sha256:
            differences.append(FileDifference(path, "changed", expected[path].sha256, found))
    return differences

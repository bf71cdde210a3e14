"""Making a backup: one moment of the database, the files of the state folder, the anchor; streamed into one file.

The file is a ZIP archive. It is written beside its place, brought to the disk, and only then given its name.
"""

import hashlib
import os
import zipfile
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import connections, transaction
from psycopg.rows import tuple_row

from colonnade.audit.anchors import FILE_NAME, Anchor, read_anchors
from colonnade.config.backup import catalogue
from colonnade.config.backup.manifest import (
    ANCHOR,
    FOLDERS,
    KEPT_ANCHORS,
    LEFT_OUT,
    NAME,
    BackupManifest,
    BackupRefused,
    Part,
    TablePart,
)
from colonnade.core.sealing import seal

BLOCK: Final = 1 << 20
#: What ``key_proof`` says once it is opened, and what it was sealed for.
PROOF: Final = "colonnade-backup"
_HEAD: Final = "SELECT position, hash, last, newest, sealed_at FROM audit_head ORDER BY position DESC LIMIT 1"


def make_backup(out: Path) -> tuple[Path, BackupManifest]:
    """Write a backup to the file ``out``, or under a name of its own into the folder ``out``.

    :raises BackupRefused: where there is nothing to back up, or a file in the way.
    """
    path = out / f"colonnade-{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}.backup" if out.is_dir() else out
    if path.exists():
        raise BackupRefused(f"{path} is there already; a backup overwrites nothing")
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                manifest = _write(archive)
            file.flush()
            os.fsync(file.fileno())
        draft.rename(path)
    finally:
        draft.unlink(missing_ok=True)
    return path, manifest


def _write(archive: zipfile.ZipFile) -> BackupManifest:
    owner = connections["owner"]
    with transaction.atomic(using="owner"), owner.cursor() as cursor:
        # Policies that would hide a row raise instead. One moment for all tables.
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        cursor.execute("SET LOCAL row_security = off")
        names = catalogue.tables(cursor)
        if "django_migrations" not in names:
            raise BackupRefused("the database holds no registry; there is nothing to back up")
        sequences = catalogue.sequences(cursor)
        migrations = catalogue.migrations(cursor)
        tables = tuple(_table(archive, cursor, name) for name in names if name not in LEFT_OUT)
        files = (*_anchors(archive, cursor), *_files(archive))
    owner.close()
    manifest = BackupManifest(
        made_at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        software=version("colonnade"),
        migrations=migrations,
        tables=tables,
        sequences=sequences,
        files=files,
        key_proof=seal(PROOF, PROOF),
    )
    archive.writestr(NAME, manifest.text())
    return manifest


def _table(archive: zipfile.ZipFile, cursor: Any, table: str) -> TablePart:
    columns = catalogue.columns(cursor, table)
    rows = 0

    def blocks() -> Iterator[bytes]:
        nonlocal rows
        statement = f"COPY {catalogue.quoted(table)} ({catalogue.quoted(*columns)}) TO STDOUT"
        held = bytearray()
        with cursor.connection.cursor(row_factory=tuple_row) as plain, plain.copy(statement) as copy:
            for block in copy:
                # A newline ends a row; those inside values are written as \n.
                rows += bytes(block).count(b"\n")
                held += block
                if len(held) >= BLOCK:
                    yield bytes(held)
                    held.clear()
        yield bytes(held)

    part = _add(archive, f"tables/{table}.copy", blocks())
    return TablePart(table, columns, rows, part)


def _anchors(archive: zipfile.ZipFile, cursor: Any) -> Iterator[Part]:
    """The newest head of this very moment as an anchor, and those kept outside up to it."""
    if not catalogue.has_chain(cursor):
        return
    cursor.execute(_HEAD)
    row = cursor.fetchone()
    if row is None:
        return
    position, digest, events, newest, sealed_at = row
    anchor = Anchor(position, bytes(digest), events, newest, sealed_at)
    yield _add(archive, ANCHOR, [anchor.line().encode()])
    folder: Path | None = settings.ANCHOR_DIR
    if folder is not None and (folder / FILE_NAME).exists():
        kept = (one.line().encode() for one in read_anchors(folder / FILE_NAME) if one.position <= position)
        yield _add(archive, KEPT_ANCHORS, kept)


def _files(archive: zipfile.ZipFile) -> Iterator[Part]:
    state: Path = settings.STATE_DIR
    for folder in FOLDERS:
        for path in sorted((state / folder).rglob("*")):
            relative = path.relative_to(state)
            # What begins with a dot is being made; locks say nothing.
            if any(part.startswith(".") for part in relative.parts) or path.name.endswith("lock"):
                continue
            try:
                if path.is_symlink() or not path.is_file():
                    continue
                with path.open("rb") as stream:
                    blocks = iter(lambda stream=stream: stream.read(BLOCK), b"")  # type: ignore[misc]  # bound now
                    yield _add(archive, f"files/{relative.as_posix()}", blocks, compressed=True)
            except FileNotFoundError:
                continue  # an older one that was cleared away meanwhile


def _add(archive: zipfile.ZipFile, name: str, blocks: Iterable[bytes], *, compressed: bool = False) -> Part:
    """Stream ``blocks`` into a part; ``compressed`` where compressing again would win nothing."""
    entry = zipfile.ZipInfo(name, datetime.now(UTC).timetuple()[:6])
    entry.compress_type = zipfile.ZIP_STORED if compressed else zipfile.ZIP_DEFLATED
    entry.external_attr = 0o600 << 16
    digest, size = hashlib.sha256(), 0
    with archive.open(entry, "w", force_zip64=True) as part:
        for block in blocks:
            digest.update(block)
            size += len(block)
            part.write(block)
    return Part(name, size, digest.hexdigest())

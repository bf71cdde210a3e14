"""Restoring: a backup becomes the registry again, all of it or nothing.

The file is read to its end and compared before the database is asked anything. Then one transaction makes the tables
as they were by this code's own migrations, fills them with triggers off, so that nothing that is restored is logged as
written, sets the sequences, and brings schema, grants and policies up to today. Files are laid beside their place
before it and moved there after it.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import DatabaseError, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from psycopg.rows import tuple_row

from colonnade.config.backup import catalogue
from colonnade.config.backup.archive import Archive, open_archive
from colonnade.config.backup.making import PROOF
from colonnade.config.backup.manifest import (
    ANCHOR,
    FOLDERS,
    KEPT_ANCHORS,
    LEFT_OUT,
    BackupManifest,
    BackupRefused,
    TablePart,
)
from colonnade.config.tables import make_current
from colonnade.core.sealing import NotSealedHere, unseal

#: Where the anchors that came with a backup lie afterwards, in the state folder.
ANCHORS_OF_BACKUP: Final = "anchors-of-backup.jsonl"
_PATIENCE: Final = "SET LOCAL lock_timeout = '20s'"


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored; ``anchors`` is where the log's anchors from the backup are, where it has a chain.

    ``same_key``: whether this registry's key opens what the backup's was sealed with.
    """

    manifest: BackupManifest
    anchors: Path | None
    same_key: bool


def restore_backup(path: Path, *, replace: bool = False) -> Restored:
    """Restore the backup at ``path`` into the database that the settings name, and into the state folder.

    :param replace: drop what is there; without it, only an empty database and empty folders are filled.
    :raises BackupDamaged: where the file is not what was written; nothing was touched.
    :raises BackupRefused: where it does not fit; nothing was changed.
    """
    with open_archive(path) as archive:
        manifest = archive.check()
        _insist_that_migrations_are_known(manifest)
        _insist_that_files_fit(manifest, replace=replace)
        with _files_beside(archive) as draft:
            try:
                with transaction.atomic(using="owner"):
                    _restore_database(archive, replace=replace)
            except DatabaseError as error:
                raise BackupRefused(f"the database would not take it, and is as it was: {error}".rstrip()) from error
            finally:
                connections["owner"].close()
            _move_files(draft)
    anchors: Path = settings.STATE_DIR / ANCHORS_OF_BACKUP
    return Restored(manifest, anchors if anchors.exists() else None, _has_same_key(manifest))


def _insist_that_migrations_are_known(manifest: BackupManifest) -> None:
    known = MigrationExecutor(None).loader.disk_migrations
    if unknown := sorted(f"{app}.{name}" for app, name in manifest.migrations if (app, name) not in known):
        raise BackupRefused(
            f"the backup was made by another version ({manifest.software}): this one does not know "
            f"{', '.join(unknown[:5])}; restore it with that version or a later one"
        )


def _insist_that_files_fit(manifest: BackupManifest, *, replace: bool) -> None:
    state: Path = settings.STATE_DIR
    if not replace and (full := [name for name in FOLDERS if any((state / name).glob("*"))]):
        raise BackupRefused(
            f"{' and '.join(str(state / name) for name in full)} hold files already; say --replace to have them "
            "replaced, or move them away"
        )
    state.mkdir(mode=0o711, parents=True, exist_ok=True)
    needed, free = sum(part.bytes for part in manifest.files), shutil.disk_usage(state).free
    if needed > free:
        raise BackupRefused(f"the files of the backup need {needed} bytes in {state}, where {free} are free")


@contextmanager
def _files_beside(archive: Archive) -> Iterator[Path]:
    """The backup's files in a folder beside their place, gone afterwards with what was not moved out of it."""
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=settings.STATE_DIR) as folder:
        draft = Path(folder)
        for part in archive.manifest.files:
            target = draft / part.name.removeprefix("files/")
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with target.open("xb") as file:
                target.chmod(0o600)
                for block in archive.stream(part):
                    file.write(block)
        yield draft


def _move_files(draft: Path) -> None:
    state: Path = settings.STATE_DIR
    for name in FOLDERS:
        if (state / name).exists():
            (state / name).rename(draft / f"replaced-{name}")
        if (draft / name).exists():
            (draft / name).rename(state / name)
    for name in (KEPT_ANCHORS, ANCHOR):
        if (draft / name).exists():
            (draft / name).replace(state / ANCHORS_OF_BACKUP)
            break
    else:
        (state / ANCHORS_OF_BACKUP).unlink(missing_ok=True)


def _restore_database(archive: Archive, *, replace: bool) -> None:
    owner = connections["owner"]
    manifest = archive.manifest
    with owner.cursor() as cursor:
        cursor.execute(_PATIENCE)
        # References are looked at statement by statement: what follows changes tables, which waits for none.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _make_empty(cursor, replace=replace)
        MigrationExecutor(owner).migrate(list(manifest.migrations))
        tables = set(catalogue.tables(cursor)) - LEFT_OUT
        if tables != {table.table for table in manifest.tables}:
            wrong = tables.symmetric_difference(table.table for table in manifest.tables)
            raise BackupRefused(f"the migrations of the backup do not make its tables: {', '.join(sorted(wrong))}")
        for name in tables:
            cursor.execute(f"ALTER TABLE {catalogue.quoted(name)} DISABLE TRIGGER USER")
        cursor.execute(f"TRUNCATE {catalogue.quoted(*sorted(tables))} CASCADE")  # what migrations wrote themselves
        for table in manifest.tables:
            _fill(cursor, archive, table)
        for sequence in manifest.sequences:
            cursor.execute(
                "SELECT setval(%s::regclass, %s, %s)",
                [catalogue.quoted(sequence.name), sequence.last_value, sequence.is_called],
            )
        for name in tables:
            cursor.execute(f"ALTER TABLE {catalogue.quoted(name)} ENABLE TRIGGER USER")
    make_current(owner)


def _make_empty(cursor: Any, *, replace: bool) -> None:
    there = catalogue.tables(cursor)
    if there and not replace:
        raise BackupRefused(
            f"the database holds {len(there)} tables; a backup is restored into an empty one. "
            "With --replace, what is there is dropped"
        )
    if there:
        cursor.execute(f"DROP TABLE {catalogue.quoted(*there)} CASCADE")
    for signature in catalogue.functions(cursor):
        cursor.execute(f"DROP ROUTINE {signature} CASCADE")  # the catalogue's own, quoted where it must be


def _fill(cursor: Any, archive: Archive, table: TablePart) -> None:
    expected = catalogue.columns(cursor, table.table)
    if set(expected) != set(table.columns):
        raise BackupRefused(f"the columns of {table.table} are not those of the backup")
    statement = f"COPY {catalogue.quoted(table.table)} ({catalogue.quoted(*table.columns)}) FROM STDIN"
    with cursor.connection.cursor(row_factory=tuple_row) as plain:
        with plain.copy(statement) as copy:
            for block in archive.stream(table.part):
                copy.write(block)
        if plain.rowcount != table.rows:
            raise BackupRefused(f"{table.table} took {plain.rowcount} rows of {table.rows}")


def _has_same_key(manifest: BackupManifest) -> bool:
    try:
        return unseal(manifest.key_proof, PROOF) == PROOF
    except NotSealedHere:
        return False

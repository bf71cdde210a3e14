"""``colonnade backup`` and ``colonnade restore``: the whole registry into one file, and back."""

import argparse
import hashlib
import sys
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connections

from colonnade.audit.anchors import FILE_NAME, Anchor, read_anchors
from colonnade.audit.sealing import seal_waiting
from colonnade.audit.verification import verify_database
from colonnade.config.backup import catalogue
from colonnade.config.backup.making import make_backup
from colonnade.config.backup.restoring import restore_backup
from colonnade.config.cli.audit import publisher
from colonnade.config.cli.grammar import command
from colonnade.config.database import connect_settings

FINE, FOUND = 0, 1
_SAME_KEY: Final = "this registry has another key than the backup's: people enrol their second factors again"


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add both commands."""
    backup = command(commands, "backup", "write the whole registry into one file", run_backup)
    backup.add_argument(
        "--out", type=Path, required=True, metavar="PATH", help="a file that does not exist yet, or a folder"
    )
    restore = command(commands, "restore", "make the registry from a backup, all of it or nothing", run_restore)
    restore.add_argument("file", type=Path, metavar="FILE", help="what colonnade backup wrote")
    restore.add_argument(
        "--replace",
        action="store_true",
        help="drop the database's tables, and the state folder's reports and snapshots",
    )


def run_backup(arguments: argparse.Namespace) -> int:
    """Seal what waits, then write the backup."""
    connect_settings()
    with connections["owner"].cursor() as cursor:
        chained = catalogue.has_chain(cursor)
    if chained:
        seal_waiting(publish=publisher())
    path, manifest = make_backup(arguments.out)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    print(f"{path}: {manifest.rows} rows of {len(manifest.tables)} tables, {len(manifest.files)} files")
    print(f"sha256 {digest}")
    return FINE


def run_restore(arguments: argparse.Namespace) -> int:
    """Restore, then verify the log against the backup's anchors; 1 where something was done to it."""
    connect_settings()
    restored = restore_backup(arguments.file, replace=arguments.replace)
    manifest = restored.manifest
    print(f"{arguments.file}, made {manifest.made_at}: {manifest.rows} rows of {len(manifest.tables)} tables restored")
    if not restored.same_key:
        print(f"colonnade: {_SAME_KEY}", file=sys.stderr)
    anchors = list(read_anchors(restored.anchors)) if restored.anchors else []
    _say_what_is_lost(anchors)
    verified = verify_database(anchors)
    for line in verified.lines():
        print(line)
    return FINE if verified.holds else FOUND


def _say_what_is_lost(restored: list[Anchor]) -> None:
    """The anchors outside may know of heads that the backup does not have: what was written after it."""
    folder: Path | None = settings.ANCHOR_DIR
    if folder is None or not (folder / FILE_NAME).exists():
        return
    newest = max((anchor.position for anchor in restored), default=0)
    later = max((anchor.position for anchor in read_anchors(folder / FILE_NAME)), default=0)
    if later > newest:
        print(
            f"colonnade: the log had gone on to head {later}; the backup ends with head {newest}. What was written "
            f"after it is gone, and {folder / FILE_NAME} goes on to say so: begin a new file of anchors",
            file=sys.stderr,
        )

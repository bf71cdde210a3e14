"""``colonnade audit seal | verify | anchor | export``: the chain of the log, from outside."""

import argparse
import os
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from django.conf import settings

from colonnade.audit.anchors import FILE_NAME, Anchor, append_anchor, read_anchors, signing_key, verifying_key
from colonnade.audit.exported import write_export
from colonnade.audit.reading import newest_head
from colonnade.audit.sealing import EVERY, seal_waiting, watch
from colonnade.audit.verification import verify_database, verify_export
from colonnade.config.cli.grammar import command
from colonnade.config.database import connect_settings

#: Findings and exits as everywhere: fine, found something, could not run.
FINE, FOUND = 0, 1
_KEY_HELP: Final = "an Ed25519 key in a PEM file"


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands under ``audit``."""
    group = commands.add_parser("audit", help="seal, verify, anchor and export the log of changes")
    under = group.add_subparsers(title="commands", metavar="COMMAND", required=True)
    seal = command(under, "seal", "seal what was written and is not sealed yet", run_seal)
    seal.add_argument("--watch", action="store_true", help=f"go on, every {EVERY:g} second(s), until stopped")
    verify = command(under, "verify", "check the whole log: 0 it holds, 1 something was done to it", run_verify)
    verify.add_argument("--anchor", type=Path, metavar="FILE", help="anchors that were kept elsewhere")
    verify.add_argument("--events", type=Path, metavar="FILE", help="check this export instead; no database is needed")
    verify.add_argument(
        "--key", type=Path, metavar="FILE", help=f"anchors must be signed by this public key: {_KEY_HELP}"
    )
    anchor = command(
        under, "anchor", "add an anchor of the log's newest head to a file that leaves this machine", run_anchor
    )
    anchor.add_argument("--out", type=Path, required=True, metavar="FILE", help="the file; a line is added to it")
    anchor.add_argument("--key", type=Path, metavar="FILE", help=f"sign it with this private key: {_KEY_HELP}")
    export = command(under, "export", "write the log to a file that can be verified without the database", run_export)
    export.add_argument("--out", type=Path, required=True, metavar="FILE", help="a file that does not exist yet")


def run_seal(arguments: argparse.Namespace) -> int:
    """Seal once, or go on."""
    connect_settings()
    publish = publisher()
    if arguments.watch:
        watch(threading.Event(), publish=publish)
        return FINE
    sealed = seal_waiting(publish=publish)
    print(f"{sealed.events} events sealed in {len(sealed.heads)} heads")
    return FINE


def run_verify(arguments: argparse.Namespace) -> int:
    """Check the log; 1 where anything is found."""
    anchors = _anchors(arguments.anchor, arguments.key)
    if arguments.events:
        verified = verify_export(arguments.events, anchors)
    else:
        connect_settings()
        verified = verify_database(anchors)
    for line in verified.lines():
        print(line)
    return FINE if verified.holds else FOUND


def run_anchor(arguments: argparse.Namespace) -> int:
    """Seal what waits, then add an anchor of the newest head to the file."""
    connect_settings()
    seal_waiting(publish=publisher())
    head = newest_head()
    if head is None:
        print("colonnade: the log is empty; there is nothing to anchor", file=sys.stderr)
        return FOUND
    anchor = Anchor.of(head)
    append_anchor(arguments.out, anchor.signed(signing_key(arguments.key)) if arguments.key else anchor)
    print(f"{arguments.out}: head {anchor.position}, {anchor.events} events, {anchor.hash.hex()}")
    return FINE


def run_export(arguments: argparse.Namespace) -> int:
    """Write the export."""
    connect_settings()
    heads, events = write_export(arguments.out)
    print(f"{arguments.out}: {events} events, {heads} heads")
    return FINE


def publisher() -> Callable[[Anchor], None] | None:
    """What writes each new head's anchor into ``COLONNADE_ANCHOR_DIR``, signed by ``COLONNADE_ANCHOR_KEY`` where that
    is set; ``None`` where no folder is named."""
    folder: Path | None = settings.ANCHOR_DIR
    if folder is None:
        return None
    key = signing_key(settings.ANCHOR_KEY) if settings.ANCHOR_KEY else None
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / FILE_NAME

    def publish(anchor: Anchor) -> None:
        append_anchor(path, anchor.signed(key) if key else anchor)

    return publish


def _anchors(path: Path | None, key: Path | None) -> Iterator[Anchor]:
    if path is None:
        return iter(())
    if not os.access(path, os.R_OK):
        raise FileNotFoundError(f"there is no file of anchors at {path}")
    return read_anchors(path, key=verifying_key(key) if key else None)

"""``colonnade load PACK``: check a data pack whole, then load it."""

import argparse
from pathlib import Path

from colonnade.config.cli.grammar import command
from colonnade.config.database import connect_settings
from colonnade.core.actor import COMMAND_LINE
from colonnade.packs.loading import load_pack
from colonnade.packs.reading import read_pack


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = command(commands, "load", "check a data pack whole, then load it", run)
    parser.add_argument("pack", type=Path, metavar="PACK", help="the folder of the pack, such as strategies/ungcts")
    parser.add_argument("--check", action="store_true", help="only check it; load nothing")


def run(arguments: argparse.Namespace) -> int:
    """Read, then load. A pack with any error is refused whole."""
    pack = read_pack(arguments.pack)
    if arguments.check:
        print(f"{arguments.pack}: no problem found")
        return 0
    connect_settings()
    print(load_pack(pack, actor=COMMAND_LINE))
    return 0

"""What the commands' grammars share."""

import argparse
from collections.abc import Callable

from colonnade.core.viewer import AUDIENCES

Subcommands = "argparse._SubParsersAction[argparse.ArgumentParser]"


def command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    summary: str,
    run: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    """Add a command whose help is ``summary`` and which calls ``run``."""
    parser = commands.add_parser(name, help=summary, description=summary)
    parser.set_defaults(run=run)
    return parser


def add_audience(parser: argparse.ArgumentParser) -> None:
    """``--audience``: for whom the figures are, and so which records they rest on."""
    parser.add_argument(
        "--audience",
        choices=sorted(AUDIENCES),
        default="secretariat",
        help="for whom it is made: only what they may see is in it (default: secretariat)",
    )

"""Puts a board, its people and a proposal into the registry of a state folder: ``python -m tests.e2e.board_house``.

A process of its own, as the command line is, since it connects to a database that is not the tests'.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colonnade.config.settings")
django.setup()

from colonnade.config.database import connect_settings  # noqa: E402  # Django first
from colonnade.review.tests.boards import HEAD_DECIDES, board_of  # noqa: E402  # as above


def main() -> None:
    """Print the public identifier of the proposal; with ``bounded``, put none there, and mind the ceiling."""
    connect_settings()
    if "bounded" in sys.argv[1:]:
        board_of({**HEAD_DECIDES, "eligibility": ["origin", "period", "within_ceiling"]})
        return
    board = board_of()
    # Its applicants are asked for a project that runs already, so that a report falls due at once.
    print(board.proposal(title="Wells for the plain").public_id)


if __name__ == "__main__":
    main()

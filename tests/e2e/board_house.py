"""Puts a board, its people and a proposal into the registry of a state folder: ``python -m tests.e2e.board_house``.

A process of its own, as the command line is, since it connects to a database that is not the tests'.
"""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colonnade.config.settings")
django.setup()

from colonnade.config.database import connect_settings  # noqa: E402  # Django first
from colonnade.core.viewer import Role  # noqa: E402  # as above
from colonnade.members.models import RoleHeld  # noqa: E402  # as above
from colonnade.portfolio.models import Project, ProjectCountry  # noqa: E402  # as above
from colonnade.review.tests.boards import HEAD_DECIDES, LONG_AGO, Board, board_of, somebody  # noqa: E402  # as above


def people_of_the_state(board: Board) -> None:
    """A focal point and an assessor of the board's State, and a project of ALPHA there."""
    project = Project.objects.unscoped("a journey").create(
        reference="J-P-1", title="Wells for schools", lead_entity=board.entities["ALPHA"], status="ongoing"
    )
    ProjectCountry.objects.unscoped("a journey").create(project=project, country=board.country)
    for name, role, entity in (("ministry", Role.STATE, None), ("visitor", Role.ASSESSOR, board.entities["DELTA"])):
        person = somebody(name)
        RoleHeld.objects.create(person=person, role=role, entity=entity, country=board.country, starts_on=LONG_AGO)


def main() -> None:
    """Print the public identifier of the proposal; with ``bounded``, put none there, and mind the ceiling."""
    connect_settings()
    if "bounded" in sys.argv[1:]:
        people_of_the_state(board_of({**HEAD_DECIDES, "eligibility": ["origin", "period", "within_ceiling"]}))
        return
    board = board_of()
    # Its applicants are asked for a project that runs already, so that a report falls due at once.
    print(board.proposal(title="Wells for the plain").public_id)


if __name__ == "__main__":
    main()

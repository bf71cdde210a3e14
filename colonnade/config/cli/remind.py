"""``colonnade remind``: one mail a day to each person for whom something waits: of the board, or a State's request."""

import argparse

from django.conf import settings
from django.utils import timezone

from colonnade.config.cli.grammar import command
from colonnade.config.database import connect_settings
from colonnade.core.actor import COMMAND_LINE
from colonnade.core.viewer import Role
from colonnade.members.queries import holding
from colonnade.review.actions.reminding import remind_person
from colonnade.web.people.post import deliver_due

FINE, FOUND = 0, 1
#: Who can have something waiting: applicants, members of the board, who decides, and those who answer requests.
ROLES = (Role.ENTITY, Role.CHAIR, Role.BOARD, Role.SECRETARIAT)


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    title = "mail those for whom a proposal, review, report, decision or request waits: 0 all left, 1 some failed"
    parser = command(commands, "remind", title, run)
    parser.add_argument(
        "--address", default=settings.SITE_ADDRESS, help=f"of the pages (default: {settings.SITE_ADDRESS})"
    )


def run(arguments: argparse.Namespace) -> int:
    """Write today's reminders and send what is due. A second run on the same day writes none."""
    connect_settings()
    today, site = timezone.localdate(), arguments.address.rstrip("/")
    people = list(holding(ROLES, today))
    written = [remind_person(person=each, today=today, site=site, actor=COMMAND_LINE) for each in people]
    delivered = deliver_due()
    print(f"{sum(mail is not None for mail in written)} of {len(people)} people are reminded today")
    if folder := getattr(settings, "EMAIL_FILE_PATH", None):
        print(f"No mail server is named (COLONNADE_MAIL_HOST): mails are files in {folder}")
    return FOUND if delivered.failed else FINE

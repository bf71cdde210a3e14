"""``colonnade people invite | mail``: the first administrator of a registry, and the mails that did not leave."""

import argparse
import sys
from datetime import date
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from colonnade.config.cli.grammar import command
from colonnade.config.database import connect_settings
from colonnade.core.actor import COMMAND_LINE
from colonnade.core.viewer import Role
from colonnade.members.actions import PeopleRefused, Wanted, invite, new_secret, send_again
from colonnade.members.models import Entity, Mail
from colonnade.places.models import Country
from colonnade.web.people.post import deliver_due

FINE, FOUND, COULD_NOT_RUN = 0, 1, 2
#: Short names of the roles, as they are typed.
ROLES: Final = {role.value.replace("_", "-"): role for role in Role}


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands under ``people``."""
    group = commands.add_parser("people", help="invite somebody, send the mails that wait")
    under = group.add_subparsers(title="commands", metavar="COMMAND", required=True)
    asked = command(under, "invite", "invite somebody: the way in for the first administrator", run_invite)
    asked.add_argument("email", metavar="EMAIL")
    asked.add_argument("--name", help="how they are called (default: the address)")
    asked.add_argument("--role", choices=sorted(ROLES), default="administrator", help="default: administrator")
    asked.add_argument("--entity", metavar="CODE", help="the entity that the role is for")
    asked.add_argument("--state", metavar="CODE", help="the State that the role is for (ISO 3166-1 alpha-3)")
    asked.add_argument("--until", type=date.fromisoformat, metavar="DAY", help="the role's last day, as YYYY-MM-DD")
    asked.add_argument(
        "--address", default=settings.SITE_ADDRESS, help=f"of the pages (default: {settings.SITE_ADDRESS})"
    )
    asked.add_argument("--print", action="store_true", help="print the link instead of mailing it")
    mail = command(under, "mail", "send the mails that are due: 0 all left, 1 some failed", run_mail)
    mail.add_argument("--failed", action="store_true", help="also those that are no longer tried by themselves")


def run_invite(arguments: argparse.Namespace) -> int:
    """Invite somebody; mail the link, or print it."""
    connect_settings()
    try:
        wanted = Wanted(
            ROLES[arguments.role],
            timezone.localdate(),
            arguments.until,
            _entity(arguments.entity),
            _state(arguments.state),
        )
        invitation = invite(
            name=arguments.name or arguments.email,
            address=arguments.email,
            roles=[wanted],
            by=None,
            site="" if arguments.print else arguments.address.rstrip("/"),
            actor=COMMAND_LINE,
        )
    except PeopleRefused as refused:
        print(f"colonnade: {refused}", file=sys.stderr)
        return COULD_NOT_RUN
    if arguments.print:
        secret = new_secret(invitation=invitation, actor=COMMAND_LINE)
        assert secret is not None  # it was made just now
        print(arguments.address.rstrip("/") + reverse("invitation", args=[secret]))
        return FINE
    delivered = deliver_due()
    print(f"{invitation.person.email} is invited as {arguments.role}.")
    if folder := getattr(settings, "EMAIL_FILE_PATH", None):
        print(f"No mail server is named (COLONNADE_MAIL_HOST): the mail is a file in {folder}")
    return FOUND if delivered.failed else FINE


def run_mail(arguments: argparse.Namespace) -> int:
    """Send what is due."""
    connect_settings()
    if arguments.failed:
        for mail in Mail.objects.unscoped("the command that sends again").filter(state=Mail.State.FAILED):
            send_again(mail=mail, actor=COMMAND_LINE)
    delivered = deliver_due()
    print(f"{delivered.sent} sent, {delivered.failed} failed, {delivered.dropped} dropped")
    return FOUND if delivered.failed else FINE


def _entity(code: str | None) -> Entity | None:
    found = Entity.objects.filter(code=code).first() if code else None
    if code and found is None:
        raise PeopleRefused(f"there is no entity with the code {code}")
    return found


def _state(code: str | None) -> Country | None:
    found = Country.objects.filter(code=code).first() if code else None
    if code and found is None:
        raise PeopleRefused(f"there is no State with the code {code}")
    return found

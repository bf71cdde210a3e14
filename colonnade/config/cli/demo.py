"""``colonnade demo``: from nothing to pages that a newcomer can read. A second run repeats nothing."""

import argparse
import os
import secrets
import sys
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from colonnade.analysis.manifest import ManifestError, read_manifest
from colonnade.audit.queries import high_water_mark
from colonnade.audit.records import Provenance
from colonnade.config.cli.grammar import command
from colonnade.config.cli.report import build, reports_of
from colonnade.config.cli.serve import HOST, add_port, free_port
from colonnade.config.database import connect_settings
from colonnade.config.tables import bring_up_to_date
from colonnade.core.actor import COMMAND_LINE
from colonnade.core.viewer import AUDIENCES, Role
from colonnade.funding.models import Contributor
from colonnade.members.actions import DemoPerson, welcome_demo_people
from colonnade.members.models import Person
from colonnade.packs.illustrative.asking import record_illustrative_requests
from colonnade.packs.illustrative.call import record_illustrative_call, record_illustrative_offices
from colonnade.packs.illustrative.ledger import record_illustrative_ledger
from colonnade.packs.illustrative.planning import record_illustrative_plans
from colonnade.packs.illustrative.recording import record_illustrative_portfolio
from colonnade.packs.loading import load_pack
from colonnade.packs.pack import Pack
from colonnade.packs.reading import read_pack
from colonnade.places.models import Country
from colonnade.portfolio.queries import busiest_entities

DOMAIN = "demo.example"


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = command(commands, "demo", "load the strategy and its illustrative portfolio, build the report, serve", run)
    parser.add_argument("--no-serve", action="store_true", help="stop before serving")
    parser.add_argument("--out", type=Path, help="where to build the reports (default: out)")
    add_port(parser)


def run(arguments: argparse.Namespace) -> int:
    """Everything, in order; each step is skipped where it is done already."""
    connect_settings()
    _say("Tables")
    bring_up_to_date()
    _say(f"Strategy: {settings.PACK_DIR.name}")
    pack = read_pack(settings.PACK_DIR)
    load_pack(pack, actor=COMMAND_LINE)
    _say("Illustrative portfolio")
    record_illustrative_portfolio(pack, actor=COMMAND_LINE)
    password = _demo_password()
    people = demo_people(pack)
    welcome_demo_people(people=people, password=password, on=timezone.localdate(), actor=COMMAND_LINE)
    officer, second = (Person.objects.get(email=person.email) for person in people[:2])
    if record_illustrative_ledger(officer=officer, second=second, actor=COMMAND_LINE):
        _say("Illustrative ledger of the fund")
    applicants = list(Person.objects.filter(email__in=[person.email for person in people if _applies(person)]))
    today = timezone.localdate()
    chair, head = (Person.objects.get(email=f"{name}@{DOMAIN}") for name in ("board", "decides"))
    record_illustrative_offices(officer=officer, chair=chair, head=head, today=today, actor=COMMAND_LINE)
    if record_illustrative_call(officer=officer, applicants=applicants, today=today, actor=COMMAND_LINE):
        _say("Illustrative call for proposals")
    asking = list(Person.objects.filter(email__in=[each.email for each in people if each.role is Role.STATE]))
    if record_illustrative_requests(
        officer=officer, focal_points=applicants, states=asking, today=today, actor=COMMAND_LINE
    ):
        _say("Illustrative requests of States")
    if record_illustrative_plans(
        officer=officer, second=second, focal_points=applicants, states=asking, today=today, actor=COMMAND_LINE
    ):
        _say("Illustrative plans of action")
    for name in reports_of(settings.PACK_DIR):
        out = (arguments.out or settings.ROOT / "out") / name
        if is_current(out):
            _say(f"Report: {out} is up to date")
        else:
            _say(f"Report: building into {out}")
            build(name, audience="secretariat", inventory=None, out=out)
    print("\nDemo people (password for all: " + password + ")")
    for person in people:
        print(f"  {person.email:<28} {person.name}")
    if arguments.no_serve:
        return 0
    port = arguments.port or free_port()
    print(f"\nOpen http://{HOST}:{port}/", flush=True)
    # A process of its own from here on: the engines that count and draw do not survive the server's forks. It offers
    # the demo people to whoever comes.
    os.environ["COLONNADE_DEMO"] = "1"
    again = [sys.executable, "-m", "colonnade.config.cli", "serve", "--port", str(port)]
    return os.execv(sys.executable, again)  # noqa: S606  # fixed words and a number


def _applies(person: DemoPerson) -> bool:
    return person.role is Role.ENTITY and person.email.startswith("focal.")


def _say(step: str) -> None:
    print(f"- {step}", file=sys.stderr, flush=True)


def is_current(out: Path) -> bool:
    """Whether the built report shows the registry as it stands, in the form that this release reads."""
    if not (out / "figures.json").exists():
        return False
    try:
        manifest = read_manifest(out / "snapshot")
    except ManifestError:  # of an earlier release: it is built anew
        return False
    return manifest.registry_state == str(high_water_mark())


def _demo_password() -> str:
    """One password for the demo people of this checkout, made once."""
    path = settings.STATE_DIR / "demo-password"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(12))
    return path.read_text()


def demo_people(pack: Pack) -> list[DemoPerson]:
    """The people that a visitor can step in as: every kind of reader that the design names.

    Entities are those that lead most projects; States the first fictional ones; the donor is the first fictional
    contributor's.
    """
    strategy = pack.strategy
    names = {entity.code: entity.abbreviation for entity in pack.entities}
    entities = busiest_entities(AUDIENCES["secretariat"].viewer, 2, provenance=Provenance.ILLUSTRATIVE)
    states = list(Country.objects.filter(standing=Country.Standing.FICTIONAL).order_by("code")[:2])
    giver = Contributor.objects.filter(provenance=Provenance.ILLUSTRATIVE).order_by("code").first()
    gives_for = giver.country.code if giver and giver.country else None
    people = [
        DemoPerson(f"officer@{DOMAIN}", "Secretariat officer", Role.SECRETARIAT),
        # What one officer proposes another approves.
        DemoPerson(f"colleague@{DOMAIN}", "Second officer of the secretariat", Role.SECRETARIAT),
    ]
    for code in entities:
        email = f"focal.{code.lower()}@{DOMAIN}"
        people.append(DemoPerson(email, f"Entity focal point, {names[code]}", Role.ENTITY, entity=code))
    for code in entities[:1]:  # whoever leaves hands over to a colleague
        title = f"Colleague of the focal point, {names[code]}"
        people.append(DemoPerson(f"colleague.{code.lower()}@{DOMAIN}", title, Role.ENTITY, entity=code))
    for state in states:
        email = f"state.{state.code.lower()}@{DOMAIN}"
        people.append(DemoPerson(email, f"State focal point, {state.name}", Role.STATE, country=state.code))
    if strategy.assessor and states:
        title = f"Assessor of {states[0].name}, {names[strategy.assessor]}"
        assessor = DemoPerson(f"assessor@{DOMAIN}", title, Role.ASSESSOR, strategy.assessor, states[0].code)
        people.append(assessor)
    for state in states[:1]:
        title = f"Resident coordinator, {state.name}"
        people.append(DemoPerson(f"coordinator@{DOMAIN}", title, Role.COORDINATOR, country=state.code))
    return [
        *people,
        # As many as two reviewers, a quorum of three and a head who takes no part in the review make.
        DemoPerson(f"board@{DOMAIN}", "Review board member", Role.BOARD),
        DemoPerson(f"board.two@{DOMAIN}", "Second review board member", Role.BOARD),
        DemoPerson(f"board.three@{DOMAIN}", "Third review board member", Role.BOARD),
        DemoPerson(f"decides@{DOMAIN}", "Who decides on proposals", Role.BOARD),
        DemoPerson(f"donor@{DOMAIN}", "Donor", Role.DONOR, country=gives_for),
        DemoPerson(f"auditor@{DOMAIN}", "Auditor", Role.AUDITOR),
        DemoPerson(f"administrator@{DOMAIN}", "Administrator", Role.ADMINISTRATOR),
    ]

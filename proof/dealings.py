"""What goes on between people: invitations, mails, extra access, looks, handovers, and what became of entities.

Every free text of it is a canary. Nothing waits to be sent: what a probe finds in its post is what it caused itself.
"""

from datetime import date, timedelta
from typing import Final

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.core.viewer import Role
from colonnade.members.models import (
    Entity,
    ExtraAccess,
    FormerName,
    HandedOver,
    Handover,
    Invitation,
    Look,
    Mail,
    Person,
    RoleHeld,
    SignIn,
    Succession,
)
from colonnade.places.models import Country
from proof.canaries import canary
from proof.people import NOON, person_called, welcome
from proof.readers import Held, Reader
from proof.registry import DAY, SOURCE, WHY

#: Somebody of each kind who left, and what they held.
GONE: Final[tuple[Held, ...]] = (
    (Role.ENTITY, "BETA", None),
    (Role.ENTITY, "GAMMA", None),
    (Role.STATE, None, "QMA"),
    (Role.STATE, None, "QMB"),
)
#: From whom (a place in :data:`GONE`), to which reader, and who wrote it down.
HANDED: Final = ((0, "entity", None), (1, "named entity", "officer-1"), (2, "state", None), (3, "other State", None))


@action
def fill_dealings(*, actor: Actor) -> None:  # noqa: ARG001  # the decorator reads it
    """All of it."""
    _invitations()
    _mails()
    _extra_access()
    _at_the_door()
    _looks()
    _handovers()
    _successions()


def _invitations() -> None:
    officer = person_called("administrator")
    for number in range(3):
        person = Person.objects.create(
            public_id=f"hi{number:014}", email=f"{canary('invited', number)}@people.example", name=f"Newcomer {number}"
        )
        Invitation.objects.unscoped(WHY).create(
            person=person, invited_by=officer, secret_hash=f"{number}" * 64, invited_at=NOON,
            expires_at=NOON + timedelta(days=7) * (number - 1), accepted_at=NOON if number == 2 else None,
        )  # fmt: skip


def _mails() -> None:
    newcomer = person_called("Newcomer 0")
    for number, (kind, state) in enumerate(
        zip(Mail.Kind.values, ("waiting", "failed", "sent", "dropped", "sent"), strict=True)
    ):
        Mail.objects.unscoped(WHY).create(
            public_id=f"q{number:015}", kind=kind, state=state, person=newcomer, language="en",
            address=f"{canary('sent-to', number)}@people.example", site="https://testserver",
            context={"reason": canary("mail", number)}, error=f"Refused {canary('refused', number)}",
            tries=number, written_at=NOON, tried_at=NOON, next_try_at=None,
        )  # fmt: skip


def _at_the_door() -> None:
    """What is noted of signing in; twins vary how much of it there is."""
    for kind, way in ((SignIn.Kind.IN, SignIn.Way.PASSWORD), (SignIn.Kind.FAILED, SignIn.Way.CODE)):
        for name in ("Newcomer 0", "officer-1"):
            SignIn.objects.unscoped(WHY).create(person=person_called(name), kind=kind, way=way, noted_at=NOON)


def _extra_access() -> None:
    for number, (name, hours, over) in enumerate((("officer-1", 48, None), ("administrator", 2, NOON))):
        ExtraAccess.objects.unscoped(WHY).create(
            public_id=f"x{number:015}", person=person_called(name), role=Role.AUDITOR, begins_at=NOON,
            ends_at=NOON + timedelta(hours=hours), ended_at=over, ended_by=person_called("officer-2") if over else None,
            reason=f"Water broke in {canary('extra', number)}",
        )  # fmt: skip


def _looks() -> None:
    Look.objects.create(
        public_id="y" + "0" * 15, person=person_called("officer-1"), role=Role.STATE, started_at=NOON, ended_at=NOON,
        country=Country.objects.get(code="QMB"), ends_by=NOON + timedelta(hours=8),
    )  # fmt: skip


def _handovers() -> None:
    for place, held in enumerate(GONE):
        welcome(Reader(f"former-{place}", (held,)))
    for number, (gone, to, by) in enumerate(HANDED):
        former = person_called(f"former-{gone}")
        role = RoleHeld.objects.get(person=former)
        RoleHeld.objects.filter(pk=role.pk).update(ends_on=DAY)
        handover = Handover.objects.unscoped(WHY).create(
            public_id=f"u{number:015}", role=role, from_person=former, to_person=person_called(to),
            made_by=person_called(by) if by else former, made_at=NOON, note=f"Mind {canary('handover', number)}",
        )  # fmt: skip
        for kind, record, fate in (("view", f"w{number:015}", "passed_on"), ("proposal", f"g{5:015}", "taken_back")):
            HandedOver.objects.unscoped(WHY).create(handover=handover, kind=kind, record=record, fate=fate)


def _successions() -> None:
    """An entity that ended, one that never did, and one that was called otherwise: everybody may know."""
    omega = Entity.objects.create(
        code="OMEGA", abbreviation="OMEGA", name="Omega Office", kind="office", role="member", position=9,
        **SOURCE,
    )  # fmt: skip
    officer, chair = person_called("officer-1"), Entity.objects.get(code="ALPHA")
    for number, taken_back in enumerate((False, True)):
        made = Succession.objects.create(
            public_id=f"z1{number:014}", kind="merged", took_effect_on=date(2019, 5, 1), source="W/2", recorded_at=NOON,
            recorded_by=officer, withdrawn_by=officer if taken_back else None,
            withdrawn_at=NOON if taken_back else None,
        )  # fmt: skip
        made.predecessors.add(omega)
        made.successors.add(chair)
    FormerName.objects.create(
        public_id="f" + "0" * 15, entity=Entity.objects.get(code="GAMMA"), abbreviation="GAM", name="Gam Office",
        renamed_on=date(2018, 5, 1), source="W/3", recorded_by=officer, recorded_at=NOON,
    )  # fmt: skip

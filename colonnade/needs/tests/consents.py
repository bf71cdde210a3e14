"""For tests: a need that its State consented to show, carried out by two people, as the database asks for."""

from datetime import date

from colonnade.core.actor import Actor
from colonnade.core.viewer import Level, Role
from colonnade.members.models import Person, RoleHeld
from colonnade.needs.actions import Given, approve_lifting, propose_lifting
from colonnade.needs.models import Consent, Recommendation

TEST = Actor("test")


def officer(name: str) -> Person:
    """Somebody of the secretariat."""
    person, new = Person.objects.get_or_create(email=f"{name}@secretariat.example", defaults={"name": name})
    if new:
        RoleHeld.objects.create(person=person, role=Role.SECRETARIAT, starts_on=date(2000, 1, 1))
    return person


def consented(need: Recommendation, level: Level = Level.PUBLIC, fields: tuple[str, ...] = ()) -> Consent:
    """Show ``need`` at ``level``, with ``fields`` that were kept."""
    given = Given("The ministry", date(2020, 1, 1), "Note verbale 1")
    lifting = propose_lifting(
        need=need, person=officer("proposes"), level=level, fields=fields, given=given, actor=TEST
    )
    approve_lifting(lifting=lifting, person=officer("approves"), actor=TEST)
    need.refresh_from_db(from_queryset=Recommendation.objects.unscoped("test"))
    return lifting.consent

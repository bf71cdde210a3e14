"""Writing a person's password. The log notes who did it and when; the password and its hash never reach it."""

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.members.models import Person


@action
def set_password(*, person: Person, password: str, actor: Actor) -> Person:  # noqa: ARG001  # for the decorator
    """Give ``person`` a new password, already found good enough."""
    held = Person.objects.select_for_update().get(pk=person.pk)
    held.set_password(password)
    held.save(update_fields=["password"])
    return held

"""The people of a demonstration: nobody real, and there only where the settings say that this is one."""

from typing import Final

from django.conf import settings
from django.db.models import QuerySet

from colonnade.members.models import Person

DEMO_DOMAIN: Final = "@demo.example"


def demo_people() -> QuerySet[Person]:
    """Those whom a visitor can step in as. None outside a demonstration."""
    if not settings.DEMO:
        return Person.objects.none()
    return Person.objects.filter(email__endswith=DEMO_DOMAIN, is_active=True).order_by("pk")


def is_demo_person(person: Person) -> bool:
    """Whether ``person`` is one of the demonstration's. Nobody is, outside one."""
    return settings.DEMO and person.email.endswith(DEMO_DOMAIN)

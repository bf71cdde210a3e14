"""How organisations that publish activities are called in tables: by name, not by their reference in the standard."""

import re
from collections.abc import Iterable
from textwrap import shorten
from typing import Final

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.exchange.iati.mapping.projects import Publisher
from colonnade.members.models import Entity

#: What the registry's column holds.
LONGEST_ABBREVIATION: Final = 60
_IN_BRACKETS = re.compile(r"(?P<name>.+?)\s*\((?P<short>[A-Z][A-Z0-9]{1,11})\)", re.ASCII)


def abbreviation_of(name: str) -> str:
    """A short form of at most 60 characters: the initials that end the name in brackets, else the name, cut if long.

    What stands in brackets counts only where it is made of initials of the name: a country in brackets is none.
    """
    met = _IN_BRACKETS.fullmatch(name)
    if met:
        initials = iter(word[0].upper() for word in re.findall(r"\w+", met["name"]))
        if all(letter in initials for letter in met["short"]):
            return met["short"]
    whole_words = shorten(name, LONGEST_ABBREVIATION, placeholder=" …")
    return whole_words if whole_words.strip(" …") else name[: LONGEST_ABBREVIATION - 1] + "…"


@action
def name_publishers(*, publishers: Iterable[Publisher], actor: Actor) -> int:  # noqa: ARG001  # the action logs it
    """Give listed publishers that go by their bare reference the name they publish; return how many were changed.

    A name or an abbreviation that is already more than the reference stays. The reference stays the code.
    """
    names = {one.code: one.name for one in publishers}
    changed = []
    for entity in Entity.objects.filter(code__in=names, role=Entity.EntityRole.PUBLISHER):
        was = entity.name, entity.abbreviation
        if entity.name == entity.code:
            entity.name = names[entity.code]
        if entity.abbreviation == entity.code:
            entity.abbreviation = abbreviation_of(entity.name)
        if (entity.name, entity.abbreviation) != was:
            changed.append(entity)
    Entity.objects.bulk_update(changed, ["name", "abbreviation"])
    return len(changed)

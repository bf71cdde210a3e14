"""Which rows a circle of readers may not see: what ``visible_to`` leaves out, in every table that it guards.

The rule itself has its own tests; here it only says where two worlds may differ.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

from django.apps import apps
from django.db.models import Model, Q

from colonnade.core.viewer import Viewer
from colonnade.core.visibility import GuardedQuerySet
from colonnade.members.access import why_not_see_people
from colonnade.members.models import Look, Person, RoleHeld
from colonnade.portfolio.models.project import ProjectQuerySet
from proof.canaries import CANARY

#: Table -> primary keys of rows that nobody of the circle may see.
Hidden = Mapping[str, frozenset[int]]

#: Table -> a digest of the rows that somebody sees.
Seen = Mapping[str, str]
#: References to rows that the reader of this one may not see.
MAY_BE_HIDDEN: Final = (
    *(
        "parent_id",
        "follows_id",
        "cited_need_id",
        "approved_project_id",
        "for_project_id",
        "allocation_id",
        "rests_on_id",
        "answers_need_id",
        "became_project_id",
        "from_request_id",
        "merged_into_id",
    ),
)
#: Columns of people that nobody else reads, beside the confidential rows.
OF_OTHERS: Final = ("email", "password")
WHY: Final = "the proof compares what is seen with what is there"


def guarded_models() -> Iterator[type[Model]]:
    """Every model whose rows not everybody sees."""
    for model in apps.get_models():
        if isinstance(model._default_manager.get_queryset(), GuardedQuerySet):
            yield model


def every_key(model: type[Model]) -> frozenset[int]:
    """The keys of all rows."""
    return frozenset(_rows(model).unscoped(WHY).order_by().values_list("pk", flat=True))


def seen_keys(model: type[Model], viewer: Viewer) -> frozenset[int]:
    """The keys of the rows that ``viewer`` sees."""
    rows = _rows(model)
    # A record that was merged is no project that anybody meets; who could read it is led to the one that is kept.
    seen = rows.readable_by(viewer) if isinstance(rows, ProjectQuerySet) else rows.visible_to(viewer)
    return frozenset(seen.order_by().values_list("pk", flat=True))


def hidden_from(circle: Sequence[Viewer], own: Collection[int | None]) -> Hidden:
    """What every one of a circle is kept from; of people and of their looks, all but those of their ``own`` keys, and
    of roles those of strangers, or nothing where one of the circle sees who has an account."""
    found = {
        model._meta.db_table: every_key(model).difference(*(seen_keys(model, viewer) for viewer in circle))
        for model in guarded_models()
    }
    if any(why_not_see_people(viewer) is None for viewer in circle):
        return {**found, **{model._meta.db_table: frozenset[int]() for model in (Person, Look, RoleHeld)}}
    theirs = [person for person in own if person is not None]
    people = Person.objects.exclude(pk__in=theirs).values_list("pk", flat=True)
    looks = Look.objects.exclude(person__in=theirs).values_list("pk", flat=True)
    roles = RoleHeld.objects.filter(strangers("person__")).values_list("pk", flat=True)
    return {
        **found,
        Person._meta.db_table: frozenset(people),
        Look._meta.db_table: frozenset(looks),
        RoleHeld._meta.db_table: frozenset(roles),
    }


def strangers(path: str = "") -> Q:
    """People whose very names nobody is told who does not see people: a canary is their name."""
    return Q(**{f"{path}name__regex": f"^{CANARY.pattern}$"})


def empty_tables() -> list[str]:
    """Guarded tables without a row: of those, nothing would be proved."""
    return sorted(model._meta.db_table for model in guarded_models() if not every_key(model))


def seen_rows(viewer: Viewer) -> Seen:
    """Of everything that ``viewer`` sees in the guarded tables a digest a table.

    References of a row to another project or need are left out: that one may be hidden.
    """
    found = {}
    for model in guarded_models():
        rows = _rows(model).visible_to(viewer).order_by("pk").values()
        told = [{name: value for name, value in row.items() if name not in MAY_BE_HIDDEN} for row in rows]
        found[model._meta.db_table] = sha256(repr(told).encode()).hexdigest()
    return found


def _rows(model: type[Model]) -> "GuardedQuerySet[Any]":
    rows = model._default_manager.get_queryset()
    assert isinstance(rows, GuardedQuerySet)
    return rows

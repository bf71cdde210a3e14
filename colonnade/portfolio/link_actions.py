"""The write by which people state what a project is linked to."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from django.utils import timezone

from colonnade.audit.actions import action
from colonnade.core.actor import Actor
from colonnade.members.models import Person
from colonnade.members.queries import viewer_for
from colonnade.portfolio.access import why_not_edit
from colonnade.portfolio.link_tables import TABLES, Standing, Table, shares_of, standing_links
from colonnade.portfolio.linked import Key, Linked, LinksRefused, Statement, joined, why_not_linked
from colonnade.portfolio.models import Project

_WHY: Final = "an action on the links of a project that it locked"


@action
def link_project(
    *,
    project: Project,
    seen: Statement,
    stated: Statement,
    person: Person,
    actor: Actor,  # noqa: ARG001  # the decorator reads it
) -> Project:
    """Link ``project`` as ``stated``, by somebody who had ``seen`` its links; return it as it stands then.

    What others linked or unlinked meanwhile stays. Where nothing is different, nothing is written.

    :raises Project.DoesNotExist: where ``person`` may not see it any more.
    :raises LinksRefused: where they may not edit it, or its shares could not be so.
    :raises LinksChanged: where somebody stated one of the links differently since; nothing is written.
    """
    viewer = viewer_for(person, timezone.localdate())
    visible = Project.objects.visible_to(viewer).select_related("lead_entity")
    current = visible.select_for_update(of=("self",)).get(pk=project.pk)
    _insist(why_not_edit(viewer, current))
    standing = {of: _standing(current, TABLES[of]) for of in Linked}
    theirs: Statement = {of: shares_of(rows) for of, rows in standing.items()}
    wanted = joined(seen, theirs, stated)
    _insist(why_not_linked({**theirs, **wanted}))
    changed = [_restate(current, TABLES[of], standing[of], links) for of, links in wanted.items()]
    if any(changed):
        current.version += 1
        current.save(update_fields=["version"])
    return current


def _standing(project: Project, table: Table) -> Standing:
    return standing_links(table.model.objects.unscoped(_WHY).filter(project=project), table)


def _restate(
    project: Project,
    table: Table,
    standing: Standing,
    wanted: Mapping[Key, Decimal | None],
) -> bool:
    """Make the rows of a kind those that are wanted; say whether any was different."""
    rows = table.model.objects.unscoped(_WHY)
    gone = [pk for key, (keys, _share) in standing.items() if key not in wanted for pk in keys]
    moved = [
        (standing[key][0], share) for key, share in wanted.items() if key in standing and standing[key][1] != share
    ]
    new = [key for key in wanted if key not in standing]
    if gone:
        rows.filter(pk__in=gone).delete()
    for keys, share in moved:
        rows.filter(pk__in=keys).update(share=share)
    rows.bulk_create(
        table.model(
            project=project,
            **dict(zip(table.columns, key, strict=True)),
            **({"share": wanted[key]} if table.shared else {}),
        )
        for key in new
    )
    return bool(gone or moved or new)


def _insist(why_not: str | None) -> None:
    if why_not:
        raise LinksRefused(why_not)

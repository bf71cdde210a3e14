"""What belongs to a record is united: the kept one gets what the other has and it has not. The other keeps its own, so
that its page, its readers and its history stay as they were."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from colonnade.analysis.merging.access import MERGED
from colonnade.analysis.merging.comparing import GROUPS, KEYED, keyed
from colonnade.analysis.merging.joined import Joined, every
from colonnade.portfolio.models import (
    Inventory,
    MappedFact,
    Project,
    ProjectArea,
    ProjectCountry,
    ProjectMandate,
    ProjectPartner,
    ProjectPillar,
    ProjectRegion,
    ProjectTheme,
    ReferenceCode,
)
from colonnade.strategy.models import Safeguard

#: The scheme of the reference that a merged record had.
MERGED_SCHEME: Final = "merged record"
LONGEST_CODE: Final = 200


def unite_partners(joined: Joined) -> None:
    """Partners of both; the lead entity of the other takes part, the kept one's own does not."""
    own = joined.kept.lead_entity_id
    rows = every(ProjectPartner).filter(project=joined.merged).order_by("pk")
    given = [row for row in rows.values_list("entity_id", "name", "role") if row[0] is None or row[0] != own]
    lead = joined.merged.lead_entity
    if lead.pk != own and not any(row[0] == lead.pk for row in (*given, *_partners(joined.kept))):
        given.append((lead.pk, lead.name, ProjectPartner.PartnerRole.IMPLEMENTING))
    _add(ProjectPartner, joined.kept, ("entity_id", "name", "role"), given)


def unite_pillars(joined: Joined) -> None:
    """Further pillars of both; of two primary ones, the one that was not chosen is a further one."""
    rows = list(every(ProjectPillar).filter(project=joined.merged).order_by("pk").values_list("pillar_id", "share"))
    for question in joined.questions:
        if question.key == "pillar":
            rows += [(side["pillar_id"], None) for side in (question.kept, question.merged) if side["pillar_id"]]
    primary = joined.kept.pillar_id
    _add_shared(ProjectPillar, joined.kept, "pillar_id", [row for row in rows if row[0] != primary])


def unite_areas(joined: Joined) -> None:
    """Areas of both."""
    _unite(ProjectArea, joined, ("area_id",))


def unite_themes(joined: Joined) -> None:
    """Thematic priorities of both."""
    _unite(ProjectTheme, joined, ("theme_id",))


def unite_mandates(joined: Joined) -> None:
    """Resolutions of both."""
    _unite(ProjectMandate, joined, ("mandate_id", "paragraph"))


def unite_countries(joined: Joined) -> None:
    """States of both."""
    rows = every(ProjectCountry).filter(project=joined.merged).order_by("pk")
    _add_shared(ProjectCountry, joined.kept, "country_id", list(rows.values_list("country_id", "share")))


def unite_regions(joined: Joined) -> None:
    """Regions of both."""
    rows = every(ProjectRegion).filter(project=joined.merged).order_by("pk")
    _add_shared(ProjectRegion, joined.kept, "region_id", list(rows.values_list("region_id", "share")))


def unite_references(joined: Joined) -> None:
    """References of both, and the reference that the other had: whoever looks for that finds the kept record."""
    rows = every(ReferenceCode).filter(project=joined.merged).order_by("pk")
    given = list(rows.values_list("scheme", "code"))
    named = f"{joined.merged.lead_entity.code} {joined.merged.reference}"
    given.append((MERGED_SCHEME, named[:LONGEST_CODE]))
    _add(ReferenceCode, joined.kept, ("scheme", "code"), given)


def settle_markers(joined: Joined) -> None:
    """Scores of both; where both are scored, the chosen one."""
    _settle("marker", joined, {name: {"marker": name} for name in keyed("marker", joined.merged, every)})


def settle_safeguards(joined: Joined) -> None:
    """Answers to the safeguards of both; where both answer, the chosen one."""
    known = {each.code: {"safeguard_id": each.pk} for each in Safeguard.objects.all()}
    _settle("safeguard", joined, known)


def settle_entries(joined: Joined) -> None:
    """What was reported in inventories in which the kept record does not stand; where both stand, the chosen report."""
    known = {each.key: {"inventory_id": each.pk} for each in Inventory.objects.all()}
    _settle("entry", joined, known)


def copy_facts(joined: Joined) -> None:
    """Where the values come from that were chosen from the other record."""
    taken = {
        name.removesuffix("_id")
        for group, (_title, columns) in GROUPS.items()
        if joined.chosen(group) == MERGED
        for name in columns
    }
    columns = ("field", "value", "rule", "evidence", "file", "row")
    rows = every(MappedFact).filter(project=joined.merged, field__in=taken).order_by("pk")
    _add(MappedFact, joined.kept, columns, list(rows.values_list(*columns)))


def _unite(model: Any, joined: Joined, columns: tuple[str, ...]) -> None:
    rows = every(model).filter(project=joined.merged).order_by("pk").values_list(*columns)
    _add(model, joined.kept, columns, list(rows))


def _partners(project: Project) -> list[tuple[Any, ...]]:
    return list(every(ProjectPartner).filter(project=project).values_list("entity_id", "name", "role"))


def _add(model: Any, kept: Project, columns: tuple[str, ...], given: Sequence[tuple[Any, ...]]) -> None:
    """Give ``kept`` those of the rows that it does not have."""
    standing = set(every(model).filter(project=kept).values_list(*columns))
    new = [row for row in dict.fromkeys(given) if row not in standing]
    every(model).bulk_create(model(project=kept, **dict(zip(columns, row, strict=True))) for row in new)


def _add_shared(model: Any, kept: Project, column: str, given: Sequence[tuple[Any, Any]]) -> None:
    """The same for links that carry a share: shares of another set are no shares of the united one, and are emptied."""
    standing = dict(every(model).filter(project=kept).values_list(column, "share"))
    new = {key: share for key, share in given if key not in standing}
    if not new:
        return
    if any(share is not None for share in (*standing.values(), *new.values())):
        every(model).filter(project=kept, share__isnull=False).update(share=None)
    every(model).bulk_create(model(project=kept, **{column: key}) for key in new)


def _settle(kind: str, joined: Joined, named: Mapping[str, Mapping[str, Any]]) -> None:
    """``named`` gives the columns that a new row is told apart by, for each key."""
    model, name, _columns = KEYED[kind]
    rows: Any = model
    own = keyed(kind, joined.kept, every)
    for key, values in keyed(kind, joined.merged, every).items():
        if key not in own:
            every(rows).bulk_create([rows(project=joined.kept, **named[key], **values)])
        elif values != own[key] and joined.chosen(f"{kind}:{key}") == MERGED:
            every(rows).filter(project=joined.kept, **{name: key}).update(**values)

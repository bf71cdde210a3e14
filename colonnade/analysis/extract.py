"""What a snapshot takes from the registry: one query for each table, each beginning at ``visible_to``.

The rules of the money columns are those of :mod:`colonnade.core.money`, stated here for the database.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from django.db.models import (
    Case,
    CharField,
    DecimalField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, Greatest, NullIf, RowNumber

from colonnade.analysis.entitlement import SEVERAL_STATES
from colonnade.analysis.extract_markers import marker_checks, marker_levels, marker_titles, targets
from colonnade.analysis.extract_needs import kept_needs, mandates_of_needs, named_of_needs, recommendations
from colonnade.audit.records import LevelChoice, Provenance
from colonnade.core.viewer import Level, Viewer
from colonnade.funding.models import Appeal, AppealEntry, Contribution, Contributor, SeedAward, SeedRound
from colonnade.members.models import Entity, WorkingGroup
from colonnade.needs.models import ConfidentialityChange, Recommendation, Response
from colonnade.places.models import Country, Region
from colonnade.portfolio.models import (
    Inventory,
    InventoryEntry,
    Programme,
    Project,
    ProjectMarker,
    Scope,
    Status,
)
from colonnade.portfolio.models.project import CLOSED_STATUSES, Origin
from colonnade.results.models import Event, EventAttendance
from colonnade.strategy.models import Area, Mandate, MarkerLevel, Pillar, Theme

#: Rows in the column order of ``schema.TABLES``: a query set of tuples, or tuples.
Rows = QuerySet[Any, Any] | Iterable[Sequence[Any]]

#: The marker whose score stands in ``entry.gender_marker``.
GENDER: Final = "gender"

NO_STATE = Value(None, output_field=TextField())
PUBLIC_LEVEL = Value(Level.PUBLIC.value, output_field=CharField())
USD = DecimalField(max_digits=18, decimal_places=2)


def _labels(viewer: Viewer) -> Iterator[Sequence[Any]]:  # noqa: ARG001  # one signature for every table
    terms: tuple[tuple[str, Any], ...] = (
        ("pillar", Pillar.objects.values_list("code", "title", "short_title", "position")),
        ("area", Area.objects.values_list("code", "title", "short_title", "position")),
        ("theme", Theme.objects.values_list("code", "title", "short_title", "position")),
        ("working_group", WorkingGroup.objects.values_list("code", "title", "short_title", "position")),
        ("entity", Entity.objects.values_list("code", "name", "abbreviation", "position")),
        ("mandate", Mandate.objects.values_list("code", "subject", "code", "year")),
        ("country", Country.objects.values_list("code", "name", "name", "region__position")),
        ("region", Region.objects.values_list("code", "name", "name", "position")),
        ("contributor", Contributor.objects.values_list("code", "name", "name", "rank")),
        ("inventory", Inventory.objects.values_list("key", "title", "title", "pk")),
        ("round", SeedRound.objects.values_list("code", "title", "title", "year")),
        ("programme", Programme.objects.values_list("code", "title", "title", Window(RowNumber(), order_by="title"))),
        ("gender_marker", MarkerLevel.objects.filter(marker=GENDER).values_list("level", "title", "title", "level")),
    )
    for dimension, rows in (*terms, ("marker", marker_titles())):
        for code, title, short_title, position in rows:
            yield dimension, code, title, short_title, position
    for dimension, choices in (
        ("scope", Scope),
        ("status", Status),
        ("origin", Origin),
        ("event_kind", Event.Kind),
        ("priority", Recommendation.Priority),
        ("standing", Recommendation.Standing),
        ("response", Response.Standing),
        ("strength", Response.Strength),
        ("provenance", Provenance),
        ("level", LevelChoice),
    ):
        for position, (code, title) in enumerate(choices.choices, start=1):
            yield dimension, code, str(title), str(title), position


def _inventories(viewer: Viewer) -> Rows:  # noqa: ARG001  # one signature
    changes = ConfidentialityChange.objects.filter(on__gt=OuterRef("since"))
    found = Inventory.objects.annotate(since=Coalesce("previous__as_of", "as_of"), changed=Exists(changes))
    return found.values_list("key", "title", "as_of", "previous__key", "provenance", "source", "changed")


def _entities(viewer: Viewer) -> Rows:  # noqa: ARG001  # one signature
    return Entity.objects.values_list("code", "name", "abbreviation", "kind", "role", "provenance")


def _countries(viewer: Viewer) -> Rows:  # noqa: ARG001  # one signature
    return Country.objects.values_list(
        "code",
        "name",
        "region__code",
        Case(When(standing=Country.Standing.FICTIONAL, then=Value(True)), default=Value(False)),
    )


def _mandates(viewer: Viewer) -> Rows:  # noqa: ARG001  # one signature
    return Mandate.objects.values_list("code", "body", "year", "subject")


def _seed_rounds(viewer: Viewer) -> Rows:  # noqa: ARG001  # one signature
    return SeedRound.objects.values_list("code", "title", "year", "ceiling_usd")


def _projects(viewer: Viewer) -> Rows:
    return Project.objects.visible_to(viewer).values_list("public_id", "level", "state__code", "lead_entity__code")


def _entries(viewer: Viewer) -> Rows:
    active = ~Q(status__in=CLOSED_STATUSES)
    known = Q(budget_usd__isnull=False, funding_usd__isnull=False)
    zero = Value(0, output_field=USD)
    gender = ProjectMarker._base_manager.filter(project=OuterRef("project"), marker=GENDER).values("score")[:1]
    # Who reads the project's row learns nothing from an entry of an appeal that fewer people read.
    appealed = AppealEntry.objects.visible_to(viewer).filter(
        Q(level=Level.PUBLIC) | Q(level=Level.COMPACT) & ~Q(project__level=Level.PUBLIC),
        ~Q(appeal__standing=Appeal.Standing.DRAFTED),
        project=OuterRef("project"),
        left_on__isnull=True,
    )
    return (
        InventoryEntry.objects.visible_to(viewer)
        .annotate(
            is_active=Case(When(active, then=Value(True)), default=Value(False)),
            shortfall=Case(
                When(~active, then=zero),
                When(known, then=Greatest(F("budget_usd") - F("funding_usd"), zero)),
                output_field=USD,
            ),
            surplus=Case(
                When(~active, then=zero),
                When(known, then=Greatest(F("funding_usd") - F("budget_usd"), zero)),
                output_field=USD,
            ),
            gender=Subquery(gender),
            appealed=Exists(appealed),
        )
        .values_list(
            "inventory__key",
            "project__public_id",
            "project__level",
            "project__state__code",
            "project__reference",
            "project__title",
            "project__lead_entity__code",
            "pillar__code",
            NullIf("scope", Value("")),
            "status",
            "is_active",
            NullIf("project__origin", Value("")),
            "project__starts_on",
            "project__ends_on",
            "currency",
            "budget",
            "funding",
            "budget_usd",
            "funding_usd",
            "shortfall",
            "surplus",
            "gender",
            "appealed",
            "project__working_group__code",
            "project__programme__code",
            "project__provenance",
        )
    )


def _links(link: str, *columns: str) -> Callable[[Viewer], Rows]:
    """Links of projects, once for every inventory that the project stands in."""

    def rows(viewer: Viewer) -> Rows:
        return (
            InventoryEntry.objects.visible_to(viewer)
            .filter(**{f"project__{link}__isnull": False})
            .values_list(
                "inventory__key",
                "project__public_id",
                "project__level",
                "project__state__code",
                *(f"project__{link}__{column}" for column in columns),
            )
        )

    return rows


def _responses(viewer: Viewer) -> Rows:
    need, project = Q(recommendation__level=Level.RESTRICTED), Q(project__level=Level.RESTRICTED)
    compact = Q(recommendation__level=Level.COMPACT) | Q(project__level=Level.COMPACT)
    state = Case(
        When(need & project & ~Q(recommendation__country=F("project__state")), then=Value(SEVERAL_STATES)),
        When(need, then=F("recommendation__country__code")),
        When(project, then=F("project__state__code")),
        output_field=CharField(),
    )
    level = Case(
        When(need | project, then=Value(Level.RESTRICTED.value)),
        When(compact, then=Value(Level.COMPACT.value)),
        default=Value(Level.PUBLIC.value),
        output_field=CharField(),
    )
    return Response.objects.visible_to(viewer).values_list(
        "recommendation__public_id",
        "project__public_id",
        level,
        state,
        "strength",
        "standing",
        "claimed_on",
        "until_on",
    )


def _contributors(viewer: Viewer) -> Rows:  # noqa: ARG001  # the list of contributors is published
    return Contributor.objects.values_list(
        "code", PUBLIC_LEVEL, NO_STATE, "name", "kind", "rank", "in_kind_usd", "in_kind_year", "provenance"
    )


#: The level of a row that has its own and may belong to a project: the narrower of the two.
NARROWER_OF_TWO: Final = Case(
    When(Q(level=Level.RESTRICTED) | Q(project__level=Level.RESTRICTED), then=Value(Level.RESTRICTED.value)),
    When(Q(level=Level.COMPACT) | Q(project__level=Level.COMPACT), then=Value(Level.COMPACT.value)),
    default=Value(Level.PUBLIC.value),
    output_field=CharField(),
)
#: The State of such a row. One that is restricted itself is no State's: only who sees everything restricted sees it.
STATE_OF_TWO: Final = Case(
    When(level=Level.RESTRICTED, then=Value(SEVERAL_STATES)),
    When(project__level=Level.RESTRICTED, then=F("project__state__code")),
    output_field=CharField(),
)


def _contributions(viewer: Viewer) -> Rows:
    return Contribution.objects.visible_to(viewer).values_list(
        "public_id",
        NARROWER_OF_TWO,
        STATE_OF_TWO,
        "contributor__code",
        "project__public_id",
        "currency",
        "amount",
        "amount_usd",
        "received_on",
        "kind",
        "provenance",
        "level",
    )


def _seed_awards(viewer: Viewer) -> Rows:  # noqa: ARG001  # awards are published
    return SeedAward.objects.values_list(
        "public_id",
        PUBLIC_LEVEL,
        NO_STATE,
        "round__code",
        "number",
        "title",
        "entity__code",
        "amount_usd",
        "provenance",
    )


def _appeal_entries(viewer: Viewer) -> Rows:
    return (
        AppealEntry.objects.visible_to(viewer)
        .filter(left_on__isnull=True)
        .values_list(
            "appeal__key",
            "project__public_id",
            NARROWER_OF_TWO,
            STATE_OF_TWO,
            "title",
            "entity__code",
            "pillar__code",
            "requirement_usd",
            "at_launch",
            "provenance",
            "level",
        )
    )


def _events(viewer: Viewer) -> Rows:
    return Event.objects.visible_to(viewer).values_list(
        "public_id",
        "level",
        NO_STATE,
        "kind",
        "title",
        "organiser__code",
        "country__code",
        "city",
        "starts_on",
        "ends_on",
        "participants",
        "series",
        "provenance",
    )


def _event_states(viewer: Viewer) -> Rows:
    return EventAttendance.objects.visible_to(viewer).values_list(
        "event__public_id", "event__level", NO_STATE, "country__code", "participants"
    )


def _reach(viewer: Viewer) -> Rows:
    seen = Project.objects.visible_to(viewer).filter(projectcountry__isnull=False)
    return seen.values_list("public_id", "projectcountry__country__code")


def _named_of_projects(viewer: Viewer) -> Rows:
    seen = Project.objects.visible_to(viewer).filter(level=Level.RESTRICTED, named_entities__isnull=False)
    return seen.values_list("public_id", "named_entities__code")


def _countries_of_contributors(viewer: Viewer) -> Rows:  # noqa: ARG001  # the list of contributors is published
    return Contributor.objects.filter(country__isnull=False).values_list("code", "country__code")


#: Table of ``schema.TABLES`` or ``derive.SIDE_TABLES`` -> its rows for a viewer, without the derived columns.
EXTRACTS: Final[Mapping[str, Callable[[Viewer], Rows]]] = MappingProxyType(
    {
        "label": _labels,
        "inventory": _inventories,
        "entity": _entities,
        "country": _countries,
        "mandate": _mandates,
        "marker_level": marker_levels,
        "target": targets,
        "project": _projects,
        "entry": _entries,
        "entry_area": _links("projectarea", "area__code"),
        "entry_country": _links("projectcountry", "country__code", "share"),
        "entry_partner": _links("projectpartner", "entity__code", "name", "role"),
        "entry_theme": _links("projecttheme", "theme__code"),
        "entry_region": _links("projectregion", "region__code", "share"),
        "entry_mandate": _links("projectmandate", "mandate__code", "paragraph"),
        "entry_code": _links("referencecode", "scheme", "code"),
        "entry_marker": _links("projectmarker", "marker", "score"),
        "marker_check": marker_checks,
        "kept_need": kept_needs,
        "recommendation": recommendations,
        "response": _responses,
        "contributor": _contributors,
        "contribution": _contributions,
        "seed_round": _seed_rounds,
        "seed_award": _seed_awards,
        "appeal_entry": _appeal_entries,
        "event": _events,
        "event_state": _event_states,
        # --- what other tables' columns are derived from ---
        "reach": _reach,
        "project_named": _named_of_projects,
        "need_named": named_of_needs,
        "need_mandate": mandates_of_needs,
        "contributor_country": _countries_of_contributors,
    }
)

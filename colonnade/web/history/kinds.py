"""The kinds of records that have a history, as a table: where they stand, what of them is told, and who read them.

A kind is either open, so that everybody may always have read it, or has a
:class:`~colonnade.web.history.shape.Circle`, which says by the values that a row had at a time who read it then. It
states the rule of the kind's ``visible_to`` once more, over rows of the log; a test compares the two.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from django.utils.translation import gettext_noop

from colonnade.funding.models import (
    Allocation,
    Contribution,
    Contributor,
    Pledge,
    SeedAward,
    SeedRound,
)
from colonnade.members.models import Entity, WorkingGroup
from colonnade.needs.models import Assessment, Recommendation, Response
from colonnade.places.models import Country, Region
from colonnade.portfolio.models import Programme, Project, ProjectCountry
from colonnade.results.models import Event, EventAttendance, OversightRecommendation, Publication, Submission
from colonnade.strategy.models import Area, Instrument, Mandate, Pillar, Theme
from colonnade.web.history.appeal_kinds import APPEAL, APPEAL_ENTRY, INTENTION
from colonnade.web.history.marker_kinds import MARKER_CHECK
from colonnade.web.history.overlap_kinds import DISMISSED_SUGGESTION, MERGING, OVERLAP_DECISION
from colonnade.web.history.plan_kinds import ACTION_PLAN
from colonnade.web.history.request_kinds import ASSISTANCE_REQUEST
from colonnade.web.history.review_kinds import CALL, PROPOSAL
from colonnade.web.history.shape import Circle, Kind, Link, Part

_through: Any = Project.named_entities.through
_named_on_needs: Any = Recommendation.named_entities.through
_TERM: Final = ("title", "short_title", "position", "source", "note")
_ALL: Final = (
    ASSISTANCE_REQUEST,
    ACTION_PLAN,
    PROPOSAL,
    MARKER_CHECK,
    OVERLAP_DECISION,
    MERGING,
    DISMISSED_SUGGESTION,
    Kind(
        "project",
        gettext_noop("Project"),
        Project,
        (
            "title",
            "description",
            "status",
            "scope",
            "pillar_id",
            "lead_entity_id",
            "programme_id",
            "working_group_id",
            "budget",
            "funding",
            "currency",
            "starts_on",
            "ends_on",
            "origin",
            "origin_note",
            "level",
            "reference",
            "merged_into_id",
        ),
        circle=Circle(
            assessed="state_id",
            named="lead_entity_id",
            concerned_by=Link(ProjectCountry, "project_id", "country_id"),
            named_by=Link(_through, "project_id", "entity_id"),
        ),
        owner="project_id",
        parts=(
            Part("portfolio_projectpartner", gettext_noop("Partner"), ("name", "role")),
            Part("portfolio_projectpillar", gettext_noop("Further pillar"), ("pillar_id", "share")),
            Part("portfolio_projectarea", gettext_noop("Area"), ("area_id",)),
            Part("portfolio_projecttheme", gettext_noop("Thematic priority"), ("theme_id",)),
            Part("portfolio_projectcountry", gettext_noop("State"), ("country_id", "share")),
            Part("portfolio_projectregion", gettext_noop("Region"), ("region_id", "share")),
            Part("portfolio_projectmandate", gettext_noop("Resolution"), ("mandate_id", "paragraph")),
            Part("portfolio_projectmarker", gettext_noop("Marker"), ("marker", "score", "justification")),
            Part("portfolio_projectsafeguard", gettext_noop("Safeguard"), ("safeguard_id", "respected", "how")),
            Part("portfolio_referencecode", gettext_noop("Other reference"), ("code", "scheme")),
            Part(
                "portfolio_inventoryentry",
                gettext_noop("Inventory"),
                ("inventory_id", "status", "budget", "funding"),
            ),
            Part("portfolio_project_named_entities", gettext_noop("Entity that reads it"), ("entity_id",)),
        ),
        of_entity=("lead_entity", "projectpartner__entity"),
        of_state=("state", "projectcountry__country"),
    ),
    Kind(
        "recommendation",
        gettext_noop("Need"),
        Recommendation,
        (
            "title",
            "text",
            "priority",
            "standing",
            "theme_id",
            "pillar_id",
            "addressee",
            "issued_on",
            "country_id",
            "level",
            "confidential_fields",
            "reference",
        ),
        otherwise="reference",
        circle=Circle(
            concerned="country_id",
            assessed="country_id",
            named_by=Link(_named_on_needs, "recommendation_id", "entity_id"),
        ),
        owner="recommendation_id",
        parts=(
            Part("needs_recommendation_mandates", gettext_noop("Resolution"), ("mandate_id",)),
            Part("needs_recommendation_named_entities", gettext_noop("Entity that reads it"), ("entity_id",)),
        ),
        of_entity=("assessment__assessor",),
        of_state=("country",),
    ),
    Kind(
        "assessment",
        gettext_noop("Assessment"),
        Assessment,
        ("kind", "country_id", "assessor_id", "starts_on", "ends_on", "level"),
        named="country__name",
        circle=Circle(concerned="country_id", assessed="country_id", named="assessor_id"),
        owner="assessment_id",
        parts=(Part("needs_assessment_mandates", gettext_noop("Resolution"), ("mandate_id",)),),
        of_entity=("assessor",),
        of_state=("country",),
    ),
    Kind(
        "response",
        gettext_noop("Response"),
        Response,
        (
            "recommendation_id",
            "project_id",
            "strength",
            "standing",
            "evidence",
            "claimed_by_id",
            "claimed_on",
            "verified_by_id",
            "verified_on",
            "reason",
        ),
        named="project__title",
        read_with=(("recommendation_id", "recommendation"), ("project_id", "project")),
        of_entity=("claimed_by", "verified_by"),
        of_state=("recommendation__country",),
    ),
    Kind(
        "contribution",
        gettext_noop("Contribution"),
        Contribution,
        ("contributor_id", "project_id", "kind", "currency", "amount", "amount_usd", "received_on", "level"),
        named="contributor__name",
        circle=Circle(),
        read_with=(("project_id", "project"),),
        of_entity=("contributor__entity",),
        of_state=("contributor__country",),
    ),
    APPEAL_ENTRY,
    # Donors and the board read it as well, whatever project it is for: its history is for those who see every record.
    Kind(
        "pledge",
        gettext_noop("Pledge"),
        Pledge,
        (
            "contributor_id",
            "standing",
            "currency",
            "amount",
            "amount_usd",
            "pledged_on",
            "due_on",
            "window_id",
            "earmark_id",
            "level",
        ),
        named="contributor__name",
        circle=Circle(closed=True),
        of_entity=("contributor__entity",),
        of_state=("contributor__country",),
    ),
    INTENTION,
    Kind(
        "allocation",
        gettext_noop("Allocation"),
        Allocation,
        ("project_id", "entity_id", "standing", "amount_usd", "support_usd", "window_id", "earmark_id", "level"),
        named="project__title",
        circle=Circle(),
        read_with=(("project_id", "project"),),
        of_entity=("entity",),
    ),
    Kind(
        "event",
        gettext_noop("Event"),
        Event,
        (
            "title",
            "kind",
            "organiser_id",
            "country_id",
            "city",
            "starts_on",
            "ends_on",
            "participants",
            "level",
            "source",
        ),
        circle=Circle(
            concerned="country_id",
            named="organiser_id",
            concerned_by=Link(EventAttendance, "event_id", "country_id"),
        ),
        owner="event_id",
        parts=(
            Part("results_eventattendance", gettext_noop("Attendance"), ("country_id", "participants")),
            Part("results_event_partner_countries", gettext_noop("Partner State"), ("country_id",)),
            Part("results_event_partner_entities", gettext_noop("Partner entity"), ("entity_id",)),
        ),
        of_entity=("organiser",),
        of_state=("country",),
    ),
    Kind(
        "programme",
        gettext_noop("Programme"),
        Programme,
        ("title", "kind", "summary", "lead_entity_id", "pillar_id", "scope", "launched_in", "source", "note"),
        identifier="code",
        owner="programme_id",
        parts=(
            Part("portfolio_programme_partners", gettext_noop("Partner"), ("entity_id",)),
            Part("portfolio_programme_themes", gettext_noop("Thematic priority"), ("theme_id",)),
            Part("portfolio_programme_countries", gettext_noop("State"), ("country_id",)),
            Part("portfolio_programme_regions", gettext_noop("Region"), ("region_id",)),
            Part("portfolio_programme_mandates", gettext_noop("Resolution"), ("mandate_id",)),
        ),
        of_entity=("lead_entity",),
        of_state=("countries",),
    ),
    Kind(
        "entity",
        gettext_noop("Entity"),
        Entity,
        ("name", "abbreviation", "kind", "role", "parent_id", "governing_body", "iati_ref", "source", "note"),
        identifier="code",
        named="name",
        of_entity=("pk",),
    ),
    Kind(
        "working_group",
        gettext_noop("Working group"),
        WorkingGroup,
        _TERM,
        identifier="code",
        owner="workinggroup_id",
        parts=(Part("members_workinggroup_chairs", gettext_noop("Chair"), ("entity_id",)),),
        of_entity=("chairs",),
    ),
    Kind(
        "country",
        gettext_noop("State"),
        Country,
        ("name", "region_id", "standing", "iso2", "m49", "source", "note"),
        identifier="code",
        named="name",
        of_state=("pk",),
    ),
    Kind(
        "region",
        gettext_noop("Region"),
        Region,
        ("name", "parent_id", "position", "source", "note"),
        identifier="code",
        named="name",
    ),
    Kind("pillar", gettext_noop("Pillar"), Pillar, (*_TERM, "colour"), identifier="code"),
    Kind("theme", gettext_noop("Thematic priority"), Theme, (*_TERM, "pillar_id"), identifier="code"),
    Kind("area", gettext_noop("Area"), Area, _TERM, identifier="code"),
    Kind(
        "mandate",
        gettext_noop("Resolution"),
        Mandate,
        ("code", "body", "year", "subject", "source", "note"),
        identifier="code",
        named="code",
    ),
    Kind(
        "instrument",
        gettext_noop("Legal instrument"),
        Instrument,
        ("title", "year", "topic", "source", "note"),
        identifier="number",
    ),
    Kind(
        "contributor",
        gettext_noop("Contributor"),
        Contributor,
        ("name", "kind", "country_id", "entity_id", "rank", "in_kind_note", "in_kind_usd", "source", "note"),
        identifier="code",
        named="name",
        of_entity=("entity",),
        of_state=("country",),
    ),
    Kind(
        "seed_round",
        gettext_noop("Seed round"),
        SeedRound,
        ("title", "year", "ceiling_usd", "published_count", "published_total_usd", "source", "note"),
        identifier="code",
    ),
    Kind(
        "seed_award",
        gettext_noop("Seed award"),
        SeedAward,
        ("title", "round_id", "number", "amount_usd", "entity_id", "working_group_id", "source", "note"),
        of_entity=("entity",),
    ),
    CALL,
    APPEAL,
    Kind(
        "publication",
        gettext_noop("Publication"),
        Publication,
        ("title", "kind", "published_in", "standing", "pillar_id", "source", "note"),
        owner="publication_id",
        parts=(Part("results_publication_publishers", gettext_noop("Publisher"), ("entity_id",)),),
        of_entity=("publishers",),
    ),
    Kind(
        "submission",
        gettext_noop("Submission"),
        Submission,
        ("submitter", "kind", "country_id", "entity_id", "number", "source", "note"),
        named="submitter",
        of_entity=("entity",),
        of_state=("country",),
    ),
    Kind(
        "oversight",
        gettext_noop("Oversight recommendation"),
        OversightRecommendation,
        (
            "report",
            "body",
            "field",
            "number",
            "importance",
            "percent_implemented",
            "standing",
            "released_in",
            "source",
            "note",
        ),
        named="report",
    ),
)
#: Key -> kind, those that are restricted most first.
KINDS: Final[Mapping[str, Kind]] = MappingProxyType({kind.key: kind for kind in _ALL})
#: Table of a record -> its kind; table of a part -> the kind that it belongs to.
OF_TABLE: Final[Mapping[str, Kind]] = MappingProxyType({kind.table: kind for kind in _ALL})
OF_PART: Final[Mapping[str, tuple[Kind, Part]]] = MappingProxyType(
    {part.table: (kind, part) for kind in _ALL for part in kind.parts}
)

"""Needs as one reader sees them: what their State keeps is put back for those whom it shares it with."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from colonnade.core.viewer import Level, Viewer
from colonnade.needs.access import concerned
from colonnade.needs.models import Assessment, Consent, KeptField, Lifting, Recommendation, Response, ResponseStep, Wish
from colonnade.portfolio.models import Project
from colonnade.strategy.models import Pillar, Theme


@dataclass(frozen=True, slots=True)
class SeenNeed:
    """A need with every field that one reader may read.

    ``hidden`` are fields that its State keeps from this reader, empty here; ``kept`` those that it keeps from others.
    """

    need: Recommendation
    title: str
    text: str
    addressee: str
    priority: str
    theme: Theme | None
    pillar: Pillar | None
    hidden: frozenset[str]
    kept: frozenset[str]

    @property
    def priority_title(self) -> str:
        """The priority in words; empty where it is hidden."""
        return str(Recommendation.Priority(self.priority).label) if self.priority else ""


def need_called(viewer: Viewer, public_id: str) -> Recommendation | None:
    """The need, where ``viewer`` may see it. What its State keeps is empty in it: see :func:`seen`."""
    return (
        Recommendation.objects.visible_to(viewer)
        .select_related("country", "theme", "pillar")
        .filter(public_id=public_id)
        .first()
    )


def assessment_of(viewer: Viewer, need: Recommendation) -> Assessment | None:
    """The assessment that found ``need``, where ``viewer`` may see it: whoever reads a need need not read that."""
    found = Assessment.objects.visible_to(viewer).select_related("assessor").filter(pk=need.assessment_id)
    return found.first()


def kept_values(viewer: Viewer, needs: Iterable[Recommendation]) -> Mapping[int, Mapping[str, str]]:
    """For each need (by key) the values of its confidential fields, as far as ``viewer`` may read them."""
    keys = [need.pk for need in needs if need.confidential_fields]
    found: dict[int, dict[str, str]] = defaultdict(dict)
    if keys:
        rows = KeptField.objects.visible_to(viewer).filter(recommendation__in=keys, ended_at__isnull=True)
        for key, field, value in rows.values_list("recommendation_id", "field", "value"):
            found[key][field] = value
    return found


def seen(viewer: Viewer, need: Recommendation) -> SeenNeed:
    """``need`` as ``viewer`` sees it."""
    return as_seen(need, kept_values(viewer, [need]).get(need.pk, {}))


def as_seen(need: Recommendation, kept: Mapping[str, str]) -> SeenNeed:
    """``need`` as whoever may read the values ``kept`` sees it."""
    theme, pillar = kept.get("theme"), kept.get("pillar")
    return SeenNeed(
        need=need,
        title=kept.get("title", need.title),
        text=kept.get("text", need.text),
        addressee=kept.get("addressee", need.addressee),
        priority=kept.get("priority", need.priority),
        theme=Theme.objects.filter(code=theme).first() if theme else need.theme,
        pillar=Pillar.objects.filter(code=pillar).first() if pillar else need.pillar,
        hidden=frozenset(need.confidential_fields) - kept.keys(),
        kept=frozenset(kept),
    )


def as_opened(viewer: Viewer, need: Recommendation, level: str, fields: Collection[str]) -> SeenNeed:
    """``need`` as the readers of ``level`` would see it once ``fields`` of it are open; ``viewer`` reads what is kept.

    Nothing is written, and what stays kept is not in what is given back.
    """
    kept = kept_values(viewer, [need]).get(need.pk, {})
    opened = copy(need)
    opened.level = Level(level).value
    opened.confidential_fields = [name for name in need.confidential_fields if name not in fields]
    shown = as_seen(opened, {name: value for name, value in kept.items() if name in fields})
    return replace(shown, kept=frozenset())


def answers_to(viewer: Viewer, need: Recommendation, *, among: Viewer | None = None) -> list[Response]:
    """The projects that respond to ``need`` and that ``viewer`` may see, those only that ``among`` sees as well."""
    found = Response.objects.visible_to(viewer).filter(recommendation=need)
    if among is not None:
        found = found.filter(project__in=Project.objects.visible_to(among).order_by().values("pk"))
    return list(found.select_related("project", "claimed_by", "verified_by").order_by("claimed_on", "pk"))


def response_called(viewer: Viewer, public_id: str) -> Response | None:
    """The response, where ``viewer`` may see both its need and its project."""
    found = Response.objects.visible_to(viewer).select_related(
        "recommendation__country", "recommendation__theme", "recommendation__pillar", "project__lead_entity",
        "claimed_by", "verified_by",
    )  # fmt: skip
    return found.filter(public_id=public_id).first()


def claims_waiting(viewer: Viewer) -> int:
    """How many claims nobody has looked at yet: of the States that the viewer assesses, or of all for whoever sees
    every record."""
    seen = Response.objects.visible_to(viewer).filter(standing=Response.Standing.CLAIMED)
    if not viewer.sees_restricted:
        seen = seen.filter(recommendation__country__code__in=viewer.country_codes)
    return seen.count()


def steps_of(viewer: Viewer, response: Response) -> list[ResponseStep]:
    """What was done with a response, the first step first."""
    found = ResponseStep.objects.visible_to(viewer).filter(response=response)
    return list(found.select_related("entity", "country"))


def seen_by_both(viewer: Viewer, among: Viewer) -> QuerySet[Recommendation]:
    """Needs that ``viewer`` and ``among`` both see: what ``viewer`` may be told of the lists of ``among``."""
    theirs = Recommendation.objects.visible_to(among).order_by().values("pk")
    return Recommendation.objects.visible_to(viewer).filter(pk__in=theirs)


def version_before(viewer: Viewer, need: Recommendation) -> Recommendation | None:
    """The recommendation that ``need`` follows, where ``viewer`` may see it."""
    return Recommendation.objects.visible_to(viewer).filter(pk=need.follows_id).first() if need.follows_id else None


def wishes_of(viewer: Viewer, need: Recommendation) -> list[Wish]:
    """What the State wished about ``need``, the latest first; nothing for readers whom it is not shown to."""
    return list(Wish.objects.visible_to(viewer).filter(recommendation=need)) if concerned(viewer, need) else []


def consents_of(viewer: Viewer, need: Recommendation) -> list[Consent]:
    """What the State consented to, the latest first."""
    if not concerned(viewer, need):
        return []
    return list(
        Consent.objects.visible_to(viewer).filter(recommendation=need).select_related("recommendation__country")
    )


def liftings_of(viewer: Viewer, need: Recommendation) -> list[Lifting]:
    """What was proposed, the latest first."""
    if not concerned(viewer, need):
        return []
    return list(
        Lifting.objects.visible_to(viewer)
        .filter(recommendation=need)
        .select_related("recommendation__country", "consent")
    )


def liftings_waiting(viewer: Viewer) -> list[Lifting]:
    """Proposals that wait for a second person, the oldest first, as far as ``viewer`` is concerned."""
    waiting = Lifting.objects.visible_to(viewer).filter(standing=Lifting.Standing.PROPOSED)
    found = waiting.select_related("recommendation__country", "consent").order_by("proposed_at", "pk")
    return [lifting for lifting in found if concerned(viewer, lifting.recommendation)]


def lifting_called(viewer: Viewer, public_id: str) -> Lifting | None:
    """A proposal that concerns ``viewer``."""
    found = (
        Lifting.objects.visible_to(viewer)
        .select_related("recommendation__country", "recommendation__theme", "recommendation__pillar", "consent")
        .filter(public_id=public_id)
        .first()
    )
    return found if found is not None and concerned(viewer, found.recommendation) else None


def consent_called(viewer: Viewer, public_id: str) -> Consent | None:
    """A consent that concerns ``viewer``."""
    found = (
        Consent.objects.visible_to(viewer).select_related("recommendation__country").filter(public_id=public_id).first()
    )
    return found if found is not None and concerned(viewer, found.recommendation) else None

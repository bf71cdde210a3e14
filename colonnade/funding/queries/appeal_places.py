"""What entries of an appeal are about, by their projects: themes, regions, States, and the needs that they serve.

Nothing is entered twice: an entry has the themes and places of its project, and serves the needs to which the project
is a response that is claimed, verified or contested. Each is read for one reader.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from colonnade.core.viewer import Viewer
from colonnade.funding.models import AppealEntry
from colonnade.needs.coverage import ANSWERS
from colonnade.needs.models import Recommendation, Response
from colonnade.portfolio.models import ProjectCountry, ProjectRegion, ProjectTheme


@dataclass(frozen=True, slots=True)
class About:
    """By the keys of projects: codes of themes, regions and States, public identifiers of needs; and their titles."""

    themes: dict[int, list[str]] = field(default_factory=dict)
    regions: dict[int, list[str]] = field(default_factory=dict)
    countries: dict[int, list[str]] = field(default_factory=dict)
    needs: dict[int, list[str]] = field(default_factory=dict)
    titles: dict[tuple[str, str], str] = field(default_factory=dict)
    known_needs: dict[str, Recommendation] = field(default_factory=dict)

    def of(self, dimension: str, entry: AppealEntry) -> Sequence[str]:
        """The values of an entry: none for one outside the portfolio."""
        values: dict[int, list[str]] = getattr(self, dimension)
        return values.get(entry.project_id or 0, [])


def about(viewer: Viewer, entries: Iterable[AppealEntry]) -> About:
    """What ``entries`` are about, as ``viewer`` may read it. Four queries.

    An entry is in the regions that its project names and in those of its project's States, each once.
    """
    keys = [entry.project_id for entry in entries if entry.project_id is not None]
    titles: dict[tuple[str, str], str] = {}
    themes, regions, countries, needs = (defaultdict[int, list[str]](list) for _ in range(4))
    rows = ProjectTheme.objects.visible_to(viewer).filter(project__in=keys).select_related("theme")
    for theme in rows.order_by("theme__position"):
        themes[theme.project_id].append(theme.theme.code)
        titles["themes", theme.theme.code] = theme.theme.title
    of_regions = ProjectRegion.objects.visible_to(viewer).filter(project__in=keys).select_related("region")
    for region in of_regions.order_by("region__position"):
        regions[region.project_id].append(region.region.code)
        titles["regions", region.region.code] = region.region.name
    of_states = ProjectCountry.objects.visible_to(viewer).filter(project__in=keys).select_related("country__region")
    for state in of_states.order_by("country__name"):
        country = state.country
        countries[state.project_id].append(country.code)
        titles["countries", country.code] = country.name
        if country.region is not None and country.region.code not in regions[state.project_id]:
            regions[state.project_id].append(country.region.code)
            titles["regions", country.region.code] = country.region.name
    known: dict[str, Recommendation] = {}
    served = Response.objects.visible_to(viewer).filter(project__in=keys, standing__in=ANSWERS)
    for response in served.select_related("recommendation__country").order_by("recommendation__reference"):
        need = response.recommendation
        needs[response.project_id].append(need.public_id)
        titles["needs", need.public_id] = need.reference
        known[need.public_id] = need
    return About(dict(themes), dict(regions), dict(countries), dict(needs), titles, known)

"""The tile map of the overview: projects by State, in the regions where there are any."""

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colonnade.analysis.crosstab.model import Question, Selection, Subject
from colonnade.analysis.figures.display import grouped
from colonnade.web.places.atlas import open_atlas
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.record_addresses import record_address
from colonnade.web.shared.tiles import Place, TileMap, tile_map


def squares(reading: Reading, inventory: str) -> TileMap | None:
    """One square a State of every region that a project names; ``None`` where no project names a State."""
    answer = reading.ask(Question(Selection(Subject.PROJECTS, inventory), "projects", "country"))
    named = {code for code in answer.row_codes if code}
    if not named:
        return None
    atlas = open_atlas(get_language() or "en", reading.place[0])
    reached = {state.region for code, state in atlas.states.items() if code in named}
    places = []
    for region in (region for code, region in atlas.regions.items() if code in reached):
        for state in atlas.states.values():
            if state.region == region.code and (state.is_listed or state.code in named):
                count = int(answer.row_totals.get(state.code) or 0)
                address = record_address("country", state.code)
                places.append(Place(state.code, state.name, region.name, grouped(count), count, address))
    return tile_map(_("Projects by State"), places)

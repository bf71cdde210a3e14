"""The address of a number and the tag of a report name the same place."""

from django.http import QueryDict
from hypothesis import given, settings
from hypothesis import strategies as st

from colonnade.analysis.figures.definition import library
from colonnade.reporting.tags import cell_tag, rows_tag, total_tag
from colonnade.web.shared.addresses import AUDIENCE, INVENTORY, MEASURE, PAGE, place_in, place_of_tag

CODES = st.none() | st.text(min_size=1).filter(lambda code: code != "-")
FIGURE = "projects_by_entity_and_pillar"


@settings(deadline=None)  # the first address loads the pages of the whole house
@given(CODES, CODES)
def test_a_tag_and_its_address_lead_to_the_same_cell(entity: str | None, pillar: str | None) -> None:
    place = place_of_tag(cell_tag(FIGURE, [("entity", entity), ("pillar", pillar)], "projects"))
    assert place.cell == {"entity": entity, "pillar": pillar}
    query = QueryDict(place.page.partition("?")[2])
    assert place_in(library()[FIGURE], query) == place


def test_totals_rows_and_single_figures_have_addresses() -> None:
    assert place_of_tag("projects").page == "/figures/projects/"
    assert place_of_tag(rows_tag(FIGURE)).page == f"/figures/{FIGURE}/"
    assert place_of_tag(total_tag(FIGURE, "projects")).page == f"/figures/{FIGURE}/?measure=projects"


def test_no_dimension_is_called_as_a_parameter_of_the_page() -> None:
    taken = {INVENTORY, AUDIENCE, MEASURE, PAGE}
    assert not [figure.key for figure in library().values() if taken & {column.name for column in figure.dimensions}]

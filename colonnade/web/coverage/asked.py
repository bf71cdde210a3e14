"""What every page of coverage is asked: which needs, as of which day, by whom; and the way between the pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import Http404, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from colonnade.analysis.crosstab.dimensions import DIMENSIONS
from colonnade.analysis.crosstab.model import EXCEPT, NOT_REPORTED, Selection, Subject
from colonnade.analysis.crosstab.sql import BadSelection
from colonnade.reporting.build import Inventory
from colonnade.web.shared.addresses import AUDIENCE, INVENTORY
from colonnade.web.shared.filters import FilterBar, FilterField, facet_group, filter_bar
from colonnade.web.shared.opening import reading_of
from colonnade.web.shared.pages import Tab
from colonnade.web.shared.parameters import address_of
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.requests import ViewerRequest
from colonnade.web.shared.selections import parameters_of, selection_in, title_of

DAY: Final = "day"
#: What the needs of a page can be narrowed by, beside whatever else the address filters by.
NARROWED_BY: Final = ("region", "country", "pillar", "theme", "priority", "standing")


@dataclass(frozen=True, slots=True)
class Asked:
    """The needs that a page is about. ``day`` is what ages and ends are counted from."""

    reading: Reading
    query: QueryDict
    needs: Selection
    inventory: Inventory | None
    day: date

    @property
    def open_needs(self) -> Selection:
        """Those that stand open."""
        return narrower(self.needs, "standing", "open")

    @property
    def unmet(self) -> Selection:
        """Those that stand open, and that nobody even claims to answer."""
        return self.open_needs.where("coverage", "unmet")

    @property
    def base(self) -> int:
        """How many there are."""
        return int(self.reading.total(self.needs, "needs") or 0)

    @property
    def are_kept(self) -> bool:
        """Whether needs are kept from the reader: they are shared inside the compact, and with their State."""
        return not self.reading.reader.viewer.inside_the_compact


def asked_of(request: ViewerRequest) -> Asked:
    """What a request asks for. A filter or a day that is none, an inventory that is not there: ``Http404``."""
    reading = reading_of(request)
    query = request.GET
    try:
        inventory = reading.inventory(query.get(INVENTORY, ""))
        # Every page divides by coverage, so that a filter by it would only hide what the page is about.
        needs = selection_in(query, Subject.NEEDS, reading).where("coverage").where("coverage_here")
        reading.total(needs, "needs")  # whatever cannot be asked is refused here, and nowhere later
        day = date.fromisoformat(query[DAY]) if query.get(DAY) else _usual_day(reading, inventory)
    except (KeyError, ValueError, BadSelection) as refused:
        raise Http404 from refused
    return Asked(reading, query, needs, inventory, day)


def _usual_day(reading: Reading, inventory: Inventory | None) -> date:
    return (inventory.as_of if inventory else None) or reading.created_at.date()


def narrower(needs: Selection, dimension: str, code: str) -> Selection:
    """Those of ``needs`` that have ``code``: none, where the selection asks for others."""
    wanted = needs.asked_for(dimension)
    if wanted and code not in wanted:
        return needs.where(dimension, code, EXCEPT + code)
    return needs.within(dimension, code)


def tabs(asked: Asked, current: str) -> tuple[Tab, ...]:
    """The pages, each with the needs that are asked for here."""
    named = (
        ("coverage", _("In short")),
        ("coverage-by", _("By State, theme, entity")),
        ("coverage-map", _("Heat map")),
        ("coverage-time", _("In time")),
        ("coverage-next", _("The next million")),
    )
    return tuple(Tab(title, address_in(asked, name), name == current) for name, title in named)


def address_in(asked: Asked, name: str, *parts: str) -> str:
    """The address of another page, or a file, of the needs that are asked for here."""
    return address_of(_kept(asked), reverse(name, args=parts))


def _kept(asked: Asked) -> list[tuple[str, str]]:
    own = [(name, value) for name in (INVENTORY, DAY) if (value := asked.query.get(name, ""))]
    return [*parameters_of(asked.needs, asked.reading), *own]


def narrowing(asked: Asked, fields: Iterable[FilterField] = (), keep: tuple[str, ...] = ()) -> FilterBar:
    """The filter bar of a page. A filter that it does not offer has a chip all the same."""
    reading, selection = asked.reading, asked.needs
    facets = reading.facets(selection, NARROWED_BY)
    others = [name for name in selection.filters if name not in facets]
    groups = [
        facet_group(
            name,
            _(DIMENSIONS[Subject.NEEDS][name].title),
            facets[name].counts if name in facets else (),
            {
                code: title_of(reading, Subject.NEEDS, name, code)
                for code in (
                    *(found or NOT_REPORTED for found, _n in (facets[name].counts if name in facets else ())),
                    *selection.filters.get(name, ()),
                )
            },
            selection.filters.get(name, ()),
        )
        for name in (*NARROWED_BY, *others)
    ]
    return filter_bar(asked.query, groups, tuple(fields), keep=(AUDIENCE, INVENTORY, DAY, *keep))

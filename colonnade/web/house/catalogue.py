"""One example of every component, on invented records: bridges over rivers that are on no map."""

from datetime import date
from typing import Any, Final

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from colonnade.web.shared.bars import bar_lengths
from colonnade.web.shared.blocks import Counted, Download, Moment, Stat, timeline
from colonnade.web.shared.facts import Fact, Line, facts
from colonnade.web.shared.filters import Choice, FilterBar, FilterField, facet_group, filter_bar
from colonnade.web.shared.numbers import CellView, LinkedNumber, TableView
from colonnade.web.shared.pages import Crumb, Tab, pages_of
from colonnade.web.shared.sorting import SORT, sorted_head
from colonnade.web.shared.tiles import Place, RegionNumber, TileMap, tile_map

#: Name of a bridge, kind, its length in metres.
BRIDGES: Final = (
    ("The long bridge", "stone", 412),
    ("The ferry bridge", "wood", 96),
    ("The mill bridge", "stone", 38),
    ("The new bridge", None, None),
)
#: Code, name, region, how many bridges.
LANDS: Final = (
    ("QAA", "Upper Alder", "The hills", 14),
    ("QAB", "Lower Alder", "The hills", 9),
    ("QAC", "Birchmark", "The hills", 3),
    ("QAD", "Cedar Isles", "The coast", 1),
    ("QAE", "Dunes", "The coast", 0),
    ("QAF", "Elderport", "The coast", 27),
    ("QAG", "Fernland", "The coast", None),
)


def examples(query: QueryDict) -> dict[str, Any]:
    """What the components page shows, by component. Its own ``query`` drives the filter bar and the order."""
    here = reverse("components")
    return {
        "table": _table(query, here),
        "filter_bar": _filters(query, here),
        "stats": _stats(here),
        "downloads": [Download("CSV", f"{here}#files"), Download("Excel", f"{here}#files", _("all columns"))],
        "map": _map(here),
        "years": timeline(_moments(here)),
        "counted": Counted(
            _("The number of bridges that carry a road, each counted once whatever it crosses."),
            "SELECT count(*)\nFROM bridge\nWHERE carries = 'road'",
            here,
        ),
        "facts": _facts(),
        "pairs": [*_facts(), *facts((_("Carries"), _("a road")), (_("Toll"), _("none")))],
        "number": LinkedNumber("314", here),
        "unreported": LinkedNumber(_("not reported")),
        "tabs": [Tab(_("By river"), f"{here}#tabs", True), Tab(_("By year"), f"{here}#tabs")],
        "crumbs": [Crumb(_("Bridges"), here), Crumb(_("The long bridge"))],
        "pages": pages_of(2, 50, 314, query),
    }


def _table(query: QueryDict, here: str) -> TableView:
    order = query.get(SORT, "name")
    rows = sorted(BRIDGES, key=lambda row: row[0] if order.endswith("name") else row[2] or 0, reverse=order[:1] == "-")
    bars = bar_lengths([length for _name, _kind, length in rows])
    return TableView(
        _("Bridges by length"),
        (
            sorted_head(_("Bridge"), "name", query, default="name", path=here),
            sorted_head(_("Metres"), "length", query, default="name", numeric=True, path=here),
        ),
        tuple(
            (
                CellView(name, here, header=True, aside=kind or "", lang="en"),
                CellView(str(length) if length else "–", here if length else "", numeric=True, bar=bar),
            )
            for (name, kind, length), bar in zip(rows, bars, strict=True)
        ),
        (CellView(_("Total"), header=True), CellView("546", here, numeric=True)),
        _("The length of one bridge was not reported."),
    )


def _filters(query: QueryDict, here: str) -> FilterBar:
    kinds = facet_group(
        "kind",
        _("Kind"),
        [("stone", 2), ("wood", 1), (None, 1)],
        {"stone": "Stone", "wood": "Wood"},
        query.getlist("kind"),
    )
    lands = facet_group(
        "land",
        _("Land"),
        [(code, count or 0) for code, _name, _region, count in LANDS],
        {code: name for code, name, _region, _count in LANDS},
        query.getlist("land"),
        shown=4,
    )
    fields = [
        FilterField("words", _("Words")),
        FilterField(
            "survey",
            _("Survey"),
            "select",
            query.get("survey", "new"),
            (Choice("new", _("The new survey")), Choice("old", _("The old survey"))),
        ),
        FilterField("from", _("Built from"), "date"),
    ]
    return filter_bar(query, [kinds, lands], fields, path=here, keep=[SORT])


def _stats(here: str) -> list[Stat]:
    return [
        Stat(_("Bridges"), LinkedNumber("54", here), _("in the new survey")),
        Stat(_("Carry a road"), LinkedNumber("41", here), _("of 54"), LinkedNumber("75.9 per cent", here)),
        Stat(_("Length"), LinkedNumber(_("not reported")), _("for one of them")),
    ]


def _map(here: str) -> TileMap:
    return tile_map(
        _("Bridges by land, in the new survey"),
        [
            Place(code, name, region, "–" if count is None else str(count), count, here)
            for code, name, region, count in LANDS
        ],
        regions={"The hills": RegionNumber("26", here), "The coast": RegionNumber("28", here)},
    )


def _moments(here: str) -> list[Moment]:
    return [
        Moment(_("The long bridge was surveyed"), date(2018, 5, 2), kind=_("survey"), href=here),
        Moment(_("The ferry bridge was mended"), date(2019, 3, 4), date(2019, 3, 9), aside=_("six days")),
        Moment(_("The new bridge opens"), date(2020, 7, 1), upcoming=True),
        Moment(_("The mill bridge was built"), None),
    ]


def _facts() -> list[Fact]:
    return facts(
        (_("Bridge"), Line(_("The long bridge"), aside="B-1")),
        (_("Opened"), date(1904, 6, 12)),
        (_("Crosses"), [Line(_("the river")), Line(_("the canal"))]),
        (_("Length"), Line("412 m", aside=_("as measured"))),
    )

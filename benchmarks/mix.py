"""Which pages are asked for: a seeded mix of addresses, so varied that answers kept from before cannot carry it.

A kind of page whose address is none yet is left out of the mix, and named in the output.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.db import connection
from django.urls import Resolver404, resolve

from benchmarks.filling.words import OBJECTS, SETTINGS

Draw = Callable[[random.Random], str]
Pairs = list[tuple[str, str]]

#: Dimensions of projects that lists and questions are filtered by, and divided by.
_FILTERS: Final = ("pillar", "entity", "scope", "status", "country", "region", "theme", "area", "mandate", "partner")
_ROWS: Final = (*_FILTERS, "origin", "programme", "working_group", "gender_marker", "starts_year", "ends_year")
_COLUMNS: Final = ("", "pillar", "scope", "status", "area", "theme", "active", "level")
_MEASURES: Final = ("projects", "budget", "funding", "shortfall")
_SORTS: Final = ("", "title", "-title", "entity", "-budget", "budget", "starts_on", "-ends_on", "status")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of page: how often it is asked for, an address it has if there is such a page, and how one is drawn."""

    name: str
    weight: int
    known_by: str
    draw: Draw

    @property
    def there(self) -> bool:
        """Whether the pages have it."""
        try:
            resolve(self.known_by)
        except Resolver404:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Codes:
    """What addresses can name: codes by dimension, and identifiers that everybody may open."""

    by_dimension: dict[str, list[str]]
    projects: list[str]
    needs: list[str]


def codes_of_the_registry() -> Codes:
    """Read once from the registry that was filled."""
    lists = {
        "pillar": "SELECT code FROM strategy_pillar ORDER BY 1",
        "theme": "SELECT code FROM strategy_theme ORDER BY 1",
        "area": "SELECT code FROM strategy_area ORDER BY 1",
        "mandate": "SELECT code FROM strategy_mandate ORDER BY 1",
        "entity": "SELECT code FROM members_entity WHERE role = 'member' ORDER BY 1",
        "partner": "SELECT code FROM members_entity ORDER BY 1",
        "country": "SELECT code FROM places_country WHERE source = 'benchmark' ORDER BY 1",
        "region": "SELECT code FROM places_region WHERE source = 'benchmark' ORDER BY 1",
    }
    with connection.cursor() as cursor:

        def column(sql: str) -> list[str]:
            cursor.execute(sql)
            return [str(row[0]) for row in cursor.fetchall()]

        found = {dimension: column(sql) for dimension, sql in lists.items()}
        found |= {
            "scope": ["global", "regional", "national", "-"],
            "status": ["ongoing", "completed", "in_development", "awaiting_funding", "!cancelled"],
        }
        return Codes(
            found,
            column("SELECT public_id FROM portfolio_project WHERE level = 'public' ORDER BY id"),
            column("SELECT public_id FROM needs_recommendation WHERE level = 'public' ORDER BY id"),
        )


def kinds(codes: Codes) -> tuple[Kind, ...]:
    """Every kind of page that is measured. The first five are those that the bound is about."""
    country, project = codes.by_dimension["country"], codes.projects
    return (
        Kind("project list", 30, "/projects/", lambda draw: _listing(draw, codes)),
        Kind("State", 15, f"/countries/{country[0]}/", lambda draw: f"/countries/{draw.choice(country)}/"),
        Kind("project", 20, f"/projects/{project[0]}/", lambda draw: f"/projects/{draw.choice(project)}/"),
        Kind("explore", 20, "/explore/", lambda draw: _question(draw, codes)),
        Kind("overview", 5, "/", lambda draw: f"/?{_any(draw)}"),
        Kind("needs list", 4, "/needs/", lambda draw: _needs(draw, codes)),
        Kind("search", 4, "/search/", lambda draw: "/search/?" + urlencode({"q": words(draw)})),
        Kind("figure", 4, "/figures/projects/", lambda draw: f"/figures/{draw.choice(_FIGURES)}/?{_any(draw)}"),
        Kind("records", 4, "/figures/projects/records/", lambda draw: f"/figures/projects/records/?page={_page(draw)}"),
    )


_FIGURES: Final = (
    "projects", "projects_by_pillar", "projects_by_entity", "projects_by_country", "shortfall_total", "budget_total",
    "money_by_pillar", "projects_active", "projects_by_entity_and_pillar",
)  # fmt: skip


def drawn_from(present: Sequence[Kind], number: int, seed: int) -> list[tuple[str, str]]:
    """``number`` pairs of a kind's name and an address of it."""
    draw = random.Random(seed)  # noqa: S311  # a mix that can be repeated
    chosen = draw.choices(present, weights=[kind.weight for kind in present], k=number)
    return [(kind.name, kind.draw(draw)) for kind in chosen]


def words(draw: random.Random) -> str:
    """One or two words of a title as somebody types them: without accents or with a slip now and then, or cut short."""
    found = [word for word in f"{draw.choice(OBJECTS)} {draw.choice(SETTINGS)}".split() if len(word) > 4]
    typed = draw.sample(found, k=min(len(found), draw.choice((1, 1, 2))))
    return " ".join(_typed(draw, word) for word in typed)


def _typed(draw: random.Random, word: str) -> str:
    how = draw.random()
    if how < 0.25:
        place = draw.randrange(1, len(word) - 1)
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if how < 0.35:
        return word[: draw.randrange(3, len(word))]
    if how < 0.5:
        return word.translate(_PLAIN)
    return word


_PLAIN: Final = str.maketrans("áàâãäåçéèêëíîïñóôõöøúüÉÇÁ", "aaaaaaceeeeiiinooooouuECA")


def _listing(draw: random.Random, codes: Codes) -> str:
    pairs = _filters(draw, codes, most=2)
    if draw.random() < 0.35:
        pairs.append(("q", words(draw)))
    whole = not pairs  # what is narrowed can end on its first page, and a page past the end is not there
    if sort := draw.choice(_SORTS):
        pairs.append(("sort", sort))
    if whole and draw.random() < 0.6:
        pairs.append(("page", str(draw.randrange(2, 6))))
    return "/projects/?" + urlencode(pairs)


def _question(draw: random.Random, codes: Codes) -> str:
    rows = draw.choice(_ROWS)
    columns = draw.choice([name for name in _COLUMNS if name != rows])
    pairs = [("measure", draw.choice(_MEASURES)), ("rows", rows)]
    if columns:
        pairs.append(("columns", columns))
    return "/explore/?" + urlencode([*pairs, *_filters(draw, codes, most=2)])


def _needs(draw: random.Random, codes: Codes) -> str:
    pairs = [("country", draw.choice(codes.by_dimension["country"]))] if draw.random() < 0.5 else []
    pairs.append(("theme", draw.choice(codes.by_dimension["theme"])))
    return "/needs/?" + urlencode(pairs)


def _filters(draw: random.Random, codes: Codes, *, most: int) -> Pairs:
    """Up to ``most`` dimensions, each by one code or two."""
    pairs = []
    for dimension in draw.sample(_FILTERS, k=draw.randrange(most + 1)):
        listed = codes.by_dimension[dimension]
        pairs += [(dimension, code) for code in draw.sample(listed, k=min(len(listed), draw.choice((1, 1, 2))))]
    return pairs


def _page(draw: random.Random) -> int:
    return draw.randrange(1, 100)


def _any(draw: random.Random) -> str:
    """A parameter that means nothing: no two addresses are alike."""
    return f"visit={draw.randrange(10**6)}"

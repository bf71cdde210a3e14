"""What can be asked of a page behind the question mark: filters, orders, pages, columns, words, audiences.

Each family gives single parameters and pairs of them; values name what is seen, what is hidden and what never was.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations
from typing import Final

from colonnade.analysis.crosstab.dimensions import DIMENSIONS, MEASURES, dividing
from colonnade.analysis.crosstab.model import Subject
from colonnade.web.events.listed import EVENTS
from colonnade.web.listing.model import ListOf
from colonnade.web.needs.listed import NEEDS
from colonnade.web.projects.listed import PROJECTS
from proof.canaries import canary

#: Parameters of an address, in order.
Query = tuple[tuple[str, str], ...]

#: Where pages of changes go on: behind some of what the reader sees, before everything was written, nowhere.
MOMENTS: Final = (
    *(f"2100-01-01T00:00:00.000000~{shown}" for shown in (0, 3, 50, 900)),
    "1999-01-01T00:00:00.000000~0",
    "x",
)
LISTS: Final[dict[Subject, ListOf]] = {
    Subject.PROJECTS: PROJECTS,
    Subject.NEEDS: NEEDS,
    Subject.EVENTS: EVENTS,
}
#: Codes that filters are asked for: seen, of hidden records only, of nothing at all; not reported; and all but one.
CODES: Final = {
    "entity": ("ALPHA", "BETA", "GAMMA", "DELTA", "NOBODY", "!ALPHA"),
    "partner": ("BETA", "NOBODY", "-"),
    "country": ("QMA", "QMB", "QMC", "QZZ", "!QMA"),
    "attending": ("QMA", "QMB", "QZZ"),
    "region": ("N", "S", "-"),
    "pillar": ("I", "II", "III", "IX", "-", "!I"),
    "theme": ("theme-0", "theme-1", "theme-2", "-"),
    "area": ("area-0", "area-1", "-"),
    "status": ("ongoing", "in_development", "completed", "awaiting_funding", "suspended", "!ongoing"),
    "scope": ("global", "regional", "national", "-"),
    "level": ("public", "compact", "restricted", "!public"),
    "priority": ("high", "medium", "low", "-"),
    "standing": ("open", "implemented", "-"),
    "coverage": ("unmet", "claimed", "partly_met", "met", "contested"),
    "coverage_here": ("unmet", "claimed", "met"),
    "rests_until": ("2020", "2021", "-"),
    "mandate": ("M/RES/1", "M/RES/2", "-"),
    "programme": ("deep-wells", "-"),
    "working_group": ("wells", "-"),
    "origin": ("recommendation", "request", "mandate"),
    "gender_marker": ("0", "1", "2", "3", "-"),
    "kind": ("workshop", "training", "outreach_event"),
    "series": ("series-0", "series-1"),
    "provenance": ("illustrative", "reported"),
    "year": ("2019", "2022", "2030"),
    "starts_year": ("2018", "2021"),
    "ends_year": ("2020", "2023"),
    "in_appeal": ("true", "false", "yes", "no"),
    "active": ("true", "false", "yes", "no"),
}
DAYS: Final = ("2019-01-01", "2020-06-01", "2023-01-01", "no day")
#: Words to look for: seen, hidden, mistyped.
HIDDEN_WORDS: Final = (
    canary("project", "P-46", "title"), canary("project", "P-55", "title"), canary("project", "P-58", "reference"),
    canary("need", 0, "title"), canary("need", 5, "title"), canary("need", 12, "text"), canary("event", 2),
    canary("release", 0),
)  # fmt: skip
WORDS: Final = (
    "well", "need", "day", "ask", "altered", "again", "alpha", "QMA", "P-46", "P-50", "R-1", "trianing", "dig", "zzz",
    *HIDDEN_WORDS,
    # Mistyped: whoever reads the record is told the word that was meant.
    *(word[:-1] for word in HIDDEN_WORDS), *(word[:5] + word[6] + word[5] + word[7:] for word in HIDDEN_WORDS[:-1]),
)  # fmt: skip
AUDIENCES: Final = ("public", "compact", "secretariat", "nobody")
INVENTORIES: Final = ("wells-2019", "wells-2018", "wells-1900")
PAGES: Final = ("1", "2", "3", "99", "x")


def one_of(name: str, values: Sequence[str]) -> list[Query]:
    """The parameter with each of its values."""
    return [((name, value),) for value in values]


WHO: Final = one_of("audience", AUDIENCES)
WHERE: Final = one_of("inventory", INVENTORIES)
PAGED: Final = one_of("page", PAGES)
TYPED: Final = one_of("q", WORDS)


def pairs(*families: Sequence[Query]) -> list[Query]:
    """Nothing; every parameter alone; and each with some of every other family, in turn."""
    single = [query for family in families for query in family]
    double = [
        one[place % len(one)] + other[(place + place // len(one)) % len(other)]
        for one, other in combinations(families, 2)
        for place in range(max(len(one), len(other)))
    ]
    return list(dict.fromkeys([(), *single, *double]))


@cache
def of_list(subject: Subject) -> tuple[Query, ...]:
    """A list and its files."""
    of = LISTS[subject]
    filters = [query for name in DIMENSIONS[subject] for query in one_of(name, _codes(subject, name))]
    sorts = one_of("sort", [sign + column.name for column in of.columns for sign in ("", "-")])
    columns = one_of("column", [column.name for column in of.columns])
    return tuple(pairs(filters, sorts, WHO, PAGED, TYPED, WHERE, columns))


def _codes(subject: Subject, name: str) -> Sequence[str]:
    return DAYS if DIMENSIONS[subject][name].bound else CODES.get(name, ("x",))


@cache
def of_explore() -> tuple[Query, ...]:
    """A question: every measure by every two dimensions, filtered, as an audience, ordered."""

    def questions() -> Iterator[Query]:
        for measure in MEASURES.values():
            names = [dimension.name for dimension in dividing(measure.subject)]
            for rows in names:
                yield (("measure", measure.name), ("rows", rows))
                for columns in names:
                    if columns != rows:
                        yield (("measure", measure.name), ("rows", rows), ("columns", columns))

    asked = list(questions())
    short = [query for query in asked if len(query) == 2]
    asked = [*short, *[query for query in asked if len(query) > 2][::3]]
    filters = [*WHO, *TYPED[:8], *one_of("level", CODES["level"]), *one_of("country", CODES["country"])]
    extras = [*filters, (("order", "size"),)]
    more = [query + extras[(place + step) % len(extras)] for place, query in enumerate(short) for step in range(5)]
    return ((), (("measure", "nothing"),), (("rows", "nothing"),), *asked, *more)


@cache
def of_search() -> tuple[Query, ...]:
    """The search: every word, of every kind, as every audience."""
    kinds = one_of("kind", ("project", "need", "event", "country", "entity", "contributor", "figure", "nothing"))
    return tuple(pairs(TYPED, kinds, WHO))


@cache
def of_calendar() -> tuple[Query, ...]:
    """The calendar and its feed."""
    months = one_of("month", ("2019-03", "2019-06", "2019-12", "2022-03", "1900-01", "x"))
    filters = [query for name in DIMENSIONS[Subject.EVENTS] for query in one_of(name, _codes(Subject.EVENTS, name))]
    return tuple(pairs(months, filters, WHO, TYPED[:6]))


@cache
def of_figure() -> tuple[Query, ...]:
    """A figure, its files and its records: cells, measures, inventories."""
    cells = [
        *one_of("pillar", CODES["pillar"]), *one_of("country", CODES["country"]), *one_of("entity", CODES["entity"]),
        *one_of("status", CODES["status"][:3]), *one_of("theme", CODES["theme"][:2]),
    ]  # fmt: skip
    measures = one_of("measure", ("projects", "share", "budget", "needs", "value", "nothing"))
    return tuple(pairs(cells, measures, WHERE, WHO, PAGED[:3]))


@cache
def of_changes() -> tuple[Query, ...]:
    """Recent changes: what, of which kind, of whom, when."""
    kinds = (
        "project", "recommendation", "assessment", "response", "contribution", "appeal_entry", "event", "entity",
        "pledge", "allocation",
    )  # fmt: skip
    actions = ("fill_needs", "change_projects", "keep_confidential", "propose_lifting", "approve_lifting", "nothing")
    days = [((name, day),) for name in ("since", "until") for day in ("2020-01-01", "2035-01-01", "no day")]
    return tuple(
        pairs(
            one_of("kind", (*kinds, "nothing")), one_of("what", ("changes", "reads", "nothing")),
            one_of("entity", CODES["entity"]), one_of("state", CODES["country"]), one_of("action", actions),
            one_of("before", MOMENTS), days,
        )
    )  # fmt: skip


@cache
def of_people() -> tuple[Query, ...]:
    """Who has an account."""
    return tuple(
        pairs(
            one_of("q", ("state", "officer", "altered", canary("mail", "board"), canary("invited", 0))),
            one_of("standing", ("active", "invited", "withdrawn", "nothing")),
            one_of("role", ("state", "entity", "board", "nothing")), PAGED[:3],
        )
    )  # fmt: skip


@cache
def of_mails() -> tuple[Query, ...]:
    """The outbox."""
    return tuple(pairs(one_of("state", ("waiting", "sending", "sent", "failed", "dropped", "nothing")), PAGED[:3]))


@cache
def of_entries() -> tuple[Query, ...]:
    """The journal of the fund."""
    days = [((name, day),) for name in ("first", "last") for day in DAYS]
    accounts = one_of("account", ("cash", "contributions", "encumbered", "nothing"))
    accounts += one_of("of", ("given", "held", "free", "committed", "in_kind", "nothing"))
    kinds = one_of("kind", ("receipt", "allocation", "advance", "in_kind", "nothing"))
    purses = [*one_of("window", ("wells", "rain", "nothing")), *one_of("earmark", ("none", "nothing"))]
    givers = one_of("contributor", ("giver-0", "giver-1", "nobody"))
    return tuple(pairs(accounts, kinds, purses, givers, days, PAGED[:3]))


ANY: Final[tuple[Query, ...]] = tuple(pairs(WHO, WHERE, PAGED[:3]))
"""What every page may be asked."""
ADDRESSED: Final[tuple[Query, ...]] = ((), *WHO)
OF_HISTORY: Final[tuple[Query, ...]] = ((), *one_of("on", (*DAYS, "2035-01-01")), *WHO)
LIBRARY: Final = tuple(pairs(TYPED[:6], one_of("pillar", CODES["pillar"]), one_of("kind", ("guide", "state")), WHO))
PLACES: Final = tuple(
    pairs(WHO, WHERE, one_of("active", ("yes", "no")), one_of("sort", ("name", "needs", "-projects")), TYPED[:4])
)
COMPARED: Final = tuple(
    pairs(one_of("before", INVENTORIES), one_of("after", INVENTORIES), one_of("taken", ("0" * 12,)), WHO, PAGED[:2])
)

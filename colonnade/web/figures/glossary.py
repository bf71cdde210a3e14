"""The glossary: every word of the pages and of the strategy, what it means here, and where it is used."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Value
from django.urls import NoReverseMatch, reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.analysis.figures.definition import library
from colonnade.audit.records import LevelChoice
from colonnade.members.models import WorkingGroup
from colonnade.needs.models import Recommendation, Response
from colonnade.portfolio.models.project import Origin, Scope, Status
from colonnade.results.models import Event
from colonnade.strategy.models import Area, Instrument, Mandate, MarkerLevel, Pillar, Strategy, Theme
from colonnade.web.figures import words
from colonnade.web.figures.words import Word


@dataclass(frozen=True, slots=True)
class Use:
    """Where a word is used."""

    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word with its anchor. ``language`` is set where the text is the strategy's own."""

    anchor: str
    title: str
    meaning: str = ""
    source: str = ""
    uses: tuple[Use, ...] = ()
    language: str = ""

    def holds(self, text: str) -> bool:
        """Whether the word or its meaning has ``text`` in it, whatever the case."""
        return text.casefold() in f"{self.title} {self.meaning}".casefold()


@dataclass(frozen=True, slots=True)
class Section:
    """Words of one kind."""

    anchor: str
    title: str
    terms: tuple[Term, ...]


def sections(text: str = "") -> list[Section]:
    """All the words by kind; with ``text`` those that have it in them. Sections without any are left out."""
    found = [Section(anchor, title, tuple(make())) for anchor, title, make in _sections()]
    kept = [replace(each, terms=tuple(term for term in each.terms if not text or term.holds(text))) for each in found]
    return [each for each in kept if each.terms]


def _sections() -> Iterator[tuple[str, str, Callable[[], Iterable[Term]]]]:
    own = Strategy.objects.first()
    terms = own.terms if own else {}
    coded = _coded_rows()
    yield "words", _("Words of these pages"), lambda: (_of_word(word) for word in words.MODEL)
    yield "statuses", _("Statuses of projects"), lambda: _choices("status", Status.choices, words.STATUSES, "projects")
    yield "scopes", _("Scopes of projects"), lambda: _choices("scope", Scope.choices, words.SCOPES, "projects")
    yield "origins", _("Origins of projects"), lambda: _choices("origin", Origin.choices, words.ORIGINS, "projects")
    yield "coverage-of-needs", _("Coverage of needs"), _coverage
    yield "needs", _("Needs and responses"), _of_needs
    yield "events", _("Kinds of events"), lambda: _choices("kind", Event.Kind.choices, {}, "events")
    yield "markers", _("Scores of markers"), _markers
    yield "levels", _("Levels: who sees what"), lambda: _choices("level", LevelChoice.choices, words.LEVELS, "projects")
    yield "roles", _("Roles: who does and sees what"), _roles
    yield "pillars", _of(terms, "pillars", _("Pillars")), lambda: _coded("pillar", coded, "projects")
    yield "areas", _of(terms, "areas", _("Areas")), lambda: _coded("area", coded, "projects")
    yield "themes", _of(terms, "themes", _("Themes")), lambda: _coded("theme", coded, "needs")
    yield "groups", _("Working groups"), lambda: _coded("working_group", coded, "projects")
    yield "mandates", _("Mandates"), _mandates
    yield "instruments", _("Legal instruments"), _instruments


def _of(terms: dict[str, str], name: str, otherwise: str) -> str:
    """What the strategy itself calls its parts."""
    found = str(terms.get(name, ""))
    return f"{found[:1].upper()}{found[1:]}" if found else otherwise


def _of_word(word: Word) -> Term:
    figures = library()
    uses = [Use(_(figures[key].title), reverse("figure", args=[key])) for key in word.figures if key in figures]
    uses += [use for name, query in word.pages if (use := _page(name, query))]
    return Term(word.anchor, str(word.title), str(word.meaning), uses=tuple(uses))


_PAGES = {
    "projects": gettext_lazy("Projects"),
    "needs": gettext_lazy("Needs"),
    "events": gettext_lazy("Events"),
    "coverage": gettext_lazy("Coverage"),
    "coverage-time": gettext_lazy("Coverage in time"),
    "figures": gettext_lazy("Figures"),
    "reports": gettext_lazy("Reports"),
}


def _page(name: str, query: str = "") -> Use | None:
    """A list, where this house has one."""
    try:
        address = reverse(name)
    except NoReverseMatch:
        return None
    return Use(str(_PAGES[name]), f"{address}?{query}" if query else address)


def _listed(name: str, dimension: str, code: str) -> tuple[Use, ...]:
    use = _page(name, urlencode({dimension: code}))
    return (use,) if use else ()


def _choices(
    dimension: str, choices: Iterable[tuple[str, object]], meanings: Mapping[str, object], page: str
) -> Iterator[Term]:
    for code, title in choices:
        meaning = str(meanings.get(code, ""))
        yield Term(f"{dimension}-{code}", str(title), meaning, uses=_listed(page, dimension, code))


def _coverage() -> Iterator[Term]:
    use = Use(_(library()["coverage_of_needs"].title), reverse("figure", args=["coverage_of_needs"]))
    for code, title, meaning in words.COVERAGE:
        yield Term(f"coverage-{code}", str(title), str(meaning), uses=(use,))


def _of_needs() -> Iterator[Term]:
    yield from _choices("priority", Recommendation.Priority.choices, {}, "needs")
    yield from _choices("standing", Recommendation.Standing.choices, {}, "needs")
    for code, title in Response.Strength.choices:
        yield Term(f"strength-{code}", str(title), _("The strength that a response claims."))
    for code, title in Response.Standing.choices:
        yield Term(f"response-{code}", str(title), _("What became of a response that was claimed."))


def _markers() -> Iterator[Term]:
    for row in MarkerLevel.objects.all():
        uses = _listed("projects", "gender_marker", str(row.level)) if row.marker == "gender" else ()
        title = f"{row.marker.capitalize()} {row.level}"
        yield Term(f"marker-{slugify(row.marker)}-{row.level}", title, row.title, row.source, uses, "en")


def _roles() -> Iterator[Term]:
    for code, (title, meaning) in words.ROLES.items():
        yield Term(f"role-{code}", str(title), str(meaning))


def _coded_rows() -> list[dict[str, Any]]:
    """The strategy's codes of every dimension, in its order: one query for all."""
    names = ("code", "title", "short_title", "source", "position")
    first, *others = (
        model._default_manager.annotate(dimension=Value(dimension)).order_by().values(*names, "dimension")
        for dimension, model in (("pillar", Pillar), ("area", Area), ("theme", Theme), ("working_group", WorkingGroup))
    )
    return list(first.union(*others, all=True).order_by("position"))


def _coded(dimension: str, rows: Iterable[Mapping[str, Any]], page: str) -> Iterator[Term]:
    for row in rows:
        if row["dimension"] != dimension:
            continue
        code, short = row["code"], row["short_title"]
        title = f"{code}. {short}" if dimension == "pillar" else short
        meaning = row["title"] if row["title"] != short else ""
        uses = _listed(page, dimension, code)
        yield Term(f"{dimension}-{slugify(code)}", title, meaning, row["source"], uses, "en")


def _mandates() -> Iterator[Term]:
    for row in Mandate.objects.all():
        meaning = f"{row.body}, {row.year}: {row.subject}" if row.subject else f"{row.body}, {row.year}"
        yield Term(
            f"mandate-{slugify(row.code)}",
            row.code,
            meaning,
            row.source,
            _listed("projects", "mandate", row.code),
            "en",
        )


def _instruments() -> Iterator[Term]:
    for row in Instrument.objects.all():
        yield Term(f"instrument-{row.number}", row.title, f"{row.year}", row.source, (), "en")

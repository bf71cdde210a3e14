"""What a suggestion rests on, in words: its parts with their places, which add up to its score."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.analysis.matching.records import UNIT, Contribution, Kind, Place, Record
from colonnade.analysis.matching.registry import Suggestions
from colonnade.analysis.suggested import Suggested
from colonnade.web.shared.days import short_day
from colonnade.web.shared.numbers import CellView, HeaderView, TableView

#: What parts rest on, in words.
RESTS_ON: Final[dict[Kind, Promise]] = {
    Kind.WORDS: gettext_lazy("Shared words"),
    Kind.CONCEPT: gettext_lazy("Shared subject"),
    Kind.RELATED: gettext_lazy("Words that go together"),
    Kind.MODEL: gettext_lazy("Likeness to a language model"),
    Kind.COUNTRY: gettext_lazy("State"),
    Kind.THEME: gettext_lazy("Theme"),
    Kind.MANDATE: gettext_lazy("Resolutions"),
    Kind.DATES: gettext_lazy("Dates that meet"),
    Kind.EARLIER: gettext_lazy("Earlier link of likewise records"),
}
#: Parts that are told in a line; all of them stand in the table.
_TOLD: Final = 4
_QUOTED: Final = 6

Segments = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Titles:
    """Titles of States and themes by code, and the records that earlier links name."""

    labels: dict[str, dict[str, str]]
    kept: Suggestions

    def of(self, dimension: str, code: str) -> str:
        return self.labels.get(dimension, {}).get(code, code)

    def record(self, identifier: str) -> str:
        """The title of a need or a project that the reader may see."""
        found = self.kept.needs.get(identifier) or self.kept.projects.get(identifier)
        return found.title if found else ""


def score_text(amount: int, places: int = 3) -> str:
    """A score, or a part of one, in millionths: as a number with ``places`` decimals."""
    return f"{amount / UNIT:.{places}f}"


def what_it_rests_on(part: Contribution, candidate: Record, titles: Titles) -> str:
    """What was found, in words."""
    if part.kind is Kind.COUNTRY:
        if not candidate.countries:
            return _("global or regional")
        return ", ".join(titles.of("country", code) for code in part.what.split(", "))
    if part.kind is Kind.THEME:
        return titles.of("theme", part.what)
    if part.kind is Kind.DATES:
        return " – ".join(short_day(day) if day else "…" for day in (candidate.start, candidate.end))
    if part.kind is Kind.EARLIER:
        one, _dash, other = part.what.partition(" – ")
        return _("“%(one)s” and “%(other)s”") % {"one": titles.record(one), "other": titles.record(other)}
    return part.what


def in_a_line(found: Suggested, titles: Titles) -> str:
    """The strongest parts, by what they rest on."""
    parts = sorted(found.suggestion.contributions, key=lambda each: -each.amount)[:_TOLD]
    told: dict[Kind, list[str]] = {}
    for each in parts:
        told.setdefault(each.kind, []).append(what_it_rests_on(each, found.candidate, titles))
    said = [_("%(kind)s: %(what)s") % {"kind": RESTS_ON[kind], "what": "; ".join(what)} for kind, what in told.items()]
    return " · ".join(said)


def parts_table(found: Suggested, titles: Titles, asked: str, candidate: str) -> TableView:
    """Every part with its places in the two records (``asked`` and ``candidate`` say what they are)."""
    header = (
        HeaderView(_("Rests on")),
        HeaderView(_("What is shared")),
        HeaderView(asked),
        HeaderView(candidate),
        HeaderView(_("Adds"), numeric=True),
    )
    rows = tuple(
        (
            CellView(str(RESTS_ON[each.kind]), header=True),
            CellView(what_it_rests_on(each, found.candidate, titles)),
            CellView(quoted(found.asked, each.in_query)),
            CellView(quoted(found.candidate, each.in_candidate)),
            CellView(score_text(each.amount, 6), numeric=True),
        )
        for each in found.suggestion.contributions
    )
    total = (
        CellView(_("Score"), header=True), CellView(""), CellView(""), CellView(""),
        CellView(score_text(found.suggestion.score, 6), numeric=True),
    )  # fmt: skip
    return TableView(_("What the score is the sum of"), header, rows, total)


def quoted(record: Record, places: Iterable[Place]) -> str:
    """The stretches of a record's title and text that a part rests on."""
    titles = {"title": _("title"), "text": _("text")}
    told = []
    for field, group in groupby(sorted(places), lambda place: place.field):
        stretches = dict.fromkeys(getattr(record, field)[place.start : place.end] for place in group)
        listed = list(stretches)
        more = " …" if len(listed) > _QUOTED else ""
        words = ", ".join(f"“{each}”" for each in listed[:_QUOTED])
        told.append(f"{titles[field]}: {words}{more}")
    return "; ".join(told)


def marked(title: str, found: Suggested) -> Segments:
    """The candidate's title in stretches, those that the score rests on marked."""
    if title != found.candidate.title:
        return ((title, False),)
    shared = [False] * len(title)
    for part in found.suggestion.contributions:
        for place in part.in_candidate:
            if place.field == "title":
                shared[place.start : place.end] = [True] * (place.end - place.start)
    stretches = groupby(range(len(title)), lambda at: shared[at])
    return tuple(("".join(title[at] for at in group), is_shared) for is_shared, group in stretches)

"""An appeal read once for a page: its entries, what they are about, and which of them the address asks for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.core.viewer import Viewer
from colonnade.funding.appeal_sums import Line, Sums, by_value, together
from colonnade.funding.models import Appeal, AppealEntry
from colonnade.funding.queries import About, AskedFor, about, seen_appeal
from colonnade.web.shared.addresses import AUDIENCE
from colonnade.web.shared.filters import Choice, FilterBar, FilterField
from colonnade.web.shared.numbers import in_readers_words

#: Dimensions in the order of the page, with what each is called. Several values of an entry are divided equally.
DIMENSIONS: Final[Mapping[str, object]] = {
    "pillar": gettext_lazy("Pillar"),
    "entity": gettext_lazy("Entity"),
    "region": gettext_lazy("Region"),
    "theme": gettext_lazy("Theme"),
    "need": gettext_lazy("Need"),
}
PRIORITY: Final = "priority"
#: Stands for entries without a value.
NONE: Final = "-"
_OF_PROJECTS: Final = {"region": "regions", "theme": "themes", "need": "needs"}


@dataclass(frozen=True)
class Seen:
    """An appeal as one reader sees it, with what its entries are about."""

    appeal: Appeal
    asked: tuple[AskedFor, ...]
    about: About

    @property
    def whole(self) -> Sums:
        """All of it."""
        return together(one.sums for one in self.asked)

    @property
    def pairs(self) -> list[tuple[AppealEntry, Sums]]:
        """Entries with their sums."""
        return [(one.entry, one.sums) for one in self.asked]

    def values(self, dimension: str, entry: AppealEntry) -> Sequence[str]:
        """The codes of an entry in a dimension."""
        if dimension == "pillar":
            return [entry.pillar.code] if entry.pillar else []
        if dimension == "entity":
            return [entry.entity.code]
        if dimension == PRIORITY:
            return [entry.priority] if entry.priority else []
        return self.about.of(_OF_PROJECTS[dimension], entry)

    @cached_property
    def _titles(self) -> dict[tuple[str, str], str]:
        found = {
            (dimension, code): self.about.titles[kind, code]
            for dimension, kind in _OF_PROJECTS.items()
            for code in {code for one in self.asked for code in self.values(dimension, one.entry)}
        }
        for one in self.asked:
            if one.entry.pillar:
                title = in_readers_words(one.entry.pillar.short_title)
                found["pillar", one.entry.pillar.code] = f"{one.entry.pillar.code}. {title}"
            found["entity", one.entry.entity.code] = one.entry.entity.abbreviation
            if one.entry.priority:
                found[PRIORITY, one.entry.priority] = str(one.entry.get_priority_display())
        return found

    def title(self, dimension: str, code: str | None) -> str:
        """What a code is called."""
        if code is None or code == NONE:
            return _("Not reported")
        title = self._titles.get((dimension, code), code)
        return in_readers_words(title) if dimension in ("theme", "region") else title

    def lines(self, dimension: str) -> list[tuple[str | None, Line]]:
        """Totals by a dimension: pillars in their order, the others by what is short, what is not reported last."""
        found = by_value(self.pairs, lambda entry: self.values(dimension, entry))

        def place(of: tuple[str | None, Line]) -> tuple[bool, object, str]:
            code, line = of
            order: object = self._pillar_order.get(code or "", 0) if dimension == "pillar" else -line.sums.shortfall
            return code is None, order, self.title(dimension, code)

        return sorted(found.items(), key=place)

    @cached_property
    def _pillar_order(self) -> dict[str, int]:
        return {one.entry.pillar.code: one.entry.pillar.position for one in self.asked if one.entry.pillar}


def seen_by(viewer: Viewer, appeal: Appeal) -> Seen:
    """The appeal as ``viewer`` sees it. Ten queries."""
    asked = seen_appeal(viewer, appeal).asked
    return Seen(appeal, asked, about(viewer, [one.entry for one in asked]))


def narrowed(seen: Seen, query: QueryDict) -> list[AskedFor]:
    """The entries that the address asks for. A code that no entry has is not there."""
    found = list(seen.asked)
    for dimension in (*DIMENSIONS, PRIORITY):
        code = query.get(dimension, "")
        if not code:
            continue
        matches = _matching(seen, dimension, code)
        if not any(matches(one) for one in seen.asked):
            raise Http404
        found = [one for one in found if matches(one)]
    return found


def bar(seen: Seen, query: QueryDict, address: str) -> FilterBar:
    """A list for each dimension in which entries differ."""
    fields = []
    for dimension, title in {**DIMENSIONS, PRIORITY: _("Priority")}.items():
        counts: dict[str | None, int] = {}
        for one in seen.asked:
            for code in (*seen.values(dimension, one.entry),) or (None,):
                counts[code] = counts.get(code, 0) + 1
        if len(counts) < 2:
            continue
        known = sorted((code for code in counts if code is not None), key=lambda code: seen.title(dimension, code))
        choices = [
            Choice("", _("All")),
            *(Choice(code, f"{seen.title(dimension, code)} ({counts[code]})") for code in known),
        ]
        if None in counts:
            choices.append(Choice(NONE, f"{seen.title(dimension, None)} ({counts[None]})"))
        fields.append(FilterField(dimension, str(title), value=query.get(dimension, ""), choices=tuple(choices)))
    audience = query.get(AUDIENCE, "")
    hidden = ((AUDIENCE, audience),) if audience else ()
    return FilterBar(address, (), tuple(fields), (), hidden, address)


def _matching(seen: Seen, dimension: str, code: str) -> Callable[[AskedFor], bool]:
    def matches(one: AskedFor) -> bool:
        values = seen.values(dimension, one.entry)
        return not values if code == NONE else code in values

    return matches

"""Things with a name that everyone may find beside those in the snapshot: pages, reports, figures, works, terms.

They are gathered once for a snapshot and a language, folded with the snapshot's own labels, and kept.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from colonnade.analysis.figures.definition import library
from colonnade.analysis.search.named import Entry, Named, entries_of, named_in
from colonnade.members.models import FormerName
from colonnade.places.models import Country
from colonnade.results.models import Publication
from colonnade.strategy.models import Instrument
from colonnade.web.context import AREAS
from colonnade.web.figures.words import MODEL
from colonnade.web.search.addresses import page_named
from colonnade.web.shared.kept import Kept
from colonnade.web.shared.press import report_called, report_names
from colonnade.web.shared.reading import Reading

_entries: Final[Kept[tuple[Entry, ...]]] = Kept(16)


def entries_for(reading: Reading) -> tuple[Entry, ...]:
    """Everything with a name, as the reader's language calls it."""
    language = get_language() or ""

    def make() -> tuple[Entry, ...]:
        cursor = reading.cursor()
        here = _named_here(named_in(cursor), language)
        things = [*here, *_pages(), *_reports(), *_figures(), *_works(), *_terms()]
        return entries_of(cursor, things)

    return _entries.get((reading.place[0], language), make)


def _named_here(things: tuple[Named, ...], language: str) -> Iterator[Named]:
    """The snapshot's labels: States by the name that the reader's language has for them, and by the English one;
    entities by the names that they had as well."""
    countries = {country.code: country for country in Country.objects.all()}
    former: dict[str, list[str]] = defaultdict(list)
    for code, *names in FormerName.objects.values_list("entity__code", "abbreviation", "name"):
        former[code].extend(names)
    for thing in things:
        if thing.kind == "entity" and thing.identifier in former:
            yield replace(thing, codes=(*thing.codes, *former[thing.identifier]))
            continue
        country = countries.get(thing.identifier) if thing.kind == "country" else None
        name = country.name_in(language) if country else thing.title
        if name == thing.title:
            yield thing
        else:
            yield replace(thing, title=name, codes=(thing.title, *thing.codes))


def _pages() -> Iterator[Named]:
    for area in AREAS:
        if address := page_named(area.name):
            yield Named("page", area.name, _(area.title), address=address)


def _reports() -> Iterator[Named]:
    for name in report_names():
        report = report_called(name)
        address = reverse("report", args=[name])
        yield Named("report", name, report.title, report.subtitle, (report.symbol,), address=address)


def _figures() -> Iterator[Named]:
    for key, figure in library().items():
        yield Named("figure", key, _(figure.title), codes=(key,), text=figure.definition)


def _works() -> Iterator[Named]:
    for instrument in Instrument.objects.all():
        yield Named("instrument", str(instrument.number), instrument.title, str(instrument.year), (), instrument.topic)
    for work in Publication.objects.prefetch_related("publishers"):
        publishers = ", ".join(publisher.abbreviation for publisher in work.publishers.all())
        beside = " · ".join(part for part in (publishers, work.published_in[:4]) if part)
        # It stands in the library among others: the list that has its title leads to it.
        address = f"{reverse('library')}?{urlencode({'q': work.title})}"
        yield Named("publication", work.code, work.title, beside, text=work.kind, address=address)


def _terms() -> Iterator[Named]:
    """The words of the glossary that stand for no thing with a page of its own."""
    address = reverse("glossary")
    for word in MODEL:
        yield Named(
            "term", word.anchor, str(word.title), text=str(word.meaning), address=f"{address}#term-{word.anchor}"
        )

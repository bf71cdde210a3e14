"""Brings the catalogues of the interface up to date: ``python tools/catalogues.py``.

Collects every text for people from the code, the templates and the figures' titles, merges it into each ``django.po``
under ``colonnade/locale``, and compiles ``django.mo`` beside it. Both are committed, so that nothing needs compiling
where the pages run. Needs no gettext programs: Babel reads and writes, Django turns a template into calls.
"""

import io
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "colonnade"
LOCALE = HOUSE / "locale"
PROJECT, VERSION = "Colonnade", "0"
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def messages() -> Iterator[tuple[str | tuple[str, ...], str]]:
    """Every text for people, and the file that it stands in."""
    for path in sorted(HOUSE.rglob("*.py")):
        if "tests" not in path.parts and "migrations" not in path.parts:
            yield from _called(path.read_text(encoding="utf-8"), path)
    for path in sorted((HOUSE / "web").rglob("*.html")):
        yield from _called(templatize(path.read_text(encoding="utf-8"), origin=str(path)), path)
    for definition in _figures():
        place = f"colonnade/analysis/figures/library/{definition.subject}.toml"
        yield definition.title, place
        for column in definition.columns:
            yield column.title, place


def _figures() -> Iterable["FigureDefinition"]:
    return library().values()


def _called(source: str, path: Path) -> Iterator[tuple[str | tuple[str, ...], str]]:
    stream = io.BytesIO(source.encode())
    for _line, message, *_rest in extract("python", stream, keywords=KEYWORDS, options={"encoding": "utf-8"}):
        yield message, path.relative_to(ROOT).as_posix()


def template() -> Catalog:
    """A catalogue of all texts, none translated."""
    catalog = Catalog(project=PROJECT, version=VERSION, fuzzy=False)
    for message, file in messages():
        if message and message != ("", ""):
            catalog.add(message, locations=[(file, 0)])
    return catalog


def bring_up_to_date(folder: Path, texts: Catalog) -> tuple[int, int]:
    """Merge ``texts`` into one language's catalogue and compile it. How many texts it translates, of how many."""
    source = folder / "django.po"
    with source.open("rb") as stream:
        catalog = read_po(stream, locale=folder.parent.name, domain="django")
    catalog.update(texts, no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    catalog.project, catalog.version = PROJECT, VERSION
    with source.open("wb") as stream:
        write_po(stream, catalog, width=110, sort_output=True, no_location=True, omit_header=False)
    with source.with_suffix(".mo").open("wb") as stream:
        write_mo(stream, catalog)
    told = [message for message in catalog if message.id]
    return sum(1 for message in told if all(_strings(message.string))), len(told)


def _strings(string: str | Iterable[str] | None) -> tuple[str, ...]:
    """The forms of a translation; of none, one that is empty."""
    return (string or "",) if string is None or isinstance(string, str) else tuple(string)


def main() -> int:
    """Every language."""
    texts = template()
    for folder in sorted(LOCALE.glob("*/LC_MESSAGES")):
        done, total = bring_up_to_date(folder, texts)
        print(f"{folder.parent.name}: {done} of {total} texts translated")
    return 0


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "colonnade.config.settings")
sys.path.insert(0, str(ROOT))
django.setup()

from colonnade.analysis.figures.definition import FigureDefinition, library  # noqa: E402  # needs the settings

if __name__ == "__main__":
    sys.exit(main())

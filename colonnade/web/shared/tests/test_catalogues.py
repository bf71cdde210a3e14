"""Every catalogue is compiled as it stands, and no translation loses a value that the page puts in."""

import gettext
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings

SOURCES = sorted(Path(settings.LOCALE_PATHS[0]).glob("*/LC_MESSAGES/django.po"))
PLACES = re.compile(r"%\(\w+\)s|\{\w+\}|</?\w+>|%[sd]")
UNNAMED = re.compile(r"%[sd]")


def test_there_is_an_arabic_catalogue() -> None:
    assert "ar" in [path.parts[-3] for path in SOURCES]


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.parts[-3])
def test_what_is_compiled_is_what_is_written(source: Path) -> None:
    with source.open("rb") as stream:
        catalog = read_po(stream)
    with source.with_suffix(".mo").open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)
    for message in catalog:
        if message.id and isinstance(message.id, str) and message.string:
            assert compiled.gettext(message.id) == message.string, "run python tools/catalogues.py"


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.parts[-3])
def test_a_translation_keeps_the_places_of_values(source: Path) -> None:
    with source.open("rb") as stream:
        catalog = read_po(stream)
    for message in catalog:
        if message.id and isinstance(message.id, str) and isinstance(message.string, str) and message.string:
            assert sorted(PLACES.findall(message.id)) == sorted(PLACES.findall(message.string)), message.id


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.parts[-3])
def test_numbers_of_a_plural_have_names(source: Path) -> None:
    """A language says some numbers in words ("two proposals" is one word in Arabic): its form then has no place for a
    number, and Python leaves out one that has a name, but fails over one that has none."""
    with source.open("rb") as stream:
        plurals = [message.id for message in read_po(stream) if isinstance(message.id, tuple)]
    assert plurals
    assert [forms for forms in plurals if any(UNNAMED.search(form) for form in forms)] == []

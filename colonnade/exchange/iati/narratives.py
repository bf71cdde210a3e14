"""Texts in one or more languages: the ``narrative`` elements of titles, descriptions and names."""

from collections.abc import Iterable
from dataclasses import dataclass

from lxml.etree import _Element

from colonnade.exchange.iati.values import Notes, language, text_of


@dataclass(frozen=True, slots=True)
class Narrative:
    """A text and its language (lower case; empty where the publisher states none)."""

    language: str
    text: str


def read_narratives(parent: _Element | None, default_language: str, notes: Notes) -> tuple[Narrative, ...]:
    """Every narrative of ``parent`` that says something; an empty one is noted."""
    if parent is None:
        return ()
    found = []
    for element in parent.findall("narrative"):
        text = text_of(element)
        if text:
            found.append(Narrative(language(element, default_language, notes), text))
        else:
            notes.add(element, "", "an empty text; it is left out", "write the text, or leave the element out")
    return tuple(found)


def preferred(narratives: Iterable[Narrative], wanted: str = "en") -> Narrative | None:
    """The first narrative in the ``wanted`` language, else the first of all."""
    candidates = tuple(narratives)
    in_language = (one for one in candidates if one.language.split("-")[0] == wanted)
    return next(in_language, candidates[0] if candidates else None)


def name_of(parent: _Element, default_language: str, notes: Notes) -> str:
    """The name of an organisation, place or code: English where there is one, else the first, else empty."""
    chosen = preferred(read_narratives(parent, default_language, notes))
    return chosen.text if chosen else ""

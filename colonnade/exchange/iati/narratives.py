"""Texts in one or more languages: the ``narrative`` elements of titles, descriptions and names.

None that speaks of an individual is taken, as far as that is recognised: an address or a telephone number is cut out
of its text, and any other personal detail leaves the whole text out (``docs/decisions/0014-individuals.md``).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from lxml.etree import _Element

from colonnade.core.individuals import CONTACTS, MEND, find_individuals, without_contacts
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
        if not text:
            notes.add(element, "", "an empty text; it is left out", "write the text, or leave the element out")
        elif text := _without_individuals(element, text, notes):
            found.append(Narrative(language(element, default_language, notes), text))
    return tuple(found)


def _without_individuals(element: _Element, text: str, notes: Notes) -> str:
    """What of ``text`` can be taken; empty where it may speak of somebody. What is left out is noted, unrepeated."""
    met = find_individuals(text)
    telling = next((one for one in met if one.detail not in CONTACTS), None)
    if telling is not None:
        notes.add(element, telling.masked, f"{telling.why}; the whole text is left out", MEND)
        return ""
    for one in met:
        notes.add(element, one.masked, f"{one.why}; it is cut out of the text", "name the office, not the person")
    return without_contacts(text, met)


def preferred(narratives: Iterable[Narrative], wanted: str = "en") -> Narrative | None:
    """The first narrative in the ``wanted`` language, else the first of all."""
    candidates = tuple(narratives)
    in_language = (one for one in candidates if one.language.split("-")[0] == wanted)
    return next(in_language, candidates[0] if candidates else None)


def name_of(parent: _Element, default_language: str, notes: Notes) -> str:
    """The name of an organisation, place or code: English where there is one, else the first, else empty."""
    chosen = preferred(read_narratives(parent, default_language, notes))
    return chosen.text if chosen else ""

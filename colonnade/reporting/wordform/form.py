"""What a form in Word is made of, and what is read from one."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from colonnade.core.problems import Problem


@dataclass(frozen=True, slots=True)
class WordField:
    """A field: the tag that it is found by, what it asks, and what stands in it."""

    tag: str
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class WordGroup:
    """Fields that stand in one table, under a title where it has one."""

    fields: tuple[WordField, ...]
    title: str = ""


@dataclass(frozen=True, slots=True)
class WordSection:
    """A part of the form with a heading, and what to know about it."""

    title: str
    groups: tuple[WordGroup, ...]
    lead: str = ""


@dataclass(frozen=True, slots=True)
class WordForm:
    """A form. ``kept`` travels with the file, out of sight, and comes back where whatever saved it left it in.

    ``to_read``: a copy without anything to fill in, which nobody takes in again.
    """

    title: str
    lead: str
    sections: tuple[WordSection, ...]
    kept: str = ""
    language: str = "en"
    to_read: bool = False


@dataclass(frozen=True, slots=True)
class ReadForm:
    """What stands in a form that was filled in: tag -> text, and what is wrong with it."""

    texts: Mapping[str, str]
    kept: str = ""
    problems: list[Problem] = field(default_factory=list)

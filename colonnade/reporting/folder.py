"""A report's folder, read and checked: ``report.toml`` and the texts that it names.

    title, subtitle, symbol, date, language     what the title block says; ``date`` is that of the text
    masthead = ["Distr.: ..."]                  lines at the head of the first page
    summary = "text/00-summary.md"              stands before the contents
    text = ["text/01-....md", ...]              the sections, in order
    inventory = "portfolio-2019"                the one that is reported on unless another is asked for
    [sources]                                   figure key -> where the published document states it
    [inventories.NAME]                          the figures' parameters for that inventory, and words for the text
    [inventories.default]                       the same for every other inventory
    [colours] DIMENSION = "../../pillars.csv"   a file of the pack with the columns code and colour
    [colours.DIMENSION]                         or code -> colour
    [dimensions.DIMENSION]                      how its codes read: ``table = "{code}. {title}"`` in tables and charts,
                                                ``text = "pillar {code}"`` in sentences; ``{lower}`` is the title with
                                                a small first letter

Everything wrong in any of the files is refused at once, each with its file, line and mend.
"""

import csv
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter
from typing import Any, Final

from colonnade.analysis.figures.definition import FigureDefinition
from colonnade.core.problems import Problem, ProblemsFound
from colonnade.reporting.text.blocks import parse_blocks
from colonnade.reporting.text.check import KnownFigures, Mentions, check_texts
from colonnade.reporting.text.nodes import TextSource
from colonnade.reporting.wording import WORDINGS

SETTINGS: Final = "report.toml"
DEFAULT_INVENTORY: Final = "default"
#: Parameters that every build supplies; those of the inventories are added to them.
BUILD_PARAMETERS: Final = frozenset(
    {"inventory", "inventory_title", "previous_title", "as_of", "audience", "provenance", "title", "symbol"}
)
_TEXTS: Final = ("title", "subtitle", "symbol", "date", "language", "inventory")
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_FORM_WORDS: Final = frozenset({"code", "title", "lower"})


@dataclass(frozen=True, slots=True)
class Report:
    """A report as its author wrote it. ``mentions`` is what its texts call for, in order."""

    name: str
    title: str
    subtitle: str
    symbol: str
    date: str
    language: str
    inventory: str
    masthead: tuple[str, ...]
    summary: TextSource | None
    texts: tuple[TextSource, ...]
    sources: Mapping[str, str]
    inventories: Mapping[str, Mapping[str, str]]
    colours: Mapping[str, Mapping[str, str]]
    forms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    mentions: Mentions = field(default_factory=Mentions)

    def parameters_of(self, inventory: str) -> Mapping[str, str]:
        """The parameters of an inventory: its own, else the default ones."""
        return self.inventories.get(inventory, self.inventories.get(DEFAULT_INVENTORY, {}))

    def sources_of(self, inventory: str) -> Mapping[str, str]:
        """The published sources of the figures: they speak of the report's own inventory, and of no other."""
        return self.sources if inventory == self.inventory else {}


def read_report(folder: Path, figures: Mapping[str, FigureDefinition]) -> Report:
    """The report in ``folder``, checked against the figures that exist.

    Raises ``ProblemsFound``, or ``FileNotFoundError`` where there is no report.
    """
    settings = folder / SETTINGS
    if not settings.is_file():
        raise FileNotFoundError(f"no report at {folder}: it has no {SETTINGS}")
    try:
        told = tomllib.loads(settings.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problem = Problem(SETTINGS, None, None, "", f"not a TOML file: {error}", "mend it at the place named")
        raise ProblemsFound([problem]) from error
    known = {key: frozenset(column.name for column in figure.columns) for key, figure in figures.items()}
    problems = _problems_of(told, known)
    names = [name for name in [told.get("summary"), *told.get("text", [])] if isinstance(name, str)]
    texts = {name: _read_text(folder, name, problems) for name in names}
    colours = {name: _colours(folder, own, problems) for name, own in told.get("colours", {}).items()}
    inventories = {name: dict(own) for name, own in told.get("inventories", {}).items()}
    supplied = BUILD_PARAMETERS.union(*inventories.values())
    mentions, wrong = check_texts(texts.values(), known, supplied)
    problems += wrong
    if problems:
        raise ProblemsFound(problems)
    return Report(
        name=folder.name,
        **{name: told.get(name, "") for name in _TEXTS},
        masthead=tuple(told.get("masthead", ())),
        summary=texts.get(told.get("summary", "")),
        texts=tuple(texts[name] for name in told["text"]),
        sources=told.get("sources", {}),
        inventories=inventories,
        colours=colours,
        forms=told.get("dimensions", {}),
        mentions=mentions,
    )


def _read_text(folder: Path, name: str, problems: list[Problem]) -> TextSource:
    path = folder / name
    try:
        source = path.read_text(encoding="utf-8")
    except (FileNotFoundError, IsADirectoryError):
        problems.append(Problem(SETTINGS, None, "text", name, "no such file in the report's folder", "add it"))
        return TextSource(name, ())
    except UnicodeDecodeError as error:
        problems.append(Problem(name, None, None, "", f"not UTF-8: {error.reason}", "save the file as UTF-8"))
        return TextSource(name, ())
    text, wrong = parse_blocks(source, name)
    problems += wrong
    return text


def _problems_of(told: Mapping[str, Any], known: KnownFigures) -> list[Problem]:
    problems: list[Problem] = []

    def wrong(column: str, value: object, message: str, mend: str) -> None:
        problems.append(Problem(SETTINGS, None, column, str(value), message, mend))

    for name in ("title", "language", "inventory"):
        if not isinstance(told.get(name), str) or not told[name].strip():
            wrong(name, told.get(name, ""), "missing", f"give the report its {name}")
    if not isinstance(told.get("text"), list) or not told["text"]:
        wrong("text", told.get("text", ""), "no text", "list the text files in their order")
    if isinstance(told.get("language"), str) and told["language"] not in WORDINGS:
        wrong("language", told["language"], "no wording for this language", f"use one of {', '.join(WORDINGS)}")
    for key in told.get("sources", {}):
        if key not in known:
            wrong("sources", key, "no such figure", "use a key of the figures library")
    for name, own in told.get("inventories", {}).items():
        for parameter, value in own.items():
            if not isinstance(value, str):
                wrong(f"inventories.{name}", f"{parameter} = {value}", "not a text", "put it in quotation marks")
    for dimension, forms in told.get("dimensions", {}).items():
        for use, form in forms.items():
            words = {name for _, name, _, _ in Formatter().parse(str(form)) if name is not None}
            if use not in {"table", "text"} or not words <= _FORM_WORDS:
                wrong(f"dimensions.{dimension}", f"{use} = {form}", "not a form", "write table or text, with {code}")
    return problems


def _colours(folder: Path, told: object, problems: list[Problem]) -> dict[str, str]:
    """code -> colour in small letters, as given or as a file of the pack lists them."""
    if isinstance(told, Mapping):
        pairs = [(str(code), str(colour)) for code, colour in told.items()]
    else:
        try:
            with (folder / str(told)).open(encoding="utf-8", newline="") as file:
                pairs = [(row["code"], row["colour"]) for row in csv.DictReader(file)]
        except (OSError, KeyError, UnicodeDecodeError) as error:
            mend = "name a CSV file with the columns code and colour"
            problems.append(Problem(SETTINGS, None, "colours", str(told), f"no colours there: {error}", mend))
            return {}
    for code, colour in pairs:
        if not _COLOUR.fullmatch(colour):
            problems.append(Problem(SETTINGS, None, "colours", colour, f"{code}: not a colour", "write it as #1b5e9b"))
    return {code: colour.lower() for code, colour in pairs}

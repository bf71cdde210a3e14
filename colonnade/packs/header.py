"""``strategy.toml``: what the strategy is called, which report its pack follows, in which currency it counts."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from colonnade.core.problems import Problem

FILE: Final = "strategy.toml"


@dataclass(frozen=True, slots=True)
class Strategy:
    """The strategy and the document that the pack follows.

    ``coordination`` is the framework in which entities work together, ``secretariat`` the entity that serves it,
    ``assessor`` the one whose assessments name needs (empty where nobody assesses). ``terms`` are the strategy's own
    words for the parts it is made of, for titles and headings.
    """

    key: str
    title: str
    short_title: str
    coordination: str
    coordination_short: str
    secretariat: str
    assessor: str
    fund: str
    document_symbol: str
    document_title: str
    document_date: date
    base_currency: str
    voluntary_claim: str
    languages: tuple[str, ...]
    illustrative_notice: str
    restricted_notice: str
    terms: Mapping[str, str]
    links: tuple["Link", ...]


@dataclass(frozen=True, slots=True)
class Link:
    """A public page about the strategy."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Setting:
    """One key of the file: its path, what it holds, what it means, and whether it may be left out."""

    path: str
    holds: str
    meaning: str
    pattern: str = ""
    required: bool = True


_WORD: Final = r"[a-z][a-z0-9-]{0,49}"

SETTINGS: Final[tuple[Setting, ...]] = (
    Setting("key", "text", "Short name of the strategy in addresses and file names", _WORD),
    Setting("title", "text", "Full title"),
    Setting("short_title", "text", "Title for tables and pages"),
    Setting("coordination.title", "text", "The framework in which entities work together"),
    Setting("coordination.short_title", "text", "The same for tables and pages"),
    Setting("coordination.secretariat", "text", "Code of the entity that serves it (entities.csv)"),
    Setting("coordination.assessor", "text", "Code of the entity that assesses needs (entities.csv)", required=False),
    Setting("coordination.fund", "text", "Name of the trust fund", required=False),
    Setting("document.symbol", "text", "Symbol of the report that the pack follows", r".{1,40}"),
    Setting("document.title", "text", "Its title"),
    Setting("document.date", "date", "Its date, unquoted: 2020-02-07"),
    Setting("money.base_currency", "text", "Currency that totals are counted in, ISO 4217", r"[A-Z]{3}"),
    Setting(
        "money.voluntary_claim",
        "text",
        "Key of the claim (claims.toml) that states which share of resources are voluntary contributions",
        required=False,
    ),
    Setting("languages", "texts", "Languages of the strategy, as en, fr, zh-hans", r"[a-z]{2,3}(-[a-z0-9]+)*"),
    Setting("notices.illustrative", "text", "What every page and file made from illustrative records says"),
    Setting("notices.restricted", "text", "What every page and file with restricted records says"),
    Setting("terms.pillar", "text", "The strategy's word for a pillar"),
    Setting("terms.pillars", "text", "The same in the plural"),
    Setting("terms.area", "text", "The strategy's word for a priority area"),
    Setting("terms.areas", "text", "The same in the plural"),
    Setting("links", "links", 'Public pages, each as [[links]] with title = "..." and url = "..."', required=False),
)

_PATHS: Final = frozenset(setting.path for setting in SETTINGS)
_GROUPS: Final = frozenset(path.split(".")[0] for path in _PATHS if "." in path)


def parse_strategy(content: bytes) -> tuple[Strategy | None, list[Problem]]:
    """The strategy in ``content``, or ``None``; and everything that is wrong with it."""
    try:
        document = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        met = content[error.start : error.start + 1].hex()
        return None, [Problem(FILE, row, None, met, "a byte that is not UTF-8", "save the file as UTF-8")]
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        at = int(line[1]) if line else None
        return None, [Problem(FILE, at, None, "", f"not TOML: {error}", "mend the line; texts stand in double quotes")]
    problems = [*_unknown(document), *(problem for setting in SETTINGS for problem in _check(setting, document))]
    return (None if problems else _strategy(document)), problems


def _strategy(document: Mapping[str, Any]) -> Strategy:
    def text(path: str) -> str:
        value = _at(document, path)
        return "" if value is None else str(value).strip()

    return Strategy(
        key=text("key"),
        title=text("title"),
        short_title=text("short_title"),
        coordination=text("coordination.title"),
        coordination_short=text("coordination.short_title"),
        secretariat=text("coordination.secretariat"),
        assessor=text("coordination.assessor"),
        fund=text("coordination.fund"),
        document_symbol=text("document.symbol"),
        document_title=text("document.title"),
        document_date=document["document"]["date"],
        base_currency=text("money.base_currency"),
        voluntary_claim=text("money.voluntary_claim"),
        languages=tuple(document["languages"]),
        illustrative_notice=text("notices.illustrative"),
        restricted_notice=text("notices.restricted"),
        terms={path.split(".")[1]: text(path) for path in _PATHS if path.startswith("terms.")},
        links=tuple(Link(link["title"], link["url"]) for link in document.get("links", ())),
    )


def _at(document: Mapping[str, Any], path: str) -> object:
    value: object = document
    for part in path.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(part)
    return value


def _unknown(document: Mapping[str, Any]) -> Iterator[Problem]:
    mend = "remove it, or write one of: " + ", ".join(setting.path for setting in SETTINGS)
    for name, value in document.items():
        if name in _GROUPS and isinstance(value, Mapping):
            for inner in value:
                if f"{name}.{inner}" not in _PATHS:
                    yield Problem(FILE, None, f"{name}.{inner}", f"{name}.{inner}", "not a key of this file", mend)
        elif name not in _PATHS:
            yield Problem(FILE, None, name, name, "not a key of this file", mend)


def _check(setting: Setting, document: Mapping[str, Any]) -> Iterator[Problem]:
    value = _at(document, setting.path)
    if value is None or value == "":
        if setting.required:
            yield Problem(FILE, None, setting.path, "", "missing", f"add the key: {setting.meaning}")
        return
    if wrong := _wrong(setting, value):
        yield Problem(FILE, None, setting.path, str(value), *wrong)


def _wrong(setting: Setting, value: object) -> tuple[str, str] | None:
    """What is wrong with ``value`` and how to mend it, or ``None``."""
    pattern = re.compile(setting.pattern or r"(?s).*\S.*")
    match setting.holds:
        case "date":
            # A TOML date and time is a date to Python, too, but not to the reader of a title page.
            return None if type(value) is date else ("not a date", "write the day unquoted, as 2020-02-07")
        case "texts":
            if isinstance(value, list) and value and all(isinstance(v, str) and pattern.fullmatch(v) for v in value):
                return None
            return "not a list of such texts", f"write them in brackets: {setting.meaning}"
        case "links":
            if isinstance(value, list) and all(_is_link(link) for link in value):
                return None
            return "not a list of links", setting.meaning
    if isinstance(value, str) and pattern.fullmatch(value.strip()):
        return None
    return "not such a text", f"write in double quotes: {setting.meaning}"


def _is_link(link: object) -> bool:
    return (
        isinstance(link, Mapping)
        and set(link) == {"title", "url"}
        and all(isinstance(part, str) and part.strip() for part in link.values())
        and str(link["url"]).startswith("https://")
    )

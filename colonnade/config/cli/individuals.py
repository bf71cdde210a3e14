"""``colonnade individuals``: how often texts are taken for texts about individuals, in packs, the registry and IATI.

What is printed are findings, not verdicts: contact details in a published text are rightly found. With ``--show`` it
says where, and never the words.
"""

import argparse
import csv
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings
from lxml import etree

from colonnade.config.cli.grammar import command
from colonnade.config.database import connect_settings
from colonnade.core.individuals import find_individuals
from colonnade.core.viewer import AUDIENCES
from colonnade.needs.models import KeptField, Recommendation
from colonnade.portfolio.models import Project

_WORDS: Final = re.compile(r"[^\W\d]{2,}")

#: Where a text stands, and the text.
Text = tuple[str, str]


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = command(commands, "individuals", "count the texts in which personal details are recognised", run)
    parser.add_argument("folder", nargs="?", type=Path, help="a folder of IATI activity files to read as well")
    parser.add_argument("--show", action="store_true", help="say where something was found")


def run(arguments: argparse.Namespace) -> int:
    """Read, count and print a line for each source."""
    if arguments.folder is not None and not arguments.folder.is_dir():
        raise FileNotFoundError(f"{arguments.folder} is no folder; name one with IATI activity files")
    connect_settings()
    sources = {"data pack": pack_texts(settings.PACK_DIR), "registry": registry_texts()}
    if arguments.folder is not None:
        sources["IATI narratives"] = iati_texts(arguments.folder)
    for name, texts in sources.items():
        _report(name, texts, show=arguments.show)
    return 0


def pack_texts(folder: Path) -> Iterator[Text]:
    """Every cell with words in the CSV files of a data pack."""
    for path in sorted(folder.rglob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            for number, row in enumerate(csv.reader(stream), start=1):
                yield from ((f"{path.relative_to(folder)}, row {number}", cell) for cell in row if _WORDS.search(cell))


def registry_texts() -> Iterator[Text]:
    """Titles and texts of every project and need, those that a State keeps among them."""
    everyone = AUDIENCES["secretariat"].viewer
    for reference, *texts in Project.objects.visible_to(everyone).values_list("reference", "title", "description"):
        yield from ((f"project {reference}", text) for text in texts if text)
    needs = Recommendation.objects.visible_to(everyone).values_list("reference", "title", "text", "addressee")
    for reference, *texts in needs:
        yield from ((f"need {reference}", text) for text in texts if text)
    for reference, value in KeptField.objects.visible_to(everyone).values_list("recommendation__reference", "value"):
        yield f"need {reference}", value


def iati_texts(folder: Path) -> Iterator[Text]:
    """Every narrative in the XML files under ``folder``, but those of contact elements, which are never read."""
    for path in sorted(folder.rglob("*.xml")):
        parser = etree.iterparse(str(path), events=("end",), resolve_entities=False, no_network=True, recover=True)
        for _event, element in parser:
            if element.tag == "narrative" and element.text and _WORDS.search(element.text):
                if not any(above.tag == "contact-info" for above in element.iterancestors()):
                    yield f"{path.name}, line {element.sourceline}", element.text.strip()
            elif element.tag == "iati-activity":
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]


def _report(name: str, texts: Iterator[Text], *, show: bool) -> None:
    read = flagged = 0
    kinds: Counter[str] = Counter()
    for where, text in texts:
        read += 1
        found = find_individuals(text)
        flagged += bool(found)
        kinds.update({one.detail.value for one in found})
        if show:
            for one in found:
                print(f"  {where}: {one.detail.value}")
    by_kind = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items())) or "none"
    share = 100 * flagged / read if read else 0
    print(f"{name}: {read:,} texts, something found in {flagged:,} ({share:.3f} per cent): {by_kind}")

"""The reports of the data pack as the pages use them: read once, each with the parameters that its figures take."""

from functools import cache
from pathlib import Path

from django.conf import settings

from colonnade.analysis.figures.definition import library
from colonnade.analysis.figures.engine import Labels
from colonnade.reporting.folder import SETTINGS, Report, read_report


def report_names() -> tuple[str, ...]:
    """The names of the pack's reports, in order."""
    return _names(settings.PACK_DIR)


def report_called(name: str) -> Report:
    """The report ``name``. Raises ``KeyError`` where the pack has none of that name."""
    if name not in report_names():
        raise KeyError(name)
    return _report(settings.PACK_DIR, name)


def main_report() -> Report | None:
    """The pack's first report: its inventory and parameters are those of figures that no report is named for."""
    names = report_names()
    return report_called(names[0]) if names else None


def titled(labels: Labels) -> dict[str, dict[str, str]]:
    """Titles of codes in the form that the report's tables give them: ``III. Building capacity``."""
    report = main_report()
    forms = {name: form.get("table", "{title}") for name, form in report.forms.items()} if report else {}
    return {
        dimension: {
            code: forms.get(dimension, "{title}").format(code=code, title=title, lower=title)
            for code, title in titles.items()
        }
        for dimension, titles in labels.items()
    }


@cache
def _names(pack: Path) -> tuple[str, ...]:
    return tuple(sorted(path.parent.name for path in (pack / "reports").glob(f"*/{SETTINGS}")))


@cache
def _report(pack: Path, name: str) -> Report:
    return read_report(pack / "reports" / name, library())

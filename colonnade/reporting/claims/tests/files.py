"""Small claims files for the tests, written and loaded."""

from pathlib import Path

from colonnade.reporting.claims.check import Disagreement, check_claims
from colonnade.reporting.claims.loading import Claims, load_claims

HEAD = '[document]\nsymbol = "X/1"\ntitle = "Water for all"\ndated = 2020-02-07\n'


def claim(key: str, value: object = None, unit: str = "count", **more: str) -> str:
    """A ``[[claim]]`` as TOML. ``value`` and what is in ``more`` are TOML themselves."""
    lines = [f'key = "{key}"', f'counts = "Wells, {key}"', f'unit = "{unit}"']
    lines += [] if value is None else [f"value = {value}"]
    if unit == "per cent":
        more.setdefault("of", '"all wells"')
    more.setdefault("source", '"X/1 para. 1"')
    return "\n".join(["[[claim]]", *lines, *(f"{name} = {text}" for name, text in more.items())]) + "\n"


def relation(key: str, kind: str, **more: str) -> str:
    """A ``[[relation]]`` as TOML, with ``more`` as in :func:`claim`."""
    lines = [f'key = "{key}"', f'kind = "{kind}"', 'says = "It should hold"']
    return "\n".join(["[[relation]]", *lines, *(f"{name} = {text}" for name, text in more.items())]) + "\n"


def written(folder: Path, *tables: str, head: str = HEAD) -> Path:
    path = folder / "claims.toml"
    path.write_text("\n".join([head, *tables]), encoding="utf-8")
    return path


def loaded(folder: Path, *tables: str) -> Claims:
    return load_claims(written(folder, *tables))


def disagreements(folder: Path, *tables: str) -> tuple[Disagreement, ...]:
    """What disagrees within a document of these claims and relations."""
    return check_claims(loaded(folder, *tables))

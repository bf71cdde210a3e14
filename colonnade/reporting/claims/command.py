"""``colonnade report check FILE [--json]``: prints what does not agree, for people or for programs.

The exit status is 0 where everything agrees, 1 where something does not, 2 where the check could not run.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from textwrap import fill
from typing import Final, TextIO

from colonnade.core.problems import ProblemsFound
from colonnade.reporting.claims.check import DOCUMENT, REGISTRY, Disagreement, Registry, check_claims
from colonnade.reporting.claims.loading import Claims, load_claims

AGREES: Final = 0
DISAGREES: Final = 1
COULD_NOT_RUN: Final = 2

_WIDTH: Final = 100
_HEADINGS: Final = ((DOCUMENT, "Within the document"), (REGISTRY, "With the registry"))


def run_check(path: Path, *, as_json: bool, registry: Registry | None, out: TextIO) -> int:
    """Checks the claims in ``path`` and writes the result to ``out``. Returns the exit status.

    Without a ``registry`` only the document itself is checked. With ``as_json`` the output is one JSON list: of
    disagreements, or (exit status 2) of problems with the file.
    """
    try:
        claims = load_claims(path)
        found = check_claims(claims, registry)
    except ProblemsFound as error:
        if as_json:
            _write_json([problem.as_dict() for problem in error.problems], out)
        else:
            out.writelines(f"{problem}\n" for problem in error.problems)
        return COULD_NOT_RUN
    if as_json:
        _write_json([disagreement.as_dict() for disagreement in found], out)
    else:
        out.writelines(f"{line}\n" for line in _told(claims, found, with_registry=registry is not None))
    return DISAGREES if found else AGREES


def _write_json(entries: Sequence[Mapping[str, object]], out: TextIO) -> None:
    json.dump(entries, out, ensure_ascii=False, indent=2)
    out.write("\n")


def _told(claims: Claims, found: Iterable[Disagreement], *, with_registry: bool) -> Iterator[str]:
    found = tuple(found)
    answered = sum(claim.answer is not None for claim in claims.claims.values())
    yield f"{claims.published.symbol}, {claims.published.title} ({claims.published.dated})"
    yield f"{len(claims.claims)} claims, {len(claims.relations)} relations between them, " + (
        f"{answered} claims compared with the registry"
        if with_registry
        else f"the registry not asked ({answered} claims name a figure of it)"
    )
    for kind, heading in _HEADINGS:
        here = [disagreement for disagreement in found if disagreement.kind == kind]
        if kind == REGISTRY and not with_registry:
            continue
        explained = sum(bool(disagreement.explained_by) for disagreement in here)
        yield ""
        yield f"{heading}: " + (
            f"{len(here)} disagree, {explained} of them explained by another reading" if here else "everything agrees"
        )
        for place, disagreement in enumerate(here, start=1):
            yield ""
            yield from _entry(place, disagreement)


def _entry(place: int, disagreement: Disagreement) -> Iterator[str]:
    yield _wrapped(f"{place}. {disagreement.says}  [{disagreement.relation}]", "", "   ")
    for side in (disagreement.left, disagreement.right):
        places = ", ".join(side.paragraphs)
        yield _wrapped(f"{side.text}  [{places}]" if places else side.text, "   - ", "     ")
    yield _wrapped(f"difference: {disagreement.gap}", "   ", "   ")
    for tried in disagreement.readings:
        yield _wrapped(f"{'explained by' if tried.holds else 'not explained by'}: {tried.text}", "   ", "     ")
    if not disagreement.readings and disagreement.kind == DOCUMENT:
        yield "   explained by: nothing that the text says"


def _wrapped(text: str, first: str, rest: str) -> str:
    return fill(
        text, _WIDTH, initial_indent=first, subsequent_indent=rest, break_long_words=False, break_on_hyphens=False
    )

"""Habits that security rests on, read out of the source: nothing here runs what came from outside.

An exception names its file and its reason.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

SOURCES = [
    path
    for folder in ("colonnade", "scripts")
    for path in sorted((ROOT / folder).rglob("*.py"))
    if not {"tests", "migrations"} & set(path.parts)
]
CALLS = {
    "runs a text as code": {"eval", "exec", "compile", "__import__"},
    "runs a shell": {"os.system", "os.popen", "subprocess.getoutput", "subprocess.getstatusoutput"},
    "makes a template of a text": {"Template", "engines.from_string", "Engine", "template.Template"},
    "uses a broken hash": {"hashlib.md5", "hashlib.sha1", "md5", "sha1"},
}
MODULES = {
    "reads objects that can run": {"pickle", "marshal", "shelve", "dill", "yaml", "joblib"},
    "speaks to other servers": {"requests", "httpx", "urllib.request", "http.client", "ftplib", "telnetlib", "aiohttp"},
    "parses XML without our bounds": {"xml.etree.ElementTree", "xml.dom.minidom", "xml.sax"},
    "draws numbers that can be guessed": {"random"},
}
#: File -> why it may.
MAY = {
    "colonnade/core/identifiers.py": "a seed gives illustrative records the same identifiers; others come from secrets",
    "colonnade/packs/illustrative": "illustrative records come from a seed",
}


def calls(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)
            if any(keyword.arg == "shell" for keyword in node.keywords):
                yield node.lineno, "os.system"


def modules(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.lineno, node.module
            yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)


def found(path: Path, text: str, what: str) -> list[str]:
    tree = ast.parse(text)
    met = calls(tree) if what in CALLS else modules(tree)
    names = {**CALLS, **MODULES}[what]
    place = path.relative_to(ROOT).as_posix()
    if any(place.startswith(name) for name in MAY):
        return []
    return [f"{place}:{line} {what}: {name}" for line, name in met if name in names]


@pytest.mark.parametrize("what", [*CALLS, *MODULES])
def test_no_source(what: str) -> None:
    assert [one for path in SOURCES for one in found(path, path.read_text(), what)] == []


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("x = eval(y)", "runs a text as code"),
        ("subprocess.run(a, shell=True)", "runs a shell"),
        ("from xml.etree import ElementTree", "parses XML without our bounds"),
        ("import random", "draws numbers that can be guessed"),
        ("import pickle", "reads objects that can run"),
        ("hashlib.md5(b'')", "uses a broken hash"),
    ],
)
def test_the_check_finds_what_it_looks_for(text: str, what: str) -> None:
    assert len(found(ROOT / "colonnade" / "made_up.py", text, what)) == 1


def test_the_only_text_that_is_trusted_as_markup_is_made_by_us() -> None:
    templates = [path for path in (ROOT / "colonnade" / "web").rglob("*.html") if "|safe" in path.read_text()]
    assert [path.name for path in templates] == ["chart.html"], "a chart is SVG that our own press drew, from numbers"
    for path in (ROOT / "colonnade").rglob("*.html"):
        assert "autoescape off" not in path.read_text()
    trusted = {path.relative_to(ROOT).as_posix() for path in SOURCES if "mark_safe(" in path.read_text()}
    assert trusted == {"colonnade/web/shared/markup.py", "colonnade/web/reports/views.py"}


#: Files that put an expression together: of our own, or of a data pack's; texts in it are quoted with re.escape.
COMPOSES = {
    "scripts/readers.py",
    "colonnade/core/individuals.py",
    "colonnade/reporting/claims/reading.py",
    "colonnade/reporting/charts/drawing.py",
    "colonnade/audit/verification.py",
    "colonnade/exchange/iati/mapping/phrases.py",
    "colonnade/packs/cells.py",
    "colonnade/packs/header.py",
    "colonnade/analysis/figures/sql.py",
    "colonnade/analysis/overlap/places.py",
}


def test_no_expression_is_made_of_what_somebody_typed() -> None:
    composing = {
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func).startswith("re.")
        and ast.unparse(node.func) != "re.escape"
        and not all(isinstance(argument, ast.Constant) for argument in node.args[:1])
    }
    assert composing == COMPOSES


def test_no_view_is_exempt_from_the_forms_token() -> None:
    assert [path.name for path in SOURCES if "csrf_exempt" in path.read_text()] == []


def test_scripts_run_no_text_and_keep_no_record() -> None:
    for path in (ROOT / "colonnade" / "web" / "static").rglob("*.js"):
        text = path.read_text()
        for word in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "new Function",
            "postMessage",
            "sessionStorage",
            "indexedDB",
            "WebSocket",
            "__proto__",
        ):
            assert word not in text, f"{path.name}: {word}"


def test_no_page_prints_a_key_with_separators() -> None:
    """The key 1017 is no "1,017": what is sent back would be nobody's."""
    for path in (ROOT / "colonnade" / "web").rglob("*.html"):
        assert re.findall(r"\{\{ [^}|]*\.pk \}\}", path.read_text()) == [], path

"""``make check``'s search for a reader that goes around ``visible_to``, in code and templates that are read, not run.

What it looks for is the table of ``KINDS``. What it finds is either mended or stands in ``readers.toml`` with its
reason; an entry there that nothing needs any more is a finding too. ``readers.toml`` also says which relations lead
only to rows that whoever sees the row sees: a test holds each of those against random registries and viewers.

    python scripts/readers.py [FOLDER]     # what is found, a line each; exit status 1 where there is something
    python scripts/readers.py --models     # the guarded models, and the relations that lead to one
"""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

from reading_walk import Walk
from registry_models import Model, Models, models_named_in

ROOT: Final = Path(__file__).resolve().parent.parent
TABLE: Final = Path(__file__).with_suffix(".toml")
#: Not read: tests write what they please, migrations have no viewer.
APART: Final = frozenset({"tests", "migrations", "conftest.py"})
#: Kind of finding -> what to do instead.
KINDS: Final = {
    "base-manager": "_base_manager knows no viewer: begin at visible_to(viewer)",
    "unscoped": "only actions and loaders read every row, and say why: begin at visible_to(viewer)",
    "no-reason": "unscoped(reason) says why",
    "sql": "SQL of one's own passes the query sets by: ask through visible_to(viewer)",
    "by-name": "a model found by its name is no model that this check can follow: import it",
    "log": "the log holds every row, before and after: read it through colonnade.audit",
    "refresh": "refresh_from_db() asks no viewer: pass from_queryset=, or read again through visible_to(viewer)",
    "accessor": 'a relation to or from a model that can be confidential has no way back: related_name="+"',
    "manager": "a model that can be confidential has one manager, made of its guarded query set",
    "name": "two models that can be confidential have one name, and this check tells them apart by it",
    "rule": "there is one visible_to, in colonnade.core.visibility; a model states entitled(viewer)",
    "join": "whoever sees the row need not see the row it leads to: ask for that one through visible_to(viewer)",
    "walk": "whoever sees the row need not see the row it leads to: ask for that one through visible_to(viewer)",
    "table": "nothing needs this entry of readers.toml any more",
}
_TAG: Final = re.compile(r"{[{%](.*?)[%}]}", re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """Something that is read past ``visible_to``."""

    path: str
    line: int
    kind: str
    what: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.kind}: {self.what}: {KINDS[self.kind]}"


@dataclass(frozen=True, slots=True)
class Table:
    """``readers.toml``: the relations that lead to nothing more (``Model.field``), what is allowed, and why."""

    follows: frozenset[str]
    allowed: tuple[dict[str, str], ...]

    @classmethod
    def read(cls, path: Path) -> "Table":
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        for entry in [*content["follows"], *content.get("allowed", ())]:
            if not str(entry.get("reason", "")).strip():
                raise SystemExit(f"{path.name}: an entry without a reason: {entry}")
        return cls(
            frozenset(relation for entry in content["follows"] for relation in entry["relations"]),
            tuple(content.get("allowed", ())),
        )

    def covers(self, finding: Finding) -> dict[str, str] | None:
        """The entry that allows ``finding``."""
        for entry in self.allowed:
            alike = fnmatch(finding.path, entry["path"]) and fnmatch(finding.what, entry.get("what", "*"))
            if alike and entry["kind"] == finding.kind:
                return entry
        return None


def check(folder: Path, table: Table) -> list[Finding]:
    """Everything below ``folder`` that reads past ``visible_to``, without what ``table`` allows."""
    found = sorted(set(_everything(folder, table)))
    used = [entry for entry in map(table.covers, found) if entry]
    left = [finding for finding in found if table.covers(finding) is None]
    stale = [entry for entry in table.allowed if entry not in used]
    return left + [Finding(TABLE.name, 1, "table", f"{entry['path']}, {entry['kind']}") for entry in stale]


def _everything(folder: Path, table: Table) -> Iterator[Finding]:
    trees = {
        path: ast.parse(path.read_text(encoding="utf-8"), str(path))
        for path in sorted(folder.rglob("*.py"))
        if not APART & set(path.relative_to(folder).parts)
    }
    models = Models(trees)
    narrower = _narrower(models, table.follows)
    returns, attributes = _annotated(trees.values(), models)
    for path, tree in trees.items():
        here, _attributes = _annotated([tree], models)
        walk = Walk(path.relative_to(folder).as_posix(), models, narrower, {**returns, **here}, attributes)
        walk.visit(tree)
        yield from (Finding(_shown(path, folder), line, kind, what) for line, kind, what in walk.found)
    for model in models.every:
        yield from _of_model(_shown(model.path, folder), models, model)
    for model in models.namesakes():
        yield Finding(_shown(model.path, folder), model.line, "name", model.name)
    names = {relation.split(".")[1] for relation in narrower}
    for path in sorted(folder.rglob("*.html")):
        yield from _of_template(_shown(path, folder), path.read_text(encoding="utf-8"), names)


def _narrower(models: Models, follows: frozenset[str]) -> frozenset[str]:
    """The relations into guarded models, as ``Model.field``, that may lead to a row which is not seen with theirs."""
    return frozenset(into_guarded(models)) - follows


def into_guarded(models: Models) -> Iterator[str]:
    """Every relation that leads to a guarded model, as ``Model.field``."""
    for name, model in sorted(models.classes.items()):
        if not model.is_abstract:
            for relation in models.relations(name).values():
                if relation.target in models.guarded:
                    yield f"{name}.{relation.name}"


def _of_model(path: str, models: Models, model: Model) -> Iterator[Finding]:
    guarded = models.concerned(model)
    for relation in model.relations:
        if (guarded or relation.target in models.guarded) and not relation.accessor.endswith("+"):
            yield Finding(path, relation.line, "accessor", f"{model.name}.{relation.name}")
    if models.is_guarded(model):
        for manager, query_set in model.managers.items():
            if not models.is_guard(query_set, model.path):
                yield Finding(path, model.line, "manager", f"{model.name}.{manager}")


def _of_template(path: str, text: str, names: set[str]) -> Iterator[Finding]:
    """A template has no viewer: it neither asks the registry nor walks on to a row that its reader may not see."""
    way = re.compile(rf"\w\.({'|'.join(sorted(names))})\.\w+|\w+_set\b(?=[.|\s])|\.objects\b")
    for tag in _TAG.finditer(text):
        for step in way.finditer(tag[1]):
            line = text.count("\n", 0, tag.start()) + 1
            yield Finding(path, line, "walk", step[0].lstrip("."))


def _annotated(trees: Iterable[ast.Module], models: Models) -> tuple[dict[str, str], dict[str, str]]:
    """Which model a function returns, and which an attribute of a class holds, where their name says it alone."""
    returns: dict[str, set[str]] = {}
    attributes: dict[str, set[str]] = {}
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.FunctionDef):
            returns.setdefault(node.name, set()).update(models_named_in(node.returns, models.classes) or {""})
        elif isinstance(node, ast.ClassDef) and node.name not in models.classes:
            for each in node.body:
                if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name):
                    named = models_named_in(each.annotation, models.classes) or {""}
                    attributes.setdefault(each.target.id, set()).update(named)
    return _certain(returns), _certain(attributes)


def _certain(named: dict[str, set[str]]) -> dict[str, str]:
    return {name: next(iter(found)) for name, found in named.items() if len(found) == 1 and found != {""}}


def _shown(path: Path, folder: Path) -> str:
    return f"{folder.name}/{path.relative_to(folder).as_posix()}"


def main(arguments: list[str]) -> int:
    """Print what is found."""
    if arguments == ["--models"]:
        folder = ROOT / "colonnade"
        trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in folder.rglob("*.py")}
        models = Models(trees)
        print(*sorted(models.guarded), *into_guarded(models), sep="\n")
        return 0
    found = check(Path(arguments[0]) if arguments else ROOT / "colonnade", Table.read(TABLE))
    for finding in found:
        print(finding)
    print(f"{len(found)} readers go around visible_to")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

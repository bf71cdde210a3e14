"""The models of the registry as their source states them, for checks that read code and run none of it.

A model is *guarded* where one of its managers is made of a query set that derives from ``GuardedQuerySet``: it can be
confidential, and is read through ``visible_to(viewer)``.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

GUARD: Final = "GuardedQuerySet"
RELATIONS: Final = frozenset({"ForeignKey", "OneToOneField", "ManyToManyField"})


@dataclass(frozen=True, slots=True)
class Relation:
    """A field that points to another model; ``accessor`` is its ``related_name``, empty where none is stated."""

    name: str
    target: str
    accessor: str
    line: int


@dataclass(slots=True)
class Model:
    """A class as it stands in a ``models`` file. ``managers``: name of the attribute -> name of its query set."""

    name: str
    path: Path
    line: int
    bases: tuple[str, ...]
    relations: list[Relation] = field(default_factory=list)
    managers: dict[str, str] = field(default_factory=dict)
    is_abstract: bool = False


class Models:
    """Every class of every ``models`` file below some folders."""

    def __init__(self, trees: Mapping[Path, ast.Module]) -> None:
        self.every = [model for path, tree in trees.items() if _holds_models(path) for model in _classes(path, tree)]
        self._in_file = {(model.path, model.name): model for model in self.every}
        self.classes = {model.name: model for model in self.every}
        guarded = [model for model in self.every if self.is_guarded(model)]
        self.guarded = frozenset(model.name for model in guarded)
        #: By name; where two have one, the guarded one.
        self.classes |= {model.name: model for model in reversed(guarded)}

    def relations(self, name: str) -> dict[str, Relation]:
        """The relations of a model by name, those of its abstract parents too."""
        found: dict[str, Relation] = {}
        for each in reversed(self._line(self.classes[name])):
            found |= {relation.name: relation for relation in each.relations}
        return found

    def concerned(self, model: Model) -> bool:
        """Whether a guarded model stands behind the class: it is one, or one derives from it."""
        return any(model in self._line(self.classes[name]) for name in self.guarded)

    def namesakes(self) -> list[Model]:
        """Guarded models that are called like another."""
        return [each for each in self.every if self.is_guarded(each) and self.classes[each.name] is not each]

    def is_guard(self, query_set: str, path: Path) -> bool:
        """Whether a query set, as the file at ``path`` calls it, derives from ``GuardedQuerySet``."""
        found = self._find(query_set, path)
        return query_set == GUARD or (found is not None and any(GUARD in each.bases for each in self._line(found)))

    def is_guarded(self, model: Model) -> bool:
        """Whether one of the model's managers is made of a guarded query set."""
        made = ((query_set, each.path) for each in self._line(model) for query_set in each.managers.values())
        return not model.is_abstract and any(self.is_guard(query_set, path) for query_set, path in made)

    def _line(self, model: Model) -> list[Model]:
        """The class, and every class that it derives from, as far as they stand in ``models`` files."""
        parents = [found for base in model.bases if (found := self._find(base, model.path)) and found is not model]
        return [model, *(each for parent in parents for each in self._line(parent))]

    def _find(self, name: str, path: Path) -> Model | None:
        return self._in_file.get((path, name)) or self.classes.get(name)


def _holds_models(path: Path) -> bool:
    return path.name == "models.py" or path.parent.name == "models"


def _classes(path: Path, tree: ast.Module) -> Iterator[Model]:
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield _model(path, node)


def _model(path: Path, node: ast.ClassDef) -> Model:
    model = Model(node.name, path, node.lineno, tuple(filter(None, map(last_name, node.bases))))
    for statement in node.body:
        if isinstance(statement, ast.ClassDef) and statement.name == "Meta":
            model.is_abstract = _says_abstract(statement)
        if not isinstance(statement, ast.Assign | ast.AnnAssign) or not isinstance(statement.value, ast.Call):
            continue
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        for name in (target.id for target in targets if isinstance(target, ast.Name)):
            call = statement.value
            if last_name(call.func) in RELATIONS and call.args:
                model.relations.append(_relation(name, call, node.name))
            elif query_set := _query_set(call):
                model.managers[name] = query_set
    return model


def _relation(name: str, call: ast.Call, own: str) -> Relation:
    to = call.args[0]
    target = str(to.value).rsplit(".", 1)[-1] if isinstance(to, ast.Constant) else last_name(to)
    said = {keyword.arg: keyword.value for keyword in call.keywords}
    accessor = said.get("related_name")
    return Relation(
        name,
        own if target == "self" else target,
        str(accessor.value) if isinstance(accessor, ast.Constant) else "",
        call.lineno,
    )


def _query_set(call: ast.Call) -> str:
    """The query set that a manager is made of: ``X.as_manager()``, ``Manager.from_queryset(X)()``, ``Manager()``."""
    made = call.func
    if isinstance(made, ast.Attribute) and made.attr == "as_manager":
        return last_name(made.value)
    if isinstance(made, ast.Call) and last_name(made.func) == "from_queryset" and made.args:
        return last_name(made.args[0])
    name = last_name(made)
    return name if name.endswith("Manager") else ""


def _says_abstract(meta: ast.ClassDef) -> bool:
    return any(
        isinstance(statement, ast.Assign)
        and any(isinstance(target, ast.Name) and target.id == "abstract" for target in statement.targets)
        and isinstance(statement.value, ast.Constant)
        and statement.value.value is True
        for statement in meta.body
    )


def last_name(node: ast.expr) -> str:
    """``X`` of ``X``, ``a.X``, ``X[...]``; empty for anything else."""
    if isinstance(node, ast.Subscript):
        return last_name(node.value)
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def models_named_in(annotation: ast.expr | None, known: Iterable[str]) -> set[str]:
    """The models that an annotation speaks of, in quotes too."""
    if annotation is None:
        return set()
    words = {word.id for word in ast.walk(annotation) if isinstance(word, ast.Name)}
    for word in ast.walk(annotation):
        if isinstance(word, ast.Constant) and isinstance(word.value, str):
            words |= {name for name in known if name in word.value.replace("[", " ").replace("]", " ").split()}
    return words & set(known)

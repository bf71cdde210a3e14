"""One file of Python, walked for reads that no viewer begins.

What a name holds is followed as far as the source says it: a query that begins at a model, an annotation, a loop over
either, a function or an attribute that is annotated. Where it does not say, a path is held against every model that
has a relation of that name.
"""

import ast
from collections.abc import Iterable, Iterator
from typing import Final

from registry_models import Models, last_name, models_named_in

#: Where every row is read, and why is said: writes, and what fills the registry.
WRITERS: Final = frozenset({"actions", "packs", "exchange"})
MANAGERS: Final = frozenset({"objects", "_base_manager", "_default_manager"})
#: Methods of a query set that follow the paths in their strings and keywords.
FOLLOWING: Final = frozenset({"select_related", "prefetch_related"})
NAMING: Final = frozenset({"values", "values_list", "order_by", "only", "dates", "datetimes", "distinct", "in_bulk"})
CONDITIONS: Final = frozenset({"filter", "exclude", "get", "get_or_create", "update_or_create", "update"})
COUNTING: Final = frozenset({"annotate", "aggregate", "alias"})
#: After a relation, these ask nothing of the row that it leads to.
OF_THE_KEY: Final = frozenset({"pk", "id", "in", "isnull", "exact"})
WRAPPERS: Final = frozenset({"list", "tuple", "sorted", "set", "frozenset", "iter", "next", "reversed"})
DATABASE: Final = frozenset({"connection", "connections"})
CURSORS: Final = frozenset({"cursor", "chunked_cursor"})
UNKNOWN: Final = ""


class Walk(ast.NodeVisitor):
    """Collects ``found``: (line, kind, what). ``narrower`` has the relations, as ``Model.field``, that lead to rows
    which a reader of the model need not see."""

    def __init__(
        self,
        path: str,
        models: Models,
        narrower: frozenset[str],
        returns: dict[str, str],
        attributes: dict[str, str],
    ) -> None:
        self.found: list[tuple[int, str, str]] = []
        self._path = path
        self._models = models
        self._narrower = narrower
        self._names = {relation.split(".")[1] for relation in narrower}
        self._returns, self._attributes = returns, attributes
        self._scopes: list[dict[str, str]] = [{}]
        self._place = ["module"]
        self._imports: dict[str, str] = {}

    # What names hold

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        for alias in node.names:
            self._imports[alias.asname or alias.name] = f"{node.module}.{alias.name}"
            if f"{node.module}.{alias.name}" == "colonnade.audit.models.Event" and not self._path.startswith("audit/"):
                self._add(node, "log", "audit.Event")

    def visit_FunctionDef(self, node: ast.FunctionDef) -> None:
        if node.name == "visible_to" and self._path != "core/visibility.py":
            self._add(node, "rule", "visible_to")
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        self._scopes.append({each.arg: self._annotation(each.annotation) for each in arguments})
        self._place.append(node.name)
        self.generic_visit(node)
        self._place.pop()
        self._scopes.pop()

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._scopes.append({each.arg: UNKNOWN for each in node.args.args})
        self.generic_visit(node)
        self._scopes.pop()

    def visit_Assign(self, node: ast.Assign) -> None:
        self.generic_visit(node)
        for target in node.targets:
            self._bind(target, node.value)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        self.generic_visit(node)
        if isinstance(node.target, ast.Name):
            self._scopes[-1][node.target.id] = self._annotation(node.annotation)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.generic_visit(node)
        self._bind(node.target, node.value)

    def visit_For(self, node: ast.For) -> None:
        self._bind(node.target, node.iter)
        self.generic_visit(node)

    def _visit_comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> None:
        self._scopes.append({})
        for each in node.generators:
            self._bind(each.target, each.iter)
        self.generic_visit(node)
        self._scopes.pop()

    visit_ListComp = visit_SetComp = visit_GeneratorExp = visit_DictComp = _visit_comprehension  # noqa: N815  # ast's

    def _bind(self, target: ast.expr, value: ast.expr) -> None:
        if isinstance(target, ast.Name):
            self._scopes[-1][target.id] = self._holds(value)
        elif isinstance(target, ast.Tuple):
            whole = isinstance(value, ast.Call) and last_name(value.func) == "enumerate"
            for each in target.elts:
                if isinstance(each, ast.Name):
                    last = whole and each is target.elts[-1] and isinstance(value, ast.Call)
                    self._scopes[-1][each.id] = self._holds(value.args[0]) if last else UNKNOWN

    def _annotation(self, annotation: ast.expr | None) -> str:
        named = models_named_in(annotation, self._models.classes)
        return next(iter(named)) if len(named) == 1 else UNKNOWN

    def _holds(self, node: ast.expr) -> str:
        """The model whose row or rows an expression holds."""
        if isinstance(node, ast.Name):
            held = next((scope[node.id] for scope in reversed(self._scopes) if node.id in scope), None)
            return held if held is not None else node.id if node.id in self._models.classes else UNKNOWN
        if isinstance(node, ast.Attribute):
            return self._held_by(node)
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Attribute):
                return self._holds(node.func.value) or self._returns.get(node.func.attr, UNKNOWN)
            name = last_name(node.func)
            if name in WRAPPERS and node.args:
                return self._holds(node.args[0])
            return name if name in self._models.classes else self._returns.get(name, UNKNOWN)
        if isinstance(node, ast.Subscript | ast.Await | ast.Starred):
            return self._holds(node.value)
        if isinstance(node, ast.IfExp):
            return self._holds(node.body) or self._holds(node.orelse)
        if isinstance(node, ast.BoolOp):
            return next(filter(None, map(self._holds, node.values)), UNKNOWN)
        if isinstance(node, ast.ListComp | ast.SetComp | ast.GeneratorExp):
            return self._holds(node.generators[0].iter) if isinstance(node.elt, ast.Name) else UNKNOWN
        return UNKNOWN

    def _held_by(self, node: ast.Attribute) -> str:
        whole = self._holds(node.value)
        if not whole:
            return self._attributes.get(node.attr, UNKNOWN)
        if node.attr in MANAGERS:
            return whole
        relation = self._models.relations(whole).get(node.attr) if whole in self._models.classes else None
        return relation.target if relation else UNKNOWN

    # What is read

    def visit_Attribute(self, node: ast.Attribute) -> None:
        if node.attr == "_base_manager":
            self._add(node, "base-manager", self._somewhere(last_name(node.value)))
        elif isinstance(node.ctx, ast.Load) and node.attr in self._names:
            whole = self._holds(node.value)
            if f"{whole}.{node.attr}" in self._narrower:
                self._add(node, "walk", self._somewhere(f"{whole}.{node.attr}"))
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        name = last_name(node.func)
        if isinstance(node.func, ast.Attribute):
            self._method(node, node.func, name)
        elif name == "RawSQL":
            self._add(node, "sql", self._somewhere("RawSQL"))
        elif name == "Q":
            self._paths(node, UNKNOWN, (keyword.arg for keyword in node.keywords), follow=False)
        self.generic_visit(node)

    def _method(self, node: ast.Call, method: ast.Attribute, name: str) -> None:
        on = method.value
        if name == "unscoped":
            self._unscoped(node)
        elif self._is_sql(name, on):
            self._add(node, "sql", self._somewhere(name))
        elif name == "connect" and last_name(on) == "psycopg":
            self._add(node, "sql", self._somewhere("psycopg.connect"))
        elif name in {"get_model", "model_class", "get_object_for_this_type"}:
            self._add(node, "by-name", self._somewhere(name))
        elif name == "refresh_from_db" and not _says(node, "from_queryset") and not self._writes:
            self._add(node, "refresh", self._somewhere("refresh_from_db"))
        if name in FOLLOWING:
            self._paths(node, self._holds(on), _strings(node.args), follow=True)
            self._all_of(node, on, name)
        elif name in NAMING:
            self._paths(node, self._holds(on), _strings(node.args), follow=False)
        elif name in CONDITIONS:
            self._paths(node, self._holds(on), (keyword.arg for keyword in node.keywords), follow=False)
        if name in NAMING | CONDITIONS | COUNTING:
            for inner in _expressions(node):
                named = (keyword.arg for keyword in inner.keywords) if last_name(inner.func) == "Q" else ()
                self._paths(inner, self._holds(on), (*named, *_strings(inner.args)), follow=False)

    def _is_sql(self, name: str, on: ast.expr) -> bool:
        if name in {"raw", "extra"}:
            return bool(self._holds(on)) or last_name(on) == "objects"
        return name in CURSORS and self._imports.get(_first(on), "").startswith("django.db.")

    def _unscoped(self, node: ast.Call) -> None:
        said = node.args[0] if node.args else None
        if said is None or (isinstance(said, ast.Constant) and not str(said.value or "").strip()):
            self._add(node, "no-reason", self._somewhere("unscoped"))
        if not self._writes:
            self._add(node, "unscoped", self._somewhere("unscoped"))

    def _all_of(self, node: ast.Call, on: ast.expr, name: str) -> None:
        """``select_related()`` without a name follows everything."""
        whole = self._holds(on)
        if name == "select_related" and not node.args and whole in self._models.classes:
            self._paths(node, whole, list(self._models.relations(whole)), follow=True)

    def _paths(self, node: ast.Call, root: str, paths: Iterable[str | None], *, follow: bool) -> None:
        for path in paths:
            steps = (path or "").lstrip("-+").split("__")
            if not path or not (follow or len(steps) > 1):
                continue
            known = self._models.classes
            # Where it is not known of what model, it is one of those with a relation of that name.
            roots = [root] if root in known else [each for each in known if steps[0] in self._models.relations(each)]
            entered = sorted({into for each in roots for into in self._entered(each, steps, follow=follow)})
            for relation in entered:
                self._add(node, "join", self._somewhere(relation))

    def _entered(self, model: str, steps: list[str], *, follow: bool) -> Iterator[str]:
        """The narrower relations that a path of relations and fields, from ``model``, goes through."""
        for number, step in enumerate(steps):
            relation = self._models.relations(model).get(step) if model in self._models.classes else None
            if relation is None:
                return
            further = steps[number + 1 :]
            through = follow or (further and not (len(further) == 1 and further[0] in OF_THE_KEY))
            if through and f"{model}.{step}" in self._narrower:
                yield f"{model}.{step}"
            model = relation.target

    @property
    def _writes(self) -> bool:
        parts = self._path.removesuffix(".py").split("/")
        return bool(WRITERS & set(parts))

    def _somewhere(self, what: str) -> str:
        """``what``, in which function."""
        return f"{what} in {self._place[-1]}"

    def _add(self, node: ast.stmt | ast.expr, kind: str, what: str) -> None:
        self.found.append((node.lineno, kind, what))


def _strings(arguments: Iterable[ast.expr]) -> list[str]:
    return [each.value for each in arguments if isinstance(each, ast.Constant) and isinstance(each.value, str)]


def _says(node: ast.Call, name: str) -> bool:
    return any(keyword.arg == name for keyword in node.keywords)


def _first(node: ast.expr) -> str:
    """``connections`` of ``connections["default"]``, ``connection`` of ``connection``."""
    return _first(node.value) if isinstance(node, ast.Subscript | ast.Attribute) else last_name(node)


def _expressions(node: ast.Call) -> Iterator[ast.Call]:
    """The expressions inside a query's arguments: ``F("a__b")``, ``Sum("a__b")``, ``Q(a__b=1)``, and theirs."""
    waiting = [*node.args, *(keyword.value for keyword in node.keywords)]
    while waiting:
        each = waiting.pop()
        if isinstance(each, ast.Call) and isinstance(each.func, ast.Name):
            if each.func.id == "OuterRef":
                continue
            yield each
            waiting += [*each.args, *(keyword.value for keyword in each.keywords)]
        elif isinstance(each, ast.BinOp):
            waiting += [each.left, each.right]
        elif isinstance(each, ast.UnaryOp):
            waiting.append(each.operand)
        elif isinstance(each, ast.List | ast.Tuple):
            waiting += each.elts

"""A problem as a JSON file, both ways. The format: docs/how-to/choose-under-a-budget.md."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Final, TypeVar

from colonnade.analysis.allocation.json_values import Node, Refusals, load_json
from colonnade.analysis.allocation.problem import Field, Kind, Measure, Need, Problem, Proposal, Rule

FORMAT: Final = "colonnade/allocation-problem/1"
#: The code that means every group, entity, pillar or region of the proposals, each with the same bound.
EACH: Final = "*"
_FIELDS: Final = tuple(each.value for each in Field)

Named = TypeVar("Named", Need, Proposal)


def read_problem(path: Path) -> Problem:
    """The problem of a file. Raises ``ProblemsFound`` with all that is wrong with it."""
    return problem_from(load_json(path), file=str(path))


def problem_from(document: object, *, file: str) -> Problem:
    """The problem of a document that was read already."""
    refusals = Refusals(file)
    top = Node(document, "$", refusals)
    fields = top.fields(
        ("format", "budget", "proposals", "needs"),
        ("title", "currency", "partial", "ceilings", "floors", "exclusions", "must_haves"),
    )
    if "format" in fields and fields["format"].value != FORMAT:
        fields["format"].refuse("is not a format that is read here", f'write "{FORMAT}"')
        refusals.raise_any()
    partial = fields["partial"].flag() if "partial" in fields else False
    needs = _unique([_need(node) for node in _items(fields, "needs")], _items(fields, "needs"))
    known = {need.id for need in needs}
    nodes = _items(fields, "proposals")
    proposals = _unique([_proposal(node, known, partial=partial) for node in nodes], nodes)
    rules = [Rule(Kind.BUDGET, bound=fields["budget"].money())] if "budget" in fields else []
    for name, kind in (("ceilings", Kind.CEILING), ("floors", Kind.FLOOR)):
        for node in _items(fields, name):
            _keep(rules, _limits(node, kind, proposals), node)
    ids = {proposal.id for proposal in proposals}
    for node in _items(fields, "exclusions"):
        _keep(rules, _exclusion(node, ids), node)
    for node in _items(fields, "must_haves"):
        _keep(rules, [Rule(Kind.MUST_HAVE, _known(node, ids))], node)
    title = fields["title"].text() if "title" in fields else ""
    currency = fields["currency"].code() if "currency" in fields else "USD"
    refusals.raise_any()
    return Problem.of(proposals=proposals, needs=needs, rules=rules, title=title, currency=currency)


def _items(fields: Mapping[str, Node], name: str) -> list[Node]:
    return list(fields[name].items()) if name in fields else []


def _unique(found: list[Named], nodes: list[Node]) -> list[Named]:
    seen: set[str] = set()
    for each, node in zip(found, nodes, strict=True):
        if each.id in seen:
            node.refusals.add(f"{node.path}.id", each.id, "is the id of another one above", "give each its own id")
        seen.add(each.id)
    return found


def _need(node: Node) -> Need:
    fields = node.fields(("id", "weight", "unmet"), ("title",))
    return Need(
        id=fields["id"].code() if "id" in fields else "",
        weight=fields["weight"].number(0, 10**9, "a weight") if "weight" in fields else Fraction(0),
        unmet=fields["unmet"].number(0, 1, "the part that is unmet,") if "unmet" in fields else Fraction(0),
        title=fields["title"].text() if "title" in fields else "",
    )


def _proposal(node: Node, needs: set[str], *, partial: bool) -> Proposal:
    fields = node.fields(("id", "cost", "meets"), ("title", "least", *_FIELDS))
    cost = fields["cost"].money(least=1) if "cost" in fields else 1
    least = cost
    if "least" in fields:
        least = fields["least"].money(least=1)
        if least > cost:
            fields["least"].refuse("is above the cost", f"write an amount up to {_money(cost)}")
        elif not partial and least < cost:
            fields["least"].refuse("partial sums are not allowed here", 'take it away, or write "partial": true above')
    meets = []
    for need, share in (fields["meets"].members() if "meets" in fields else {}).items():
        if need not in needs:
            share.refuse(f"there is no need {need!r}", "name a need of the list of needs")
        part = share.number(0, 1, "the share of the need,")
        if part:
            meets.append((need, part))
    codes = {name: fields[name].code() for name in _FIELDS if name in fields}
    return Proposal(
        id=fields["id"].code() if "id" in fields else "",
        cost=cost,
        least=min(least, cost),
        meets=tuple(meets),
        title=fields["title"].text() if "title" in fields else "",
        **codes,
    )


def _limits(node: Node, kind: Kind, proposals: list[Proposal]) -> list[Rule]:
    """The rules of one ceiling or floor: ``{"pillar": "III", "share": "0.15"}``."""
    fields = node.fields((), (*_FIELDS, *(each.value for each in Measure)))
    named = [name for name in _FIELDS if name in fields]
    measured = [each for each in Measure if each.value in fields]
    if len(named) != 1 or len(measured) != 1:
        if isinstance(node.value, dict):
            node.refuse(
                "concerns one group, entity, pillar or region, and has one bound",
                'write such as {"pillar": "III", "share": "0.15"}, with one of sum, share, proposals',
            )
        return []
    field, measure = Field(named[0]), measured[0]
    bound: int | Fraction
    if measure is Measure.SUM:
        bound = fields[measure.value].money()
    elif measure is Measure.SHARE:
        bound = fields[measure.value].number(0, 1, "a share of all that is given,")
    else:
        bound = fields[measure.value].count()
    code = fields[field.value].code()
    present = sorted({each.code(field) for each in proposals} - {""})
    if code != EACH and code not in present:
        fields[field.value].refuse(
            f"no proposal has this {field.value}", f"use one of {', '.join(present[:8]) or 'none'}"
        )
        return []
    codes = present if code == EACH else [code]
    return [Rule(kind, each, field, measure, bound) for each in codes]


def _exclusion(node: Node, ids: set[str]) -> list[Rule]:
    if isinstance(node.value, str):
        return [Rule(Kind.EXCLUSION, _known(node, ids))]
    fields = node.fields(("proposal",), ("because",))
    if "proposal" not in fields:
        return []
    because = fields["because"].text() if "because" in fields else ""
    return [Rule(Kind.EXCLUSION, _known(fields["proposal"], ids), because=because)]


def _known(node: Node, ids: set[str]) -> str:
    code = node.code()
    if code and code not in ids:
        node.refuse("there is no such proposal", "name a proposal of the list of proposals")
    return code


def _keep(rules: list[Rule], further: list[Rule], node: Node) -> None:
    """Add rules; one that names its code outweighs one for each, and the same rule twice is refused."""
    keys = {rule.key: place for place, rule in enumerate(rules)}
    for rule in further:
        if rule.key in keys and len(further) == 1:
            node.refuse("says the same thing as one above it", "keep one of the two; name codes before *")
        elif rule.key not in keys:
            rules.append(rule)


def problem_as_json(problem: Problem) -> dict[str, object]:
    """The problem as a document that :func:`problem_from` reads as the same problem."""
    limits = {Kind.CEILING: "ceilings", Kind.FLOOR: "floors"}
    document: dict[str, object] = {
        "format": FORMAT,
        "title": problem.title,
        "currency": problem.currency,
        "budget": _money(int(problem.budget.bound)) if problem.budget else "0",
        "partial": any(not each.all_or_nothing for each in problem.proposals),
        "proposals": [_proposal_as_json(each) for each in problem.proposals],
        "needs": [
            {"id": each.id, "title": each.title, "weight": _exact(each.weight), "unmet": _exact(each.unmet)}
            for each in problem.needs
        ],
    }
    for kind, name in limits.items():
        document[name] = [_limit_as_json(rule) for rule in problem.rules if rule.kind is kind]
    document["exclusions"] = [
        {"proposal": rule.code, "because": rule.because} for rule in problem.rules if rule.kind is Kind.EXCLUSION
    ]
    document["must_haves"] = [rule.code for rule in problem.rules if rule.kind is Kind.MUST_HAVE]
    return document


def _proposal_as_json(proposal: Proposal) -> dict[str, object]:
    codes = {field.value: proposal.code(field) for field in Field if proposal.code(field)}
    least = {} if proposal.all_or_nothing else {"least": _money(proposal.least)}
    return {
        "id": proposal.id,
        "title": proposal.title,
        "cost": _money(proposal.cost),
        **least,
        **codes,
        "meets": {need: _exact(share) for need, share in proposal.meets},
    }


def _limit_as_json(rule: Rule) -> dict[str, object]:
    bounds: Iterator[tuple[Measure, object]] = iter(
        (
            (Measure.SUM, _money(int(rule.bound))),
            (Measure.SHARE, _exact(Fraction(rule.bound))),
            (Measure.PROPOSALS, int(rule.bound)),
        )
    )
    field = rule.field.value if rule.field else ""
    return {field: rule.code, rule.measure.value: dict(bounds)[rule.measure]}


def _money(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _exact(number: Fraction) -> str:
    """A decimal number as it was written; one that has no end is cut after thirty digits."""
    return f"{(Decimal(number.numerator) / Decimal(number.denominator)).normalize():f}"

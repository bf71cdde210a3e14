"""A plan as a JSON file: what is given, what it is worth, the prices that prove its bound, and what is said beside."""

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Context, Decimal
from fractions import Fraction
from pathlib import Path
from typing import Final

from colonnade.analysis.allocation.json_values import Node, Refusals, load_json
from colonnade.analysis.allocation.plan import Certificate, Contradiction, NeedPrice, Plan
from colonnade.analysis.allocation.problem import Cents, Measure, Problem, Rule

FORMAT: Final = "colonnade/allocation-plan/1"
CONTRADICTION: Final = "colonnade/allocation-contradiction/1"
_PLACES: Final = Decimal(10) ** -15
_SETS: Final = ("whole", "least", "capped")


def read_plan(path: Path) -> Plan:
    """The plan of a file. Raises ``ProblemsFound`` with all that is wrong with it."""
    refusals = Refusals(str(path))
    fields = Node(load_json(path), "$", refusals).fields(
        ("format", "amounts", "value", "bound", "certificate"),
        ("title", "currency", "given", "gap", "left_out", "alternatives", "frontier", "compared"),
    )
    if "format" in fields and fields["format"].value != FORMAT:
        fields["format"].refuse("is not a plan that is read here", f'write "{FORMAT}"')
    refusals.raise_any()
    amounts = {name: node.money() for name, node in fields["amounts"].members().items()}
    parts = fields["certificate"].fields(("rules", "needs"))
    refusals.raise_any()
    rules = {key: node.number(0, None, "a price") for key, node in parts["rules"].members().items()}
    needs = {need: _priced(node) for need, node in parts["needs"].members().items()}
    plan = Plan(
        amounts={name: cents for name, cents in sorted(amounts.items()) if cents},
        value=fields["value"].number(0, None, "a value"),
        bound=fields["bound"].number(0, None, "a bound"),
        certificate=Certificate(rules, needs),
    )
    refusals.raise_any()
    return plan


def _priced(node: Node) -> tuple[NeedPrice, ...]:
    priced = []
    for item in node.items():
        fields = item.fields(("weight",), _SETS)
        weight = fields["weight"].number(0, None, "a price") if "weight" in fields else Fraction(0)
        sets = {name: tuple(each.code() for each in fields[name].items()) for name in _SETS if name in fields}
        priced.append(NeedPrice(weight, **sets))
    return tuple(priced)


def plan_as_json(problem: Problem, plan: Plan, **beside: object) -> dict[str, object]:
    """The plan as a document; ``beside`` are further parts, such as the reasons of those that were left out."""
    return {
        "format": FORMAT,
        "title": problem.title,
        "currency": problem.currency,
        "given": money(plan.given),
        "value": number(plan.value),
        "bound": number(plan.bound, to=ROUND_CEILING),
        "gap": f"{float(plan.gap):.3e}",
        "amounts": amounts_as_json(plan.amounts),
        "certificate": {
            "rules": {key: number(price) for key, price in plan.certificate.rules.items()},
            "needs": {
                need: [_price_as_json(entry) for entry in priced] for need, priced in plan.certificate.needs.items()
            },
        },
        **beside,
    }


def _price_as_json(entry: NeedPrice) -> dict[str, object]:
    sets = {name: list(getattr(entry, name)) for name in _SETS if getattr(entry, name)}
    return {"weight": number(entry.weight, to=ROUND_FLOOR), **sets}


def contradiction_as_json(problem: Problem, found: Contradiction) -> dict[str, object]:
    """The rules that cannot all be kept, as a document."""
    return {
        "format": CONTRADICTION,
        "title": problem.title,
        "rules": [rule_as_json(rule) for rule in found.rules],
        "mends": [{**rule_as_json(mend.rule), "nearest": bound_as_json(mend.rule, mend.bound)} for mend in found.mends],
    }


def rule_as_json(rule: Rule) -> dict[str, object]:
    """A rule by its key and its bound."""
    stated: dict[str, object] = {"rule": rule.key}
    if rule.field is not None or rule.bound:
        stated["bound"] = bound_as_json(rule, rule.bound)
    if rule.because:
        stated["because"] = rule.because
    return stated


def bound_as_json(rule: Rule, bound: Cents | Fraction) -> object:
    """A bound in the measure of its rule: money, a share, or a number of proposals."""
    if rule.measure is Measure.PROPOSALS:
        return int(bound)
    return number(Fraction(bound)) if rule.measure is Measure.SHARE else money(int(bound))


def amounts_as_json(amounts: Mapping[str, Cents]) -> dict[str, object]:
    """What is given, by proposal."""
    return {proposal: money(given) for proposal, given in amounts.items()}


def money(cents: Cents) -> str:
    """Cents as units and cents."""
    sign = "-" if cents < 0 else ""
    return f"{sign}{abs(cents) // 100}.{abs(cents) % 100:02d}"


def number(value: Fraction, *, to: str = ROUND_HALF_EVEN) -> str:
    """A number with up to fifteen places, exact where it has no more. Bounds are rounded up and weights down."""
    exact = Context(prec=60).divide(Decimal(value.numerator), Decimal(value.denominator))
    text = f"{exact.quantize(_PLACES, rounding=to, context=Context(prec=60)):f}"
    return text.rstrip("0").rstrip(".")

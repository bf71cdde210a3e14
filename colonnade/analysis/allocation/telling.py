"""Rules, reasons and answers in words and as documents. Sentences go through gettext: pages and files say the same.

``names`` is what proposals, groups, entities and pillars are called by their codes; a code without a name stands as it
is, as in files.
"""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Final

from django.utils.translation import gettext as _

from colonnade.analysis.allocation.alternatives import Alternative
from colonnade.analysis.allocation.comparison import Comparison
from colonnade.analysis.allocation.frontier import Step
from colonnade.analysis.allocation.plan import Contradiction, Mend, Plan
from colonnade.analysis.allocation.plan_file import amounts_as_json, bound_as_json, money, number, rule_as_json
from colonnade.analysis.allocation.problem import Cents, Field, Kind, Measure, Problem, Rule
from colonnade.analysis.allocation.reasons import Forced, Reason, Why
from colonnade.analysis.allocation.rules import Breach

Names = Mapping[str, str]
CODES: Final[Names] = {}


def amount(cents: Cents) -> str:
    """Cents for reading."""
    return f"{cents // 100:,}" if cents % 100 == 0 else f"{cents // 100:,}.{cents % 100:02d}"


def worth(value: Fraction) -> str:
    """A value for reading."""
    return f"{float(value):,.4f}".rstrip("0").rstrip(".")


def bound_in_words(rule: Rule, bound: Cents | Fraction) -> str:
    """A bound with its measure."""
    if rule.measure is Measure.PROPOSALS:
        return _("%(count)s proposals") % {"count": int(bound)}
    if rule.measure is Measure.SHARE:
        percent = f"{float(bound) * 100:.2f}".rstrip("0").rstrip(".")
        return _("%(percent)s per cent of what is given") % {"percent": percent}
    return amount(int(bound))


def rule_in_words(rule: Rule, names: Names = CODES) -> str:
    """What the rule demands."""
    code = names.get(rule.code, rule.code)
    told = {"bound": bound_in_words(rule, rule.bound), "code": code, "of": field_in_words(rule.field)}
    if rule.kind is Kind.BUDGET:
        return _("the budget of %(bound)s") % told
    if rule.kind is Kind.MUST_HAVE:
        return _("%(code)s must be funded") % told
    if rule.kind is Kind.EXCLUSION:
        return _("%(code)s is excluded") % told
    if rule.kind is Kind.CEILING:
        return _("at most %(bound)s for %(of)s %(code)s") % told
    return _("at least %(bound)s for %(of)s %(code)s") % told


def called(codes: Iterable[str], names: Names = CODES) -> str:
    """What is named by several codes, in a line."""
    return ", ".join(names.get(code, code) for code in codes) or "-"


def field_in_words(field: Field | None) -> str:
    """What proposals are grouped by."""
    names = {Field.GROUP: _("group"), Field.ENTITY: _("entity"), Field.PILLAR: _("pillar"), Field.REGION: _("region")}
    return names[field] if field else ""


def change_in_words(breach: Breach | Mend, names: Names = CODES) -> str:
    """What would have to change so that the rule is no longer in the way."""
    rule = breach.rule
    bound = breach.found if isinstance(breach, Breach) else breach.bound
    told = {"rule": rule_in_words(rule, names), "bound": bound_in_words(rule, bound)}
    if rule.measure is not Measure.SUM:
        return _("%(rule)s: would have to be %(bound)s") % told
    told["more"] = amount(abs(int(bound - rule.bound)))
    if rule.kind is Kind.FLOOR:
        return _("%(rule)s: would have to be %(more)s less") % told
    return _("%(rule)s: would have to be %(more)s more") % told


def reason_in_words(reason: Reason, names: Names = CODES) -> str:
    """Why a proposal was left out, in a sentence or two."""
    if reason.why is Why.EXCLUDED:
        return _("It is excluded: %s") % reason.because if reason.because else _("It is excluded.")
    if reason.why is Why.MEETS_NOTHING:
        return _("It meets no need that has any weight and is unmet.")
    sentences = []
    if reason.why is Why.CANNOT:
        rules = "; ".join(rule_in_words(rule, names) for rule in reason.conflict)
        sentences.append(_("No choice that keeps the rules can have it: %s.") % rules)
    if reason.why is Why.ALREADY_MET:
        sentences.append(_("It meets nothing that is not met already."))
    else:
        sentences.append(_("It would add %s to the plan as it stands.") % worth(reason.adds))
    if reason.in_the_way:
        changes = "; ".join(change_in_words(breach, names) for breach in reason.in_the_way)
        sentences.append(_("In the way: %s.") % changes)
    if reason.forced:
        sentences.append(_forced_in_words(reason.forced, names))
    elif reason.less_at_least:
        sentences.append(_("Forced in, any plan meets at least %s less.") % worth(reason.less_at_least))
    return " ".join(sentences)


def _forced_in_words(forced: Forced, names: Names) -> str:
    """What a proposal that is forced in costs, and whom; a plan of partial sums may only give others less."""
    told = {"less": worth(forced.less), "out": called(forced.goes_out, names)}
    told["smaller"] = called(forced.gets_less, names)
    if forced.goes_out and forced.gets_less:
        return _("Forced in, the best plan meets %(less)s less (without %(out)s, with less for %(smaller)s).") % told
    if forced.goes_out:
        return _("Forced in, the best plan meets %(less)s less (without %(out)s).") % told
    if forced.gets_less:
        return _("Forced in, the best plan meets %(less)s less (with less for %(smaller)s).") % told
    return _("Forced in, the best plan meets %(less)s less.") % told


def plan_in_words(problem: Problem, plan: Plan) -> Iterator[str]:
    """The plan in a few lines."""
    told = {"count": len(plan.amounts), "of": len(problem.proposals), "given": amount(plan.given)}
    told["currency"] = problem.currency
    yield _("%(count)s of %(of)s proposals, %(given)s %(currency)s given") % told
    proof = {"value": worth(plan.value), "bound": worth(plan.bound), "gap": f"{float(plan.gap):.1e}"}
    yield _("value %(value)s; no choice can exceed %(bound)s (gap %(gap)s)") % proof


def contradiction_in_words(found: Contradiction) -> Iterator[str]:
    """The rules that contradict each other, and what would mend it."""
    yield _("No choice keeps all rules. These contradict each other:")
    for rule in found.rules:
        yield f"  {rule_in_words(rule)}"
    for mend in found.mends:
        yield _("  mended by: %s") % change_in_words(mend)


def frontier_in_words(steps: tuple[Step, ...]) -> Iterator[str]:
    """A line for each budget."""
    for step in steps:
        value = worth(step.plan.value) if step.plan else _("the rules cannot be kept")
        yield _("%(percent)s per cent, %(budget)s: %(value)s") % {
            "percent": step.percent,
            "budget": amount(step.budget),
            "value": value,
        }


def comparison_in_words(compared: Comparison) -> Iterator[str]:
    """A choice beside the plan."""
    share = f"{float(compared.share) * 100:.2f}" if compared.share is not None else "-"
    yield _("the choice: value %(value)s, %(share)s per cent of the plan's; %(given)s given") % {
        "value": worth(compared.value),
        "share": share,
        "given": amount(compared.given),
    }
    for breach in compared.broken:
        yield _("  breaks: %s") % change_in_words(breach)
    for misfit in compared.misfits:
        told = {"proposal": misfit.proposal.id, "amount": amount(misfit.amount)}
        told |= {"least": amount(misfit.proposal.least), "cost": amount(misfit.proposal.cost)}
        yield _("  %(proposal)s cannot use %(amount)s: it needs from %(least)s to %(cost)s") % told
    yield _("  only in the choice: %s") % (", ".join(compared.only_chosen) or "-")
    yield _("  only in the plan: %s") % (", ".join(compared.only_planned) or "-")


def reason_as_json(reason: Reason) -> dict[str, object]:
    """A reason as a document, with its sentence."""
    told: dict[str, object] = {"proposal": reason.proposal, "why": reason.why.value, "says": reason_in_words(reason)}
    if reason.why in (Why.EXCLUDED, Why.MEETS_NOTHING):
        return told
    told["adds"] = number(reason.adds)
    told["in_the_way"] = [
        {**rule_as_json(each.rule), "would_need": bound_as_json(each.rule, each.found)} for each in reason.in_the_way
    ]
    told["less_at_least"] = number(reason.less_at_least)
    if reason.conflict:
        told["conflict"] = [rule.key for rule in reason.conflict]
    if reason.forced:
        forced = reason.forced
        told["forced"] = {
            "less": number(forced.less),
            "comes_in": forced.comes_in,
            "goes_out": forced.goes_out,
            "gets_less": forced.gets_less,
        }
    return told


def alternative_as_json(other: Alternative) -> dict[str, object]:
    """An alternative as a document."""
    return {
        "value": number(other.value),
        "given": money(other.given),
        "comes_in": list(other.comes_in),
        "goes_out": list(other.goes_out),
        "amounts": amounts_as_json(other.amounts),
    }


def step_as_json(step: Step) -> dict[str, object]:
    """A step of the frontier as a document."""
    return {
        "percent": step.percent,
        "budget": money(step.budget),
        "value": number(step.plan.value) if step.plan else None,
        "bound": number(step.plan.bound) if step.plan else None,
    }


def comparison_as_json(compared: Comparison) -> dict[str, object]:
    """A comparison as a document."""
    return {
        "value": number(compared.value),
        "given": money(compared.given),
        "given_up": number(compared.given_up),
        "breaks": [
            {**rule_as_json(each.rule), "would_need": bound_as_json(each.rule, each.found)} for each in compared.broken
        ],
        "cannot_use": [each.proposal.id for each in compared.misfits],
        "only_chosen": list(compared.only_chosen),
        "only_planned": list(compared.only_planned),
        "needs": [
            {"need": each.need, "by_choice": number(each.by_choice), "by_plan": number(each.by_plan)}
            for each in compared.needs
        ],
    }

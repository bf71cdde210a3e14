"""A plan of action as documents: a brief of two pages for a meeting, and the whole plan.

Like every document that leaves the house they are in English, are composed from what one reader may see of the plan,
and read nothing. Amounts are in United States dollars; tables print them whole, so that parts may differ from their
sum by the dollar that rounding takes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from colonnade.analysis.figures.display import grouped
from colonnade.core.money import Money
from colonnade.needs.plans.content import Activity, Indicator, PlanContent, PlannedNeed, PlannedRisk, Total, summed
from colonnade.reporting.briefs.facts import BriefTable
from colonnade.reporting.briefs.fitting import fitting
from colonnade.reporting.briefs.parts import body, heading_of, section, strip_of
from colonnade.reporting.briefs.room import FIRST_PAGE, LINE, SECOND_PAGE, SECTION
from colonnade.reporting.document import Block, Document, Form
from colonnade.reporting.wording import date_in_english, wording

MONEY_HEAD = ("Cost", "Funded", "Unfunded")
_NONE = "–"
#: Worst first.
_GRADES = ("high", "medium", "low")
RULES = (
    "What the States agreed with is printed as they agreed with it; how far activities are, what of them is funded and "
    "what indicators show is as it was last reported.",
    "Of every activity, cost is what is funded and what is not; every sum is that of its activities. Amounts are in "
    "United States dollars.",
    "An activity is overdue where its last day is over and it is neither done nor stopped.",
    "Needs are recommendations of assessments, as far as the reader of this may see them.",
)
NO_NEEDS = "It names no need that the reader of this may see."
NO_RISKS = "No risk is stated."


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan as one reader may see it, on a day.

    ``key`` names the file. ``circle`` names the readers that it is kept among, empty for a public one; ``notice`` warns
    of illustrative records, empty where there are none.
    """

    key: str
    content: PlanContent
    strategy: str
    symbol: str
    today: date
    audience: str
    circle: str
    notice: str


def compose_plan_brief(facts: PlanFacts) -> Document:
    """The brief: a page of A4 of what is agreed and what it costs, one of who does what, tables cut to fit."""
    content = facts.content
    first = {"needs": needs_table(content.needs), "outcomes": _outcomes_table(content)}
    second = {
        "entities": entities_table(content),
        "next": _next_table(content, facts.today),
        "indicators": indicators_table(content.indicators),
        "risks": risks_table(content.risks),
    }
    said = agreed_sentences(content)
    above = sum(len(text) // LINE + 1 for text in said)
    below = sum(len(text) // LINE + 1 for text in RULES) + SECTION
    cut = {**fitting(first, FIRST_PAGE - above), **fitting(second, SECOND_PAGE - below)}
    blocks: list[Block] = [strip_of(content.title, headlines_of(content, facts.today)), *map(body, said)]
    blocks += section("What it answers, the most urgent first", cut["needs"], NO_NEEDS)
    blocks += section("What will be different, and what it costs", cut["outcomes"], "No outcome is stated yet.")
    blocks += section("Who does what", cut["entities"], "No activity is stated yet.", new_page=True)
    blocks += section("What is due next", cut["next"], "Nothing is under way or still to come.")
    blocks += section("How it is measured", cut["indicators"], "No indicator is stated yet.")
    blocks += section("What could go wrong", cut["risks"], NO_RISKS)
    blocks.append(heading_of("How this is counted"))
    blocks += [body(rule) for rule in RULES]
    return plan_document(facts, name="brief", symbol="Plan of action, brief", blocks=blocks, form=Form.BRIEF)


def plan_document(facts: PlanFacts, *, name: str, symbol: str, blocks: Sequence[Block], form: Form) -> Document:
    """A document of the plan."""
    words, content = wording("en"), facts.content
    circle = words.for_only.format(audience=facts.circle) if facts.circle else ""
    today = date_in_english(facts.today)
    return Document(
        name=f"{facts.key}-{name}",
        title=content.title,
        subtitle=f"{content.place}, {period_of(content)}. {facts.strategy}",
        symbol=f"{symbol} · {facts.symbol}" if facts.symbol else symbol,
        date=today,
        language="en",
        audience=facts.audience,
        as_of=f"{today}, {version_of(content)}",
        snapshot="",
        banner=" ".join(filter(None, (facts.notice, circle))),
        running_banner=" ".join(filter(None, (words.illustrative if facts.notice else "", circle))),
        blocks=tuple(blocks),
        figures=(),
        form=form,
    )


def period_of(content: PlanContent) -> str:
    """From when to when."""
    return f"{date_in_english(content.starts_on)} to {date_in_english(content.ends_on)}"


def version_of(content: PlanContent) -> str:
    """Which version it is."""
    if not content.number:
        return "draft"
    return f"version {content.number}" if content.agreed_on else f"version {content.number}, proposed"


def headlines_of(content: PlanContent, today: date) -> tuple[tuple[str, str], ...]:
    """Label and number of what stands at the head."""
    done, money = content.by_status()["done"], content.money
    return (
        *((label, grouped(sum_.amount)) for label, sum_ in zip(MONEY_HEAD, _sums(money), strict=True)),
        ("Funded, per cent", _NONE if money.share is None else grouped(money.share * 100)),
        ("Activities done", f"{len(done)} of {len(content.activities)}"),
        ("Overdue", grouped(len(content.overdue(today)))),
    )


def agreed_sentences(content: PlanContent) -> list[str]:
    """Who agreed, when, and who did not yet."""
    said = []
    by_day: dict[date, list[str]] = {}
    for each in content.agreed:
        by_day.setdefault(each.on, []).append(each.state.name)
    for on, names in sorted(by_day.items()):
        said.append(f"Agreed by {wording('en').join(names)} on {date_in_english(on)}.")
    if content.waits_for:
        names = [each.name for each in content.waits_for]
        said.append(f"Not agreed yet by {wording('en').join(names)}: this is what was put to them or is being drafted.")
    return said


def needs_table(needs: Sequence[PlannedNeed]) -> BriefTable:
    """The needs, the most urgent first; no numbers, since what the reader does not see is not counted."""
    rows = tuple(
        (
            each.reference, each.title or "(kept by the State)", _capital(each.priority),
            _capital(each.coverage), each.reason or _NONE,
        )
        for each in needs
    )  # fmt: skip
    header = ("Reference", "Need", "Priority", "Coverage", "Why")
    return BriefTable(header, (False,) * 5, rows, len(rows))


def _outcomes_table(content: PlanContent) -> BriefTable:
    """Outcomes and their outputs with what they cost, in the order of the plan."""
    rows: list[tuple[str, ...]] = []
    for number, outcome in enumerate(content.outcomes, start=1):
        rows.append((f"{number}. {outcome.text}", *amounts(outcome.money)))
        rows += [
            (f"{number}.{place} {output.text}", *amounts(output.money))
            for place, output in enumerate(outcome.outputs, start=1)
        ]
    header = ("Outcome, and outputs under it", *MONEY_HEAD)
    totals = ("The plan", *amounts(content.money)) if rows else ()
    return BriefTable(header, (False, True, True, True), tuple(rows), len(rows), totals)


def entities_table(content: PlanContent) -> BriefTable:
    """Who leads how much of it, and what of that is done."""
    rows = tuple(
        (
            each[0].lead_name or code,
            str(len(each)),
            str(sum(one.status == "done" for one in each)),
            *amounts(summed(one.money for one in each)),
        )
        for code, each in content.by_lead().items()
    )
    done = len(content.by_status()["done"])
    totals = ("All", str(len(content.activities)), str(done), *amounts(content.money)) if rows else ()
    header = ("Lead entity", "Activities", "Done", *MONEY_HEAD)
    return BriefTable(header, (False, *(True,) * 5), rows, len(rows), totals)


def _next_table(content: PlanContent, today: date) -> BriefTable:
    """What is under way or still to come, by when it has to be done; what is overdue stands first by itself."""
    still = sorted(
        (each for each in content.activities if each.status in ("planned", "under_way")),
        key=lambda each: (each.ends_on, each.key),
    )
    rows = tuple(
        (
            date_in_english(each.ends_on) + (" (overdue)" if each.is_overdue(today) else ""),
            each.text,
            who(each),
            _capital(each.status),
            grouped(each.money.unfunded.amount),
        )
        for each in still
    )
    return BriefTable(
        ("By", "Activity", "Who", "Status", "Unfunded"), (False, False, False, False, True), rows, len(rows)
    )


def indicators_table(indicators: Sequence[Indicator]) -> BriefTable:
    """Each indicator from its baseline to its target, and where it is."""
    rows = tuple(
        (
            each.title,
            each.unit or _NONE,
            _value(each.baseline),
            _value(each.target),
            date_in_english(each.due_on),
            f"{_value(each.latest)} ({date_in_english(each.latest_on)})" if each.latest_on else "Not reported",
        )
        for each in indicators
    )
    header = ("Indicator", "Unit", "Baseline", "Target", "Due", "Last reported")
    return BriefTable(header, (False, False, True, True, False, False), rows, len(rows))


def risks_table(risks: Sequence[PlannedRisk]) -> BriefTable:
    """What could go wrong, the worst first."""
    worst = sorted(risks, key=lambda each: (_GRADES.index(each.impact), _GRADES.index(each.likelihood), each.key))
    rows = tuple(
        (each.text, _capital(each.likelihood), _capital(each.impact), each.response, each.owner or _NONE)
        for each in worst
    )
    header = ("Risk", "Likelihood", "Impact", "Response", "Owner")
    return BriefTable(header, (False,) * 5, rows, len(rows))


def who(activity: Activity) -> str:
    """The lead entity, and its partners."""
    lead = activity.lead_name or activity.lead
    return f"{lead} with {', '.join(activity.partners)}" if activity.partners else lead


def amounts(total: Total) -> tuple[str, str, str]:
    """Cost, funded and unfunded as tables print them."""
    cost, funded, unfunded = (grouped(sum_.amount) for sum_ in _sums(total))
    return cost, funded, unfunded


def _sums(total: Total) -> tuple[Money, Money, Money]:
    return total.cost, total.funded, total.unfunded


def _value(value: Decimal | None) -> str:
    if value is None:
        return _NONE
    places = max(0, -int(value.normalize().as_tuple().exponent))
    return grouped(value, places)


def _capital(word: str) -> str:
    return word.replace("_", " ").capitalize() or _NONE

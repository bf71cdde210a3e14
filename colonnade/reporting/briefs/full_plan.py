"""The whole plan of action as a document: what a State agreed with, from needs to risks, and how far it has come."""

from datetime import date

from colonnade.needs.plans.content import Indicator, Outcome, Output, PlanContent, Total, summed
from colonnade.reporting.briefs.facts import BriefTable
from colonnade.reporting.briefs.plan import (
    MONEY_HEAD,
    NO_NEEDS,
    NO_RISKS,
    RULES,
    PlanFacts,
    agreed_sentences,
    amounts,
    entities_table,
    indicators_table,
    needs_table,
    period_of,
    plan_document,
    risks_table,
    version_of,
    who,
)
from colonnade.reporting.document import (
    Block,
    Document,
    Form,
    Heading,
    Paragraph,
    TableBlock,
    TableCell,
    Text,
)
from colonnade.reporting.wording import date_in_english, letter, roman


def compose_full_plan(facts: PlanFacts) -> Document:
    """The plan as a document of chapters, whatever its length."""
    return plan_document(facts, name="plan", symbol="Plan of action", blocks=_Writer(facts).blocks(), form=Form.REPORT)


class _Writer:
    """Puts the chapters together; counts them, their paragraphs and tables."""

    def __init__(self, facts: PlanFacts) -> None:
        self.facts, self.content = facts, facts.content
        self.written: list[Block] = []
        self.chapters = self.paragraphs = self.tables = 0

    def blocks(self) -> list[Block]:
        self._agreement()
        self._needs()
        for number, outcome in enumerate(self.content.outcomes, start=1):
            self._outcome(number, outcome)
        self._who_and_money()
        self._progress()
        self._risks()
        self._chapter("How this is counted")
        for rule in RULES:
            self._says(rule)
        return self.written

    def _agreement(self) -> None:
        content = self.content
        self._chapter("The plan and who agreed with it")
        whose = "the States named in it" if content.is_regional else content.place
        self._says(f"This is {version_of(content)} of the plan of action of {whose}, for {period_of(content)}.")
        if content.is_regional:
            self._says(f"It is of {content.place}, with {_listed([each.name for each in content.states])}.")
        for sentence in agreed_sentences(content):
            self._says(sentence)
        for each in content.agreed:
            if each.given_by or each.document:
                told = ", ".join(filter(None, (each.given_by, each.document)))
                self._says(f"The consent of {each.state.name} was given by: {told}.")
        cost, funded, unfunded = amounts(content.money)
        self._says(
            f"It has {_count(len(content.outcomes), 'outcome')}, {_count(len(content.outputs), 'output')} and "
            f"{_count(len(content.activities), 'activity', 'activities')}. It costs ${cost}, of which ${funded} is "
            f"funded and ${unfunded} is not."
        )

    def _needs(self) -> None:
        self._chapter("Needs, the most urgent first")
        table = needs_table(self.content.needs)
        if table.is_empty:
            self._says(NO_NEEDS)
            return
        self._says("The needs that the plan answers, as assessments found them.")
        self._table("Needs that the plan answers, the most urgent first", table)

    def _outcome(self, number: int, outcome: Outcome) -> None:
        self._chapter(f"Outcome {number}: {outcome.text}")
        cost, funded, unfunded = amounts(outcome.money)
        self._says(f"It costs ${cost}: ${funded} is funded, ${unfunded} is not.")
        self._measured(f"Outcome {number}: how it is measured", outcome.indicators)
        for place, output in enumerate(outcome.outputs, start=1):
            title = f"Output {number}.{place}: {output.text}"
            self.written.append(Heading(2, title, f"output-{number}-{place}", number=f"{letter(place).upper()}."))
            self._output(f"{number}.{place}", output)

    def _output(self, number: str, output: Output) -> None:
        self._measured(f"Output {number}: how it is measured", output.indicators)
        if not output.activities:
            self._says("No activity is stated yet.")
            return
        rows = tuple(
            (
                f"{number}.{place} {each.text}" + (f" [{each.project_reference}]" if each.project_reference else ""),
                who(each),
                f"{_month(each.starts_on)}–{_month(each.ends_on)}",
                *amounts(each.money),
            )
            for place, each in enumerate(output.activities, start=1)
        )
        header = ("Activity", "Who", "When", *MONEY_HEAD)
        totals = ("All of the output", "", "", *amounts(output.money))
        numeric = (False, False, False, True, True, True)
        self._table(f"Output {number}: activities", BriefTable(header, numeric, rows, len(rows), totals))

    def _who_and_money(self) -> None:
        self._chapter("Who does what, and what it costs")
        table = entities_table(self.content)
        if table.is_empty:
            self._says("No activity is stated yet.")
            return
        self._table("Activities by lead entity (United States dollars)", table)
        rows = tuple(
            (each.text, each.funded_from, amounts(each.money)[1])
            for each in self.content.activities
            if each.funded and each.funded_from
        )
        if rows:
            header = ("Activity", "Funded from", "Funded")
            self._table("Where funding comes from", BriefTable(header, (False, False, True), rows, len(rows)))

    def _progress(self) -> None:
        content, today = self.content, self.facts.today
        self._chapter(f"Progress as of {date_in_english(today)}")
        rows = tuple(
            (status.replace("_", " ").capitalize(), str(len(found)), *amounts(_sum_of(content, status)))
            for status, found in content.by_status().items()
        )
        totals = ("All", str(len(content.activities)), *amounts(content.money))
        header = ("Status", "Activities", *MONEY_HEAD)
        self._table("Activities by status", BriefTable(header, (False, *(True,) * 4), rows, len(rows), totals))
        late = content.overdue(today)
        told = _listed([each.text for each in late])
        self._says(f"Overdue ({len(late)}): {told}." if late else "No activity is overdue.")
        met = sum(each.is_met for each in content.indicators)
        if content.indicators:
            self._says(f"Indicators that reached their target: {met} of {len(content.indicators)}.")

    def _risks(self) -> None:
        self._chapter("Risks")
        table = risks_table(self.content.risks)
        if table.is_empty:
            self._says(NO_RISKS)
            return
        self._table("What could go wrong, the worst first", table)

    def _measured(self, caption: str, indicators: tuple[Indicator, ...]) -> None:
        if indicators:
            self._table(caption, indicators_table(indicators))

    def _chapter(self, title: str) -> None:
        self.chapters += 1
        self.written.append(Heading(1, title, f"chapter-{self.chapters}", number=f"{roman(self.chapters)}."))

    def _says(self, text: str) -> None:
        self.paragraphs += 1
        self.written.append(Paragraph((Text(text),), number=self.paragraphs))

    def _table(self, caption: str, table: BriefTable) -> None:
        self.tables += 1
        rows = (*table.rows, table.totals) if table.totals else table.rows
        self.written.append(
            TableBlock(
                number=self.tables,
                caption=caption,
                figure="",
                anchor=f"table-{self.tables}",
                header=table.header,
                rows=tuple(tuple(TableCell(text) for text in row) for row in rows),
                numeric=table.numeric,
                total_rows=1 if table.totals else 0,
                note=table.note,
            )
        )


def _sum_of(content: PlanContent, status: str) -> Total:
    return summed(each.money for each in content.by_status()[status])


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def _month(day: date) -> str:
    """The month in short: whole days stand in the workbook."""
    return f"{date_in_english(day).split()[1][:3]} {day.year}"


def _listed(names: list[str]) -> str:
    return "; ".join(names)

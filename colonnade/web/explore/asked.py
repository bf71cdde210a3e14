"""What the address of Explore asks for: a question, and the order of its rows. What there is not is not there."""

from dataclasses import dataclass
from typing import Final

from django.http import Http404, QueryDict

from colonnade.analysis.crosstab.dimensions import DIMENSIONS, MEASURES, dividing
from colonnade.analysis.crosstab.model import Answer, Measure, Question, Subject
from colonnade.analysis.crosstab.sql import BadSelection
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.selections import COLUMNS, MEASURE, ROWS, selection_in

ORDER: Final = "order"
#: Rows from the largest on, instead of in the strategy's order.
BY_SIZE: Final = "size"
#: What a subject is divided by until somebody chooses.
FIRST_ROWS: Final = {Subject.PROJECTS: "pillar", Subject.NEEDS: "theme", Subject.EVENTS: "kind"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, its answer, and the order in which its rows stand."""

    question: Question
    answer: Answer
    by_size: bool

    @property
    def measure(self) -> Measure:
        return MEASURES[self.question.measure]

    @property
    def subject(self) -> Subject:
        return self.question.selection.subject

    @property
    def rows(self) -> tuple[str | None, ...]:
        """The codes of the rows in the order asked for; what was not reported stays last."""
        codes = self.answer.row_codes
        if not self.by_size:
            return codes
        return tuple(sorted(codes, key=lambda code: (code is None, -(self.answer.row_totals.get(code) or 0))))


def question_in(query: QueryDict, reading: Reading) -> Question:
    """The question of the address. A measure or a dimension that there is not raises ``Http404``.

    A dimension of another subject is passed over, so that a change of measure keeps whatever still makes sense.
    """
    measure = MEASURES.get(query.get(MEASURE, "projects"))
    if measure is None:
        raise Http404
    everywhere = {name for dimensions in DIMENSIONS.values() for name in dimensions}
    if not {query.get(ROWS, ""), query.get(COLUMNS, "")} <= everywhere | {""}:
        raise Http404
    here = {dimension.name for dimension in dividing(measure.subject)}
    rows = query.get(ROWS, "")
    rows = rows if rows in here else FIRST_ROWS[measure.subject]
    columns = query.get(COLUMNS, "")
    columns = columns if columns in here and columns != rows else ""
    return Question(selection_in(query, measure.subject, reading), measure.name, rows, columns)


def asked_in(query: QueryDict, reading: Reading) -> Asked:
    """The question of the address, answered for the reader. Raises ``Http404``."""
    question = question_in(query, reading)
    try:
        answer = reading.ask(question)
    except BadSelection as refused:
        raise Http404 from refused
    return Asked(question, answer, query.get(ORDER) == BY_SIZE)

"""Two short tables of the overview: who is short of most, and how far needs are covered."""

from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _

from colonnade.analysis.crosstab.model import Question, Selection, Subject
from colonnade.web.shared.addresses import Place
from colonnade.web.shared.numbers import TableView, table_of
from colonnade.web.shared.reading import Reading
from colonnade.web.shared.record_addresses import record_address
from colonnade.web.shared.selections import answer_table, explore_address

#: How many entities stand in the short list.
SHORTEST: Final = 6


def short_entities(reading: Reading, inventory: str) -> tuple[TableView, str] | None:
    """The entities whose active projects lack most, and the address of all of them; ``None`` where nothing lacks."""
    question = Question(Selection(Subject.PROJECTS, inventory), "shortfall", "entity")
    answer = reading.ask(question)
    codes = [code for code in answer.row_codes if answer.row_totals.get(code)]
    if not codes:
        return None
    largest = sorted(codes, key=lambda code: -(answer.row_totals[code] or 0))[:SHORTEST]
    table = answer_table(
        reading,
        replace(answer, row_codes=tuple(largest)),
        caption=_("Where most is missing, by lead entity"),
        note=_("The %(shown)s largest of the %(all)s entities whose active projects lack money.")
        % {"shown": len(largest), "all": len(codes)}
        if len(codes) > len(largest)
        else "",
        row_link=lambda code: record_address("entity", code),
    )
    return table, explore_address(question, reading) + "&order=size"


def coverage(reading: Reading) -> TableView | None:
    """The needs by how far responses cover them; ``None`` where the reader is shown none."""
    result = reading.figure("coverage_of_needs")
    if not result.value:
        return None
    return table_of(result, Place(result.key, audience=reading.reader.asked))

"""What one row has to be, whether it is new or was changed. Pure; pages and the action ask the same."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from colonnade.core.individuals import MEND, find_individuals
from colonnade.needs.intake.columns import KEPT, Column, Holds, Part, fields_of


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with a cell of a row: the column, what was met, why it will not do, what would."""

    column: str
    value: str
    message: str
    mend: str


def title_in(column: Column) -> str:
    """What a column is called, in the reader's language."""
    return _(column.title)


def complaints(
    part: Part, values: Mapping[str, str], *, today: date, begun: str, closed: bool, new: bool
) -> Iterator[Complaint]:
    """Everything that is wrong with what a row would hold. ``begun``: the first day of a recommendation's assessment;
    ``closed``: that assessment is confidential."""
    for column in fields_of(part):
        value = values.get(column.name, "")
        if value == KEPT and not new:
            continue
        if column.required and value in ("", KEPT):
            yield Complaint(column.name, "", _("empty, and must not be"), _("fill it in"))
        if column.holds is Holds.TEXT:
            yield from _of_text(column, value)
    yield from _of_days(part, values, today, begun if new else "")
    if new and values.get("level") == "public":
        message = _("nothing is published by recording it")
        yield Complaint("level", "public", message, _("choose who reads it; its State's consent comes later"))
    if new and part is Part.NEEDS and closed and values.get("level") not in ("restricted", ""):
        message = _("what a confidential assessment recommends is confidential until its State consents")
        yield Complaint("level", values["level"], message, _("choose its State, its assessors and the secretariat"))


def _of_text(column: Column, value: str) -> Iterator[Complaint]:
    if len(value) > column.longest:
        message = _("%(number)s characters, which is too long") % {"number": len(value)}
        yield Complaint(column.name, value[:40], message, _("write %(most)s at most") % {"most": column.longest})
    for one in find_individuals(value):
        yield Complaint(column.name, one.masked, one.why, _(MEND))


def _of_days(part: Part, values: Mapping[str, str], today: date, begun: str) -> Iterator[Complaint]:
    # ISO days sort as they follow one another.
    if part is Part.ASSESSMENTS:
        first, last = values.get("starts_on", ""), values.get("ends_on", "")
        if first and last and last < first:
            yield Complaint("ends_on", last, _("it would end before it begins"), _("write a day from the first on"))
        if last > today.isoformat():
            yield Complaint("ends_on", last, _("its last day is still to come"), _("record it once it has ended"))
        return
    issued = values.get("issued_on", "")
    if issued > today.isoformat():
        yield Complaint("issued_on", issued, _("this day is still to come"), _("write the day on which it was issued"))
    if issued and begun and issued < begun:
        message = _("before the assessment began (%(day)s)") % {"day": begun}
        yield Complaint("issued_on", issued, message, _("write a later day, or name another assessment"))

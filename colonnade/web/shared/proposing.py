"""A classification that is proposed in a form: beside each field what may fit, the words that speak for it, and a
button that takes it over. Nothing is filled in that nobody took, and nothing is saved by proposing."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _

from colonnade.analysis.matching.proposing import Proposed
from colonnade.analysis.matching.records import Record
from colonnade.core.reading import reading_as
from colonnade.places.models import Country
from colonnade.web.shared.audiences import reader_for
from colonnade.web.shared.reading import open_reading
from colonnade.web.shared.requests import ViewerRequest

#: The buttons: propose a classification; take one proposal over, its field and its code.
PROPOSE, TAKE = "propose", "take"
_AND: Final = "="
#: Words that are quoted of a text, and like records that are counted.
_QUOTED: Final = 8
_LONGEST: Final = 20_000
#: What the widget of a field sends for a code of its dimension; empty where there is none.
Key = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class ShownProposal:
    """What may fit a field: its title, the words that speak for it, and what the button that takes it sends.

    ``take`` is empty where the field has it already.
    """

    title: str
    words: str
    like: int
    take: str


@dataclass(frozen=True, slots=True)
class OfField:
    """The proposals of one field; none where ``nothing`` says so."""

    label: str
    proposals: tuple[ShownProposal, ...]
    nothing: str


def is_asked(request: ViewerRequest) -> bool:
    """Whether the form was sent to have something proposed, or to take a proposal over, and not to be saved."""
    return request.method == "POST" and (PROPOSE in request.POST or TAKE in request.POST)


def propose(request: ViewerRequest, record: Record, dimensions: Sequence[str]) -> Mapping[str, tuple[Proposed, ...]]:
    """What may fit a new record, learned from what the reader of this page sees."""
    reading = open_reading(reader_for(request.viewer))
    with reading_as(request.viewer):
        countries = tuple(Country.objects.order_by("code"))
    return reading.proposer(countries).propose(record, dimensions)


def typed_in(form: forms.Form, sent: QueryDict) -> dict[str, object]:
    """What was typed into a form so far, whether it would do or not, to show it again."""
    return {
        name: field.widget.value_from_datadict(sent, {}, form.add_prefix(name)) for name, field in form.fields.items()
    }


def taken(sent: QueryDict) -> tuple[str, str]:
    """The field and the code of the proposal that was taken over; both empty where none was."""
    name, _sign, code = sent.get(TAKE, "").partition(_AND)
    return name, code


def take_over(typed: dict[str, object], sent: QueryDict, fields: Mapping[str, str], key: Key) -> None:
    """Put the proposal that was taken, if any, among what was typed. ``fields`` are dimensions by field; ``key`` gives
    what a field's widget sends for a code, and nothing for one that it does not offer."""
    name, code = taken(sent)
    if name not in fields or not (value := key(name, code)):
        return
    if isinstance(typed.get(name), list):
        had = [str(each) for each in typed[name]]  # type: ignore[attr-defined]  # a list, as just asked
        typed[name] = [*had, *([] if value in had else [value])]
    else:
        typed[name] = value


def shown(
    form: forms.Form,
    record: Record,
    found: Mapping[str, tuple[Proposed, ...]],
    fields: Mapping[str, str],
    key: Key,
) -> None:
    """Lay beside each field of ``form`` what is proposed for it: templates read it as ``field.field.proposed``."""
    for name, dimension in fields.items():
        if name in form.fields:
            field = form.fields[name]
            held = form[name].value()
            several = [str(one) for one in held] if isinstance(held, list | tuple) else [str(held or "")]
            choices = {str(value): str(title) for value, title in getattr(field, "choices", ())}
            told = of_field(name, str(field.label), choices, several, record, found.get(dimension, ()), key)
            field.proposed = told  # type: ignore[attr-defined]  # read by the template


def of_field(
    name: str,
    label: str,
    choices: Mapping[str, str],
    held: Collection[str],
    record: Record,
    proposals: Sequence[Proposed],
    key: Key,
) -> OfField:
    """The proposals of one field: ``choices`` are what it offers, ``held`` what is chosen."""
    told = []
    for each in proposals:
        value = key(name, each.code)
        if value and value in choices:
            take = "" if value in held else f"{name}{_AND}{each.code}"
            told.append(ShownProposal(choices[value], quoted(record, each), len(each.like), take))
    nothing = "" if told else _("Nothing in the text speaks for one of these clearly enough: no proposal.")
    return OfField(label, tuple(told), nothing)


def quoted(record: Record, proposed: Proposed) -> str:
    """The words of the record that speak for a proposal, each once."""
    words = dict.fromkeys(getattr(record, each.field)[each.start : each.end].strip() for each in proposed.places)
    some = [f"“{word}”" for word in words if word][:_QUOTED]
    return ", ".join(some) + (", …" if len(words) > _QUOTED else "")


def record_from(title: object, *texts: object, known_as: str = "") -> Record:
    """A record of what was typed; one that is there already is ``known_as``, so that it is not like itself."""
    text = "\n".join(str(each) for each in texts if each)[:_LONGEST]
    return Record(known_as, text, str(title or "")[:_LONGEST])

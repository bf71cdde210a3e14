"""A classification that is proposed in a form: beside each field what may fit, the words that speak for it, and a
button that takes it over. Nothing is filled in that nobody took, and nothing is saved by proposing."""

from collections.abc import Callable, Mapping, Sequence
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


def take_over(
    typed: dict[str, object], sent: QueryDict, fields: Mapping[str, str], key: Callable[[str, str], str]
) -> None:
    """Put the proposal that was taken, if any, among what was typed. ``fields`` are dimensions by field; ``key`` gives
    what a field's widget sends for a code, and nothing for one that it does not offer."""
    name, _sign, code = sent.get(TAKE, "").partition(_AND)
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
    key: Callable[[str, str], str],
) -> None:
    """Lay beside each field of ``form`` what is proposed for it: templates read it as ``field.field.proposed``."""
    for name, dimension in fields.items():
        if name not in form.fields:
            continue
        field = form.fields[name]
        choices = {str(value): str(title) for value, title in getattr(field, "choices", ())}
        proposals = []
        for each in found.get(dimension, ()):
            if not (value := key(name, each.code)) or value not in choices:
                continue
            held = form.initial.get(name)
            has = value in ([str(one) for one in held] if isinstance(held, list) else [str(held or "")])
            take = "" if has else f"{name}{_AND}{each.code}"
            proposals.append(ShownProposal(choices[value], quoted(record, each), len(each.like), take))
        nothing = "" if proposals else _("Nothing in the text speaks for one of these clearly enough: no proposal.")
        field.proposed = OfField(str(field.label), tuple(proposals), nothing)  # type: ignore[attr-defined]  # read by the template


def quoted(record: Record, proposed: Proposed) -> str:
    """The words of the record that speak for a proposal, each once."""
    words = dict.fromkeys(getattr(record, each.field)[each.start : each.end].strip() for each in proposed.places)
    some = [f"“{word}”" for word in words if word][:_QUOTED]
    return ", ".join(some) + (", …" if len(words) > _QUOTED else "")


def record_from(title: object, *texts: object) -> Record:
    """A new record of what was typed."""
    text = "\n".join(str(each) for each in texts if each)[:_LONGEST]
    return Record("", text, str(title or "")[:_LONGEST])

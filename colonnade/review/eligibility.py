"""Whether a proposal may be sent: each rule of its process by name, what it lacks, and where that is mended.

Pure: it judges a :class:`Summary`, which :mod:`colonnade.review.summaries` makes of a proposal as one reader sees it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from colonnade.core.money import in_words
from colonnade.review.rules import ELIGIBILITY


@dataclass(frozen=True, slots=True)
class OutputSaid:
    """An output as far as the rules ask for it."""

    title: str
    outcome: str
    indicator: str
    target: str


@dataclass(frozen=True, slots=True)
class Summary:
    """A proposal, frozen, as far as the rules look at it, and what its reader knows of what surrounds it.

    ``rests_on``: what the origin names is there, and is this reader's to read. ``group_given_usd`` is what other
    proposals of the group in this call were given, ``group_asked_usd`` what those that wait ask; both of proposals that
    the reader may see. ``active`` are those who are active there, by code; ``consulted`` with whom a consultation is
    listed -> its outcome. ``markers``: marker -> why it is scored so; ``questions``: those of the safeguards, by code,
    and ``answers`` the explanation of each answer.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    starts_on: date | None = None
    ends_on: date | None = None
    requested_usd: Decimal | None = None
    origin: str = ""
    rests_on: bool = False
    has_group: bool = False
    ceiling_usd: Decimal | None = None
    group_given_usd: Decimal = Decimal(0)
    group_asked_usd: Decimal = Decimal(0)
    lines: tuple[Decimal, ...] = ()
    cofunded_usd: Decimal = Decimal(0)
    outputs: tuple[OutputSaid, ...] = ()
    risks: tuple[str, ...] = ()
    assessor: str = ""
    active: frozenset[str] = frozenset()
    consulted: Mapping[str, str] = field(default_factory=dict)
    asked_markers: frozenset[str] = frozenset()
    markers: Mapping[str, str] = field(default_factory=dict)
    touches_protected: bool = False
    questions: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    is_open: bool = True
    opens_on: date | None = None
    closes_on: date | None = None
    was_sent: bool = False


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing or wrong: the section and the field where it is mended, and why.

    ``stops``: nothing is sent before it is mended. What does not stop is to be known, and no more.
    """

    section: str
    field: str
    why: str
    stops: bool = True


@dataclass(frozen=True, slots=True)
class Check:
    """A rule by name, what the proposal lacks under it, and what is to be known though it is met."""

    rule: str
    title: str
    lacks: tuple[Lack, ...]
    remarks: tuple[Lack, ...] = ()

    @property
    def met(self) -> bool:
        """Whether nothing is missing."""
        return not self.lacks


#: Texts that describe a proposal (annex II, paragraph 65) -> what is said where one is missing.
_DESCRIBED: Final = {
    "purpose": gettext_noop("Say what the project is for."),
    "performance": gettext_noop("Say what it has to perform."),
    "limits": gettext_noop("Say what constrains its cost, time and place."),
    "product_description": gettext_noop("Describe the products and services."),
    "outcomes": gettext_noop("Say how the outputs lead to outcomes."),
    "benefits": gettext_noop("Say how the benefits will be sustained."),
    "quality": gettext_noop("State the quality that is expected, and what was agreed with beneficiaries."),
}
_ALIGNED: Final = {
    "programme_alignment": gettext_noop("Say how it is aligned with the joint programme of work."),
    "group_alignment": gettext_noop("Say how it is aligned with the terms of reference of the working group."),
    "fund_alignment": gettext_noop("Say how it is aligned with the terms of reference of the fund."),
}

Judge = Callable[[Summary, date], Iterator[Lack]]


def _missing(summary: Summary, section: str, asked: Mapping[str, str]) -> Iterator[Lack]:
    for name, why in asked.items():
        if not summary.texts.get(name, "").strip():
            yield Lack(section, name, _(why))


def _described(summary: Summary, _today: date) -> Iterator[Lack]:
    yield from _missing(summary, "description", _DESCRIBED)


def _aligned(summary: Summary, _today: date) -> Iterator[Lack]:
    yield from _missing(summary, "alignment", _ALIGNED)


def _origin(summary: Summary, _today: date) -> Iterator[Lack]:
    if not summary.origin:
        yield Lack("origin", "origin", _("Name the origin: a recommendation, a State's request, or a mandate."))
    elif not summary.rests_on:
        why = {
            "recommendation": ("cited_need", gettext_noop("Choose the recommendation, among those that you may read.")),
            "request": ("requested_by", gettext_noop("Name the State that asked for it.")),
            "mandate": ("mandate", gettext_noop("Name the mandate, or say how the project follows from one.")),
        }.get(summary.origin, ("origin", gettext_noop("There is no such origin.")))
        yield Lack("origin", why[0], _(why[1]))


def _period(summary: Summary, _today: date) -> Iterator[Lack]:
    if summary.starts_on is None:
        yield Lack("description", "starts_on", _("Say when the project begins."))
    if summary.ends_on is None:
        yield Lack("description", "ends_on", _("Say when the project ends."))
    elif summary.starts_on is not None and summary.ends_on < summary.starts_on:
        yield Lack("description", "ends_on", _("The project would end before it begins."))
    elif (last := summary.closes_on or summary.opens_on) is not None and summary.ends_on <= last:
        # Nobody decides before the call closes: a project that is over by then has nothing left to be paid.
        said = {"end": date_format(summary.ends_on, "j F Y"), "day": date_format(last, "j F Y")}
        why = (
            _("The project would be over on %(end)s; the call closes on %(day)s, and money is given after that.")
            if summary.closes_on
            else _("The project would be over on %(end)s; the call opened on %(day)s, and money is given after that.")
        )
        yield Lack("description", "ends_on", why % said)


def _budget_adds_up(summary: Summary, _today: date) -> Iterator[Lack]:
    if summary.requested_usd is None or summary.requested_usd <= 0:
        yield Lack("description", "requested_usd", _("Say how much is asked for."))
    if not summary.lines:
        yield Lack("budget", "amount_usd", _("Write the budget, line by line."))
    elif summary.requested_usd is not None and sum(summary.lines) != summary.requested_usd:
        said = {"sum": in_words(sum(summary.lines, Decimal(0))), "asked": in_words(summary.requested_usd)}
        yield Lack("budget", "amount_usd", _("The lines add up to %(sum)s, and %(asked)s is asked for.") % said)


def _within_ceiling(summary: Summary, _today: date) -> Iterator[Lack]:
    if summary.ceiling_usd is None or summary.requested_usd is None:
        return
    left = summary.ceiling_usd - summary.group_given_usd
    if (over := summary.requested_usd - summary.ceiling_usd) > 0:
        said = {"over": in_words(over), "ceiling": in_words(summary.ceiling_usd)}
        why = _("%(over)s more than the %(ceiling)s that a working group can be given.") % said
        yield Lack("description", "requested_usd", why)
    elif left < summary.requested_usd:
        said = {"given": in_words(summary.group_given_usd), "left": in_words(max(left, Decimal(0)))}
        why = _("The working group was given %(given)s in this call already: %(left)s is left.") % said
        yield Lack("description", "requested_usd", why)
    elif (together := summary.requested_usd + summary.group_asked_usd) > left:
        # What is asked is no award: it is said, and stops nothing.
        said = {
            "asked": in_words(summary.group_asked_usd),
            "together": in_words(together),
            "left": in_words(left),
            "over": in_words(together - left),
        }
        why = _(
            "Other proposals for this working group that you may read ask %(asked)s already. Together with this one "
            "that is %(together)s, %(over)s more than the %(left)s that can still be given: not all of them can be "
            "awarded."
        )
        yield Lack("description", "requested_usd", why % said, stops=False)


def _working_group(summary: Summary, _today: date) -> Iterator[Lack]:
    if not summary.has_group:
        yield Lack("description", "working_group", _("Name the working group that applies."))


def _cofunding(summary: Summary, _today: date) -> Iterator[Lack]:
    if not summary.texts.get("cofunding", "").strip():
        yield Lack("alignment", "cofunding", _("Clarify the sources of co-funding, or say that there is none and why."))


def _sustainability(summary: Summary, _today: date) -> Iterator[Lack]:
    if not summary.texts.get("sustainability", "").strip():
        yield Lack("alignment", "sustainability", _("Say what will carry the work on afterwards."))


def _consulted(summary: Summary, _today: date) -> Iterator[Lack]:
    for code, outcome in sorted(summary.consulted.items()):
        if not outcome.strip():
            yield Lack(
                "consultations", code, _("Say what came of the consultation with %(entity)s.") % {"entity": code}
            )
    if summary.assessor and summary.assessor not in summary.consulted:
        yield Lack("consultations", summary.assessor, _("Consult the assessor, and say what came of it."))
    others = summary.active - {summary.assessor}
    if others and not others & set(summary.consulted):
        yield Lack("consultations", "", _("Consult at least one of those who are active there already."))


def _marked(summary: Summary, _today: date) -> Iterator[Lack]:
    for marker in sorted(summary.asked_markers):
        if not summary.markers.get(marker, "").strip():
            yield Lack(
                "markers",
                marker,
                _("Score the marker “%(marker)s”, and say why.") % {"marker": marker.replace("_", " ")},
            )


def _due_diligence(summary: Summary, _today: date) -> Iterator[Lack]:
    if not summary.texts.get("due_diligence", "").strip():
        yield Lack("rights", "due_diligence", _("Describe the human rights due diligence."))


def _safeguards(summary: Summary, _today: date) -> Iterator[Lack]:
    if not summary.touches_protected:
        return
    for code, question in summary.questions.items():
        if not summary.answers.get(code, "").strip():
            yield Lack("safeguards", code, _("Answer “%(question)s”, and explain.") % {"question": question})


def _outputs(summary: Summary, _today: date) -> Iterator[Lack]:
    if not summary.outputs:
        yield Lack("outputs", "title", _("Name at least one product or service."))
    for place, output in enumerate(summary.outputs, 1):
        for name, said in (("outcome", output.outcome), ("indicator", output.indicator), ("target", output.target)):
            if not said.strip():
                why = _("Output %(place)s lacks its outcome, its indicator or its target.") % {"place": place}
                yield Lack("outputs", name, why)
                break


def _risks(summary: Summary, _today: date) -> Iterator[Lack]:
    if not summary.risks:
        yield Lack("risks", "title", _("Name what may go wrong."))
    for place, mitigation in enumerate(summary.risks, 1):
        if not mitigation.strip():
            yield Lack("risks", "mitigation", _("Say what is done about risk %(place)s.") % {"place": place})


def _before_the_deadline(summary: Summary, today: date) -> Iterator[Lack]:
    if summary.was_sent:  # it came in time, and was returned, or amends what did
        return
    if not summary.is_open or (summary.closes_on is not None and today > summary.closes_on):
        yield Lack("", "", _("The call is closed."))


#: Rule -> its title, and how it is judged. What a rule is for is said by the process's own notes.
_JUDGES: Final[Mapping[str, tuple[str, Judge]]] = MappingProxyType(
    {
        "origin": (gettext_noop("It has an origin"), _origin),
        "described": (gettext_noop("It is described"), _described),
        "period": (gettext_noop("Its time is stated, and lies ahead"), _period),
        "budget_adds_up": (gettext_noop("Its budget adds up"), _budget_adds_up),
        "within_ceiling": (gettext_noop("It stays within the ceiling"), _within_ceiling),
        "working_group": (gettext_noop("A working group stands behind it"), _working_group),
        "aligned": (gettext_noop("It is aligned"), _aligned),
        "cofunding": (gettext_noop("Co-funding is clarified"), _cofunding),
        "sustainability": (gettext_noop("It lasts"), _sustainability),
        "consulted": (gettext_noop("Others were consulted"), _consulted),
        "marked": (gettext_noop("Markers are scored"), _marked),
        "due_diligence": (gettext_noop("Human rights due diligence is described"), _due_diligence),
        "safeguards": (gettext_noop("Safeguards are answered"), _safeguards),
        "outputs": (gettext_noop("Outputs are named"), _outputs),
        "risks": (gettext_noop("Risks are named"), _risks),
        "before_the_deadline": (gettext_noop("It comes in time"), _before_the_deadline),
    }
)
if set(_JUDGES) != set(ELIGIBILITY):
    raise ValueError("every rule of eligibility that a process may have is judged here")


def title_of(rule: str) -> str:
    """What a rule is called."""
    return _(_JUDGES[rule][0])


def checks(rules: Sequence[str], summary: Summary, today: date) -> list[Check]:
    """Every one of ``rules``, in their order, with what ``summary`` lacks under it."""
    found = [(rule, list(_JUDGES[rule][1](summary, today))) for rule in rules]
    return [
        Check(
            rule,
            title_of(rule),
            tuple(lack for lack in lacks if lack.stops),
            tuple(lack for lack in lacks if not lack.stops),
        )
        for rule, lacks in found
    ]

"""Where two records differ, in words: what either says, and what can be chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from colonnade.analysis.merging.access import KEPT, MERGED
from colonnade.analysis.merging.comparing import BOTH, Question
from colonnade.analysis.merging.queries import Moving
from colonnade.core.money import in_words
from colonnade.funding.models import Appeal
from colonnade.portfolio.models import Inventory, Project, Scope, Status
from colonnade.portfolio.models.project import Origin
from colonnade.strategy.models import Pillar, Safeguard
from colonnade.web.markers.words import marker_title
from colonnade.web.shared.days import short_day
from colonnade.web.shared.numbers import CellView, HeaderView, TableView

#: What the choice of a question is called in the form.
CHOOSE: Final = "choose-"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer: what it is called, and what would stand."""

    value: str
    title: str
    text: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the page puts it. ``chosen`` is empty where somebody has to choose."""

    name: str
    title: str
    options: tuple[Option, ...]
    chosen: str
    needed: bool
    note: str = ""


def asked(
    questions: Sequence[Question], choices: Mapping[str, str], kept: Project, merged: Project
) -> tuple[Asked, ...]:
    """The questions in words. Four queries at most, for what codes stand for."""
    names = _Names(questions)
    return tuple(_put(each, choices, names, kept, merged) for each in questions)


class _Names:
    """What codes and keys in the questions stand for."""

    def __init__(self, questions: Sequence[Question]) -> None:
        kinds = {each.kind for each in questions}
        self.pillars = dict(Pillar.objects.values_list("pk", "short_title")) if kinds & {"field", "entry"} else {}
        self.titles: dict[str, str] = {}
        if "entry" in kinds:
            self.titles |= {f"entry:{key}": title for key, title in Inventory.objects.values_list("key", "title")}
        if "safeguard" in kinds:
            self.titles |= {
                f"safeguard:{code}": said for code, said in Safeguard.objects.values_list("code", "question")
            }
        if "appeal" in kinds:
            self.titles |= {f"appeal:{key}": title for key, title in Appeal.objects.values_list("key", "title")}


def _put(question: Question, choices: Mapping[str, str], names: _Names, kept: Project, merged: Project) -> Asked:
    chosen = question.chosen(choices)
    if question.kind == "contribution":
        line = _line(question.merged)
        options = (
            Option(
                BOTH, _("Two sums: both count"), f"{line} + {'; '.join(_line(one) for one in question.kept['lines'])}"
            ),
            Option(
                question.options[1], _("One sum, told twice"), "; ".join(_line(one) for one in question.kept["lines"])
            ),
        )
        title = _("Contribution of %(name)s") % {"name": question.title}
        return Asked(question.key, title, options, chosen, not question.default, line)
    sides = (
        Option(each, _side(project), _said(question, values, names, project), project.language)
        for each, project, values in ((KEPT, kept, question.kept), (MERGED, merged, question.merged))
    )
    title = names.titles.get(question.key) or (
        str(marker_title(question.title)) if question.kind == "marker" else _(question.title)
    )
    return Asked(question.key, title, tuple(sides), chosen, not question.default)


def _side(project: Project) -> str:
    return f"{project.lead_entity.abbreviation} · {project.reference}"


def _line(columns: Mapping[str, Any]) -> str:
    return f"{in_words(columns['amount'], columns['currency'])}, {short_day(columns['received_on'])}"


def _said(question: Question, columns: Mapping[str, Any], names: _Names, project: Project) -> str:
    unknown = _("not reported")
    if question.kind == "marker":
        score = _("Score %(score)s") % {"score": columns["score"]}
        return f"{score}. {columns['justification']}" if columns["justification"] else score
    if question.kind == "safeguard":
        answer = {True: _("Yes"), False: _("No"), None: _("Does not apply")}[columns["respected"]]
        return f"{answer}. {columns['how']}" if columns["how"] else answer
    if question.kind == "appeal":
        return f"{in_words(columns['requirement_usd'], 'USD')} · {columns['title']}"
    if question.kind == "entry":
        return "; ".join([_of_codes(columns, names) or unknown, _money(columns)])
    if question.key == "money":
        return _money(columns)
    if question.key == "period":
        days = [short_day(day) if day else "…" for day in columns.values()]
        return " – ".join(days) if any(columns.values()) else unknown
    if question.key in ("programme", "working_group"):
        named = getattr(project, question.key)
        return named.title if named is not None else unknown
    if question.key == "origin":
        return "; ".join(filter(None, (_label(Origin, columns["origin"]), columns["origin_note"]))) or unknown
    if question.key in ("status", "scope", "pillar"):
        return _of_codes(columns, names) or unknown
    return next(iter(columns.values())) or unknown


def _of_codes(columns: Mapping[str, Any], names: _Names) -> str:
    said = (
        _label(Status, columns.get("status", "")),
        _label(Scope, columns.get("scope", "")),
        names.pillars.get(columns.get("pillar_id") or 0, ""),
    )
    return "; ".join(filter(None, said))


def _label(choices: Any, value: str) -> str:
    return str(dict(choices.choices).get(value, ""))


def _money(columns: Mapping[str, Any]) -> str:
    def amount(name: str) -> str:
        return _("not reported") if columns[name] is None else in_words(columns[name], columns["currency"])

    budget = _("budget %(amount)s") % {"amount": amount("budget")}
    return f"{budget}, " + _("funding received %(amount)s") % {"amount": amount("funding")}


def moving_table(moving: Sequence[Moving]) -> TableView | None:
    """What else hangs on the record that is merged, and what becomes of it."""
    if not moving:
        return None
    header = (
        HeaderView(_("What")),
        HeaderView(_("How many you see"), numeric=True),
        HeaderView(_("What becomes of it")),
    )
    rows = tuple(
        (
            CellView(_(each.relation.title), header=True),
            CellView(str(each.number), numeric=True),
            CellView(_(each.relation.how)),
        )
        for each in moving
    )
    return TableView(_("What else the other record has"), header, rows)

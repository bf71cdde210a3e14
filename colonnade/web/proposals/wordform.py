"""A proposal as a form in Word, and what was filled in as if a browser had sent it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django import forms
from django.conf import settings
from django.utils import timezone, translation
from django.utils.datastructures import MultiValueDict
from django.utils.dates import MONTHS, MONTHS_3, MONTHS_ALT
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from colonnade.core.money import in_words
from colonnade.core.viewer import Viewer
from colonnade.reporting.wordform.form import WordField, WordForm, WordGroup, WordSection
from colonnade.review.models import Proposal
from colonnade.web.proposals.choices import SEVERAL
from colonnade.web.proposals.editors import COUNT, MOST_ROWS, Editor, FieldsEditor, RowsEditor, Sent, editor_of
from colonnade.web.proposals.forms import RowForm, label_of
from colonnade.web.proposals.sections import FIELDS, LEADS, TITLES, title_of
from colonnade.web.proposals.typed import BETWEEN, Typed, cells_of, read_kept

#: How a day stands in the form, as on the pages, and how it is found again.
DAY: Final = "j F Y"
_SPELLED: Final = re.compile(r"(\d{1,2})\.?\s+(\D+?)\.?,?\s+(\d{4})")
#: Empty rows that a list of the form ends in.
SPARE: Final = 2
#: Between the members of a set in Word.
_AND: Final = "; "
#: 100,000.00 as people write it.
_GROUPED: Final = re.compile(r"(?:USD|US\$|\$)?\s*(\d{1,3}(?:[, ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?:USD)?")


@dataclass(frozen=True, slots=True)
class Kept:
    """What travels with a form: which proposal it is of, and what stood in it."""

    proposal: str
    base: Mapping[str, dict[str, str]]


def copy_of(viewer: Viewer, proposal: Proposal, language: str) -> WordForm:
    """What stands in the proposal, as far as ``viewer`` may know it, to read: nothing to fill in, nothing empty."""
    sections = []
    for name in TITLES:
        editor = editor_of(name, viewer, proposal)
        whole = _section(editor, editor.standing(), spare=0)
        groups = [replace(each, fields=tuple(one for one in each.fields if one.text)) for each in whole.groups]
        if filled := tuple(each for each in groups if each.fields):
            sections.append(replace(whole, groups=filled, lead=""))
    said = {
        "entity": proposal.entity.name,
        "standing": str(proposal.get_standing_display()),
        "day": date_format(timezone.localdate(), DAY),
    }
    lead = _("%(entity)s. %(standing)s. A copy to read, of %(day)s: what is changed in it is taken in nowhere.") % said
    return WordForm(proposal.title, lead, tuple(sections), language=language, to_read=True)


def form_of(viewer: Viewer, proposal: Proposal, language: str) -> WordForm:
    """The form with what stands in the proposal, as far as ``viewer`` may know it."""
    editors = {name: editor_of(name, viewer, proposal) for name in TITLES}
    standing = {name: editor.standing() for name, editor in editors.items()}
    kept = {"proposal": proposal.public_id, "base": standing}
    return WordForm(
        proposal.title,
        _("Fill in the fields on the right, keep them in place, and give the file back on the page of the proposal."),
        tuple(_section(editors[name], standing[name]) for name in TITLES),
        json.dumps(kept, ensure_ascii=False),
        language,
    )


def read_base(text: str) -> Kept | None:
    """What travelled with a form; ``None`` where nothing that one can use came back."""
    try:
        found = json.loads(text)
        base = {str(name): read_kept(json.dumps(typed)) for name, typed in dict(found["base"]).items()}
        return Kept(str(found["proposal"]), {name: typed for name, typed in base.items() if typed is not None})
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def _section(editor: Editor, standing: Typed, spare: int = SPARE) -> WordSection:
    """A section; of a list what stands in it, what is suggested where one fills in, and ``spare`` empty rows."""
    lead = _(LEADS[editor.name]) if editor.name in LEADS else ""
    if isinstance(editor, FieldsEditor):
        fields = tuple(
            WordField(
                f"{editor.name}.{name}", _asked(editor.form.fields[name], label_of(name)), _said(editor, name, text)
            )
            for name, text in standing.items()
        )
        return WordSection(title_of(editor.name), (WordGroup(fields),), lead)
    assert isinstance(editor, RowsEditor)
    editor.show(standing)
    groups = []
    keyed = [(str(row.form.initial.get(editor.section.key, "") or ""), row) for row in editor.rows]
    rows = [one for one in keyed if one[0] and (spare or one[0] in standing)]
    rows += [one for one in keyed if not one[0]][:spare]
    for place, (key, row) in enumerate(rows, 1):
        cells = cells_of(editor.section.columns, standing.get(key, "")) if key else {}
        fields = tuple(_cells(editor, row.form, place, key, cells))
        groups.append(WordGroup(fields, row.title or _("Row %(place)s") % {"place": place}))
    return WordSection(title_of(editor.name), tuple(groups), lead)


def _cells(editor: RowsEditor, form: RowForm, place: int, key: str, cells: Mapping[str, str]) -> list[WordField]:
    named = key if editor.is_given else str(place)
    found = []
    if editor.section.key in form.fields and not editor.is_given:
        field = form.fields[editor.section.key]
        found.append(WordField(f"{editor.name}.{named}.{editor.section.key}", str(field.label), _title(field, key)))
    for name in editor.section.columns:
        field = form.fields[name]
        asked = _asked(field, str(field.label))
        found.append(WordField(f"{editor.name}.{named}.{name}", asked, _title(field, cells.get(name, ""))))
    return found


def _asked(field: Any, label: str) -> str:
    """What a field asks; where few answers are possible, which."""
    titles = [str(title) for key, title in getattr(field, "choices", None) or () if key]
    return f"{label} ({_AND.join(titles)})" if 0 < len(titles) <= 6 else label


def _said(editor: FieldsEditor, name: str, text: str) -> str:
    if name in SEVERAL:
        return _AND.join(_title(editor.form.fields[name], key) for key in text.split(BETWEEN) if key)
    if name == "touches_protected":
        return _("Yes") if text else _("No")
    return _title(editor.form.fields[name], text)


def _title(field: Any, value: str) -> str:
    """A value as pages print it: a choice by its title, an amount in groups of three, a day with its month's name."""
    if value and isinstance(field, forms.DecimalField):
        return in_words(Decimal(value), "").strip()
    if value and isinstance(field, forms.DateField):
        return date_format(date.fromisoformat(value), DAY)
    known = {str(key): str(title) for key, title in getattr(field, "choices", None) or ()}
    return (known.get(value, "") if known else value) if value else ""


def sent_from_word(editor: Editor, texts: Mapping[str, str], base: Typed) -> Sent:
    """What a browser would have sent of one section. A field that is not in the file says what it said before."""
    sent: Sent = MultiValueDict()
    if isinstance(editor, FieldsEditor):
        for name in FIELDS[editor.name]:
            text = texts.get(f"{editor.name}.{name}")
            if text is None:
                values = base.get(name, "").split(BETWEEN) if name in SEVERAL else [base.get(name, "")]
            elif name in SEVERAL:
                values = [_value(editor.form.fields[name], each) for each in re.split(r"[;\n]", text)]
            elif name == "touches_protected":
                values = ["on"] if text.strip().casefold() in (_("Yes").casefold(), "yes", "on", "true") else []
            else:
                values = [_value(editor.form.fields[name], text)]
            sent.setlist(name, [value for value in values if value])
        return sent
    assert isinstance(editor, RowsEditor)
    section, rows = editor.section, _rows(editor, texts)
    sent[COUNT] = str(len(rows))
    for place, (key, cells) in enumerate(rows):
        form = RowForm(section, editor.offered(key))
        sent[f"r{place}-{section.key}"] = key
        for name, text in cells.items():
            if name in form.fields:
                sent[f"r{place}-{name}"] = _value(form.fields[name], text)
    return sent


def _rows(editor: RowsEditor, texts: Mapping[str, str]) -> list[tuple[str, dict[str, str]]]:
    """The rows of a list in the file, each with what it is known by (or its place) and its cells."""
    found: dict[str, dict[str, str]] = {}
    for tag, text in texts.items():
        section, _dot, rest = tag.partition(".")
        key, _dot, column = rest.rpartition(".")
        if section == editor.name and key and len(found) < MOST_ROWS:
            found.setdefault(key, {})[column] = text
    keys = [*editor.given] if editor.is_given else sorted((key for key in found if key.isdecimal()), key=int)
    return [(key, found[key]) for key in keys if key in found]


def _value(field: Any, text: str) -> str:
    """What a field holds where somebody wrote ``text``: the key of a choice, a plain amount, or the text."""
    text = text.strip()
    choices = getattr(field, "choices", None)
    if choices is not None:
        return next(
            (str(key) for key, title in choices if text.casefold() in (str(title).casefold(), str(key).casefold())),
            text,
        )
    if isinstance(field, forms.DecimalField) and (met := _GROUPED.fullmatch(text)):
        return re.sub(r"[, ]", "", met[1])
    if isinstance(field, forms.DateField) and (met := _SPELLED.fullmatch(text)):
        return _day_of(int(met[1]), met[2], int(met[3])) or text
    return text


def _day_of(day: int, month: str, year: int) -> str:
    """A day as fields hold it; empty where no language of the pages has such a month, or it no such day."""
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            titles = [*MONTHS.items(), *MONTHS_ALT.items(), *MONTHS_3.items()]
            known = {str(title).casefold(): number for number, title in titles}
        if number := known.get(month.casefold()):
            try:
                return date(year, number, day).isoformat()
            except ValueError:
                return ""
    return ""

"""What is proposed in the section of a proposal that says where it takes place and under what it stands."""

from collections.abc import Mapping
from typing import Final

from colonnade.analysis.matching.proposing import COUNTRY, PILLAR, SCOPE, THEME
from colonnade.places.models import Country
from colonnade.strategy.models import Pillar, Theme
from colonnade.web.proposals.editors import Editor, FieldsEditor
from colonnade.web.proposals.forms import FieldsForm
from colonnade.web.shared.proposing import propose, record_from, shown, take_over, typed_in
from colonnade.web.shared.requests import ViewerRequest

#: Fields for which codes are proposed, each with its dimension.
FIELDS: Final[Mapping[str, str]] = {"scope": SCOPE, "countries": COUNTRY, "pillar": PILLAR, "theme": THEME}
#: Fields whose words are read for it, besides the title.
_READ: Final = ("purpose", "performance", "product_description", "outcomes", "benefits")


def can_propose(editor: Editor) -> bool:
    """Whether a section has such fields."""
    return isinstance(editor, FieldsEditor) and FIELDS.keys() <= editor.form.fields.keys()


def with_proposals(request: ViewerRequest, editor: FieldsEditor) -> None:
    """Put what was typed into the form, with the proposal that was taken over, and lay the proposals beside it."""
    if not can_propose(editor):
        editor.read(request.POST)
        return
    keys = {
        "countries": {each.code: str(each.pk) for each in Country.objects.all()},
        "pillar": {each.code: str(each.pk) for each in Pillar.objects.all()},
        "theme": {each.code: str(each.pk) for each in Theme.objects.all()},
    }

    def key(name: str, code: str) -> str:
        return keys[name].get(code, "") if name in keys else code

    def offered(name: str, code: str) -> str:
        choices = getattr(editor.form.fields[name], "choices", ())
        return next((str(value) for value, _title in choices if str(value) == key(name, code)), "")

    typed = typed_in(editor.form, request.POST)
    take_over(typed, request.POST, FIELDS, offered)
    editor.form = FieldsForm(editor.name, editor.viewer, editor.proposal, initial=typed)
    record = record_from(typed["title"], *(typed[name] for name in _READ))
    shown(editor.form, record, propose(request, record, tuple(FIELDS.values())), FIELDS, key)

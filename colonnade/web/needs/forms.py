"""Forms of a State's wish and of its consent. They validate what was typed; the actions say what may be done."""

from collections.abc import Sequence
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from colonnade.core.viewer import Level
from colonnade.needs.keepable import KEEPABLE, field_title, is_wider
from colonnade.needs.models import Recommendation
from colonnade.web.shared.individuals import NoIndividuals

WHOLE: Final = "whole"
CHOSEN: Final = "fields"


class _OfNeed(NoIndividuals, forms.Form):
    """A form about one need; what it offers is what stands open, or kept, in it."""

    def __init__(self, *args: Any, need: Recommendation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.need = need

    def offer(self, name: str, choices: Sequence[tuple[str, str]]) -> None:
        """The choices of a field."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class KeepForm(_OfNeed):
    """What is to be confidential: the whole need, or fields of it."""

    what = forms.ChoiceField(label=gettext_lazy("What is confidential"), widget=forms.RadioSelect)
    fields_kept = forms.MultipleChoiceField(
        label=gettext_lazy("Fields"), required=False, widget=forms.CheckboxSelectMultiple
    )
    document = forms.CharField(
        label=gettext_lazy("Reference of the letter or note, where there is one"), max_length=200, required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("what", [(WHOLE, _("The whole recommendation")), (CHOSEN, _("Only the fields chosen here"))])
        still_open = [name for name in KEEPABLE if name not in self.need.confidential_fields]
        self.offer("fields_kept", [(name, field_title(name)) for name in still_open])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("what") == CHOSEN and not cleaned.get("fields_kept") and "fields_kept" not in self.errors:
            self.add_error("fields_kept", _("Choose the fields that are to be confidential, or the whole."))
        if cleaned.get("what") == WHOLE and cleaned.get("fields_kept"):
            self.add_error("what", _("Fields are chosen as well. Choose the whole, or only these fields."))
        return cleaned

    @property
    def chosen(self) -> list[str]:
        """The fields chosen; none where it is the whole."""
        return list(self.cleaned_data["fields_kept"])


class LookForm(_OfNeed):
    """To whom a need is to be shown, with which fields that are kept now: enough to look at it first."""

    level = forms.ChoiceField(label=gettext_lazy("Who is to read it"), widget=forms.RadioSelect)
    fields_opened = forms.MultipleChoiceField(
        label=gettext_lazy("Fields that are opened with it"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = {Level.COMPACT: _("Everybody inside the compact"), Level.PUBLIC: _("Everybody: it is published")}
        self.offer(
            "level",
            [(level.value, title) for level, title in titles.items() if not is_wider(self.need.level, level)],
        )
        kept = [name for name in KEEPABLE if name in self.need.confidential_fields]
        self.offer("fields_opened", [(name, field_title(name)) for name in kept])


class OpenForm(LookForm):
    """The same, with the consent of the State: which office gave it, on which day, in which document."""

    given_by = forms.CharField(label=gettext_lazy("Office of the State that consented"), max_length=200)
    given_on = forms.DateField(
        label=gettext_lazy("Day of its consent"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    document = forms.CharField(label=gettext_lazy("Reference of the letter or note"), max_length=200)
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

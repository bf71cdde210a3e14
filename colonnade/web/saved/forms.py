"""Forms of saved views. They validate what was typed; the actions say what may be kept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from colonnade.core.viewer import Viewer
from colonnade.members.models import Entity, SavedView
from colonnade.web.saved.addresses import known_query


class NameForm(forms.Form):
    """A name for a view."""

    title = forms.CharField(
        label=_("Name"), max_length=SavedView.TITLE_LENGTH, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )


class SaveForm(NameForm):
    """A view to keep: where it is, its query, its name, and the entity with whose people it is shared."""

    page = forms.ChoiceField(choices=SavedView.Page.choices, widget=forms.HiddenInput)
    # Longer than what is kept: parameters that the page does not know are taken out first.
    query = forms.CharField(max_length=4 * SavedView.QUERY_LENGTH, required=False, widget=forms.HiddenInput)
    entity = forms.ChoiceField(label=_("Who sees it"), required=False)

    def __init__(self, viewer: Viewer, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # Django's own arguments
        self._own = {entity.code: entity for entity in Entity.objects.filter(code__in=viewer.entity_ids)}
        shared = [(code, _("People of %(entity)s") % {"entity": entity}) for code, entity in self._own.items()]
        entity = self.fields["entity"]
        assert isinstance(entity, forms.ChoiceField)
        entity.choices = [("", _("Only I")), *shared]
        if not shared:
            del self.fields["entity"]

    def clean_entity(self) -> Entity | None:
        """The entity itself."""
        return self._own.get(self.cleaned_data["entity"])

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if "page" in cleaned and "query" in cleaned:
            cleaned["query"] = known_query(SavedView.Page(cleaned["page"]), cleaned["query"])
        return cleaned

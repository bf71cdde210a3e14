"""The form of looking as somebody else. It validates what was chosen; the action says who may look as whom."""

from django import forms
from django.utils.translation import gettext_lazy as _

from colonnade.members.models import Entity
from colonnade.members.models.standing import LOOKED_AS
from colonnade.places.models import Country
from colonnade.web.shared.entity_choice import EntityChoice


class LookForm(forms.Form):
    """As whom to look: a role (none is the public), and the entity or the State that it is held for."""

    role = forms.ChoiceField(required=False, choices=[("", ""), *((role.value, role.value) for role in LOOKED_AS)])
    entity = EntityChoice(
        label=_("Entity"), queryset=Entity.objects.order_by("abbreviation"), to_field_name="code", required=False
    )
    country = forms.ModelChoiceField(
        label=_("State"), queryset=Country.objects.order_by("name"), to_field_name="code", required=False
    )

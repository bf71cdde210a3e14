"""Forms of administering people. They validate what was typed; the actions say what may be done."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from colonnade.core.viewer import Role
from colonnade.members.actions import Wanted
from colonnade.members.models import Entity, Mail
from colonnade.places.models import Country
from colonnade.web.administration.listed import STANDINGS
from colonnade.web.shared.roles import ROLE_TITLES


def role_choices(*, without: frozenset[Role] = frozenset()) -> list[tuple[str, object]]:
    """Every role with its title, an empty choice first."""
    return [("", "–"), *((str(role), title) for role, title in ROLE_TITLES.items() if role not in without)]


def day_field(label: Any, **more: Any) -> forms.DateField:
    """A day, as browsers ask for one."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


class HeldForForm(forms.Form):
    """A role, and whom it is for."""

    role = forms.ChoiceField(label=_("Role"))
    entity = forms.ModelChoiceField(label=_("For the entity"), queryset=Entity.objects.none(), required=False)
    country = forms.ModelChoiceField(label=_("For the State"), queryset=Country.objects.none(), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role, entity, country = self.fields["role"], self.fields["entity"], self.fields["country"]
        assert isinstance(role, forms.ChoiceField)
        assert isinstance(entity, forms.ModelChoiceField)
        assert isinstance(country, forms.ModelChoiceField)
        role.choices = role_choices()
        entity.queryset = Entity.objects.exclude(role=Entity.EntityRole.PUBLISHER)
        country.queryset = Country.objects.order_by("name")
        entity.empty_label = country.empty_label = "–"


class RoleForm(HeldForForm):
    """A role from a day to a day."""

    starts_on = day_field(_("First day"), initial=timezone.localdate)
    ends_on = day_field(_("Last day, if there is one"), required=False)

    @property
    def wanted(self) -> Wanted:
        """What was asked for."""
        asked = self.cleaned_data
        return Wanted(Role(asked["role"]), asked["starts_on"], asked["ends_on"], asked["entity"], asked["country"])


class InviteForm(forms.Form):
    """Who is invited."""

    name = forms.CharField(label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    address = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )


#: Up to three roles; the first is needed.
RoleForms = forms.formset_factory(RoleForm, min_num=1, extra=2, max_num=3, validate_min=True, validate_max=True)


class LastDayForm(forms.Form):
    """When a role ends: after a day, or at once."""

    last_day = day_field(_("Last day; empty ends it now"), required=False)

    @property
    def day(self) -> date | None:
        """The last day, if one was given."""
        found: date | None = self.cleaned_data["last_day"]
        return found


class PeopleFilterForm(forms.Form):
    """Which people to list."""

    q = forms.CharField(label=_("Name or address"), max_length=120, required=False, widget=forms.SearchInput)
    standing = forms.ChoiceField(label=_("Standing"), required=False)
    role = forms.ChoiceField(label=_("Role today"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "standing", [("", "–"), *STANDINGS.items()])
        _choices(self, "role", role_choices())


class MailFilterForm(forms.Form):
    """Which mails to list."""

    state = forms.ChoiceField(label=_("Standing"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choices(self, "state", [("", "–"), *Mail.State.choices])


def _choices(form: forms.Form, name: str, choices: list[tuple[Any, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices

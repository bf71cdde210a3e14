"""Forms of suggestions."""

from typing import Final

from django import forms

from colonnade.web.shared.individuals import NoIndividuals

#: From which page somebody came: that of the need, or that of the project.
NEED, PROJECT, OWN = "need", "project", "own"
_PAGES: Final = [(page, page) for page in (NEED, PROJECT, OWN)]


class FromForm(forms.Form):
    """From where something was sent, so that it leads back there."""

    back = forms.ChoiceField(choices=_PAGES, required=False)


class DismissForm(NoIndividuals, FromForm):
    """A suggestion is dismissed, with a reason where one was given."""

    reason = forms.CharField(required=False, max_length=1_000)

"""What the library's rows say in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

# How a publication stands, for the catalogue.
gettext_noop("published")
gettext_noop("planned")


def capital(text: str) -> str:
    """A term of the pack at the head of a cell."""
    said = _(text) if text else ""
    return said[:1].upper() + said[1:]

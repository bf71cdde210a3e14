"""Where things happen: ISO 3166-1 alpha-3 codes, and for fictional places those it leaves to users (QMA to QZZ)."""

from babel import Locale
from django.db import models
from django.utils.translation import gettext_lazy as _

from colonnade.audit.records import Sourced


class Region(Sourced):
    """A group of countries: of the United Nations geoscheme, or fictional."""

    code = models.CharField(max_length=20, unique=True)
    name = models.TextField()
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    fictional = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Country(Sourced):
    """A country or area. ``name`` is the English one; other languages come from the Unicode locale data."""

    class Standing(models.TextChoices):
        MEMBER = "member", _("Member State")
        OBSERVER = "observer", _("Observer")
        OTHER = "other", _("Other country or area")
        FICTIONAL = "fictional", _("Fictional")

    code = models.CharField(max_length=3, unique=True)
    iso2 = models.CharField(max_length=2, blank=True)
    m49 = models.CharField(max_length=3, blank=True)
    name = models.TextField()
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="countries")
    standing = models.CharField(max_length=10, choices=Standing.choices)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "countries"

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        """The name in one of the interface's languages (``ar``, ``zh-hans``, ``fr``, ...), else the English one."""
        if not self.iso2 or language == "en":  # the Unicode data has names of its own in English
            return self.name
        locale = Locale.parse(language.replace("-", "_"))
        return str(locale.territories.get(self.iso2, self.name))

"""Where things happen. Codes are ISO 3166-1 alpha-3; fictional places use the codes ISO leaves to users (QMA to QZZ)."""

from babel import Locale
from django.db import models


class Region(models.Model):
    """A group of countries: of the United Nations geoscheme, or fictional."""

    code = models.CharField(max_length=20, unique=True)
    name = models.TextField()
    fictional = models.BooleanField(default=False)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name


class Country(models.Model):
    """A country or area. ``name`` is the English one; other languages come from the Unicode locale data."""

    code = models.CharField(max_length=3, unique=True)
    iso2 = models.CharField(max_length=2, blank=True)
    name = models.TextField()
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="countries")
    member_state = models.BooleanField(default=False)
    fictional = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "countries"

    def __str__(self) -> str:
        return self.name

    def name_in(self, language: str) -> str:
        """The name in one of the interface's languages (``ar``, ``zh-hans``, ``fr``, ...), else the English one."""
        if self.fictional or not self.iso2:
            return self.name
        locale = Locale.parse(language.replace("-", "_"))
        return locale.territories.get(self.iso2, self.name)

"""The strategy as a data pack states it. Everything here is public, and the same for every reader."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from colonnade.audit.records import Sourced


class Strategy(models.Model):
    """The one strategy that this registry serves, and the document that its pack follows."""

    code = models.SlugField(unique=True)
    title = models.TextField()
    short_title = models.TextField()
    document_symbol = models.CharField(max_length=40)
    document_title = models.TextField()
    published_on = models.DateField()
    base_currency = models.CharField(max_length=3, default="USD")
    coordination = models.TextField(help_text="The framework in which entities work together")
    coordination_short = models.TextField()
    secretariat = models.CharField(max_length=60, help_text="Code of the entity that serves it")
    assessor = models.CharField(max_length=60, blank=True, help_text="Code of the entity whose assessments name needs")
    fund = models.TextField(blank=True)
    voluntary_claim = models.CharField(
        max_length=80, blank=True, help_text="Key of the claim of the share of voluntary contributions"
    )
    illustrative_notice = models.TextField()
    restricted_notice = models.TextField(blank=True)
    terms = models.JSONField(default=dict, help_text="The strategy's own words for its parts")
    links = models.JSONField(default=list, help_text="Public pages about it: title and url")
    pack_digest = models.CharField(max_length=64, help_text="SHA-256 of the pack as last loaded")
    illustrative_digest = models.CharField(
        max_length=64, blank=True, help_text="Of the illustrative portfolio recorded"
    )
    loaded_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name_plural = "strategies"

    def __str__(self) -> str:
        return self.short_title


class Term(Sourced):
    """A code of the strategy with its titles, in the strategy's order."""

    code = models.CharField(max_length=60, unique=True)
    title = models.TextField()
    short_title = models.TextField()
    position = models.PositiveIntegerField()

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self) -> str:
        return self.short_title


class Pillar(Term):
    """One of the pillars that the strategy rests on."""

    colour = models.CharField(max_length=7)


class Theme(Term):
    """A thematic priority: what needs and projects are about."""

    pillar = models.ForeignKey(Pillar, null=True, on_delete=models.PROTECT, related_name="themes")


class Area(Term):
    """A priority area of a plan of action under the strategy. A project may have several."""


class Document(Sourced):
    """A document that the strategy's report cites, other than a resolution."""

    symbol = models.CharField(max_length=60, unique=True)
    title = models.TextField()
    kind = models.CharField(max_length=40)
    year = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return self.symbol


class Mandate(Sourced):
    """A resolution that asks for work: of the General Assembly, the Security Council, or another organ."""

    code = models.CharField(max_length=60, unique=True)
    body = models.TextField()
    number = models.CharField(max_length=40)
    year = models.PositiveIntegerField()
    subject = models.TextField()
    subject_source = models.TextField(blank=True)

    class Meta:
        ordering = ["year", "code"]

    def __str__(self) -> str:
        return self.code


class Instrument(Sourced):
    """A legal instrument (convention or protocol) that States are asked to join and to apply."""

    number = models.PositiveIntegerField(unique=True)
    title = models.TextField()
    year = models.PositiveIntegerField()
    topic = models.CharField(max_length=80)

    class Meta:
        ordering = ["number"]

    def __str__(self) -> str:
        return self.title


class Safeguard(Sourced):
    """A question that a project must answer before it touches people whom the strategy's principles protect."""

    class AppliesTo(models.TextChoices):
        WOMEN = "women", _("Women")
        CHILDREN = "children", _("Children")
        BOTH = "both", _("Women and children")

    code = models.CharField(max_length=60, unique=True)
    group = models.CharField(max_length=120)
    question = models.TextField()
    applies_to = models.CharField(max_length=10, choices=AppliesTo.choices)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.question


class MarkerLevel(Sourced):
    """What a score of a marker means."""

    marker = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField()
    title = models.TextField()

    class Meta:
        ordering = ["marker", "level"]
        constraints = [models.UniqueConstraint(fields=["marker", "level"], name="one_meaning_a_score")]

    def __str__(self) -> str:
        return f"{self.marker} {self.level}"


class Target(Sourced):
    """A share that the work is measured against."""

    code = models.CharField(max_length=60, unique=True)
    title = models.TextField()
    percent = models.DecimalField(max_digits=7, decimal_places=4)
    of = models.TextField(help_text="The whole that the share is of")
    marker = models.CharField(max_length=40, blank=True)
    level = models.PositiveSmallIntegerField(null=True, help_text="Least score that counts")

    def __str__(self) -> str:
        return self.title


class ExchangeRate(models.Model):
    """US dollars for one unit of a currency in the month that begins ``on``, as its source published it."""

    currency = models.CharField(max_length=3)
    on = models.DateField()
    usd_per_unit = models.DecimalField(max_digits=18, decimal_places=8)
    source = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["currency", "on"], name="one_rate_a_month"),
            models.CheckConstraint(condition=Q(usd_per_unit__gt=0), name="rate_above_zero"),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.on:%Y-%m}"

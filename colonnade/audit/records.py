"""Abstract bases of the registry's records: a public identifier, a version against lost updates, a source."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from colonnade.core.identifiers import new_public_id
from colonnade.core.viewer import Level


class LevelChoice(models.TextChoices):
    """The levels of :class:`colonnade.core.viewer.Level`, as choices of a field."""

    PUBLIC = Level.PUBLIC, _("Public")
    COMPACT = Level.COMPACT, _("Compact")
    RESTRICTED = Level.RESTRICTED, _("Restricted")


class Provenance(models.TextChoices):
    """Whether a record was published by somebody, was reported here, or was made to illustrate."""

    REPORTED = "reported", _("Reported")
    PUBLISHED = "published", _("Published")
    ILLUSTRATIVE = "illustrative", _("Illustrative")


class Record(models.Model):
    """A record that people open: it has a public identifier, and a version that every update raises."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
    version = models.PositiveIntegerField(default=1)
    provenance = models.CharField(max_length=12, choices=Provenance.choices, default=Provenance.REPORTED)

    class Meta:
        abstract = True


class Sourced(models.Model):
    """A row of a data pack: it names the paragraph, or the public source, that it comes from."""

    class SourceKind(models.TextChoices):
        REPORT = "report", _("The report")
        PUBLIC = "public", _("Another public source")

    source = models.TextField()
    note = models.TextField(blank=True)
    source_kind = models.CharField(max_length=6, choices=SourceKind.choices, default=SourceKind.REPORT)

    class Meta:
        abstract = True

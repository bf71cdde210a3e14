"""Entities, working groups, people and their roles. A person and the roles held today make a viewer."""

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from colonnade.audit.records import Provenance, Sourced
from colonnade.core.viewer import Role
from colonnade.places.models import Country


class Entity(Sourced):
    """An organisation: a member or observer of the compact, or one that contributes, partners or publishes."""

    class EntityRole(models.TextChoices):
        MEMBER = "member", _("Member")
        OBSERVER = "observer", _("Observer")
        CONTRIBUTOR = "contributor", _("Contributor to the report")
        PARTNER = "partner", _("Partner")
        PUBLISHER = "publisher", _("Publisher of activities")

    code = models.CharField(max_length=60, unique=True)
    abbreviation = models.CharField(max_length=60)
    name = models.TextField()
    kind = models.CharField(max_length=40)
    role = models.CharField(max_length=12, choices=EntityRole.choices)
    contributed = models.BooleanField(default=False, help_text="Counted among those that gave the report material")
    governing_body = models.TextField(blank=True)
    governing_source = models.TextField(blank=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    iati_ref = models.CharField(max_length=80, blank=True)
    provenance = models.CharField(max_length=12, choices=Provenance.choices, default=Provenance.PUBLISHED)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "abbreviation"]
        verbose_name_plural = "entities"

    def __str__(self) -> str:
        return self.abbreviation


class WorkingGroup(Sourced):
    """A group of entities that works on one field of the strategy."""

    code = models.CharField(max_length=60, unique=True)
    title = models.TextField()
    short_title = models.TextField()
    chairs = models.ManyToManyField(Entity, related_name="chaired_groups")
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.short_title


class Arrangement(Sourced):
    """A framework of cooperation with a regional or other organisation."""

    party = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="arrangements")
    organisation = models.OneToOneField(Entity, on_delete=models.PROTECT, related_name="arrangement")
    kind = models.CharField(max_length=20)

    def __str__(self) -> str:
        return str(self.organisation)


class PersonManager(BaseUserManager["Person"]):
    """People are looked up by the address they sign in with."""


class Person(AbstractBaseUser):
    """Somebody who signs in. Only what signing in needs is kept."""

    email = models.EmailField(unique=True)
    name = models.TextField()
    is_active = models.BooleanField(default=True)
    # When somebody was last here is nobody's business, and a write at every sign-in would age every snapshot.
    last_login = None

    objects = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name


class RoleHeld(models.Model):
    """A role that a person holds, for an entity or a State where the role is for one, from a date to a date."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles_held")
    role = models.CharField(max_length=20, choices=[(role.value, role.name.title()) for role in Role])
    entity = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="+")
    country = models.ForeignKey(Country, null=True, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")), name="role_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.ENTITY) | Q(entity__isnull=False), name="focal_point_has_an_entity"
            ),
            models.CheckConstraint(
                condition=~Q(role=Role.STATE) | Q(country__isnull=False), name="focal_point_has_a_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.role}"

    def held_on(self, day: date) -> bool:
        """Whether the role is in force on ``day``."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

"""People and their roles. A person and the roles held today make a viewer."""

from datetime import date

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from colonnade.core.identifiers import new_public_id
from colonnade.core.viewer import Role
from colonnade.members.models.organisations import Entity
from colonnade.places.models import Country


class PersonManager(BaseUserManager["Person"]):
    """People are looked up by the address they sign in with."""


class Person(AbstractBaseUser):
    """Somebody who signs in. Only what signing in needs is kept."""

    public_id = models.CharField(max_length=16, unique=True, default=new_public_id, editable=False)
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
    """A role that a person holds, for an entity or a State where the role is for one, from a date to a date.

    A role that was ended, at ``ended_at``, is over from that moment, whatever its dates say.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles_held")
    role = models.CharField(max_length=20, choices=[(role.value, role.name.title()) for role in Role])
    entity = models.ForeignKey(Entity, null=True, on_delete=models.PROTECT, related_name="+")
    country = models.ForeignKey(Country, null=True, on_delete=models.PROTECT, related_name="+")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)

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
            models.CheckConstraint(
                condition=~Q(role=Role.COORDINATOR) | Q(country__isnull=False), name="coordinator_has_a_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.role}"

    def held_on(self, day: date) -> bool:
        """Whether the role is in force on ``day``."""
        return self.ended_at is None and self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

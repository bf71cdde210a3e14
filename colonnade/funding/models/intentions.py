"""What a donor funds or plans to fund, as far as they let others know it: the coordination among donors.

An intention that rests on a pledge says for which entry of an appeal and which years the pledge is. The others are
plans: no total counts them.
"""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from colonnade.audit.records import Record
from colonnade.core.viewer import Role, Viewer
from colonnade.core.visibility import GuardedQuerySet
from colonnade.funding.models.appeals import Appeal, AppealEntry
from colonnade.funding.models.circle import gives
from colonnade.funding.models.contributors import Contributor
from colonnade.funding.models.pledges import Pledge
from colonnade.members.models import Person
from colonnade.places.models import Country, Region
from colonnade.strategy.models import Pillar


class Shown(models.TextChoices):
    """What a donor lets others see of what they fund."""

    NOTHING = "nothing", _("Nothing: the secretariat, auditors and the review board alone read it")
    PRESENCE = "presence", _("Other donors see that we fund it, and not how much")
    AMOUNT = "amount", _("Everybody sees that we fund it, and how much")


class IntentionQuerySet(GuardedQuerySet["Intention"]):
    """Intentions: the books' circle and the donor; with the donor's consent, other donors, or everybody."""

    def entitled(self, viewer: Viewer) -> Q:
        entry = Q(entry__isnull=True) | Q(entry__in=AppealEntry.objects.visible_to(viewer).order_by().values("pk"))
        if viewer.sees_restricted or Role.BOARD in viewer.roles:
            return entry
        shared = Q(shown=Shown.AMOUNT)
        if viewer.gives_states or viewer.gives_entities:
            shared |= Q(shown=Shown.PRESENCE)
        return (gives(viewer) | (shared & Q(announced=False))) & entry


class Intention(Record):
    """A contributor funds, or plans to fund, something in a span of years.

    A pledge ``rests_on`` the one in the books, whose amount is read there, by its level; the amount of a plan stands in
    :class:`IntentionAmount`. ``entry`` is an entry of the appeal; where there is none, it is a pillar, a State or a
    region. One that came to nothing, or whose pledge was withdrawn, is ended. One whose pledge is ``announced`` tells
    others nothing before the secretariat acknowledged that.
    """

    class Kind(models.TextChoices):
        PLEDGE = "pledge", _("Pledge")
        PLAN = "plan", _("Plan")

    appeal = models.ForeignKey(Appeal, on_delete=models.PROTECT, related_name="+")
    contributor = models.ForeignKey(Contributor, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    shown = models.CharField(max_length=8, choices=Shown.choices, default=Shown.NOTHING)
    entry = models.ForeignKey(AppealEntry, null=True, on_delete=models.PROTECT, related_name="+")
    pillar = models.ForeignKey(Pillar, null=True, on_delete=models.PROTECT, related_name="+")
    country = models.ForeignKey(Country, null=True, on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey(Region, null=True, on_delete=models.PROTECT, related_name="+")
    first_year = models.PositiveIntegerField()
    last_year = models.PositiveIntegerField()
    rests_on = models.OneToOneField(Pledge, null=True, on_delete=models.PROTECT, related_name="+")
    stated_on = models.DateField()
    stated_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True)
    announced = models.BooleanField(default=False)

    objects = IntentionQuerySet.as_manager()

    class Meta:
        ordering = ["-stated_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(entry__isnull=False)
                | Q(pillar__isnull=False)
                | Q(country__isnull=False)
                | Q(region__isnull=False),
                name="an_intention_is_for_something",
            ),
            models.CheckConstraint(
                condition=Q(kind="pledge") | Q(rests_on__isnull=True), name="a_plan_rests_on_no_pledge"
            ),
            models.CheckConstraint(condition=Q(kind="pledge") | Q(announced=False), name="a_plan_is_not_announced"),
            models.CheckConstraint(
                condition=Q(last_year__gte=F("first_year")), name="an_intention_ends_after_it_began"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contributor_id} {self.first_year}-{self.last_year}"


class IntentionAmountQuerySet(GuardedQuerySet["IntentionAmount"]):
    """Amounts of plans: the books' circle and the donor, and everybody where the donor lets them."""

    def entitled(self, viewer: Viewer) -> Q:
        seen = Q(intention__in=Intention.objects.visible_to(viewer).order_by().values("pk"))
        if viewer.sees_restricted or Role.BOARD in viewer.roles:
            return seen
        return seen & (gives(viewer, "intention__contributor") | Q(intention__shown=Shown.AMOUNT))


class IntentionAmount(models.Model):
    """How much a donor plans to give, in a row of its own: whoever is told of the plan alone does not meet it."""

    intention = models.OneToOneField(Intention, on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    amount_usd = models.DecimalField(max_digits=18, decimal_places=2)

    objects = IntentionAmountQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0, amount_usd__gte=0), name="an_intention_is_above_zero")
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.amount}"

"""A State or a region as selections of records: what its numbers count, and what they leave out.

A project counts for a State that it names as a place, whatever its scope; that is the rule of every number of these
pages. What stands outside that rule is selected here as well, so that pages can show both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from colonnade.analysis.crosstab.model import EXCEPT, NOT_REPORTED, Selection, Subject
from colonnade.portfolio.models import Scope
from colonnade.web.places.atlas import Atlas

COUNTRY, REGION = "country", "region"


@dataclass(frozen=True, slots=True)
class Place:
    """A State or a region: ``dimension`` and the codes that a record of it has.

    ``near`` are the codes of the regions that it lies in, the nearest first.
    """

    code: str
    dimension: str
    codes: tuple[str, ...]
    inventory: str
    near: tuple[str, ...] = ()

    @property
    def projects(self) -> Selection:
        """The projects that name it."""
        return Selection(Subject.PROJECTS, self.inventory).where(self.dimension, *self.codes)

    @property
    def active(self) -> Selection:
        """Those that are neither completed nor cancelled."""
        return self.projects.where("active", "yes")

    @property
    def needs(self) -> Selection:
        """What assessments of it, or of its States, asked for."""
        return Selection(Subject.NEEDS).where(self.dimension, *self.codes)

    @property
    def open_unmet(self) -> Selection:
        """Needs that stand open, and that no project responds to."""
        return unanswered(self.needs)

    @property
    def events(self) -> Selection:
        """Events held there."""
        return Selection(Subject.EVENTS).where(self.dimension, *self.codes)

    def ending(self, start: date, until: date) -> Selection:
        """Active projects that name it and end from ``start`` to ``until``."""
        return self.active.where("ends_from", start.isoformat()).where("ends_by", until.isoformat())

    def of_scope(self, scope: str | None) -> Selection:
        """Those that name it and are of one scope; ``None`` is not reported."""
        return self.projects.where("scope", scope)

    @property
    def regional_at_large(self) -> Selection | None:
        """Regional projects that name a region which it lies in, and no State; of a region, nothing inside it."""
        if not self.near:
            return None
        regional = self._everywhere.where("scope", Scope.REGIONAL)
        if self.dimension == REGION:
            return regional.where(REGION, *self.near, *_except(self.codes))
        return regional.where(REGION, *self.near).where(COUNTRY, None)

    @property
    def regional_elsewhere(self) -> Selection | None:
        """Regional projects of a State's region that name other States, and not this one. A region has none."""
        if self.dimension == REGION or not self.near:
            return None
        regional = self._everywhere.where("scope", Scope.REGIONAL).where(REGION, self.near[0])
        return regional.where(COUNTRY, *_except((NOT_REPORTED, *self.codes)))

    @property
    def global_at_large(self) -> Selection:
        """Global projects that name no State."""
        selected = self._everywhere.where("scope", Scope.GLOBAL).where(COUNTRY, None)
        return selected.where(REGION, *_except(self.codes)) if self.dimension == REGION else selected

    @property
    def _everywhere(self) -> Selection:
        return Selection(Subject.PROJECTS, self.inventory)


def state_place(atlas: Atlas, code: str, inventory: str) -> Place:
    """The State ``code``."""
    region = atlas.states[code].region
    return Place(code, COUNTRY, (code,), inventory, (region, *atlas.around(region)))


def region_place(atlas: Atlas, code: str, inventory: str) -> Place:
    """The region ``code``, with every region inside it."""
    return Place(code, REGION, tuple(sorted(atlas.within(code))), inventory, atlas.around(code))


def unanswered(needs: Selection) -> Selection:
    """Of ``needs``, those that stand open and that no project responds to."""
    return needs.where("standing", "open").where("coverage", "unmet")


def _except(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(EXCEPT + code for code in codes)

"""Workflows as tables of transitions: the same table renders buttons, checks actions and draws the diagram."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from colonnade.core.viewer import Viewer

#: Why ``viewer`` may not do it with ``record``; ``None`` where they may.
May = Callable[[Viewer, Any], str | None]


@dataclass(frozen=True, slots=True)
class Transition:
    """A step of a record from one of its ``sources`` to its ``target``, with who may take it.

    ``needs`` are what must be given with it (a comment, reasons); ``title`` is the button's text.
    """

    name: str
    title: str
    sources: tuple[str, ...]
    target: str
    may: May
    needs: tuple[str, ...] = ()

    def why_not(self, viewer: Viewer, record: Any) -> str | None:
        """Why ``viewer`` cannot take this step with ``record`` now, or ``None``. ``record`` has a ``standing``."""
        if record.standing not in self.sources:
            return _("This step is not open where the record stands now.")
        return self.may(viewer, record)


class NoSuchStep(LookupError):
    """A workflow has no transition of that name."""


@dataclass(frozen=True, slots=True)
class Workflow:
    """The transitions of one kind of record, in the order in which they are offered."""

    transitions: Sequence[Transition]

    def __getitem__(self, name: str) -> Transition:
        for each in self.transitions:
            if each.name == name:
                return each
        raise NoSuchStep(name)

    def __contains__(self, name: object) -> bool:
        return any(each.name == name for each in self.transitions)

    def offered(self, viewer: Viewer, record: Any) -> list[tuple[Transition, str | None]]:
        """The steps from where ``record`` stands, each with the reason why ``viewer`` cannot take it."""
        here = [each for each in self.transitions if record.standing in each.sources]
        return [(each, each.may(viewer, record)) for each in here]

    def diagram(self) -> str:
        """The workflow in Graphviz's language, for documents."""
        lines = [
            f'  "{source}" -> "{each.target}" [label="{each.title}"];'
            for each in self.transitions
            for source in each.sources
        ]
        return "\n".join(["digraph workflow {", *lines, "}"])

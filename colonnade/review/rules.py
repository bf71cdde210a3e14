"""How a board works, read from the data of a strategy: steps with clocks, criteria, eligibility, outcomes, reports.

Pure. Everything that is wrong is found at once, and named by its path in the document. Reading the parts is
:mod:`colonnade.core.parts`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, Self

from colonnade.core.parts import SHORT_NAME, Part, RulesWrong
from colonnade.review.rules_choosing import Choosing
from colonnade.review.rules_letter import Letter

#: Steps that a process may have, in the only order that they can come in. The decision is always there.
STEPS: Final = ("screening", "scoring", "board", "decision")
#: Rules of eligibility that a process may have (:mod:`colonnade.review.eligibility` says what each asks).
ELIGIBILITY: Final = (
    "origin",
    "described",
    "period",
    "budget_adds_up",
    "within_ceiling",
    "working_group",
    "aligned",
    "cofunding",
    "sustainability",
    "consulted",
    "marked",
    "due_diligence",
    "safeguards",
    "outputs",
    "risks",
    "before_the_deadline",
)
#: From when on others than the scorers read scores: once all are in, once it is decided, or never.
OPENINGS: Final = ("all_in", "decision", "never")
#: Whose the decision is: the head's, whom the board advises, or the board's own, which its chair records.
DECIDES: Final = ("head", "board")
REPORTS: Final = ("progress", "financial", "final")


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the process, and the days that it may take (0: no clock runs)."""

    code: str
    title: str
    days: int = 0


@dataclass(frozen=True, slots=True)
class Criterion:
    """What reviewers score, from 0 to the process's ``most``, and how much it weighs beside the others."""

    code: str
    title: str
    weight: Decimal
    help: str = ""


@dataclass(frozen=True, slots=True)
class ReportDue:
    """A report that an approved project owes: every so many months while it runs, or once at the end (0)."""

    kind: str
    every_months: int


@dataclass(frozen=True, slots=True)
class Note:
    """Where a rule comes from. ``of`` is its path (``quorum``, ``steps.scoring``); ``assumed``: no source states it."""

    of: str
    text: str
    assumed: bool


@dataclass(frozen=True, slots=True)
class Rules:
    """The whole of a process. ``quorum`` counts members of the board; ``reviewers`` scores that a proposal needs.

    ``decided_by`` is what the one who decides is called; ``decides`` is whether that is the head or the board.
    """

    decided_by: str
    steps: tuple[Step, ...]
    eligibility: tuple[str, ...]
    criteria: tuple[Criterion, ...] = ()
    most: int = 5
    reviewers: int = 0
    quorum: int = 1
    scores_open_to_board: str = "all_in"
    scores_open_to_applicant: str = "decision"
    objection_days: int = 0
    reports: tuple[ReportDue, ...] = ()
    marker_sample_percent: int = 20
    decides: str = "head"
    choosing: Choosing = field(default_factory=Choosing)
    letter: Letter = field(default_factory=Letter)
    notes: tuple[Note, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the steps, in order."""
        return tuple(step.code for step in self.steps)

    def step(self, code: str) -> Step | None:
        """The step of that code, where the process has it."""
        return next((step for step in self.steps if step.code == code), None)

    def note(self, of: str) -> Note | None:
        """What is said of where a rule comes from."""
        return next((note for note in self.notes if note.of == of), None)

    def share(self, criterion: Criterion) -> Decimal:
        """How much of a whole score a criterion is, as a fraction of 1."""
        return criterion.weight / sum((each.weight for each in self.criteria), Decimal(0))

    @classmethod
    def read(cls, document: Mapping[str, Any]) -> Self:
        """The rules in ``document``, as TOML or JSON give it. Raises :class:`RulesWrong`."""
        whole = Part(document)
        rules = cls(
            decided_by=whole.text("decided_by"),
            steps=tuple(_step(each) for each in whole.parts("steps", needed=True)),
            eligibility=tuple(whole.choices("eligibility", ELIGIBILITY)),
            criteria=tuple(_criterion(each) for each in whole.parts("criteria")),
            most=whole.number("most", 5, least=1),
            reviewers=whole.number("reviewers", 0),
            quorum=whole.number("quorum", 1, least=1),
            scores_open_to_board=whole.choice("scores_open_to_board", OPENINGS, "all_in"),
            scores_open_to_applicant=whole.choice("scores_open_to_applicant", OPENINGS, "decision"),
            objection_days=whole.number("objection_days", 0),
            reports=tuple(_report(each) for each in whole.parts("reports")),
            marker_sample_percent=whole.number("marker_sample_percent", 20, most=100),
            decides=whole.choice("decides", DECIDES, "head"),
            choosing=Choosing.read(whole.part("choosing")) if whole.has("choosing") else Choosing(),
            letter=Letter.read(whole.part("letter")) if whole.has("letter") else Letter(),
            notes=tuple(_note(each) for each in whole.parts("notes")),
        )
        whole.nothing_else()
        rules._insist(whole)
        if whole.faults:
            raise RulesWrong(whole.faults)
        return rules

    def _insist(self, whole: Part) -> None:
        """What holds between the rules; said where each of them by itself is sound."""
        codes = self.codes
        if set(codes) <= set(STEPS) and ("decision" not in codes or list(codes) != [s for s in STEPS if s in codes]):
            whole.wrong("steps", ", ".join(codes), "not in their order, each once, the decision last",
                        f"write them in the order {', '.join(STEPS)}; only decision is needed")  # fmt: skip
        if "origin" not in self.eligibility:
            whole.wrong("eligibility", ", ".join(self.eligibility), "origin is missing",
                        "add origin: no proposal is submitted without one")  # fmt: skip
        for name, given in (("criteria", bool(self.criteria)), ("reviewers", bool(self.reviewers))):
            if given != ("scoring" in codes):
                mend = "a process that scores has criteria and reviewers; one that does not has neither"
                whole.wrong(name, "", "does not go with the steps", mend)
        if self.decides == "board" and "board" not in codes:
            whole.wrong("decides", "board", "the process has no board", "add the step board, or write head")
        for place, criterion in enumerate(self.criteria):
            if criterion.code in {each.code for each in self.criteria[:place]}:
                whole.wrong(f"criteria[{place}].code", criterion.code, "stands twice", "write another code")
        known = self._paths()
        for place, note in enumerate(self.notes):
            if note.of not in known:
                whole.wrong(f"notes[{place}].of", note.of, "no rule of this process",
                            f"write one of: {', '.join(sorted(known))}")  # fmt: skip

    def _paths(self) -> frozenset[str]:
        """What a note can speak of: every rule, every step, criterion and rule of eligibility."""
        inner = {
            "steps": self.codes,
            "criteria": tuple(each.code for each in self.criteria),
            "eligibility": self.eligibility,
            "reports": tuple(each.kind for each in self.reports),
        }
        return frozenset(self.__dataclass_fields__) - {"notes"} | {
            f"{name}.{code}" for name, codes in inner.items() for code in codes
        }


def _step(part: Part) -> Step:
    step = Step(part.choice("code", STEPS), part.text("title"), part.number("days", 0))
    part.nothing_else()
    return step


def _criterion(part: Part) -> Criterion:
    criterion = Criterion(
        part.text("code", SHORT_NAME),
        part.text("title"),
        part.decimal("weight"),
        part.text("help", needed=False),
    )
    part.nothing_else()
    return criterion


def _report(part: Part) -> ReportDue:
    report = ReportDue(part.choice("kind", REPORTS), part.number("every_months", 0, most=120))
    part.nothing_else()
    return report


def _note(part: Part) -> Note:
    note = Note(part.text("of"), part.text("text"), part.truth("assumed"))
    part.nothing_else()
    return note

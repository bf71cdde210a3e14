"""Documents of a board: the letter that follows a decision, and the papers of a meeting."""

from colonnade.reporting.board.letter import LetterFacts, compose_letter
from colonnade.reporting.board.papers import PaperFacts, ProposalPaper, SimpleTable, compose_papers

__all__ = [
    "LetterFacts",
    "PaperFacts",
    "ProposalPaper",
    "SimpleTable",
    "compose_letter",
    "compose_papers",
]

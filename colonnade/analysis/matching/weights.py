"""The weights of the parts of a score, from ``weights.toml``."""

import functools
import tomllib
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class Weights:
    """What parts weigh. All are zero or more; ``weights.toml`` says what each means and how it was found."""

    words: float
    concepts: float
    related: float
    concise: float
    country: float
    wider: float
    theme: float
    mandate: float
    dates: float
    earlier: float
    model: float

    def __post_init__(self) -> None:
        for name in self.__slots__:
            if getattr(self, name) < 0:
                raise ValueError(f"the weight {name} is below zero, so that evidence would lower a score")
        if self.words + self.concepts <= 0 or self.concise <= 0:
            raise ValueError("words and concepts weigh nothing, or concise is zero")


@functools.lru_cache(maxsize=1)
def the_weights() -> Weights:
    """The weights that Colonnade carries."""
    source = resources.files(__package__).joinpath("weights.toml").read_text(encoding="utf-8")
    return Weights(**{name: value for table in tomllib.loads(source).values() for name, value in table.items()})

"""What a brief is made from: texts and tables of one State, already counted for the reader that it is made for."""

from dataclasses import dataclass

Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class BriefTable:
    """A table of texts as displayed, the most telling rows first.

    ``numeric`` says per column whether it holds numbers. ``total`` is how many rows there are, of which ``rows`` can
    be the first ones; ``totals`` closes the table, empty where it has no row of totals.
    """

    header: tuple[str, ...]
    numeric: tuple[bool, ...]
    rows: Rows
    total: int
    totals: tuple[str, ...] = ()
    note: str = ""

    @property
    def is_empty(self) -> bool:
        return not self.rows


@dataclass(frozen=True, slots=True)
class StateFacts:
    """A State as one reader may see it.

    ``needs_released`` is false where the reader is outside the circle that needs are shared in: the brief then says so
    and prints no number of them. ``circle`` names the readers that it is kept among, empty for a public one;
    ``notice`` warns of illustrative records, empty where there are none. ``headlines`` are label and number in the
    order printed.
    """

    code: str
    name: str
    region: str
    strategy: str
    symbol: str
    inventory: str
    as_of: str
    until: str
    audience: str
    circle: str
    snapshot: str
    address: str
    notice: str
    headlines: tuple[tuple[str, str], ...]
    places: BriefTable
    pillars: BriefTable
    needs: BriefTable
    needs_released: bool
    entities: BriefTable
    projects: BriefTable
    ending: BriefTable
    events: BriefTable
    rules: tuple[str, ...]
    sources: str

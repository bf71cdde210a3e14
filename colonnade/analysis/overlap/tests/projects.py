"""Records for the tests, of no real entity, and a drawing of random ones."""

from datetime import date

from hypothesis import strategies as st

from colonnade.analysis.overlap.record import Record

BORDER = Record(
    id="A1",
    entity="One",
    title="Strengthening border management in Mali",
    text="Training of officers at four border posts on passenger data, travel documents and human rights.",
    countries=("Mali",),
    start=date(2019, 3, 1),
    end=date(2021, 2, 28),
    amount=1_200_000,
)
#: The same, as another entity might have reported it in French.
BORDER_AGAIN = Record(
    id="B1",
    entity="Two",
    title="border Strengthening management Mali",
    text="officers border passenger data posts Training travel on human documents four at",
    countries=("Malí",),
    start=date(2019, 9, 1),
    end=date(2021, 6, 30),
    amount=1_150_000,
)
PRISONS = Record(
    id="C1",
    entity="Three",
    title="Rehabilitation of prisoners in Mali",
    text="Assessment of risk and needs, and programmes of education and work in two prisons.",
    countries=("ML",),
    start=date(2019, 1, 1),
    end=date(2022, 12, 31),
    amount=800_000,
)
PORTS = Record(
    id="D1",
    entity="Four",
    title="Screening of containers in Peruvian ports",
    text="Equipment and procedures for risk profiles of cargo.",
    countries=("PER",),
    start=date(2015, 1, 1),
    end=date(2016, 6, 30),
    amount=90_000,
)

_WORDS = [
    "border",
    "training",
    "mali",
    "officers",
    "prison",
    "risk",
    "data",
    "travel",
    "support",
    "kenya",
    "law",
    "2019",
    "phase",
    "ii",
    "police",
    "youth",
    "cargo",
]
_DAYS = st.none() | st.dates(date(2010, 1, 1), date(2026, 12, 31))


def texts(most: int) -> st.SearchStrategy[str]:
    """A few words."""
    return st.lists(st.sampled_from(_WORDS), max_size=most).map(" ".join)


def records(prefix: str = "r") -> st.SearchStrategy[Record]:
    """Any record, without its parent."""
    return st.builds(
        Record,
        id=st.integers(0, 10**6).map(lambda number: f"{prefix}{number}"),
        entity=st.sampled_from(("", "one", "two", "three")),
        title=texts(6),
        text=texts(12),
        countries=st.lists(st.sampled_from(("Mali", "KEN", "Pérou")), max_size=2).map(tuple),
        start=_DAYS,
        end=_DAYS,
        amount=st.none() | st.floats(1, 1e9),
    )


def several(least: int = 2, most: int = 6) -> st.SearchStrategy[list[Record]]:
    """Records with different identifiers."""
    return st.lists(records(), min_size=least, max_size=most, unique_by=lambda each: each.id)

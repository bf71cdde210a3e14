"""How a value reads: the one place where figures are rounded."""

from decimal import ROUND_HALF_UP, Decimal

from colonnade.analysis.figures.result import Number

MILLION = Decimal(1_000_000)


def rounded(value: Number, places: int) -> Decimal:
    """``value`` to ``places`` decimals, halves away from zero, as people round."""
    return Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def grouped(value: Number, places: int = 0) -> str:
    """Digits in groups of three, with a comma, as United Nations documents in English print them."""
    return f"{rounded(value, places):,}"


def money(value: Number) -> str:
    """Dollars: whole below a million (``$949,111``), else millions to one decimal (``$238.9 million``)."""
    if abs(rounded(value, 0)) < MILLION:
        return f"${grouped(value)}"
    return f"${grouped(Decimal(value) / MILLION, 1)} million"


def display(value: Number | None, unit: str) -> str:
    """A single value as running text prints it."""
    if value is None:
        return "not reported"
    if unit == "USD":
        return money(value)
    if unit == "per cent":
        return f"{grouped(value)} per cent"
    return grouped(value)


def display_cell(value: Number | None, unit: str) -> str:
    """A value as a table prints it: dollars whole, per cent to one decimal, a dash where nothing was reported."""
    if value is None:
        return "–"
    if unit == "per cent":
        return grouped(value, 1)
    return grouped(value)

"""Addresses of the fund's rates of exchange."""

from typing import Final

from proof.asking import Address, at

_RATED: Final = (
    (("currency", "EUR"), ("month", "2020-01"), ("usd_per_unit", "1.1"), ("source", "A bank"), ("sure", "on")), (),
)  # fmt: skip

#: Name -> how it is asked; a part of :data:`proof.addresses.ADDRESSES`.
OF_RATES: Final[dict[str, Address]] = {
    "fund-rates": at(),
    "enter-rate": at(((), (("currency", "EUR"), ("month", "2020-01"))), _RATED),
}

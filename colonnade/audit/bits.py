"""A set of integers at a bit each, where they lie close together."""

from typing import Final

_BITS: Final = 1 << 16


class Bits:
    """Which ids were seen. Ids come in blocks of 65,536, each of 8 KiB once any of it was seen."""

    def __init__(self) -> None:
        self._blocks: dict[int, bytearray] = {}

    def add(self, number: int) -> bool:
        """Add ``number``; whether it is new."""
        block, place = divmod(number, _BITS)
        bits = self._blocks.get(block)
        if bits is None:
            bits = self._blocks[block] = bytearray(_BITS // 8)
        mask = 1 << (place & 7)
        new = not bits[place >> 3] & mask
        bits[place >> 3] |= mask
        return new

    def __contains__(self, number: int) -> bool:
        block, place = divmod(number, _BITS)
        bits = self._blocks.get(block)
        return bits is not None and bool(bits[place >> 3] & (1 << (place & 7)))

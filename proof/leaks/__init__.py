"""Leaks that are planted to see whether the probes find them: each a change of one function of the product."""

from proof.leaks.catalogue import LEAKS
from proof.leaks.planting import Leak

__all__ = ["LEAKS", "Leak"]

"""Public identifiers are long, plain, and the same from the same seed."""

import random

from colonnade.core.identifiers import ALPHABET, LENGTH, new_public_id, public_id_from


def test_a_new_identifier_is_made_of_the_alphabet_only() -> None:
    fresh = new_public_id()
    assert len(fresh) == LENGTH
    assert set(fresh) <= set(ALPHABET)


def test_identifiers_do_not_repeat() -> None:
    assert len({new_public_id() for _ in range(1000)}) == 1000


def test_the_same_seed_gives_the_same_identifier() -> None:
    assert public_id_from(random.Random(7)) == public_id_from(random.Random(7))
    assert public_id_from(random.Random(7)) != public_id_from(random.Random(8))

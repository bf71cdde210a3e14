"""Secrets at rest: opened by their own key for their own purpose, and by nothing else."""

import pytest
from django.conf import LazySettings

from colonnade.core.sealing import NotSealedHere, seal, unseal


def test_what_is_sealed_opens_again_and_does_not_show_what_it_is() -> None:
    sealed = seal("JBSWY3DPEHPK3PXP", "codes")
    assert "JBSWY3DPEHPK3PXP" not in sealed
    assert unseal(sealed, "codes") == "JBSWY3DPEHPK3PXP"


def test_the_same_secret_is_sealed_differently_each_time() -> None:
    assert seal("secret", "codes") != seal("secret", "codes")


def test_what_was_sealed_for_one_purpose_does_not_open_as_another() -> None:
    with pytest.raises(NotSealedHere):
        unseal(seal("secret", "codes"), "sessions")


def test_a_changed_seal_does_not_open() -> None:
    sealed = seal("secret", "codes")
    with pytest.raises(NotSealedHere):
        unseal(sealed[:20] + ("A" if sealed[20] != "A" else "B") + sealed[21:], "codes")
    with pytest.raises(NotSealedHere):
        unseal("plainly not sealed", "codes")


def test_a_key_that_was_replaced_still_opens_while_it_is_named(settings: LazySettings) -> None:
    settings.SECRET_KEY = "the old key " * 5
    sealed = seal("secret", "codes")
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "the new key " * 5, ["the old key " * 5]
    assert unseal(sealed, "codes") == "secret"
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(NotSealedHere):
        unseal(sealed, "codes")

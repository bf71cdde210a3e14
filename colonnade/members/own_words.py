"""Passwords made of the house's own words: what anybody would try first who knows where they are."""

import re
from typing import Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from colonnade.strategy.models import Strategy

#: Words of the house itself; those of the strategy and of the host come beside them.
WORDS: Final = ("colonnade", "registry", "portfolio", "secretariat", "compact", "strategy", "password", "welcome")
#: Letters that must be left when the house's words, digits and signs are taken out of a password.
LETTERS_LEFT: Final = 6
_SHORTEST: Final = 4


class OwnWordsValidator:
    """Refuses a password of which hardly anything is left without the house's own words."""

    def validate(self, password: str, user: object = None) -> None:  # noqa: ARG002  # Django's signature
        """:raises ValidationError: where too little is left."""
        left = password.casefold()
        for word in sorted(own_words(), key=len, reverse=True):
            left = left.replace(word, "")
        if sum(character.isalpha() for character in left) < LETTERS_LEFT:
            raise ValidationError(self.get_help_text(), code="own_words")

    def get_help_text(self) -> str:
        """What is asked for."""
        return _("A password needs words of its own: besides the names of this registry, little would be left of it.")


def own_words() -> set[str]:
    """The words, folded, of four letters at least."""
    strategy = Strategy.objects.first()
    texts = [*WORDS, *settings.ALLOWED_HOSTS]
    if strategy is not None:
        texts += [strategy.code, strategy.title, strategy.short_title]
    found = {word.casefold() for text in texts for word in re.findall(r"\w+", text)}
    return {word for word in found if len(word) >= _SHORTEST}

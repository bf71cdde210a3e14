"""What was read instead of what was typed, in sentences. Lists say it as search does."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from colonnade.analysis.search.matching import Reading, Said


def sentences(said: Iterable[Said]) -> list[str]:
    """A sentence for each thing that was not taken as it was typed."""
    return [_sentence(each) for each in said]


def _sentence(said: Said) -> str:
    match said.reading:
        case Reading.NEAR:
            instead = _("”, “").join(said.instead)
            return _("No record has “%(typed)s”; showing “%(instead)s”.") % {"typed": said.typed, "instead": instead}
        case Reading.MOST:
            return _("No record has all of these words; showing those that have most of them.")
        case Reading.SHORTENED:
            return _("This text is long; only its first words were looked for.")

"""The languages of the interface: English, and every other one that ``colonnade/locale`` has a catalogue for."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import get_language_info, to_locale


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its code, and by the name that its readers call it."""

    code: str
    name: str


@cache
def has_catalogue(code: str | None) -> bool:
    """Whether the pages can be read in language ``code``. English is written in the templates themselves."""
    if code is None:
        return False
    if code == settings.LANGUAGE_CODE:
        return True
    return any((Path(path) / to_locale(code) / "LC_MESSAGES" / "django.mo").is_file() for path in settings.LOCALE_PATHS)


@cache
def languages() -> tuple[Language, ...]:
    """The languages to choose from."""
    return tuple(
        Language(code, str(get_language_info(code)["name_local"]))
        for code, _ in settings.LANGUAGES
        if has_catalogue(code)
    )

"""What a process says of where its rules come from, in words: what no source states is called assumed."""

from django.utils.translation import gettext as _

from colonnade.review.rules import Note, Rules


def note_in_words(note: Note | None) -> str:
    """The note, which begins with “assumed” where it is; empty without one."""
    if note is None:
        return ""
    return _("assumed: %(note)s") % {"note": note.text} if note.assumed else note.text


def noted(rules: Rules, *of: str, aside: str = "") -> str:
    """``aside`` and the first note there is on one of ``of``, as what stands beside a value."""
    note = next((found for one in of if (found := rules.note(one))), None)
    return " · ".join(filter(None, [aside, note_in_words(note)]))

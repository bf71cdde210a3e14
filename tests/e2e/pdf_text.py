"""The words of a PDF that typst wrote: its pages' strings, read through the tables that its fonts carry.

Only what those files need: objects that stand alone, two-byte glyph numbers, ``ToUnicode`` tables of single glyphs and
of ranges. Words of one line come out in order; where a line ends is not kept.
"""

import re
import zlib
from typing import Final

OBJECT: Final = re.compile(rb"(\d+) 0 obj\b(.*?)\bendobj", re.DOTALL)
FONT: Final = re.compile(rb"/Type/Font/Subtype/Type0.*?/ToUnicode (\d+) 0 R", re.DOTALL)
PAGE: Final = re.compile(rb"/Type/Page\b.*?/Resources (\d+) 0 R.*?/Contents (\d+) 0 R", re.DOTALL)
NAMED: Final = re.compile(rb"/(f\d+) (\d+) 0 R")
NESTED: Final = rb"\((?:\\.|[^\\()]|\((?:\\.|[^\\()])*\))*\)"  # brackets that balance need no escape
SHOWN: Final = re.compile(rb"/(f\d+) [\d.]+ Tf|(" + NESTED + rb")|(\bET\b)", re.DOTALL)
ESCAPED: Final = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
LETTERS: Final = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pages_of(pdf: bytes) -> int:
    """How many pages there are."""
    return sum(b"/Type/Page/" in body for body in _objects(pdf).values())


def text_of(pdf: bytes) -> str:
    """What is written on all pages, in the order in which it is drawn, with single spaces."""
    objects = _objects(pdf)
    words = []
    for body in objects.values():
        if page := PAGE.search(body):
            named = b"".join(re.findall(rb"/Font<<(.*?)>>", objects[int(page[1])], re.DOTALL))
            # Each page has names of its own for the fonts: f0 of one is not f0 of the next.
            fonts = {name: _letters(objects, int(number)) for name, number in NAMED.findall(named)}
            words.append(_drawn(_stream(objects[int(page[2])]), fonts))
    return re.sub(r"\s+", " ", " ".join(words))


def _letters(objects: dict[int, bytes], font: int) -> dict[int, str]:
    table = FONT.search(objects[font])
    return _glyphs(_stream(objects[int(table[1])])) if table else {}


def _objects(pdf: bytes) -> dict[int, bytes]:
    return {int(found[1]): found[2] for found in OBJECT.finditer(pdf)}


def _stream(body: bytes) -> bytes:
    found = re.search(rb"stream\r?\n(.*)\r?\nendstream", body, re.DOTALL)
    if found is None:
        return b""
    try:
        return zlib.decompress(found[1])
    except zlib.error:
        return found[1]


def _glyphs(table: bytes) -> dict[int, str]:
    """Glyph number -> the letters that it stands for."""
    found = {}
    for lines in re.findall(rb"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for glyph, letters in re.findall(rb"<(\w+)> <(\w+)>", lines):
            found[int(glyph, 16)] = bytes.fromhex(letters.decode()).decode("utf-16-be")
    for lines in re.findall(rb"beginbfrange(.*?)endbfrange", table, re.DOTALL):
        for first, last, letter in re.findall(rb"<(\w+)> <(\w+)> <(\w+)>", lines):
            for step in range(int(last, 16) - int(first, 16) + 1):
                found[int(first, 16) + step] = chr(int(letter, 16) + step)
    return found


def _drawn(content: bytes, fonts: dict[bytes, dict[int, str]]) -> str:
    if b" Tf" not in content:
        return ""
    said: list[str] = []
    glyphs: dict[int, str] = {}
    for font, shown, ended in SHOWN.findall(content):
        if font:
            glyphs = fonts.get(font, {})
        elif ended:
            said.append(" ")
        else:
            raw = ESCAPED.sub(_unescaped, shown[1:-1])
            said.extend(glyphs.get(int.from_bytes(raw[at : at + 2], "big"), "") for at in range(0, len(raw), 2))
    return "".join(said)


def _unescaped(found: re.Match[bytes]) -> bytes:
    code = found[1]
    return bytes([int(code, 8)]) if len(code) == 3 else LETTERS.get(code, code)

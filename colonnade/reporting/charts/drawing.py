"""Draws specifications: Vega-Lite to SVG with textures and a text alternative, and the same SVG to PNG.

vl-convert carries its own engine and font; nothing is fetched. The SVG is the only drawing: Word's picture is made
from it, and the PDF and the page embed it.
"""

import json
import re
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any, Final

import vl_convert

VEGA_LITE: Final = "5.21"
PNG_SCALE: Final = 2

#: White drawings on a tile of 8 by 8 pixels, one for each series after the first, which stays plain.
TEXTURES: Final = (
    "",
    '<path d="M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4" stroke="white" stroke-width="1.6"/>',
    '<circle cx="2" cy="2" r="1.25" fill="white"/><circle cx="6" cy="6" r="1.25" fill="white"/>',
    '<path d="M0,2 h8 M0,6 h8" stroke="white" stroke-width="1.3"/>',
    '<path d="M-2,6 l4,4 M0,0 l8,8 M6,-2 l4,4" stroke="white" stroke-width="1.6"/>',
    '<path d="M0,4 h8 M4,0 v8" stroke="white" stroke-width="1.3"/>',
    '<path d="M2,0 v8 M6,0 v8" stroke="white" stroke-width="1.3"/>',
    '<path d="M0,8 l8,-8 M0,0 l8,8" stroke="white" stroke-width="1.1"/>',
)

_ROOT: Final = re.compile(r"<svg\b[^>]*>")
_NOISE: Final = re.compile(r' (?:role|aria-[a-z]+|pointer-events)="[^"]*"')
_SIZE: Final = re.compile(r'<svg\b[^>]*? width="([\d.]+)" height="([\d.]+)"')
_IDENTIFIER: Final = re.compile(r'id="([^"]+)"')
#: Vega places text to fractions of a nanometre; a hundredth of a pixel is enough.
_LONG_DECIMAL: Final = re.compile(r"(\d+\.\d{2})\d+")


def draw_svg(spec: Mapping[str, Any], anchor: str, title: str, alt: str, textured: Sequence[str]) -> str:
    """The chart as an SVG element that names itself.

    ``anchor`` makes its identifiers unique in the document, ``textured`` are the fills that get a texture, in order.
    """
    drawn = vl_convert.vegalite_to_svg(json.dumps(spec), vl_version=VEGA_LITE)
    drawn = _LONG_DECIMAL.sub(r"\1", _NOISE.sub("", drawn))
    for identifier in _IDENTIFIER.findall(drawn):
        drawn = drawn.replace(f'id="{identifier}"', f'id="{anchor}-{identifier}"')
        drawn = drawn.replace(f"url(#{identifier})", f"url(#{anchor}-{identifier})")
    patterns = []
    for place, colour in enumerate(textured):
        texture = TEXTURES[place % len(TEXTURES)]
        if texture:
            name = f"{anchor}-texture-{place}"
            patterns.append(_pattern(name, texture))
            drawn = _overlaid(drawn, colour, name)
    width, height = size_of(drawn)
    root = (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" aria-labelledby="{anchor}-title {anchor}-desc">'
        f'<title id="{anchor}-title">{escape(title)}</title><desc id="{anchor}-desc">{escape(alt)}</desc>'
    )
    if patterns:
        root += f"<defs>{''.join(patterns)}</defs>"
    return _ROOT.sub(lambda _: root, drawn, count=1)


def draw_png(svg: str) -> bytes:
    """The same picture for programs that show no SVG, at twice its size."""
    return bytes(vl_convert.svg_to_png(svg, scale=PNG_SCALE))


def size_of(svg: str) -> tuple[int, int]:
    """Width and height in pixels. Raises ``ValueError`` where the root states none."""
    match = _SIZE.search(svg)
    if match is None:
        raise ValueError("the drawing does not state its size")
    return round(float(match[1])), round(float(match[2]))


def _pattern(name: str, texture: str) -> str:
    return f'<pattern id="{name}" width="8" height="8" patternUnits="userSpaceOnUse">{texture}</pattern>'


def _overlaid(drawn: str, colour: str, pattern: str) -> str:
    """Each shape of that colour a second time above itself, filled with the pattern.

    A pattern that held the colour too would show the seams of its tiles in some readers of PDF.
    """

    def twice(match: re.Match[str]) -> str:
        return match[0] + match[0].replace(f'fill="{colour}"', f'fill="url(#{pattern})"')

    return re.sub(rf'<path [^>]*fill="{colour}"[^>]*/>', twice, drawn)

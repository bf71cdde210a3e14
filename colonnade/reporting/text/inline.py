"""Parses running text with braces into a :data:`.nodes.Template`. A small recursive descent, no evaluation."""

import re
from typing import Final

from colonnade.core.problems import Problem
from colonnade.reporting.text.expressions import (
    SIGNATURES,
    Token,
    Wrong,
    call,
    condition,
    options_of,
    reference,
    tokens_of,
)
from colonnade.reporting.text.nodes import Choice, Condition, Each, Node, Parameter, Template, Words

_SPECIAL: Final = re.compile(r"[\\{}|*]")


def parse_text(source: str, file: str, line: int) -> tuple[Template, list[Problem]]:
    """``source`` as a template, or an empty one and the problem met first. Lines are joined by a space."""
    try:
        parser = _Parser(" ".join(source.split()), line)
        template = parser.template(stops="")
        if parser.position < len(parser.source):
            raise Wrong("a closing brace without an opening one", "write \\} for a brace that is to be printed", "}")
    except Wrong as wrong:
        return (), [Problem(file, line, None, wrong.value, wrong.message, wrong.mend)]
    return template, []


def parse_condition(source: str, file: str, line: int) -> tuple[Condition, list[Problem]]:
    """The condition of a ``::when``."""
    try:
        return condition(tokens_of(source), line), []
    except Wrong as wrong:
        return (), [Problem(file, line, None, wrong.value, wrong.message, wrong.mend)]


class _Parser:
    def __init__(self, source: str, line: int) -> None:
        self.source, self.line, self.position = source, line, 0

    def template(self, stops: str) -> Template:
        """Up to the end, or to one of ``stops`` outside braces (left unread)."""
        nodes: list[Node] = []
        words: list[str] = []
        bold = italic = False

        def flush() -> None:
            if words:
                nodes.append(Words("".join(words), bold, italic))
                words.clear()

        while self.position < len(self.source):
            sign = _SPECIAL.search(self.source, self.position)
            if sign is None:
                words.append(self.source[self.position :])
                self.position = len(self.source)
                break
            words.append(self.source[self.position : sign.start()])
            self.position = sign.start()
            if sign[0] == "\\":
                words.append(self.source[self.position + 1 : self.position + 2])
                self.position += 2
            elif sign[0] == "{":
                flush()
                nodes.append(self.braces())
            elif sign[0] in stops or sign[0] == "}":
                break
            elif sign[0] == "|":
                words.append("|")
                self.position += 1
            else:
                flush()
                if self.source.startswith("**", self.position):
                    bold, self.position = not bold, self.position + 2
                else:
                    italic, self.position = not italic, self.position + 1
        flush()
        if bold or italic:
            raise Wrong("emphasis that does not end", "close it with the same number of asterisks", "*")
        return tuple(node for node in nodes if not isinstance(node, Words) or node.text)

    def braces(self) -> Node:
        # A blank after the colon counts only where none stands before the brace: ``projects{if X: of note}``.
        blank_counts = self.source[self.position - 1 : self.position].strip(" (:|") != ""
        self.position += 1
        head = self.head()
        tokens = tokens_of(head)
        if not tokens:
            raise Wrong("empty braces", "name a figure, a parameter or a function", "{}")
        first = tokens[0]
        if first.kind == "word" and first.text == "if":
            return self.choice(condition(tokens[1:], self.line), keep_blank=blank_counts)
        if first.kind == "word" and first.text == "each":
            return self.each(tokens[1:])
        self.expect("}", head)
        if first.kind == "word" and first.text in SIGNATURES:
            return call(first.text, tokens[1:], self.line)
        if first.text.startswith("@"):
            if len(tokens) > 1:
                raise Wrong("a parameter takes nothing after it", "write it alone in the braces", head)
            return Parameter(first.text[1:], self.line)
        return reference(tokens, self.line)

    def head(self) -> str:
        """What stands between the brace and the colon or the closing brace, quotes respected."""
        quoted = False
        for index in range(self.position, len(self.source)):
            sign = self.source[index]
            if sign == '"':
                quoted = not quoted
            elif not quoted and sign in ":}{":
                head = self.source[self.position : index]
                self.position = index
                return head
        raise Wrong("a brace that is not closed", "close it with }", self.source[self.position - 1 :][:40])

    def expect(self, sign: str, met: str) -> None:
        if not self.source.startswith(sign, self.position):
            raise Wrong(f"{sign!r} is missing after this", f"add {sign!r}", met.strip())
        self.position += 1

    def choice(self, terms: Condition, *, keep_blank: bool) -> Choice:
        self.expect(":", "if")
        then = self.template(stops="|")
        otherwise: Template = ()
        if self.source.startswith("|", self.position):
            self.position += 1
            otherwise = self.template(stops="")
        self.expect("}", "if")
        then, otherwise = (_trimmed(side, leading=not keep_blank) for side in (then, otherwise))
        return Choice(terms, then, otherwise, self.line)

    def each(self, tokens: list[Token]) -> Each:
        if not tokens or tokens[0].kind != "word":
            raise Wrong("each without a figure", "write {each KEY: ...}", "each")
        options, rest = options_of("each", tokens[1:])
        if rest:
            raise Wrong("each takes one figure and options", "write {each KEY sort=measure: ...}", rest[0].text)
        self.expect(":", f"each {tokens[0].text}")
        body = _trimmed(self.template(stops=""))
        self.expect("}", f"each {tokens[0].text}")
        return Each(tokens[0].text, options, body, self.line)


def _trimmed(template: Template, *, leading: bool = True) -> Template:
    """Without the blank before the bar or the closing brace and, if ``leading``, the one that follows the colon."""
    nodes = list(template)
    if leading and nodes and isinstance(nodes[0], Words):
        nodes[0] = Words(nodes[0].text.removeprefix(" "), nodes[0].bold, nodes[0].italic)
    if nodes and isinstance(nodes[-1], Words):
        nodes[-1] = Words(nodes[-1].text.removesuffix(" "), nodes[-1].bold, nodes[-1].italic)
    return tuple(node for node in nodes if not isinstance(node, Words) or node.text)

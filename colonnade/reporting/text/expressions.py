"""The grammar inside braces: references to numbers, calls of text functions, conditions. No evaluation."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from colonnade.reporting.text.nodes import Argument, Call, Condition, Parameter, Reference, Term

#: The text functions: the kind of each argument. ``number`` is a reference or a literal, ``figure`` a key, ``column``
#: a column's name, ``name`` a table's or chart's name, ``text`` a quoted text.
SIGNATURES: Final[Mapping[str, tuple[str, ...]]] = {
    "count": ("number", "text", "text"),
    "noun": ("number", "text", "text"),
    "numeral": ("number",),
    "size": ("number",),
    "compare": ("number", "number", "text", "text", "text"),
    "largest": ("figure", "column"),
    "smallest": ("figure", "column"),
    "rows": ("figure",),
    "table": ("name",),
    "chart": ("name",),
}
#: The options that functions and ``each`` take.
OPTIONS: Final[Mapping[str, frozenset[str]]] = {
    "largest": frozenset({"show", "rank"}),
    "smallest": frozenset({"show", "rank"}),
    "each": frozenset({"sort", "limit", "with", "only", "sep", "last"}),
}

_TOKEN = re.compile(
    r"\s*(?:(?P<string>\"[^\"]*\")|(?P<number>-?\d+(?:\.\d+)?(?![\w.-]))|(?P<operator><=|>=|!=|<|>)"
    r"|(?P<word>@?[\w.-]+)|(?P<sign>[=(),]))"
)


class Wrong(Exception):
    """Stops the parsing of one text; the parser above turns it into a Problem."""

    def __init__(self, message: str, mend: str, value: str = "") -> None:
        super().__init__(message)
        self.message, self.mend, self.value = message, mend, value


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    text: str


#: ``varies KEY measure`` asks whether the rows of a table figure read differently in that column.
VARIES: Final = "varies"
EQUALS: Final = Token("sign", "=")


def tokens_of(head: str) -> list[Token]:
    tokens: list[Token] = []
    position = 0
    while head[position:].strip():
        match = _TOKEN.match(head, position)
        if match is None or match.lastgroup is None:
            raise Wrong("signs that mean nothing here", "see the syntax in colonnade.reporting.text", head[position:])
        text = match[match.lastgroup]
        tokens.append(Token(match.lastgroup, text[1:-1] if match.lastgroup == "string" else text))
        position = match.end()
    return tokens


def options_of(name: str, tokens: list[Token]) -> tuple[dict[str, str], list[Token]]:
    """The ``word=value`` pairs among ``tokens``, and the rest."""
    allowed = OPTIONS.get(name, frozenset())
    options: dict[str, str] = {}
    rest: list[Token] = []
    index = 0
    while index < len(tokens):
        if index + 2 < len(tokens) and tokens[index + 1] == EQUALS and tokens[index].kind == "word":
            option = tokens[index].text
            if option not in allowed:
                known = ", ".join(sorted(allowed)) or "none"
                raise Wrong(f"{name} has no option {option!r}", f"use one of: {known}", option)
            options[option] = tokens[index + 2].text
            index += 3
        else:
            rest.append(tokens[index])
            index += 1
    return options, rest


def reference(tokens: list[Token], line: int) -> Reference:
    """``KEY``, ``KEY dim=code ... measure`` or ``KEY total measure``."""
    if tokens[0].kind != "word" or tokens[0].text.startswith("@"):
        raise Wrong("a figure's key is expected", "begin with the key of a figure", tokens[0].text)
    dimensions: list[tuple[str, str]] = []
    words: list[str] = []
    index = 1
    while index < len(tokens):
        if index + 2 < len(tokens) and tokens[index + 1] == EQUALS:
            dimensions.append((tokens[index].text, tokens[index + 2].text))
            index += 3
        elif tokens[index].kind == "word":
            words.append(tokens[index].text)
            index += 1
        else:
            raise Wrong("a measure is expected", "write KEY dimension=code measure", tokens[index].text)
    total = words[:1] == ["total"]
    measures = words[1:] if total else words
    if len(measures) > 1 or ((dimensions or total) and len(measures) != 1):
        raise Wrong("one measure is expected", "write KEY dimension=code measure", tokens[0].text)
    return Reference(tokens[0].text, line, tuple(dimensions), measures[0] if measures else None, total)


def call(name: str, tokens: list[Token], line: int) -> Call:
    signature = SIGNATURES[name]
    arguments: list[Argument] = []
    options, rest = options_of(name, _grouped(tokens))
    for token in rest:
        kind = signature[len(arguments)] if len(arguments) < len(signature) else "nothing more"
        if kind == "number" and token.kind == "number":
            arguments.append(Decimal(token.text))
        elif kind == "number" and token.kind == "word":
            arguments.append(Reference(token.text, line))
        elif kind == "number" and token.kind == "group":
            arguments.append(reference(tokens_of(token.text), line))
        elif (kind in {"figure", "column", "name"} and token.kind == "word") or (
            kind == "text" and token.kind == "string"
        ):
            arguments.append(token.text)
        else:
            raise Wrong(f"{name} expects {kind} here", f"write {{{name} {' '.join(signature)}}}", token.text)
    if len(arguments) != len(signature):
        raise Wrong(f"{name} is incomplete", f"write {{{name} {' '.join(signature)}}}", name)
    return Call(name, tuple(arguments), options, line)


def _grouped(tokens: list[Token]) -> list[Token]:
    """Parentheses and what they hold, folded into one token of kind ``group``."""
    folded: list[Token] = []
    index = 0
    while index < len(tokens):
        if tokens[index].text != "(" or tokens[index].kind != "sign":
            folded.append(tokens[index])
            index += 1
            continue
        close = next((at for at in range(index, len(tokens)) if tokens[at] == Token("sign", ")")), None)
        if close is None:
            raise Wrong("a parenthesis that is not closed", "close it with )", "(")
        folded.append(Token("group", " ".join(_written(token) for token in tokens[index + 1 : close])))
        index = close + 1
    return folded


def _written(token: Token) -> str:
    return f'"{token.text}"' if token.kind == "string" else token.text


def condition(tokens: list[Token], line: int) -> Condition:
    terms: list[Term] = []
    group: list[Token] = []
    for token in [*_grouped(tokens), Token("word", "and")]:
        if token == Token("word", "and"):
            terms.append(_term(group, line))
            group = []
        else:
            group.append(token)
    return tuple(terms)


def _term(tokens: list[Token], line: int) -> Term:
    negated = tokens[:1] == [Token("word", "not")]
    if negated:
        tokens = tokens[1:]
    if [token.kind for token in tokens] == ["word"] * 3 and tokens[0].text == VARIES:
        return Term(Reference(tokens[1].text, line, measure=tokens[2].text), VARIES, None, negated)
    if not tokens:
        raise Wrong("an empty condition", "name a figure or a parameter", "")
    left = _operand(tokens[0], line)
    if not isinstance(left, Reference | Parameter):
        raise Wrong("a condition begins with a figure or a parameter", "turn it round", tokens[0].text)
    if len(tokens) == 1:
        return Term(left, negated=negated)
    operator = tokens[1].text
    if len(tokens) == 4 and operator == "is" and tokens[2].text == "not":
        operator, tokens = "is not", [tokens[0], tokens[1], tokens[3]]
    if len(tokens) != 3 or (tokens[1].kind != "operator" and operator not in {"is", "is not"}):
        raise Wrong("a condition that cannot be read", "write A > B, or A is B; join by and", tokens[-1].text)
    right = tokens[2].text if operator.startswith("is") and tokens[2].kind == "word" else _operand(tokens[2], line)
    return Term(left, operator, right, negated)


def _operand(token: Token, line: int) -> Reference | Parameter | Decimal | str:
    if token.kind == "group":
        return reference(tokens_of(token.text), line)
    if token.kind == "number":
        return Decimal(token.text)
    if token.kind == "string":
        return token.text
    if token.text.startswith("@"):
        return Parameter(token.text[1:], line)
    if token.kind == "word":
        return Reference(token.text, line)
    raise Wrong("a figure, a parameter or a number is expected", "name one", token.text)

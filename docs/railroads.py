"""Railroad diagrams of the shipped grammar, read with lark's own grammar of grammars."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from unicodedata import east_asian_width

import railroad
from attrs import frozen
from lark import Lark, Token, Tree

from vocpolicy import keywords

CELL = 8.5  # pixels of a narrow character
STYLE = railroad.DEFAULT_STYLE

SIGNS: Mapping[str, str] = {
    "_SEP": "line end",
    "_BAR": "|",
    "_COLON": ":",
    "_COMMA": ",",
    "_DOT": ".",
    "_EQUALS": "=",
    "_LBRACE": "{",
    "_LBRACKET": "[",
    "_LPAR": "(",
    "LPAR": "(",
    "_RBRACE": "}",
    "_RBRACKET": "]",
    "RBRACKET": "]",
    "LBRACKET": "[",
    "_RPAR": ")",
    "RPAR": ")",
    "_SLASH": "/",
    "MINUS": "-",
    "PLUS": "+",
    "STAR": "*",
}
LITERALS: Mapping[str, str] = {
    "AGGREGATE": "an aggregate",
    "CLAUSE": "a clause",
    "DATE": "a date",
    "MODALITY": "a verb",
    "MONTH": "a month",
    "NAME": "a name",
    "NUMBER": "a number",
    "PERCENT": "a percentage",
    "ROUND": "a rounding",
    "STRING": "a text",
    "WORDING": "a wording",
    "YEAR_END": "end of a year",
}


@frozen
class Diagram:
    """A rule of the grammar and its picture."""

    name: str
    svg: str


def diagrams(grammar: str) -> Iterator[Diagram]:
    """A diagram for each rule that people meet, in the order of the grammar."""
    tree = Lark.open_from_package("lark", "lark.lark", ("grammars",), parser="lalr").parse(
        grammar + "\n"
    )
    for rule in tree.find_pred(lambda node: node.data == "rule"):
        name = next(
            child for child in rule.children if isinstance(child, Token) and child.type == "RULE"
        )
        if name.startswith("_"):
            continue  # templates are drawn where they are used
        picture = railroad.Diagram(drawn(rule.children[-1]), css=None)
        out = io.StringIO()
        picture.writeSvg(out.write)
        yield Diagram(title(name), out.getvalue())


def title(name: str) -> str:
    return name.strip("?!_").replace("_", " ")


def drawn(node: Tree[Token] | Token) -> railroad.DiagramItem:
    """What a part of the grammar looks like."""
    if isinstance(node, Token):
        return symbol(node)
    parts = [child for child in node.children if child is not None]
    match node.data:
        case "expansions":
            return choice([drawn(part) for part in parts])
        case "expansion":
            return sequence([drawn(part) for part in parts])
        case "alias":
            return drawn(parts[0])
        case "expr":
            return repeated(drawn(parts[0]), *map(str, parts[1:]))
        case "maybe":
            return railroad.Optional(drawn(parts[0]))
        case "template_usage":
            return template(str(parts[0]), drawn(parts[1]))
        case _:
            return sequence([drawn(part) for part in parts])


def choice(parts: list[railroad.DiagramItem]) -> railroad.DiagramItem:
    return parts[0] if len(parts) == 1 else railroad.Choice(0, *parts)


def sequence(parts: list[railroad.DiagramItem]) -> railroad.DiagramItem:
    if not parts:
        return railroad.Skip()
    return parts[0] if len(parts) == 1 else railroad.Sequence(*parts)


def repeated(part: railroad.DiagramItem, sign: str = "") -> railroad.DiagramItem:
    match sign:
        case "":
            return part
        case "?":
            return railroad.Optional(part)
        case "*":
            return railroad.ZeroOrMore(part)
        case _:
            return railroad.OneOrMore(part)


def template(name: str, part: railroad.DiagramItem) -> railroad.DiagramItem:
    """`_block{x}` and `_commas{x}`, the two shorthands of the grammar."""
    if name == "_commas":
        return railroad.OneOrMore(part, word(","))
    inner = railroad.ZeroOrMore(part, word("line end"))
    return railroad.Sequence(word("{"), inner, word("}"))


def symbol(name: str) -> railroad.DiagramItem:
    if not name.strip("_").isupper():
        return widened(railroad.NonTerminal(title(name)), title(name))
    if name in SIGNS:
        return word(SIGNS[name])
    if name in LITERALS:
        return widened(railroad.NonTerminal(LITERALS[name]), LITERALS[name])
    row = next(row for row in keywords.KEYWORDS if row.terminal == name)
    return word(f"{row.en[0]} {row.zh[0]}")


def word(text: str) -> railroad.DiagramItem:
    return widened(railroad.Terminal(text), text)


def widened(box: railroad.DiagramItem, text: str) -> railroad.DiagramItem:
    """The box, as wide as its text: a Chinese character takes two cells."""
    cells = sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
    box.width = cells * CELL + 20
    return box

"""Loading 1,000 rules from text, against lark's own LALR parse of the same text."""

from __future__ import annotations

from measuring import Row, medians, rows
from workload import source

from vocpolicy.driver import load_sources
from vocpolicy.parser.grammar import lark_parser
from vocpolicy.parser.lexer import lex
from vocpolicy.source import Source


def measure(quick: bool) -> list[Row]:
    count = 100 if quick else 1000
    text = source(count)
    parser = lark_parser()

    def lark_alone() -> None:
        for piece in lex(Source("<benchmark>", text)).pieces:
            parser.parse(piece.tokens)

    def whole() -> None:
        load_sources([Source("<benchmark>", text)])

    reference = f"lark's parse of {count} rules"
    name = f"load {count} rules: lex, parse, check, lower"
    seconds = medians({reference: lark_alone, name: whole}, repeats=3 if quick else 7)
    return rows(seconds, reference, {name: 2.0})

"""Loading 1,000 rules from text, against lark's own LALR parse of the same text; and from their
compiled form to the first decision, against the same from text."""

from __future__ import annotations

import tempfile
from pathlib import Path

from measuring import Row, medians, rows
from scalar import DAY
from workload import ADMITTED, source

from vocpolicy import Policy, load_compiled
from vocpolicy.driver import load_sources
from vocpolicy.parser.grammar import lark_parser
from vocpolicy.parser.lexer import lex
from vocpolicy.source import Source
from vocpolicy.stored.saving import save_compiled


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
    return rows(seconds, reference, {name: 2.0}) + _compiled(count, text, quick)


def _compiled(count: int, text: str, quick: bool) -> list[Row]:
    """In one process that has the library; `cold` has processes of their own."""
    asked = f"admission_{count // 2}"
    with tempfile.TemporaryDirectory() as folder:
        form = Path(folder) / "form"
        save_compiled(Policy.from_text(text), form, as_of=DAY)

        def from_text() -> None:
            Policy.from_text(text).decide(asked, ADMITTED, DAY)

        def from_form() -> None:
            load_compiled(form).decide(asked, ADMITTED)

        reference = f"{count} rules from text to the first decision"
        name = f"{count} rules from their compiled form to the first decision"
        seconds = medians({reference: from_text, name: from_form}, repeats=3 if quick else 7)
    return rows(seconds, reference, {name: 0.05})

"""Pages of the language reference that are made from the language itself.

`write` is called by `conf.py`: the keyword table, the operator table, the units, and the
grammar as railroad diagrams, each from the very table or file that the library reads.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import railroads

from vocpolicy import keywords, quantities
from vocpolicy.operators import OPERATORS, Operator
from vocpolicy.source import shipped

# What the sections of the keyword table are, by the first terminal of each.
WORD_TABLES: tuple[tuple[str, Sequence[keywords.Spelled]], ...] = (
    ("Wordings of conclusions", [word for pair in keywords.WORDINGS for word in pair]),
    ("Verbs of provisions without a figure", [word for word, _ in keywords.MODALITIES]),
    ("Aggregates over a list", keywords.AGGREGATES),
    ("Rounding", keywords.ROUNDINGS),
    ("Ends of months", keywords.MONTH_ENDS),
    ("Hit policies of tables", keywords.HIT_POLICIES),
    ("What a table makes of the rows it collects", keywords.COLLECTED),
)


def write(folder: Path) -> None:
    """Write the generated pages into a folder, leaving pages that have not changed as they are."""
    folder.mkdir(exist_ok=True)
    pages = {
        "keywords.md": keyword_page(),
        "operators.md": operator_page(),
        "units.md": unit_page(),
        "grammar.md": grammar_page(),
    }
    for name, text in pages.items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")


def keyword_page() -> str:
    parts = [
        "# Keywords",
        "The first spelling in each language is the one that the formatter writes. Either may stand"
        " wherever the other may.",
        "## Words of the grammar",
        table(
            ("English", "Chinese", "signs"),
            (
                (codes(row.en), codes(row.zh), codes(row.symbols))
                for row in keywords.KEYWORDS
                if row.en[0]
            ),
        ),
    ]
    for title, words in WORD_TABLES:
        rows = ((codes(word.en), codes(word.zh)) for word in words)
        parts += [f"## {title}", table(("English", "Chinese"), rows)]
    return page(parts)


def operator_page() -> str:
    parts = [
        "# Operators",
        "The higher the number, the tighter an operator binds. *Missing* says what it comes to"
        " where operands are not known.",
    ]
    for operator in sorted(OPERATORS.values(), key=lambda row: row.precedence):
        parts += operator_section(operator)
    return page(parts)


def operator_section(operator: Operator) -> list[str]:
    takes = "; ".join(operator.signatures)
    return [
        f"## {operator.key.replace('_', ' ')}",
        f"{' … '.join(spellings(operator))} (binds {operator.precedence})",
        operator.doc,
        f"Takes and gives: {takes}.",
        f"Missing: {operator.missing}",
        f"```\n{operator.example}\n```",
    ]


def spellings(operator: Operator) -> list[str]:
    """How an operator is written, in the order of its words."""
    if operator.spelled:
        return [spelling(word) for word in keywords.AGGREGATES if word.key == operator.spelled]
    return [part for terminal in operator.terminals for part in written(terminal)]


def written(terminal: str) -> list[str]:
    if terminal == "ROUND":
        return [spelling(word) for word in keywords.ROUNDINGS]
    if terminal in railroads.SIGNS:
        return [f"`{railroads.SIGNS[terminal]}`"]
    return [spelling(row) for row in keywords.KEYWORDS if row.terminal == terminal]


def spelling(row: keywords.Keyword | keywords.Spelled) -> str:
    symbols = row.symbols if isinstance(row, keywords.Keyword) else ()
    return f"{codes(row.en)} · {codes((*row.zh, *symbols))}"


def unit_page() -> str:
    by_unit: dict[str, list[str]] = {}
    for spelling, type_ in quantities.UNITS.items():
        if type_.unit is not None:
            by_unit.setdefault(type_.unit.name, []).append(spelling)
    rows = (
        (f"`{name}`", codes(other for other in spelled if other != name))
        for name, spelled in by_unit.items()
    )
    return page(
        [
            "# Units",
            "Any of the spellings may stand after a number and as a type. Months and days are of"
            " different dimensions; a year is twelve months, a week seven days.",
            table(("unit", "also written"), rows),
        ]
    )


def grammar_page() -> str:
    grammar = shipped("grammar", "vocpolicy.lark").read_text(encoding="utf-8")
    parts = [
        "# Grammar",
        "One declaration at a time; a file is a sequence of them. Words in rounded boxes stand as"
        " they are, in either language. *line end* is a line end or `;` (see"
        " [Lines](../language.md#lines)).",
    ]
    parts.append(f"```{{raw}} html\n<style>{railroads.STYLE}</style>\n```")
    for rule in railroads.diagrams(grammar):
        parts += [f"## {rule.name}", f"```{{raw}} html\n{rule.svg}\n```"]
    return page(parts)


def codes(words: Iterable[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |" for row in lines
    )


def page(parts: Iterable[str]) -> str:
    return "\n\n".join(parts) + "\n"

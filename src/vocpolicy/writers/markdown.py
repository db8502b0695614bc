"""Documents as Markdown (CommonMark; tables of reports are GitHub's)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from vocpolicy.markup import (
    Block,
    Document,
    Heading,
    Items,
    KeyLine,
    Paragraph,
    Runs,
    Section,
)

_SPECIAL = re.compile(r"[\\`*\[\]|~$]")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")
_START = re.compile(
    r"^(?:#{1,6}(?=\s|$)|[-+=](?=[\s=-]|$)|(?P<number>\d{1,9})(?P<mark>[.)])(?=\s|$))"
)


def markdown(document: Document, level: int = 2) -> str:
    """The document as Markdown, without a line end at its end; `level` is of its headings."""
    return "\n\n".join(_blocks(document.blocks, level))


def escaped(text: str) -> str:
    """Text such that Markdown shows it as it is, on one line."""
    text = " ".join(text.split())
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = _UNDERSCORE.sub(r"\\_", _SPECIAL.sub(r"\\\g<0>", text))
    return _START.sub(_marked, text)


def _marked(found: re.Match[str]) -> str:
    """What would begin a heading or a list."""
    if found["number"]:
        return f"{found['number']}\\{found['mark']}"
    return f"\\{found[0]}"


def _blocks(blocks: tuple[Block, ...], level: int) -> Iterator[str]:
    for block in blocks:
        yield from _block(block, level)


def _block(block: Block, level: int) -> Iterator[str]:
    match block:
        case Heading(runs, edge):
            said = " ".join(_runs((run,)) for run in runs if run.text.strip())
            yield f"{'#' * min(level, 6)} {said}"
            if edge:
                yield _runs(edge)
        case Paragraph(runs, edge):
            yield _runs(runs) + _edge(edge)
        case KeyLine(key, runs, edge):
            # A mark of punctuation inside would keep the stars from ending what is bold.
            word = key.rstrip(" :：")
            yield f"**{escaped(word)}**{key[len(word) :]}{_runs(runs)}{_edge(edge)}"
        case Items():
            yield "\n".join(_items(block, ""))
        case Section(heading, inner):
            yield from _block(heading, level)
            yield from _blocks(inner, level + 1)
        case _:
            assert_never(block)


def _items(block: Items, indent: str) -> Iterator[str]:
    for number, item in enumerate(block.items, 1):
        mark = f"{number}. " if block.numbered else "- "
        yield indent + mark + _runs(item.runs) + _edge(item.edge)
        inside = indent + " " * len(mark)
        for inner in item.blocks:
            if isinstance(inner, Items):
                yield from _items(inner, inside)
            else:
                for text in _block(inner, 6):
                    yield ""
                    yield inside + text.replace("\n", f"\n{inside}")


def _edge(edge: Runs) -> str:
    return f" {_runs(edge)}" if edge else ""


def _runs(runs: Runs) -> str:
    return "".join(
        f"**{escaped(run.text)}**" if run.role == "outcome" else _spaced(run.text) for run in runs
    )


def _spaced(text: str) -> str:
    """Escaped text with the spaces around it, which join it to what stands beside it."""
    inner = text.strip()
    if not inner:
        return text and " "
    before, _, after = text.partition(inner)
    return f"{before and ' '}{escaped(inner)}{after and ' '}"

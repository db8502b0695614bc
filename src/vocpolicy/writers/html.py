"""Documents as HTML that needs nothing else: no script, no request, folding by `<details>`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import assert_never

from attrs import evolve

from vocpolicy.markup import (
    Block,
    Document,
    Heading,
    Item,
    Items,
    KeyLine,
    Paragraph,
    Run,
    Runs,
    Section,
)
from vocpolicy.writers.elements import Content, Element, Raw, element, render

STYLE = Path(__file__).with_name("style.css").read_text(encoding="utf-8")
"""The style of documents, for light and dark, screens and paper; all of it below the class
`vocpolicy`, so that it touches nothing else of a page that it stands in."""

_LANGUAGES = {"en": "en", "zh": "zh-Hans"}
_OPEN_TO = 4
"""Parts deeper than this begin folded; on paper all are open."""


def page(title: str, lang: str, *contents: Content, style: str = "") -> str:
    """A whole page.

    Args:
        title: of the page, as text.
        lang: `en` or `zh`.
        style: further rules beside `STYLE`.
    """
    head = element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", title),
        element("style", Raw(STYLE + style)),
    )
    body = element("body", *contents, class_="vocpolicy page")
    return f"<!DOCTYPE html>\n{render(element('html', head, body, lang=_LANGUAGES[lang]))}\n"


def notebook(lang: str, *contents: Content) -> str:
    """A part of somebody else's page, a notebook's say, with its style."""
    style = element("style", Raw(STYLE))
    return render(element("div", style, *contents, class_="vocpolicy", lang=_LANGUAGES[lang]))


def fragment(document: Document, level: int = 2) -> tuple[Element, ...]:
    """The document's blocks; `level` is that of its headings."""
    return tuple(_blocks(document.blocks, level, 0))


def _blocks(blocks: tuple[Block, ...], level: int, depth: int) -> Iterator[Element]:
    """Blocks one after another; a line that announces a list folds it."""
    place = 0
    while place < len(blocks):
        block = blocks[place]
        after = blocks[place + 1] if place + 1 < len(blocks) else None
        if isinstance(block, Paragraph | KeyLine) and isinstance(after, Items):
            opened = depth < _OPEN_TO and not after.folded
            yield _folding(_line(block), _items(after, level, depth + 1), opened)
            place += 2
        else:
            yield _block(block, level, depth)
            place += 1


def _block(block: Block, level: int, depth: int) -> Element:
    match block:
        case Heading():
            return _heading(block, level)
        case Paragraph() | KeyLine():
            return element("p", *_line(block))
        case Items():
            return _items(block, level, depth)
        case Section(heading, blocks):
            inner = _blocks(blocks, level + 1, depth)
            tone = next((run.tone for run in heading.runs if run.tone), "")
            classes = f"verdict {tone}".strip()
            return element("section", _heading(heading, level), *inner, class_=classes)
        case _:
            assert_never(block)


def _heading(heading: Heading, level: int) -> Element:
    said = [evolve(run, text=run.text if run.text.strip() else " ") for run in heading.runs]
    return element("header", element(f"h{min(level, 6)}", *runs_html(said)), *_edge(heading.edge))


def _line(block: Paragraph | KeyLine) -> tuple[Content, ...]:
    key = (element("span", block.key, class_="key"),) if isinstance(block, KeyLine) else ()
    return (*key, *runs_html(block.runs), *_edge(block.edge))


def _items(block: Items, level: int, depth: int) -> Element:
    items = (_item(item, level, depth) for item in block.items)
    return element("ol" if block.numbered else "ul", *items)


def _item(item: Item, level: int, depth: int) -> Element:
    said = (*runs_html(item.runs), *_edge(item.edge))
    if not item.blocks:
        return element("li", *said, class_=item.tone)
    inner = element("div", *_blocks(item.blocks, level, depth + 1))
    return element("li", _folding(said, inner, depth < _OPEN_TO), class_=item.tone)


def _folding(said: tuple[Content, ...], inner: Element, opened: bool) -> Element:
    return element("details", element("summary", *said), inner, open=opened)


def _edge(edge: Runs) -> tuple[Content, ...]:
    return (" ", element("span", *runs_html(edge), class_="edge")) if edge else ()


def runs_html(runs: Runs | list[Run]) -> Iterator[Content]:
    """Runs of text, each with a class for its role."""
    for run in runs:
        classes = f"{run.role} {run.tone}".strip()
        yield element("span", run.text, class_=classes) if classes else run.text

"""Documents as flowcharts in Mermaid: a box for every line, joined to what stands below it."""

from __future__ import annotations

import re
from typing import assert_never

from attrs import Factory, frozen

from vocpolicy.markup import (
    Block,
    Document,
    Heading,
    Item,
    Items,
    KeyLine,
    Paragraph,
    Runs,
    Section,
    text_of,
)

_COLOURS = {
    "holds": ("#e3f4ea", "#14713f"),
    "fails": ("#fbe7e5", "#a8261f"),
    "undetermined": ("#fdf1d8", "#8a5a00"),
    "not_applicable": ("#eaedf1", "#56606f"),
    "conflict": ("#f5e6f9", "#7a2a8f"),
}
"""Of each outcome, what its boxes are filled and drawn with; text on them is dark."""

_INK = "#1d2430"

_SPECIAL = re.compile(r"[^\w\s.,:;?!()/%+=\u2010-\u203a\u3000-\u303f\uff00-\uffef-]")
"""All but letters, digits and marks that mean nothing to Mermaid, to Markdown or to HTML."""


def mermaid(document: Document) -> str:
    """The document as a flowchart, from left to right, without a line end at its end."""
    chart = _Chart()
    chart.blocks(document.blocks, None)
    drawn = ["flowchart LR", *(f"  {line}" for line in chart.lines)]
    for tone, (fill, stroke) in _COLOURS.items():
        if tone in chart.tones:
            drawn.append(f"  classDef {tone} fill:{fill},stroke:{stroke},color:{_INK}")
            drawn.append(f"  class {','.join(chart.tones[tone])} {tone}")
    return "\n".join(drawn)


@frozen(eq=False)
class _Chart:
    """What was drawn so far: the lines, and the boxes of each tone."""

    lines: list[str] = Factory(list)
    tones: dict[str, list[str]] = Factory(dict)
    count: list[int] = Factory(lambda: [0])

    def blocks(self, blocks: tuple[Block, ...], above: str | None) -> None:
        """Boxes below another; a list stands below the line that announces it."""
        announced = above
        for block in blocks:
            match block:
                case Heading(runs):
                    tone = next((run.tone for run in runs if run.tone), "")
                    announced = above = self.box(_texts(block), above, tone, "(", ")")
                case Section(heading, inner):
                    self.blocks((heading, *inner), above)
                case Paragraph() | KeyLine():
                    announced = self.box(_texts(block), above, block.tone)
                case Items(items, numbered):
                    for number, item in enumerate(items, 1):
                        mark = f"{number}. " if numbered else ""
                        below = self.box(_texts(item, mark), announced, item.tone)
                        self.blocks(item.blocks, below)
                case _:
                    assert_never(block)

    def box(
        self, texts: list[str], above: str | None, tone: str, start: str = "[", end: str = "]"
    ) -> str:
        """Draw a box, and the line that leads to it; its name."""
        name = f"n{self.count[0]}"
        self.count[0] += 1
        label = "<br/>".join(map(_escaped, texts))
        self.lines.append(f'{name}{start}"{label}"{end}')
        if above is not None:
            self.lines.append(f"{above} --> {name}")
        if tone:
            self.tones.setdefault(tone, []).append(name)
        return name


def _texts(block: Heading | Paragraph | KeyLine | Item, mark: str = "") -> list[str]:
    """What a box says, and on a line of its own what stands at the edge."""
    key = block.key if isinstance(block, KeyLine) else mark
    return [text for text in (key + _plain(block.runs), _plain(block.edge)) if text]


def _plain(runs: Runs) -> str:
    return " ".join(text_of(runs).split())


def _escaped(text: str) -> str:
    """Text such that Mermaid shows it as it is: what could mean something else by its number."""
    return _SPECIAL.sub(lambda found: f"#{ord(found[0])};", text)

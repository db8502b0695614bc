"""The page on registers is true: its examples run."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "registers.md"
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_the_examples_of_the_page_hold() -> None:
    found = BLOCK.findall(PAGE.read_text("utf-8"))
    assert len(found) >= 2
    space: dict[str, object] = {}
    for block in found:
        assert "assert " in block
        exec(block, space)

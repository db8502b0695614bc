"""Writers of documents (`vocpolicy.markup`) beside plain text: Markdown, HTML and flowcharts.

Colours of a terminal are written by the command line, from the same lines as plain text.
"""

from __future__ import annotations

from vocpolicy.writers.elements import Content, Element, Raw, element, render
from vocpolicy.writers.html import STYLE, fragment, notebook, page, runs_html
from vocpolicy.writers.markdown import escaped, markdown
from vocpolicy.writers.mermaid import mermaid

__all__ = [
    "STYLE",
    "Content",
    "Element",
    "Raw",
    "element",
    "escaped",
    "fragment",
    "markdown",
    "mermaid",
    "notebook",
    "page",
    "render",
    "runs_html",
]

"""`vocpolicy explain`: the page of an error or a lint, as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
from attrs import frozen

from vocpolicy.cli.common import language_option, with_errors
from vocpolicy.diagnostics import CATALOG, Diagnostic, UsageError, close_names
from vocpolicy.source import shipped

EXAMPLES = "## Example · 例"
"""The heading above the examples of a page; before it stand the words, English then Chinese."""

HEADINGS = {
    "failing": {"en": "Wrong", "zh": "错误"},
    "mended": {"en": "Right", "zh": "正确"},
    "": {"en": "With", "zh": "前提"},
}

_BLOCK = re.compile(r"^```(\w+) ?(\w*) ?(\S*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@frozen
class Block:
    """A part of an example: the language it is in, `failing`, `mended` or (both) "", the name of
    its file or "", its text."""

    language: str
    role: str
    name: str
    text: str


@frozen
class Page:
    """What a page says in each language, title first, and its example."""

    en: str
    zh: str
    example: tuple[Block, ...]


def read_page(code: str) -> Page:
    """The page of a code.

    Raises:
        UsageError: there is no such code.
    """
    if code not in CATALOG:
        args = {"code": code, "close": close_names(code, CATALOG)}
        raise UsageError([Diagnostic("V640", args=args)])
    text = shipped("docs", "errors", f"{code}.md").read_text(encoding="utf-8")
    words, _, example = text.partition(f"{EXAMPLES}\n")
    en, _, zh = words.removeprefix("# ").partition("\n## ")
    return Page(en.strip(), zh.strip(), tuple(_blocks(example)))


def _blocks(text: str) -> Iterator[Block]:
    for found in _BLOCK.finditer(text):
        language, role, name, inside = found.groups()
        yield Block(language, role if role in HEADINGS else "", name, inside)


def as_text(page: Page, lang: str) -> str:
    """The page's words in one language, and the example indented."""
    parts = [page.zh if lang == "zh" else page.en]
    for block in page.example:
        heading = HEADINGS[block.role][lang]
        colon = "：" if lang == "zh" else ":"
        named = f" ({block.name})" if block.name else ""
        parts.append(f"{heading}{named}{colon}")
        parts.append("\n".join(f"    {line}".rstrip() for line in block.text.splitlines()))
    return "\n\n".join(parts)


@click.command("explain")
@click.argument("code", metavar="CODE")
@language_option
@with_errors
def command(code: str, lang: str) -> None:
    """Say what an error or a lint means, with an example and how it is mended."""
    click.echo(as_text(read_page(code.upper()), lang))

"""Documents on a terminal: the lines of plain text, in colours where there are any."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

import click

from vocpolicy.markup import Document, Run, lines, plain

P = ParamSpec("P")
R = TypeVar("R")

STYLES = {
    "holds": "bold green",
    "fails": "bold red",
    "undetermined": "bold yellow",
    "not_applicable": "bold",
    "conflict": "bold magenta",
    "citation": "cyan",
    "aside": "dim",
    "key": "bold",
    "mark": "dim",
}
"""How a role or, of an outcome, its tone looks; in the names of rich."""


def color_option(command: Callable[P, R]) -> Callable[P, R]:
    return click.option(
        "--color",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        help="Colours of text: auto has them where it is written to a terminal.",
    )(command)


def show(document: Document, color: str) -> None:
    """Print a document.  `color` is `auto`, `always` or `never`; in `auto` the variable NO_COLOR
    forbids colours as everywhere."""
    wanted = color == "always" or (
        color == "auto" and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    )
    if wanted:
        _print_coloured(document, always=color == "always")
    else:
        click.echo(plain(document))


def _print_coloured(document: Document, *, always: bool) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(
        force_terminal=True if always else None, no_color=False if always else None, highlight=False
    )
    for line in lines(document):
        parts = [(run.text, _style(run)) for run in line]
        text = Text.assemble(*parts)
        text.rstrip()
        console.print(text, soft_wrap=True)


def _style(run: Run) -> str:
    return STYLES.get(run.tone or run.role, "")


@contextmanager
def progress(label: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error, told how far of how much is done; only where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn as TimeRemaining,
    )

    parts = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeRemaining())
    with Progress(*parts, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total or None)

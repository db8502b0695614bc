"""Writing what a command made to a file that is not there yet, or to the terminal."""

from __future__ import annotations

from pathlib import Path

import click

OUTPUT = click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write, which must not be there yet; else to the terminal.",
)
THERE = {"en": "{path} is there already", "zh": "{path} 已存在"}


def write_out(text: str, output: Path | None, lang: str) -> None:
    """Write a text; a UsageError of click where the file is there already."""
    if output is None:
        click.echo(text, nl=False)
        return
    try:
        with output.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise click.UsageError(THERE[lang].format(path=output)) from None

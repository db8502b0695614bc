"""`vocpolicy format`: one way of writing rule files, in English or Chinese keywords."""

from __future__ import annotations

import difflib
import os
import shutil
import sys
import tempfile
from pathlib import Path

import click
from attrs import frozen

from vocpolicy.cli.common import EXIT_CODES, FINDINGS, language_option, with_errors
from vocpolicy.diagnostics import PolicyError
from vocpolicy.driver import read_rule_file, rule_files
from vocpolicy.format import format_source
from vocpolicy.source import Source

STDIN = "-"

FORMATTED = {"en": "{path}: formatted", "zh": "{path}：已改写"}
WOULD_CHANGE = {"en": "{path}: would be formatted", "zh": "{path}：需要改写"}


@frozen
class _Options:
    keywords: str | None
    check: bool
    diff: bool
    lang: str

    @property
    def writes(self) -> bool:
        return not (self.check or self.diff)


@click.command("format")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--keywords",
    type=click.Choice(["en", "zh"]),
    help="Language of the keywords; the one that most of a file is in, where nothing is said.",
)
@click.option("--check", is_flag=True, help="Change nothing; list what would change and exit 1.")
@click.option("--diff", is_flag=True, help="Change nothing; print what would change and exit 1.")
@language_option
@with_errors
def command(
    paths: tuple[str, ...], keywords: str | None, check: bool, diff: bool, lang: str
) -> None:
    """Format rule files in place: each PATH is a file or a folder; - reads standard input and
    writes standard output.  Comments, line ends inside items and the meaning stay; a file with
    mistakes stays as it is."""
    options = _Options(keywords, check, diff, lang)
    changed, mistaken = False, False
    for path in paths:
        for file in [None] if path == STDIN else rule_files(path):
            try:
                changed |= _format(file, options)
            except PolicyError as error:
                click.echo(error.render(lang), err=True)
                mistaken = True
    if mistaken:
        raise SystemExit(EXIT_CODES[PolicyError])
    if changed and not options.writes:
        raise SystemExit(FINDINGS)


def _format(path: Path | None, options: _Options) -> bool:
    """Whether the file (None: standard input) is not in the form that it should have."""
    source = _stdin() if path is None else read_rule_file(path)
    text = format_source(source, options.keywords).text
    changed = text != source.text if path is None else text.encode() != path.read_bytes()
    if options.diff and changed:
        click.echo(_difference(source, text), nl=False)
    if options.check and changed:
        click.echo(WOULD_CHANGE[options.lang].format(path=source.name))
    if options.writes and path is None:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    elif options.writes and path is not None and changed:
        write_whole(path, text)
        click.echo(FORMATTED[options.lang].format(path=path))
    return changed


def _stdin() -> Source:
    """Standard input, as a file that is read would be.

    Raises:
        PolicyError: it is too large or is not UTF-8.
    """
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "stdin")
        place.write_bytes(sys.stdin.buffer.read())
        return Source("<stdin>", read_rule_file(place).text)


def _difference(source: Source, text: str) -> str:
    lines = difflib.unified_diff(
        source.text.splitlines(keepends=True),
        text.splitlines(keepends=True),
        source.name,
        source.name,
    )
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def write_whole(path: Path, text: str) -> None:
    """Put a text in the place of a file, all of it or, if something fails, none."""
    place = path.resolve()
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=f".{place.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
        if place.exists():
            shutil.copymode(place, name)
        else:
            Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(place)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """What rights new files are not given here."""
    mask = os.umask(0)
    os.umask(mask)
    return mask

"""`vocpolicy new`: a first draft of a policy from the text of its document."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from vocpolicy.cli.common import language_option, named_path, with_errors
from vocpolicy.coverage import read_document
from vocpolicy.diagnostics import Diagnostic, UsageError
from vocpolicy.drafting import draft

WRITTEN = {
    "en": "{folder}: {files}; {decisions} places to decide, each marked `# decide:`",
    "zh": "{folder}：{files}；有 {decisions} 处待定，均标有“# 待定：”",
}
NEXT = {
    "en": "Next: vocpolicy coverage {folder} --document {document}={path}",
    "zh": "下一步：vocpolicy coverage {folder} --document {document}={path}",
}
JOIN = {"en": ", ", "zh": "、"}


@click.command("new")
@click.argument("name", metavar="NAME")
@click.option(
    "--document",
    required=True,
    metavar="NAME=PATH",
    help="What the policy is to call its document, and the file with the document's text.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="The folder to make; NAME in the current folder where it is not given.",
)
@click.option(
    "--keywords",
    type=click.Choice(["en", "zh"]),
    show_default="that of --lang",
    help="Language of the draft's keywords.",
)
@language_option
@with_errors
def command(name: str, document: str, output: Path | None, keywords: str | None, lang: str) -> None:
    """Write a draft of the policy NAME from the text of its document.

    The draft checks.  It has a target or a provision for what each clause says, with the place
    it comes from, and a comment wherever a person has to decide.  Nothing is overwritten.
    """
    called, path = named_path(document)
    made = draft(name, called, read_document(path), lang=lang, keywords=keywords)
    folder = output or Path(name)
    _write(folder, made.files)
    files = JOIN[lang].join(made.files)
    click.echo(WRITTEN[lang].format(folder=folder, files=files, decisions=made.decisions))
    click.echo(NEXT[lang].format(folder=folder, document=called, path=path))


def _write(folder: Path, files: Mapping[str, str]) -> None:
    """Make the folder with its files.

    Raises:
        UsageError: there is something at its path (V642), or it can't be made (V643).
    """
    try:
        folder.mkdir()
        for name, text in files.items():
            with (folder / name).open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
    except FileExistsError:
        raise UsageError([Diagnostic("V642", args={"path": str(folder)})]) from None
    except OSError:
        raise UsageError([Diagnostic("V643", args={"path": str(folder)})]) from None

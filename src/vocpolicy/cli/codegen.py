"""`vocpolicy codegen`: the facts of a policy as Python classes."""

from __future__ import annotations

from pathlib import Path

import click

from vocpolicy.cli.common import base_option, language_option, open_policy, with_errors
from vocpolicy.cli.output import OUTPUT, write_out


@click.command("codegen")
@click.argument("path", metavar="PATH")
@click.option("--entity", metavar="NAME", help="Only the class of this entity.")
@OUTPUT
@base_option
@language_option
@with_errors
def command(
    path: str, entity: str | None, output: Path | None, base: str | None, lang: str
) -> None:
    """Write the facts of the policy at PATH as attrs classes.

    Their instances are taken wherever facts are.
    """
    from vocpolicy.codegen import python_classes

    write_out(python_classes(open_policy(path, base).core, entity, lang), output, lang)

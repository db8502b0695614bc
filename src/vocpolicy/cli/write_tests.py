"""`vocpolicy write-tests`: properties of a policy as a test file, to be edited."""

from __future__ import annotations

from pathlib import Path

import click

from vocpolicy.cli.common import language_option, open_policy, with_errors
from vocpolicy.cli.output import OUTPUT, write_out


@click.command("write-tests")
@click.argument("path", metavar="PATH")
@OUTPUT
@language_option
@with_errors
def command(path: str, output: Path | None, lang: str) -> None:
    """Write a test file for the policy at PATH.

    Its tests try properties of every rule on facts that hypothesis makes, and are meant to be
    edited.
    """
    from vocpolicy.exercise.testfile import property_tests

    write_out(property_tests(open_policy(path).core, path), output, lang)

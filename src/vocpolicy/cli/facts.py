"""`vocpolicy facts`: what facts a policy, or one of its rules, takes."""

from __future__ import annotations

import click

from vocpolicy.cli.common import (
    base_option,
    called,
    format_option,
    language_option,
    open_policy,
    print_json,
    with_errors,
)
from vocpolicy.schema import fact_lines, json_schema


@click.command("facts")
@click.argument("path", metavar="PATH")
@click.option("--rule", "name", metavar="NAME", help="Only what this rule or target takes.")
@base_option
@language_option
@format_option("text", "json", "json-schema")
@with_errors
def command(path: str, name: str | None, base: str | None, lang: str, form: str) -> None:
    """List the facts that the policy at PATH takes, with types, units and labels."""
    policy = open_policy(path, base)
    facts = policy.facts(*called(policy, [name] if name else []))
    if form != "text":
        print_json(json_schema(policy.core, facts))
        return
    for line in fact_lines(policy.core, facts, lang):
        click.echo(line)

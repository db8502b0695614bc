"""`vocpolicy mutate`: whether the cases notice the mistakes that people make in rules."""

from __future__ import annotations

import click

from vocpolicy.cli.common import (
    FINDINGS,
    base_option,
    called,
    format_option,
    language_option,
    open_policy,
    print_json,
    with_errors,
)


@click.command("mutate")
@click.argument("path", metavar="PATH")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--least",
    type=click.IntRange(0, 100),
    default=100,
    show_default=True,
    help="Share of the changes, in percent, that cases have to notice.",
)
@base_option
@language_option
@format_option("text", "json")
@with_errors
def command(
    path: str, names: tuple[str, ...], least: int, base: str | None, lang: str, form: str
) -> None:
    """Change the rules of the policy at PATH (those of NAME, where one is given) in the ways
    people get wrong, and say which changes its cases don't notice."""
    from vocpolicy.exercise.mutating import mutate
    from vocpolicy.exercise.telling import mutations_text

    policy = open_policy(path, base)
    found = mutate(policy.core, called(policy, names) or None)
    if form == "json":
        print_json(found.to_dict())
    else:
        click.echo(mutations_text(found, lang))
    if found.score * 100 < least:
        raise SystemExit(FINDINGS)

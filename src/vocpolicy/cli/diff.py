"""`vocpolicy diff`: what a new version of a policy changes."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import click

from vocpolicy.cli.common import (
    DATE,
    FINDINGS,
    base_option,
    called,
    format_option,
    language_option,
    open_policy,
    policy_path,
    print_json,
    with_errors,
)
from vocpolicy.diagnostics import Diagnostic, UsageError
from vocpolicy.keywords import ENGINES
from vocpolicy.policy import Policy

if TYPE_CHECKING:
    from vocpolicy.difference import Difference


def _named_columns(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """What `FACT=COLUMN` says, of each fact its column."""
    found = [one.partition("=") for one in given]
    wrong = [f"{fact}{sign}{column}" for fact, sign, column in found if not (fact and column)]
    if wrong:
        raise click.BadParameter(f"{wrong[0]!r} is not of the form FACT=COLUMN.")
    return {fact.strip(): column.strip() for fact, _, column in found}


@click.command("diff")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="[NEW]", required=False)
@click.option("--rule", "names", multiple=True, metavar="NAME", help="Only this; may be repeated.")
@click.option("--as-of", type=DATE, help="The day on which both are read.")
@click.option("--from", "first", type=DATE, help="With --to: OLD alone, as it reads on two days.")
@click.option("--to", "last", type=DATE, help="The later of the two days.")
@click.option(
    "--register",
    metavar="FILE",
    help="Records (.csv, .xlsx, .parquet) to judge twice.",
)
@click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FACT=COLUMN",
    callback=_named_columns,
    help="With --register: the column of a fact that has another name; may be repeated.",
)
@click.option(
    "--examples",
    type=click.IntRange(0),
    default=3,
    show_default=True,
    help="With --register: how many records that change are shown of each rule.",
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="auto",
    show_default=True,
    help="box searches; z3 proves (extra `analysis`); auto searches, and proves what is left open.",
)
@click.option("--budget", type=int, help="How many boxes of cases one search may look at.")
@base_option
@language_option
@format_option("text", "markdown", "html", "json")
@with_errors
def command(
    old: str,
    new: str | None,
    names: tuple[str, ...],
    as_of: datetime.datetime | None,
    first: datetime.datetime | None,
    last: datetime.datetime | None,
    register: str | None,
    columns: dict[str, str],
    examples: int,
    engine: str,
    budget: int | None,
    base: str | None,
    lang: str,
    form: str,
) -> None:
    """Say what the policy at NEW says otherwise than that at OLD, and for each rule and target
    whether it is equivalent, stricter, looser or neither, with a case that shows it.

    Where NEW amends OLD, the amended policy is what is compared.  Exit code 1 where they differ.
    """
    before = open_policy(old, base)
    if first is not None or last is not None:
        found = _on_two_days(before, new, names, (first, last), as_of, register, (budget, engine))
    elif new is None:
        raise UsageError([Diagnostic("V730")])
    else:
        after = Policy.load_after(policy_path(new), before)
        day = as_of.date() if as_of else None
        names = called(after, called(before, names))
        found = before.diff(after, names or None, day, budget=budget, engine=engine)
        if register is not None:
            from vocpolicy.policy.compared import Moving
            from vocpolicy.registers.comparing import compare_file

            moving = Moving[Policy](before, after, found, columns, examples)
            found = found.over(compare_file(moving, register))
    _print(found, lang, form)
    if found.differs:
        raise SystemExit(FINDINGS)


def _on_two_days(
    policy: Policy,
    new: str | None,
    names: tuple[str, ...],
    days: tuple[datetime.datetime | None, datetime.datetime | None],
    as_of: datetime.datetime | None,
    register: str | None,
    effort: tuple[int | None, str],
) -> Difference:
    first, last = days
    others = {"NEW": new, "--as-of": as_of, "--register": register}
    given = [name for name, value in others.items() if value is not None]
    if given:
        raise UsageError([Diagnostic("V731", args={"with_them": ", ".join(given)})])
    if first is None or last is None:
        raise UsageError([Diagnostic("V730")])
    return policy.diff_days(first.date(), last.date(), called(policy, names) or None, *effort)


def _print(found: Difference, lang: str, form: str) -> None:
    match form:
        case "json":
            print_json(found.to_dict())
        case "markdown":
            click.echo(found.to_markdown(lang))
        case "html":
            click.echo(found.to_html(lang), nl=False)
        case _:
            click.echo(found.describe(lang))

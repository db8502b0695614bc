"""`vocpolicy compile`: the compiled form of a policy, for processes that only decide."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from vocpolicy.cli.common import (
    DATE,
    base_option,
    called,
    language_option,
    open_policy,
    with_errors,
)

WORDS = {
    "en": {
        "coded": "Compiled into {path} for {day}: {names}.",
        "always": "every day",
        "left": "Not compiled, so decided by the rules, which the file holds too: {names}.",
        "one": "{name} ({reason})",
        "comma": ", ",
    },
    "zh": {
        "coded": "已编译到 {path}，适用于{day}：{names}。",
        "always": "任何日期",
        "left": "未能编译、仍由文件所附规则判定：{names}。",
        "one": "{name}",
        "comma": "、",
    },
}


@click.command("compile")
@click.argument("path", metavar="PATH")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to write; a compiled form that is there is replaced.",
)
@click.option(
    "--rule",
    "names",
    multiple=True,
    metavar="NAME",
    help="Compile this rule; may be repeated.  All of them where none is named.",
)
@click.option(
    "--as-of",
    type=DATE,
    help="Decide for this day.  Where none is given, each call decides for its own.",
)
@base_option
@language_option
@with_errors
def command(
    path: str,
    output: Path,
    names: tuple[str, ...],
    as_of: datetime.datetime | None,
    base: str | None,
    lang: str,
) -> None:
    """Compile the policy at PATH, so that a process that only decides starts fast.

    Read it with `vocpolicy.load_compiled(FILE)`.
    """
    from vocpolicy.stored.saving import save_compiled

    policy = open_policy(path, base, cases=False)
    day = as_of.date() if as_of is not None else None
    saved = save_compiled(policy, output, called(policy, names) or None, day)
    words = WORDS[lang]
    shown = words["always"] if day is None else day.isoformat()
    names_shown = words["comma"].join(saved.coded)
    click.echo(words["coded"].format(names=names_shown, path=output, day=shown))
    left = [words["one"].format(name=name, reason=why) for name, why in saved.left.items()]
    if left:
        click.echo(words["left"].format(names=words["comma"].join(left)), err=True)

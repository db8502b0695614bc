"""What the commands share: languages, policies by path, errors as text with an exit code."""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import ParamSpec, TypeVar

import click

from vocpolicy.asking import name_called
from vocpolicy.diagnostics import (
    Diagnostic,
    DocumentError,
    FactError,
    MissingExtraError,
    PolicyError,
    UsageError,
    VocPolicyError,
)
from vocpolicy.languages import locale_language
from vocpolicy.policy import Policy
from vocpolicy.source import MOST_BYTES, shipped

P = ParamSpec("P")
R = TypeVar("R")

FINDINGS = 1
EXIT_CODES: Mapping[type[VocPolicyError], int] = {
    DocumentError: 2,
    FactError: 4,
    MissingExtraError: 2,
    PolicyError: 3,
    UsageError: 2,
}


def language_option(command: Callable[P, R]) -> Callable[P, R]:
    return click.option(
        "--lang",
        type=click.Choice(["en", "zh"]),
        default=locale_language,
        show_default="the locale's",
        help="Language of what is printed.",
    )(command)


def format_option(*formats: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    return click.option(
        "--format", "form", type=click.Choice(formats), default=formats[0], show_default=True
    )


DATE = click.DateTime(formats=["%Y-%m-%d"])
"""The type of an option that takes a date as 2023-06-01 (and gives midnight of that day)."""


def with_errors(command: Callable[P, R]) -> Callable[P, R]:
    """Print the library's errors in the command's language and exit with their code."""

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except VocPolicyError as error:
            click.echo(error.render(str(kwargs.get("lang", "en"))), err=True)
            raise SystemExit(EXIT_CODES[type(error)]) from None

    return run


def base_option(command: Callable[P, R]) -> Callable[P, R]:
    return click.option(
        "--base", metavar="PATH", help="The policy that PATH amends, where it is not beside it."
    )(command)


def open_policy(
    path: str, base: str | None = None, most_bytes: int = MOST_BYTES, cases: bool = True
) -> Policy:
    """The policy at a path or, where there is none, the shipped policy of that name; `base` says
    in the same way what it amends."""
    amended = policy_path(base) if base else None
    return Policy.load(policy_path(path), amended, most_bytes, cases)


def called(policy: Policy, names: Iterable[str]) -> tuple[str, ...]:
    """The names of what is asked for by name or by label; what is neither is left to who looks
    for it."""
    return tuple(name_called(policy.core, name) for name in names)


def policy_path(path: str) -> str:
    """The path or, where there is none, that of the shipped policy of that name.

    Raises:
        UsageError: there is neither.
    """
    if Path(path).exists():
        return path
    if path in Policy.shipped_names():
        return str(shipped("rules", path))
    raise UsageError([Diagnostic("V601", args={"path": path})])


def named_path(value: str) -> tuple[str, str]:
    """The name and the path of `--document NAME=PATH`."""
    name, equals, path = value.partition("=")
    if not (name and equals and path):
        raise click.BadParameter(
            f"{value!r}: write NAME=PATH, such as plan=plan.txt", param_hint="--document"
        )
    return name, path


def print_json(value: object) -> None:
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2)
    sys.stdout.write("\n")

"""Lints: what checks but is likely wrong.

Each lint is a function from a checked policy to findings, in a file of its own; its words are in
the catalogue and its page stands among those of the errors.  A finding that is meant so is
accepted by a comment on its line or on the line above: `# lint: L009 the law leaves it open`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from vocpolicy import core, syntax
from vocpolicy.diagnostics import Diagnostic
from vocpolicy.driver import load_groups
from vocpolicy.lint import (
    look_alikes,
    no_deadline,
    no_locator,
    no_otherwise,
    one_language,
    parameter_ends,
    same_label,
    uncited,
    unnamed_exception,
    unused_fact,
    unused_kind,
    unused_parameter,
)
from vocpolicy.lint.reading import Checked

Lint = Callable[[Checked], Iterator[Diagnostic]]

LINTS: tuple[Lint, ...] = (
    unused_fact.find,
    no_deadline.find,
    uncited.find,
    no_locator.find,
    parameter_ends.find,
    unnamed_exception.find,
    one_language.find,
    look_alikes.find,
    no_otherwise.find,
    same_label.find,
    unused_parameter.find,
    unused_kind.find,
)

_ACCEPTS = re.compile(r"lint\s*[:：]\s*(L\d{3}(?:[\s,，、]+L\d{3})*)")


def lint_path(
    path: str | os.PathLike[str], base: str | os.PathLike[str] | None = None
) -> tuple[Diagnostic, ...]:
    """The findings in a policy's files, in the order of the text.

    Args:
        base: where the policy is that this one amends, if it is not beside it.  What stands
            there is looked at too, and not reported.

    Raises:
        PolicyError: the rules do not compile.
    """
    policy, groups = load_groups(path, base=load_groups(base)[1] if base else ())
    amended = {file.source.name for group in groups[:-1] for file in group}
    found = lint(policy, [file for group in groups for file in group])
    return tuple(one for one in found if not one.span or one.span.source.name not in amended)


def lint(policy: core.Policy, files: Sequence[syntax.File]) -> tuple[Diagnostic, ...]:
    """The findings in a checked policy, in the order of the text."""
    checked = Checked(policy, tuple(files))
    accepted = frozenset(_accepted(files))
    found = [finding for find in LINTS for finding in find(checked)]
    kept = [finding for finding in found if not _places(finding) & accepted]
    return tuple(sorted(kept, key=_order))


def _accepted(files: Iterable[syntax.File]) -> Iterator[tuple[str, str, int]]:
    """Code, file and line of what comments accept."""
    for file in files:
        for comment in file.comments:
            line = file.source.position(comment.span.start)[0]
            for match in _ACCEPTS.finditer(comment.text):
                for code in re.findall(r"L\d{3}", match[1]):
                    yield code, file.source.name, line + comment.own_line


def _places(finding: Diagnostic) -> frozenset[tuple[str, str, int]]:
    span = finding.span
    if span is None:
        return frozenset()
    return frozenset([(finding.code, span.source.name, span.source.position(span.start)[0])])


def _order(finding: Diagnostic) -> tuple[str, int, str]:
    span = finding.span
    return (span.source.name, span.start, finding.code) if span else ("", -1, finding.code)


__all__ = ["LINTS", "Checked", "lint", "lint_path"]

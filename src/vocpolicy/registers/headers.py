"""Which column of a table is which fact: by the fact's name, or its label in either language."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence

from vocpolicy import core
from vocpolicy.diagnostics import Diagnostic, UsageError, Words, close_names
from vocpolicy.registers.tables import Again

MISMATCHES = {
    "none": Words(
        "no column is named after a fact that is asked for ({facts})",
        "没有一列以所需事项（{facts}）命名",
    ),
    "twice": Words(
        "the columns {columns} are both the fact {fact}", "列 {columns} 都对应事项 {fact}"
    ),
    "unknown": Words("there is no column {column}.{close}", "没有 {column} 列。{close}"),
    "form": Words("{option} does not say FACT=COLUMN", "{option} 未写成“事项=列名”"),
    "no_fact": Words(
        "{fact} is no fact that is asked for ({facts})", "{fact} 不是所需的事项（{facts}）"
    ),
}
"""Why columns and facts do not match."""


def given_columns(options: Sequence[str]) -> dict[str, str]:
    """What `FACT=COLUMN` says, of each fact its column.

    Raises:
        UsageError: one does not say so.
    """
    found = [one.partition("=") for one in options]
    for option, (fact, _, column) in zip(options, found, strict=True):
        if not (fact.strip() and column.strip()):
            raise mismatch("form", option=option)
    return {fact.strip(): column.strip() for fact, _, column in found}


def columns_of(
    names: Sequence[str], facts: Mapping[str, core.Fact], given: Mapping[str, str]
) -> dict[str, str]:
    """The column of each fact that has one.

    Args:
        given: columns of facts that are not called as those are.

    Raises:
        UsageError: no column is a fact's, several are one fact's, or `given` names what is not.
    """
    asked = ", ".join(facts)
    for name, column in given.items():
        if name not in facts:
            raise mismatch("no_fact", fact=name, facts=asked)
        if column not in names:
            raise unknown_column(column, names)
    found = dict(given)
    for fact in facts.values():
        if fact.name not in given:
            several = _columns(names, fact, set(given.values()))
            if len(several) > 1:
                raise mismatch("twice", columns=", ".join(several), fact=fact.name)
            if several:
                found[fact.name] = several[0]
    if not found and facts:
        raise mismatch("none", facts=asked)
    return found


def _columns(names: Sequence[str], fact: core.Fact, taken: set[str]) -> list[str]:
    """Columns of a fact's name, else those of its labels."""
    free = [name for name in names if name not in taken]
    headed = {name: name.of if isinstance(name, Again) else name for name in free}
    if fact.name in free:
        return [name for name, header in headed.items() if header == fact.name]
    labels = {_folded(one) for one in (fact.name, fact.labels.en, fact.labels.zh) if one}
    return [name for name, header in headed.items() if _folded(header) in labels]


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip().casefold()


def mismatch(why: str, **args: object) -> UsageError:
    said = MISMATCHES[why]
    words = Words(said.en.format(**args), said.zh.format(**args))
    return UsageError([Diagnostic("V695", args={"why": words})])


def unknown_column(column: str, names: Sequence[str]) -> UsageError:
    said, close = MISMATCHES["unknown"], close_names(column, names)
    words = Words(
        said.en.format(column=column, close=close.en), said.zh.format(column=column, close=close.zh)
    )
    return UsageError([Diagnostic("V695", args={"why": words})])

"""Three-valued logic over columns, and the order in which columns are made.

A condition is `True`, `False` or `None` where that is so for every row, else a column of
Booleans that is null where the answer is not known.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import TypeAlias

import narwhals.stable.v2 as nw
from attrs import Factory, define, field, frozen


@frozen(eq=False)
class Col:
    """A column that is to be: `level` is how many rounds of columns it rests on, `name` what it
    is kept under."""

    expr: nw.Expr = field(repr=False)
    level: int = 0
    name: str = ""


Truth: TypeAlias = bool | Col | None

TEMPORARY = "__vocpolicy_"
"""How the names of columns begin that are dropped in the end."""


@define
class Sheet:
    """Columns in rounds: each round is made of the frame's columns and those before it.

    `names` are those of columns that are dropped in the end, `answers` of those that stay, in
    their order; `entering` are made before all others, of the frame's columns alone, and what they
    share, `begun`, before them.  While there are `drafts`, what would be answers is kept there,
    for rows that take one of several.
    """

    names: list[str] = Factory(list)
    answers: list[str] = Factory(list)
    begun: list[nw.Expr] = Factory(list)
    entering: list[nw.Expr] = Factory(list)
    drafts: dict[str, Col] | None = None
    _rounds: list[list[nw.Expr]] = Factory(list)

    @property
    def rounds(self) -> list[list[nw.Expr]]:
        return [*(one for one in (self.begun, self.entering) if one), *self._rounds]

    def keep(self, col: Col, name: str = "") -> Col:
        """A column under a name, to be used more than once."""
        if name and self.drafts is not None:
            self.drafts[name] = self.keep(col)
            return self.drafts[name]
        while len(self._rounds) <= col.level:
            self._rounds.append([])
        named = name or self._named()
        self.answers += [name] if name else []
        self._rounds[col.level].append(col.expr.alias(named))
        return Col(nw.col(named), col.level + 1, named)

    def begin(self, expr: nw.Expr) -> nw.Expr:
        """A column of which those that enter are made."""
        named = self._named()
        self.begun.append(expr.alias(named))
        return nw.col(named)

    def enter(self, expr: nw.Expr) -> Col:
        """A column that stands for one of the frame's own from the beginning."""
        named = self._named()
        self.entering.append(expr.alias(named))
        return Col(nw.col(named))

    def _named(self) -> str:
        name = f"{TEMPORARY}{len(self.names)}"
        self.names.append(name)
        return name

    def kept(self, truth: Truth) -> Truth:
        return self.keep(truth) if isinstance(truth, Col) else truth


def level_of(*values: object) -> int:
    return max((one.level for one in values if isinstance(one, Col)), default=0)


def missing() -> nw.Expr:
    return nw.lit(None, dtype=nw.Boolean)


def expr_of(truth: Truth) -> nw.Expr:
    """The condition as a column, constants included."""
    if isinstance(truth, Col):
        return truth.expr
    return missing() if truth is None else nw.lit(truth)


def negation(truth: Truth) -> Truth:
    if isinstance(truth, Col):
        return Col(~truth.expr, truth.level)
    return None if truth is None else not truth


def conjunction(truths: Iterable[Truth]) -> Truth:
    return _joined(list(truths), False)


def disjunction(truths: Iterable[Truth]) -> Truth:
    return _joined(list(truths), True)


def _joined(truths: list[Truth], decides: bool) -> Truth:
    """Of `or` a true part decides, of `and` a false one."""
    if any(one is decides for one in truths):
        return decides
    left = [one for one in truths if one is not (not decides)]
    cols = [one for one in left if isinstance(one, Col)]
    if not cols:
        return None if left else not decides
    exprs = [one.expr for one in cols]
    if len(cols) < len(left):
        exprs.append(missing())
    whole = reduce(lambda a, b: a | b if decides else a & b, exprs)
    return Col(whole, level_of(*cols))


def certainly(truth: Truth) -> Truth:
    """Whether it is known to be true; never null."""
    return filled(truth, False)


def possibly(truth: Truth) -> Truth:
    """Whether it may be true; never null."""
    return filled(truth, True)


def filled(truth: Truth, value: bool | None) -> Truth:
    """With what it comes to where it is not known."""
    if value is None:
        return truth
    if isinstance(truth, Col):
        return Col(truth.expr.fill_null(value), truth.level)
    return value if truth is None else truth


def chosen(when: Truth, then: Truth, otherwise: Truth) -> Truth:
    """One or the other; `when` is never null."""
    if when is True or when is False:
        return then if when else otherwise
    assert isinstance(when, Col)
    if not isinstance(then, Col) and then is otherwise:
        return then
    found = nw.when(when.expr).then(expr_of(then)).otherwise(expr_of(otherwise))
    return Col(found, level_of(when, then, otherwise))

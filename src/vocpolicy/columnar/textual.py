"""What is known of a text: which texts it may be, as the interpreter's `hull` keeps them.

A text that rules give is one of several columns; two are apart where none that is possible of the
one is possible of the other.
"""

from __future__ import annotations

from itertools import combinations

import narwhals.stable.v2 as nw
from attrs import frozen

from vocpolicy.columnar.logic import (
    Col,
    Truth,
    certainly,
    chosen,
    conjunction,
    disjunction,
    expr_of,
    level_of,
    negation,
)
from vocpolicy.columnar.numbers import with_nones


@frozen(eq=False)
class Texts:
    """
    Attributes:
        cases: where each text is possible (never null), and the text, null where it is not known.
        none: where it is `none`; never null.
        open: where it may be what gives no text; never null.
    """

    cases: tuple[tuple[Truth, Col], ...]
    none: Truth = False
    open: Truth = False

    @property
    def told(self) -> Truth:
        """Whether every text that is possible is known, and it is one; never null."""
        some = disjunction(where for where, _ in self.cases)
        known = (disjunction([negation(where), there(one)]) for where, one in self.cases)
        return conjunction([some, negation(self.none), negation(self.open), *known])

    @property
    def cells(self) -> Col:
        """The text where there is only one; null elsewhere."""
        if len(self.cases) == 1 and self.cases[0][0] is True and self.open is False:
            return self.cases[0][1]
        alike = [
            disjunction([negation(conjunction([one, other])), certainly(_equal(text, again))])
            for (one, text), (other, again) in combinations(self.cases, 2)
        ]
        result: nw.Expr = nw.lit(None, dtype=nw.String)
        level = 0
        for where, one in self.cases:
            result = nw.when(expr_of(where)).then(one.expr).otherwise(result)
            level = max(level, level_of(where, one))
        single = conjunction([self.told, *alike])
        kept = nw.when(expr_of(single)).then(result).otherwise(nw.lit(None, dtype=nw.String))
        return Col(kept, max(level, level_of(single)))


def there(col: Col) -> Truth:
    return Col(~col.expr.is_null(), col.level)


def one_text(col: Col, none: Truth = False) -> Texts:
    return Texts(((True, col),), none)


NO_TEXT = Texts(((True, Col(nw.lit(None, dtype=nw.String))),), True)
"""A text that is `none`."""


def _equal(one: Col, other: Col) -> Truth:
    return Col(one.expr == other.expr, level_of(one, other))


def same_texts(left: Texts, right: Texts) -> Truth:
    """Whether two are the same; null where that is not known."""
    told = conjunction([left.told, right.told])
    pairs = [
        (conjunction([where, again]), certainly(_equal(one, other)))
        for where, one in left.cases
        for again, other in right.cases
    ]
    alike = conjunction(disjunction([negation(both), equal]) for both, equal in pairs)
    apart = conjunction(negation(conjunction([both, equal])) for both, equal in pairs)
    found = chosen(
        conjunction([told, alike]), True, chosen(conjunction([told, apart]), False, None)
    )
    return with_nones(found, (left.none, left.told), (right.none, right.told))


def are_among(item: Texts, members: list[Col]) -> Truth:
    """Whether every text that is possible is one of the members that are known; never null."""
    among = [
        disjunction([negation(where), *(certainly(_equal(one, each)) for each in members)])
        for where, one in item.cases
    ]
    return conjunction([item.told, *among])

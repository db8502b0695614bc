"""The explanation tree: what was asked, what came of it, and what that rests on.

It is the same tree for every language and every form of output.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from attrs import field, frozen

from vocpolicy.core import Assumption, Citation, Document, Labels
from vocpolicy.explain import numbers
from vocpolicy.explain.sentences import words
from vocpolicy.explain.terms import Amount, Band, Day, Say, Term
from vocpolicy.outcome import Outcome
from vocpolicy.source import NOWHERE, Span

FORMS = ("line", "alternatives", "together", "inline", "key")
"""How a node stands among others: a statement; reasons of which each is enough; parts that
count only together; several things on one line; a line that its key word opens."""


@frozen
class Side:
    """One side of what was compared: what it is called, and its value."""

    name: Term
    value: Term


@frozen
class Node:
    """One part of an explanation.

    Attributes:
        form: one of `FORMS`.
        says: what is the case.
        outcome: whether what was asked holds; None where nothing was asked.
        values: the values compared, with their units.
        citations, assumptions: of this part, beyond those of the whole.
        judged_by: who judged the facts that it rests on.
        span: where it stands in the rule file.
        key: what opens the line, for the forms `key` and `inline`.
        number: for a part that others may share, its number in the tree.
        same_as: the number of the part that this one repeats; its children are shown there.
        written: what writers have made of it, by language and the like.
    """

    says: Term
    form: str = "line"
    outcome: Outcome | None = None
    values: tuple[Side, ...] = ()
    citations: tuple[Citation, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    judged_by: tuple[Labels, ...] = ()
    span: Span = NOWHERE
    children: tuple[Node, ...] = ()
    key: Term | None = None
    number: int | None = None
    same_as: int | None = None
    written: dict[object, Any] = field(init=False, eq=False, repr=False, factory=dict)

    def walk(self) -> Iterator[Node]:
        """This part and every part below it."""
        yield self
        for child in self.children:
            yield from child.walk()

    def to_dict(self) -> dict[str, object]:
        """JSON-ready; what is empty is left out."""
        whole: dict[str, object] = {
            "form": self.form,
            "key": both(self.key) if self.key is not None else None,
            "says": both(self.says),
            "outcome": self.outcome.value if self.outcome else None,
            "values": [_side(side) for side in self.values],
            "citations": [citation(one) for one in self.citations],
            "assumptions": [assumption(one) for one in self.assumptions],
            "judged_by": [both(who) for who in self.judged_by],
            "position": str(self.span) if self.span is not NOWHERE else None,
            "number": self.number,
            "same_as": self.same_as,
            "children": [child.to_dict() for child in self.children],
        }
        return {name: value for name, value in whole.items() if value not in (None, [])}


@frozen
class Explanation:
    """Why a verdict is what it is.

    Attributes:
        name, kind: what was asked for, and whether it is a rule's conclusion, a target, a
            provision or a definition.
        wording: key of `vocpolicy.outcome.WORDS`.
        documents: the policy's, by name, to cite them.
        value: the value that was measured or decided, if there is one.
        citations: those of the whole.
        parts: what is said below the headline, in order.
        written: its text by language, once it was asked for.
    """

    name: str
    kind: str
    label: Labels
    outcome: Outcome
    wording: str
    as_of: datetime.date
    documents: Mapping[str, Document]
    value: Term | None = None
    citations: tuple[Citation, ...] = ()
    parts: tuple[Node, ...] = ()
    written: dict[str, str] = field(init=False, eq=False, repr=False, factory=dict)

    def walk(self) -> Iterator[Node]:
        """Every part."""
        for part in self.parts:
            yield from part.walk()

    def to_dict(self) -> dict[str, object]:
        """JSON-ready: sentences in both languages, values with their units."""
        return {
            "name": self.name,
            "kind": self.kind,
            "label": both(self.label),
            "outcome": self.outcome.value,
            "wording": both(Say(f"word.{self.wording}")),
            "as_of": self.as_of.isoformat(),
            "value": value(self.value) if self.value is not None else None,
            "citations": [citation(one) for one in self.citations],
            "parts": [part.to_dict() for part in self.parts],
        }


def both(term: Term) -> dict[str, str]:
    """The words in both languages."""
    return {"en": words(term, "en"), "zh": words(term, "zh")}


def value(term: Term) -> dict[str, object]:
    """A value for systems beside its words: exact numbers with their unit, ISO dates."""
    plain: dict[str, object] = {"text": both(term)}
    match term:
        case Amount(number, kind):
            plain["value"] = numbers.exact(numbers.in_unit(number, kind))
            plain["unit"] = kind.unit.name if kind.unit else None
        case Band(low, high, kind):
            ends = [None if one is None else numbers.in_unit(one, kind) for one in (low, high)]
            plain["between"] = [None if one is None else numbers.exact(one) for one in ends]
            plain["unit"] = kind.unit.name if kind.unit else None
        case Day(date):
            plain["value"] = date.isoformat()
        case _:
            pass
    return plain


def _side(side: Side) -> dict[str, object]:
    return {"name": both(side.name), **value(side.value)}


def citation(one: Citation) -> dict[str, str | None]:
    """A citation for systems."""
    return {"document": one.document, "clause": one.clause, "locator": one.locator}


def assumption(one: Assumption) -> dict[str, str]:
    """An assumption for systems: what is assumed, and of what."""
    return {**both(one.text), "about": one.about}

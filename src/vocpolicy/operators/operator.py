"""What is said of one operator."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import field, frozen


@frozen
class Operator:
    """One operator.

    Attributes:
        key: what trees and tables call it.
        terminals: terminals of the grammar that write it, in order.
        precedence: the higher, the tighter it binds (1 to 8).
        signatures: what it takes and gives, for people.
        missing: what it comes to where operands are missing.
        en, zh: phrases of explanations, with `{left}`, `{right}` or `{operand}`.
        doc: what it means, in one or two sentences.
        example: an expression that uses it.
        spelled: for the words of a terminal that has many, the word's key in
            `vocpolicy.keywords.AGGREGATES`; else "".
        phrases: how it is asked, by what of (`vocpolicy.operators.phrases`).
    """

    key: str
    terminals: tuple[str, ...]
    precedence: int
    signatures: tuple[str, ...]
    missing: str
    en: str
    zh: str
    doc: str
    example: str
    spelled: str = ""
    phrases: Mapping[str, tuple[str, str]] = field(factory=dict, eq=False)

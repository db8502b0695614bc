"""Parts of policies in words, in both languages, by the tables of explanations."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from fractions import Fraction

from attrs import frozen

from vocpolicy import core
from vocpolicy.core import Labels
from vocpolicy.core.walk import type_of
from vocpolicy.explain.phrases import Scope, asked, noun, value_term
from vocpolicy.explain.sentences import words
from vocpolicy.explain.terms import Term
from vocpolicy.explain.text import document_name
from vocpolicy.outcome import WORDS

NOTHING = Labels()


@frozen(eq=False)
class Voice:
    """Says the parts of one policy, for one of its entities."""

    policy: core.Policy
    entity: str | None = None

    def condition(self, expr: core.Expr | None) -> Labels:
        """A condition as it is asked; a value as it is called."""
        if expr is None:
            return NOTHING
        return said(asked(expr, Scope(self.policy, self.entity, self.entity)))

    def value(self, expr: core.Expr | None) -> Labels:
        """A figure with its unit, or what a value is called."""
        if expr is None:
            return NOTHING
        return said(noun(expr, Scope(self.policy, self.entity, self.entity)))

    def of(self, part: core.Expr | core.Band | None) -> Labels:
        """A condition, a value, or a line of a scale."""
        if isinstance(part, core.Band):
            return pair_of("from {one}: {other}", "{one}起：{other}", part.start, part.value, self)
        if part is None:
            return NOTHING
        told = self.condition(part) if _is_condition(part) else self.value(part)
        return told if told.get("en") else quoted(part)

    def result(self, result: core.Result | None) -> Labels:
        """What a statement concludes."""
        if result is None:
            return NOTHING
        if result.wording is not None:
            return wording(result.wording)
        return self.value(result.value) if result.value else wording("not_applicable")

    def plain(self, value: core.Value, kind: core.Type) -> Labels:
        return said(value_term(value, kind, self.policy))


def _is_condition(expr: core.Expr) -> bool:
    return isinstance(core.inner(type_of(expr)), core.YesNoType)


def pair_of(en: str, zh: str, one: core.Expr, other: core.Expr, voice: Voice) -> Labels:
    left, right = voice.value(one), voice.value(other)
    return Labels(
        en.format(one=left.get("en"), other=right.get("en")),
        zh.format(one=left.get("zh"), other=right.get("zh")),
    )


def said(term: Term) -> Labels:
    """A term in both languages."""
    return Labels(words(term, "en"), words(term, "zh"))


def wording(key: str) -> Labels:
    word = WORDS[key]
    return Labels(word.en, word.zh)


def quoted(expr: core.Expr) -> Labels:
    """An expression as the rule file has it, on one line."""
    text = " ".join(expr.span.text.split())
    return Labels(text, text)


def text(value: str) -> Labels:
    return Labels(value, value)


def day(value: datetime.date | None) -> Labels:
    return said(value_term(value, core.DateType(), _NO_POLICY)) if value else NOTHING


_NO_POLICY = core.Policy("", Labels(), core.Period())


def number(value: Fraction, kind: core.NumberType) -> Labels:
    return said(value_term(value, kind, _NO_POLICY))


def citation(one: core.Citation, documents: Mapping[str, core.Document]) -> Labels:
    """A clause, with the characters that are cited of it."""
    found = f" “{one.locator}”" if one.locator else ""
    told = (document_name(one.document, documents, lang) for lang in ("en", "zh"))
    return Labels(*(f"{name} {one.clause}{found}" for name in told))


def listed(several: Iterable[Labels]) -> Labels:
    known = list(several)
    return Labels(
        ", ".join(one.get("en") for one in known), "、".join(one.get("zh") for one in known)
    )


def joined(several: Iterable[Labels]) -> Labels:
    """Phrases one after another."""
    known = [one for one in several if one.get("en") or one.get("zh")]
    return Labels(
        "; ".join(one.get("en") for one in known), "；".join(one.get("zh") for one in known)
    )


def filled(row: Labels, **args: Labels) -> Labels:
    return Labels(
        row.en.format(**{name: one.get("en") for name, one in args.items()}),
        row.zh.format(**{name: one.get("zh") for name, one in args.items()}),
    )

"""L007: a label or another text in one language only.

A policy that is written in one language throughout is told so once, at its name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from vocpolicy import syntax
from vocpolicy.diagnostics import Diagnostic, Words
from vocpolicy.lint.reading import Checked, nodes

_MISSING = {"en": Words("English", "英文"), "zh": Words("Chinese", "中文")}


def find(checked: Checked) -> Iterator[Diagnostic]:
    # A document is called by its title in a language that gives it no name.
    named = {
        id(document.labels)
        for policy in checked.declarations()
        if isinstance(policy, syntax.Policy)
        for document in policy.documents
    }
    texts = [
        one
        for declaration in checked.declarations()
        for one in nodes(declaration)
        if isinstance(one, syntax.Text | syntax.Kind) and _lacking(one) is not None
        if id(one) not in named
    ]
    for lang, missing in _MISSING.items():
        lacking = [one for one in texts if lang in (_lacking(one) or "")]
        policy = next((p for p in checked.declarations() if isinstance(p, syntax.Policy)), None)
        if len(lacking) > 1 and len(lacking) == len(texts) and policy is not None:
            yield Diagnostic("L007", policy.name.span, {"missing": missing})
        else:
            yield from (Diagnostic("L007", _place(one), {"missing": missing}) for one in lacking)


def _lacking(text: Any) -> str | None:
    """The language that a text lacks; "" where it has both, None where it says nothing or does
    not say its language."""
    if getattr(text, "bare", None) is not None or not (text.en or text.zh):
        return None
    return "" if text.en and text.zh else "zh" if text.en else "en"


def _place(text: syntax.Text | syntax.Kind) -> Any:
    return text.name.span if isinstance(text, syntax.Kind) else text.span

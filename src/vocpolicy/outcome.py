"""The five outcomes of a verdict, and the words for them.

An outcome says what a system branches on; its wording says it as the kind of provision does:
a target that holds is *met* or *on track*, a rule that holds makes someone *eligible*.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen

from vocpolicy.keywords import WORDINGS
from vocpolicy.outcomes import Outcome

__all__ = ["WORDS", "Outcome", "Wording", "opposite"]


@frozen
class Wording:
    """How an outcome is worded.

    Attributes:
        key: what the tables of words call it.
        outcome: the outcome that it words.
        en: English, as it stands in a sentence and after `is` in a case.
        zh: Chinese.
    """

    key: str
    outcome: Outcome
    en: str
    zh: str


def _words() -> Mapping[str, Wording]:
    table = [
        Wording("undetermined", Outcome.UNDETERMINED, "undetermined", "暂无法判定"),
        Wording("not_applicable", Outcome.NOT_APPLICABLE, "not applicable", "不适用"),
        Wording("conflict", Outcome.CONFLICT, "conflict", "规定冲突"),
        # Rules that give a value.
        Wording("decided", Outcome.HOLDS, "decided", "已得出"),
        # Targets.
        Wording("met", Outcome.HOLDS, "met", "已达标"),
        Wording("not_met", Outcome.FAILS, "not met", "未达标"),
        Wording("on_track", Outcome.HOLDS, "on track", "符合序时进度"),
        Wording("behind", Outcome.FAILS, "behind", "落后于序时进度"),
        Wording("missed", Outcome.FAILS, "missed", "到期未达标"),
        Wording("not_due", Outcome.NOT_APPLICABLE, "not due", "未到期"),
        # Provisions without a figure.
        Wording("shown", Outcome.HOLDS, "shown", "已有佐证"),
        Wording("not_shown", Outcome.FAILS, "not shown", "尚无佐证"),
    ]
    for positive, negative in WORDINGS:
        table.append(Wording(positive.key, Outcome.HOLDS, positive.en[0], positive.zh[0]))
        table.append(Wording(negative.key, Outcome.FAILS, negative.en[0], negative.zh[0]))
    return MappingProxyType({wording.key: wording for wording in table})


WORDS: Mapping[str, Wording] = _words()
"""Every wording by its key; the keys of rules are those of `vocpolicy.keywords.WORDINGS`."""


def opposite(key: str) -> str:
    """The wording key that says the contrary: `eligible` for `not_eligible`."""
    return key.removeprefix("not_") if key.startswith("not_") else f"not_{key}"

"""What came of rows in words, for people who read tables rather than programs that do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import polars as pl
from attrs import frozen

from vocpolicy import core
from vocpolicy.diagnostics import Words
from vocpolicy.difference.phrasing import Voice
from vocpolicy.explain.phrases import outcome_wording
from vocpolicy.outcome import WORDS
from vocpolicy.registers.tables import distinct

if TYPE_CHECKING:
    from vocpolicy.columnar import Condition

WRONG = Words("wrong facts", "事项有误")
"""The outcome of a row whose facts are wrong."""

UNKNOWN = Words("not known", "未知")
"""A condition that missing facts leave open."""

HEADERS: Mapping[str, Words] = {
    "outcome": Words("{label}: outcome", "{label}：结论"),
    "value": Words("{label}: value", "{label}：数值"),
    "unit": Words("{label}: value ({unit})", "{label}：数值（{unit}）"),
    "shortfall": Words("{label}: short by", "{label}：差距"),
    "codes": Words("{label}: codes", "{label}：编码"),
    "text": Words("{label}: why", "{label}：理由"),
    "condition": Words("{label}: {condition}", "{label}：{condition}"),
    "part": Words("{label}, {part}", "{label}，{part}"),
}
"""How columns are headed."""

JOINT = Words("; ", "；")
"""Between the conditions of a text."""

MARKS = {True: "+", False: "-", None: "?"}
"""How a condition came out, as `explain="text"` marks it."""


@frozen(eq=False)
class Told:
    """Says in one language what came of the rows of one policy."""

    policy: core.Policy
    lang: str

    def label(self, name: str) -> str:
        """What people call what is asked."""
        policy = self.policy
        kinds = (policy.conclusions, policy.rules, policy.targets, policy.provisions)
        every = (*kinds, policy.definitions)
        found = [kind[name].labels.get(self.lang) for kind in every if name in kind]
        return next(filter(None, found), name)

    def word(self, name: str, key: str | None) -> str:
        """An outcome, of a target a wording; None: the facts are wrong."""
        if key is None:
            return WRONG.get(self.lang)
        known = name in self.policy.targets and key in WORDS
        word = WORDS[key if known else outcome_wording(name, key, self.policy)]
        return word.zh if self.lang == "zh" else word.en

    def condition(self, condition: Condition) -> str:
        """A condition in words, or as it is written where there are none."""
        conclusion = self.policy.conclusions.get(condition.conclusion)
        voice = Voice(self.policy, conclusion.entity if conclusion else None)
        return voice.condition(condition.expr).get(self.lang) or condition.text

    # ---- columns

    def columns(
        self, frame: pl.DataFrame, name: str, conditions: Sequence[Condition], explain: str
    ) -> list[pl.Series]:
        """The columns of one name, in words and under their labels."""
        label = self.label(name)
        found = [self._outcomes(frame, name, label)]
        for column in frame.columns:
            part, _, component = column.removeprefix(f"{name}.").partition(".")
            if not column.startswith(f"{name}.") or part in ("outcome", "wording"):
                continue
            if part in HEADERS:
                called = self._called(label, component)
                found.append(
                    self._cells(frame[column], name, part).alias(self._header(name, part, called))
                )
        if explain == "conditions":
            found += [self._condition(frame, label, one) for one in conditions]
        if explain == "text" and name in self.policy.conclusions:
            found.append(self._text(frame, name, label, conditions))
        return found

    def _called(self, label: str, component: str) -> str:
        said = HEADERS["part"].get(self.lang)
        return said.format(label=label, part=component) if component else label

    def _header(self, name: str, part: str, label: str) -> str:
        kind = core.inner(_kind(self.policy, name))
        unit = kind.unit if isinstance(kind, core.NumberType) and part == "value" else None
        said = unit.counter or unit.labels.get("zh") if unit and self.lang == "zh" else None
        said = unit.plural or unit.name if unit and self.lang == "en" else said
        if unit is None or unit.name == "%" or not said:
            return HEADERS[part].get(self.lang).format(label=label)
        return HEADERS["unit"].get(self.lang).format(label=label, unit=said)

    def _outcomes(self, frame: pl.DataFrame, name: str, label: str) -> pl.Series:
        outcome = frame[f"{name}.outcome"]
        keys = frame.get_column(f"{name}.wording", default=outcome).cast(pl.String)
        words = {one: self.word(name, one) for one in keys.unique()}
        found = keys.replace_strict(words, return_dtype=pl.String)
        return found.alias(HEADERS["outcome"].get(self.lang).format(label=label))

    def _cells(self, cells: pl.Series, name: str, part: str) -> pl.Series:
        """Values that have words, which are choices, and yes or no; others stay as they are."""
        kind = core.inner(_kind(self.policy, name))
        if part != "value" or not isinstance(kind, core.ChoiceType | core.YesNoType):
            return cells
        values = cells.drop_nulls().unique()
        words = {one: Voice(self.policy).plain(one, kind).get(self.lang) for one in values}
        return cells.replace_strict(words, default=None, return_dtype=pl.String)

    def _condition(self, frame: pl.DataFrame, label: str, one: Condition) -> pl.Series:
        said = HEADERS["condition"].get(self.lang)
        cells = self._yes_no(frame[one.column])
        return cells.alias(said.format(label=label, condition=self.condition(one)))

    def _yes_no(self, cells: pl.Series) -> pl.Series:
        words = {one: Voice(self.policy).plain(one, core.YesNoType()) for one in (True, False)}
        found = {one: word.get(self.lang) for one, word in words.items()}
        return cells.replace_strict({**found, None: UNKNOWN.get(self.lang)}, return_dtype=pl.String)

    def _text(
        self, frame: pl.DataFrame, name: str, label: str, conditions: Sequence[Condition]
    ) -> pl.Series:
        parts = []
        for one in conditions:
            said = self.condition(one)
            marked = {key: f"{mark} {said}" for key, mark in MARKS.items()}
            parts.append(frame[one.column].replace_strict(marked, return_dtype=pl.String))
        names = [str(place) for place in range(len(parts))]
        joint = pl.concat_str(names, separator=JOINT.get(self.lang)) if names else pl.lit("")
        judged = frame.get_column(f"{name}.outcome").is_not_null()
        cells = pl.DataFrame(dict(zip(names, parts, strict=True)), height=frame.height)
        text = cells.select(text=pl.when(judged).then(joint)).get_column("text")
        return text.alias(HEADERS["text"].get(self.lang).format(label=label))


def _kind(policy: core.Policy, name: str) -> core.Type:
    if name in policy.conclusions:
        return policy.conclusions[name].type
    if name in policy.definitions:
        return policy.definitions[name].type
    if name in policy.targets:
        return next(iter(policy.targets[name].bodies.values())).type
    return core.YesNoType()


def in_words(
    told: Told,
    frame: pl.DataFrame,
    asked: Mapping[str, Sequence[Condition]],
    explain: str,
) -> pl.DataFrame:
    """The columns that came of what is asked, by its names as they are decided, in words.

    Args:
        asked: the conditions of each.
        explain: `conditions`, `codes` or `text`, as `Policy.evaluate_frame` has them; "" for none.
    """
    found: list[pl.Series] = []
    for name, conditions in asked.items():
        found += told.columns(frame, name, conditions, explain)
    names = distinct([one.name for one in found])
    return pl.DataFrame([one.alias(name) for one, name in zip(found, names, strict=True)])

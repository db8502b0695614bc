"""What an analysis finds: of each property and each part of a policy, whether it holds."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from attrs import field, frozen

from vocpolicy import core
from vocpolicy.analysis.words import PROPERTIES, STATUS, SUMMARY, TOLD
from vocpolicy.source import NOWHERE, Span

HOLDS, VIOLATED, NOT_SETTLED = "holds", "violated", "not_settled"


@frozen
class Shown:
    """A fact of a witness: its value for programs, and what people call it and write of it."""

    value: Any
    text: core.Labels
    label: core.Labels


@frozen
class Finding:
    """Whether one property holds of one part of a policy.

    Attributes:
        name: of the property.
        status: `holds`, `violated` or `not_settled`.
        rules: what it is about: rules, tables, targets, provisions.
        clauses: what those cite, as `law 三（二）`.
        witness: a case that shows it, by fact; the interpreter was asked.
        message: what was found, and what to do about it.
        seconds: that it took.
        span: the place in the rule file.
        accepted: the reason for which the rule file accepts it; None where it does not.
        reading: the reading that it is about; "" where it is about none, or all.
    """

    name: str
    status: str
    rules: tuple[str, ...]
    clauses: tuple[str, ...] = ()
    witness: Mapping[str, Shown] = MappingProxyType({})
    message: core.Labels = core.Labels()
    seconds: float = 0.0
    span: Span = field(default=NOWHERE, repr=False, eq=False)
    accepted: core.Labels | None = None
    reading: str = ""

    @property
    def counts(self) -> bool:
        """Whether somebody has to look at it."""
        return self.status != HOLDS and self.accepted is None

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        data: dict[str, Any] = {
            "property": self.name,
            "status": self.status,
            "rules": list(self.rules),
            "clauses": list(self.clauses),
            "witness": {name: one.value for name, one in self.witness.items()},
            "message": self.message.get(lang),
            "seconds": round(self.seconds, 6),
        }
        if self.accepted is not None:
            data["accepted"] = self.accepted.get(lang)
        if self.reading:
            data["reading"] = self.reading
        return data

    def describe(self, lang: str = "en") -> str:
        """The finding in lines of text."""
        status = "accepted" if self.accepted is not None else self.status
        place = "" if self.span is NOWHERE else f" ({self.span})"
        title = PROPERTIES[self.name.partition(":")[0]].get(lang)
        lines = [f"{STATUS[status].get(lang)} {title}: {', '.join(self.rules)}{place}"]
        lines.append(f"    {self.message.get(lang)}")
        if self.witness:
            shown = [
                f"{one.label.get(lang)} = {one.text.get(lang)}" for one in self.witness.values()
            ]
            facts = TOLD["facts"].get(lang).join(shown)
            lines.append("    " + TOLD["witness"].get(lang).format(facts=facts))
        if self.clauses:
            clauses = ", ".join(self.clauses)
            lines.append("    " + TOLD["clauses"].get(lang).format(clauses=clauses))
        if self.accepted is not None:
            reason = self.accepted.get(lang)
            lines.append("    " + TOLD["accepted"].get(lang).format(reason=reason))
        return "\n".join(lines)


@frozen
class Report:
    """Every finding of an analysis, in the order of the rule files."""

    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """Whether every property holds, or what does not was accepted."""
        return not any(one.counts for one in self.findings)

    def of(self, status: str) -> tuple[Finding, ...]:
        """The findings of one status, those accepted included."""
        return tuple(one for one in self.findings if one.status == status)

    def to_dict(self, lang: str = "en") -> dict[str, Any]:
        return {"findings": [one.to_dict(lang) for one in self.findings]}

    def describe(self, lang: str = "en") -> str:
        """What does not hold, and how many properties do."""
        lines = [one.describe(lang) for one in self.findings if one.status != HOLDS]
        counts = {status: len(self.of(status)) for status in (HOLDS, VIOLATED, NOT_SETTLED)}
        accepted = sum(one.accepted is not None for one in self.findings)
        return "\n".join([*lines, SUMMARY.get(lang).format(accepted=accepted, **counts)])

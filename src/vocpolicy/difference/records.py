"""How the records of a register move, in words and for systems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from vocpolicy import core
from vocpolicy.core import Labels
from vocpolicy.diagnostics import render_all
from vocpolicy.difference.phrasing import filled, text, wording
from vocpolicy.difference.words import SAID, STATUS
from vocpolicy.explain.phrases import outcome_wording
from vocpolicy.markup import Block, Heading, Item, Items, Paragraph, Run, Section

if TYPE_CHECKING:
    from vocpolicy.columnar.moving import Moved


def register_section(policy: core.Policy, register: tuple[Moved, ...], lang: str) -> Section:
    """What becomes of the records, rule by rule; the commonest way first."""
    blocks: list[Block] = [one for moved in register for one in _told(policy, moved, lang)]
    if not blocks:
        blocks.append(Paragraph((Run(SAID["register_none"].get(lang)),)))
    return Section(Heading((Run(SAID["register"].get(lang)),)), tuple(blocks))


def _told(policy: core.Policy, moved: Moved, lang: str) -> Iterator[Block]:
    if moved.refused:
        why = render_all(moved.refused, lang)
        called = _called(policy, moved.name).get(lang)
        yield Paragraph((Run(SAID["records_refused"].get(lang).format(name=called, why=why)),))
        return
    args = {
        "name": _called(policy, moved.name),
        "changed": text(_counted(moved.changed)),
        "total": text(_counted(moved.total)),
    }
    key = "records" if moved.changed else "records_none"
    yield Paragraph((Run(filled(SAID[key], **args).get(lang)),))
    items = [
        Item((Run(_way(policy, moved.name, row).get(lang)),))
        for row in moved.counts
        if row[0] != row[1] or row[2] != "same"
    ]
    items += [Item((Run(_example(policy, one, lang), "aside"),)) for one in moved.examples]
    if items:
        yield Items(tuple(items))


def _called(policy: core.Policy, name: str) -> Labels:
    """What something is called, and its name where that is another."""
    owners = (policy.conclusions, policy.targets, policy.provisions, policy.definitions)
    labels = next((one[name].labels for one in owners if name in one), Labels())
    if labels.get("en") in ("", name):
        return text(name)
    return Labels(f"{labels.get('en')} ({name})", f"{labels.get('zh')}（{name}）")


def _counted(number: int) -> str:
    return f"{number:,}"


def _way(policy: core.Policy, name: str, row: tuple[str | None, str | None, str, int]) -> Labels:
    """One way in which records move, and how many do."""
    old, new, turn, count = row
    if old == new:
        return filled(SAID["records_value"], turn=TURNS[turn], count=text(_counted(count)))
    told = outcome_text(policy, name, old), outcome_text(policy, name, new)
    args = {"old": told[0], "new": told[1], "count": text(_counted(count))}
    return filled(SAID["records_move"], **args)


TURNS: Mapping[str, Labels] = {
    "higher": STATUS["higher"],
    "lower": STATUS["lower"],
    "other": SAID["another_value"],
}


def outcome_text(policy: core.Policy, name: str, outcome: str | None) -> Labels:
    """An outcome as this provision words it; None where facts were wrong."""
    if not outcome:
        return SAID["wrong_facts"]
    return wording(outcome_wording(name, outcome, policy))


def _example(policy: core.Policy, record: Mapping[str, Any], lang: str) -> str:
    """A record on one line, its columns by the labels of their facts; what both came to is told
    above."""
    fields = {key: one for kind in policy.entities.values() for key, one in kind.fields.items()}
    facts = {**fields, **policy.facts}
    equals = "＝" if lang == "zh" else " = "
    shown = [
        f"{(facts[name].labels.get(lang) if name in facts else '') or name}{equals}{value}"
        for name, value in record.items()
        if value is not None and name not in ANSWERS
    ]
    told = (
        SAID["records_such"].get(lang).format(record=("；" if lang == "zh" else "; ").join(shown))
    )
    values = [record.get(name) for name in ("old value", "new value")]
    if None in values:
        return told
    row = SAID["records_values"].get(lang)
    return row.format(record=told, old=_figure(values[0]), new=_figure(values[1]))


ANSWERS = ("old outcome", "new outcome", "old value", "new value")
"""What an example has beside the record."""


def _figure(value: Any) -> str:
    return f"{value:,.10g}" if isinstance(value, int | float) else str(value)


def register_dict(register: tuple[Moved, ...]) -> list[dict[str, Any]]:
    """For systems, ready for JSON."""
    return [
        {
            "name": one.name,
            "records": one.total,
            "changed": one.changed,
            "refused": [mistake.code for mistake in one.refused],
            "moves": [
                {"old": old, "new": new, "value": turn, "records": count}
                for old, new, turn, count in one.counts
            ],
            "examples": [
                {name: _plain(value) for name, value in record.items()} for record in one.examples
            ],
        }
        for one in register
    ]


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | int | float | bool | None) else str(value)

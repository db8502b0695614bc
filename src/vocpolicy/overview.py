"""What a policy provides, as a document: for notebooks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from vocpolicy.core import Labels, Policy
from vocpolicy.diagnostics import Words
from vocpolicy.markup import Block, Document, Heading, Item, Items, KeyLine, Paragraph, Run, Section

KINDS = {
    "rule": Words("Rules", "规则"),
    "target": Words("Targets", "指标"),
    "provision": Words("Provisions without a figure", "无量化指标的条款"),
}
COUNT = Words("{kind} ({count})", "{kind}（{count} 项）")
PERIOD = Words("In force: {start} to {end}", "施行期：{start} 至 {end}")
OPEN = Words("…", "…")
DOCUMENTS = Words("Documents: ", "文件：")
JOIN = Words("; ", "；")


class Named(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def label(self) -> Labels: ...


def overview(policy: Policy, listing: Iterable[Named], lang: str) -> Document:
    """The title, period and documents of a policy, and all that it provides, by kind."""
    heading = Heading((Run(policy.title.get(lang) or policy.name),))
    return Document((Section(heading, tuple(_blocks(policy, list(listing), lang))),))


def _blocks(policy: Policy, listing: list[Named], lang: str) -> Iterator[Block]:
    if policy.period.start or policy.period.end:
        period = (policy.period.start, policy.period.end)
        ends = [day.isoformat() if day else OPEN.get(lang) for day in period]
        yield Paragraph((Run(PERIOD.get(lang).format(start=ends[0], end=ends[1])),))
    titles = [one.title for one in policy.documents.values()]
    if titles:
        yield KeyLine(DOCUMENTS.get(lang), (Run(JOIN.get(lang).join(titles)),))
    for kind, words in KINDS.items():
        found = [one for one in listing if one.kind == kind]
        if found:
            said = COUNT.get(lang).format(kind=words.get(lang), count=len(found))
            yield Paragraph((Run(said),))
            yield Items(tuple(_item(one, lang) for one in found), folded=True)


def _item(one: Named, lang: str) -> Item:
    label = one.label.get(lang)
    aside = (Run(f"({one.name})", "aside"),)
    return Item((Run(label),), aside) if label else Item((Run(one.name),))

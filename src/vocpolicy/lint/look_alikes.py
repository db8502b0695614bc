"""L008: two names that a reader cannot tell apart, or hardly."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from itertools import chain

from vocpolicy import syntax
from vocpolicy.diagnostics import Diagnostic, Note, Words
from vocpolicy.lint.reading import Checked, nodes

# Characters that look alike, each group under its first.
_GROUPS = (
    "0oоο〇",
    "1liіιӏ|",
    "aаα",
    "cсϲ",
    "eе",
    "jј",
    "kкκ",
    "pрρ",
    "sѕ",
    "uυ",
    "vνѵ",
    "xхχ",
    "yу",
    "bв",
    "hн",
    "mм",
    "tт",
    "己已巳",
    "未末",
    "土士",
    "日曰",
    "人入",
    "戊戌戍",
    "干千于",
    "贝见",
    "免兔",
    "账帐",
    "候侯",
    "拨拔",
    "治冶",
    "待侍",
    "折拆",
    "幕墓慕",
    "辨辩辫",
    "载戴",
)
_LOOKS = str.maketrans({one: group[0] for group in _GROUPS for one in group})
_NOTE = Words("the other name", "另一个名称")


def find(checked: Checked) -> Iterator[Diagnostic]:
    seen: dict[str, syntax.Name] = {}
    for name in _declared(checked):
        first = seen.setdefault(_skeleton(name.text), name)
        if first.text != name.text:
            args = {"name": name.text, "other": first.text}
            yield Diagnostic("L008", name.span, args, (Note(first.span, _NOTE),))


def _declared(checked: Checked) -> Iterator[syntax.Name]:
    """The names that declarations give, in the order of the text."""
    seen: set[str] = set()
    named = (
        getattr(one, "name", None)
        for one in chain.from_iterable(map(nodes, checked.declarations()))
        if not isinstance(one, syntax.TypeName)
    )
    for name in named:
        if isinstance(name, syntax.Name) and name.text not in seen:
            seen.add(name.text)
            yield name


def _skeleton(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().translate(_LOOKS)

"""Names that a reader cannot tell apart, or hardly."""

from __future__ import annotations

import unicodedata

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


def skeleton(text: str) -> str:
    """What is left of a name where all look-alikes are one: equal for names that look alike."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_LOOKS)

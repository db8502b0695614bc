"""Messages on what was asked of a verdict: outcomes to reach, facts that may change."""

from __future__ import annotations

from vocpolicy.diagnostics.catalog.entry import Entry
from vocpolicy.diagnostics.model import Words

ENTRIES = (
    Entry(
        "V424",
        Words("no such outcome", "没有这种结论"),
        Words(
            "{name} can't come out as {found}.{close}",
            "{name} 不会得出 {found} 这一结论。{close}",
        ),
        Words("Ask for one of: {known}.", "可选的结论有：{known}。"),
    ),
    Entry(
        "V425",
        Words("a fact that doesn't matter here", "与本项无关的事项"),
        Words(
            "{found} is no fact that {name} reads in this case.{close}",
            "本案中 {name} 不涉及事项 {found}。{close}",
        ),
        Words("It reads: {known}.", "所涉事项有：{known}。"),
    ),
    Entry(
        "V426",
        Words("no way to change", "不是可变方式"),
        Words("{found} is no way in which {name} can change.", "{found} 不是 {name} 的可变方式。"),
        Words("Write one of: {known}.", "请写：{known}。"),
    ),
    Entry(
        "V427",
        Words("no such effort", "难度不当"),
        Words(
            "the effort of {name} is given as {found}, which is no exact number above 0.",
            "{name} 的难度为 {found}，不是大于 0 的准确数。",
        ),
        Words("Give a whole number, or a fraction.", "请填整数或分数。"),
    ),
    Entry(
        "V428",
        Words("an unknown property", "没有这一性质"),
        Words("there is no property {name}.{close}", "没有名为 {name} 的性质。{close}"),
        Words("Write one of: {known}.", "请写：{known}。"),
    ),
)

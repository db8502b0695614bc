"""Messages on who answers an analysis."""

from __future__ import annotations

from vocpolicy.diagnostics.catalog.entry import Entry
from vocpolicy.diagnostics.model import Words

ENTRIES = (
    Entry(
        "V429",
        Words("an unknown engine", "没有这种分析方式"),
        Words("there is no engine {name}.{close}", "没有名为 {name} 的分析方式。{close}"),
        Words("Write one of: {known}.", "请写：{known}。"),
    ),
    Entry(
        "V700",
        Words("proofs need z3", "证明需安装 z3"),
        Words("Proofs take the package z3-solver.", "证明需要安装 z3-solver。"),
        Words(
            "Install it with: pip install 'vocpolicy[analysis]'. Or search: engine box.",
            "请运行：pip install 'vocpolicy[analysis]'；或改用检索（engine 取 box）。",
        ),
    ),
)

"""Messages about properties that a policy is to have, and their tests: V72."""

from __future__ import annotations

from vocpolicy.diagnostics.catalog.entry import Entry, entry

ENTRIES: tuple[Entry, ...] = (
    entry(
        "V720",
        ("neither more nor less", "没有高低之分"),
        (
            "`{name}` is {found}, of which there is no more or less.",
            "“{name}”是{found}，没有高低之分。",
        ),
        (
            "Say which way is better of a number or a date only; leave it out here.",
            "只有数和日期可以写越高越好或越低越好，请删去。",
        ),
    ),
    entry(
        "V721",
        ("reports of coverage need coverage.py", "生成覆盖率报告需安装 coverage"),
        (
            "Pages and lcov files of coverage take the package coverage.",
            "覆盖率的网页和 lcov 文件需要安装 coverage。",
        ),
        (
            "Install it with: pip install 'vocpolicy[test]'",
            "请运行：pip install 'vocpolicy[test]'",
        ),
    ),
)

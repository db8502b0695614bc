"""The index of the pages of errors and lints, made from the catalogue of messages."""

from __future__ import annotations

import sys
from pathlib import Path

from vocpolicy.diagnostics import CATALOG

PAGE = Path(__file__).parent / "errors" / "index.md"

AREAS = {
    "V1": ("Spelling and syntax", "拼写和语法"),
    "V2": ("Names", "名称"),
    "V3": ("Types, units and bounds", "类型、单位和范围"),
    "V4": ("Facts", "事项"),
    "V5": ("Documents and coverage", "文件正文和覆盖"),
    "V6": ("Files, amendments and options", "文件、修订和选项"),
    "V7": ("Tables", "对照表"),
    "V8": ("Frames and registers", "表格和登记数据"),
    "L0": ("Lints", "提示"),
}

HEAD = """# Errors and lints · 错误和提示

Each message has a code. `vocpolicy explain CODE` shows its page in a terminal. Errors (V) keep a
policy from being used; lints (L), which `vocpolicy lint` finds, say what checks but is likely
wrong. A finding that is meant so is accepted by a comment on its line or the line above:
`# lint: L002 a standing duty`.

每条信息都有代码，可用 `vocpolicy explain 代码` 查看说明。错误（V）须更正后才能使用；提示（L）由
`vocpolicy lint` 给出，指出能通过检查但多半有误之处。确属有意的，可在该行或上一行注明，如
`# lint: L002 长期任务`。

Rules in an example without a head of their own stand below this one; other files have their
names beside them:

示例中的规则如没有开头，均以下列内容为开头；其他文件另注名称：

```vocp
language 1
policy example {
  title en "Example" zh "示例"
  document plan "规划"
}
```
"""


def index() -> str:
    """The page: every code with its title in both languages, by area, and the table of contents."""
    codes = sorted(CATALOG)
    parts = [HEAD]
    for area, titles in sorted(AREAS.items()):
        inside = [code for code in codes if code.startswith(area)]
        parts.append(f"## {titles[0]} · {titles[1]}\n")
        parts.append("| code | meaning | 含义 |\n|---|---|---|")
        parts += [_row(code) for code in inside]
        parts.append("")
    contents = "\n".join(codes)
    parts.append(f"```{{toctree}}\n:hidden:\n\n{contents}\n```\n")
    return "\n".join(parts)


def _row(code: str) -> str:
    title = CATALOG[code].title
    return f"| [{code}]({code}.md) | {title.en} | {title.zh} |"


if __name__ == "__main__":
    PAGE.write_text(index(), encoding="utf-8")
    sys.stdout.write(f"{PAGE}\n")

"""Messages about files, options and missing parts: V6."""

from __future__ import annotations

from vocpolicy.diagnostics.catalog.entry import Entry
from vocpolicy.diagnostics.model import Words

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "V601",
        Words("no such file or folder", "文件或文件夹不存在"),
        Words("There is no file or folder {path}.", "找不到文件或文件夹 {path}。"),
        Words("Check the path; rule files end in .vocp.", "请检查路径；规则文件以 .vocp 结尾。"),
    ),
)

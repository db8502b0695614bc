"""Messages about comparing versions of a policy: V730 to V739."""

from __future__ import annotations

from vocpolicy.diagnostics.catalog.entry import Entry
from vocpolicy.diagnostics.model import Words

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "V730",
        Words("nothing to compare with", "没有比较的另一方"),
        Words(
            "A difference is asked for, and only one version is given.",
            "要求比较差异，但只给出了一个版本。",
        ),
        Words(
            "Give a second policy (`vocpolicy diff OLD NEW`), or two days of the one "
            "(`--from 2022-01-01 --to 2024-01-01`).",
            "请给出另一份政策（vocpolicy diff 旧版 新版），或同一政策的两个日期"
            "（--from 2022-01-01 --to 2024-01-01）。",
        ),
    ),
    Entry(
        "V731",
        Words("two ways to compare at once", "同时指定了两种比较方式"),
        Words(
            "`--from` and `--to` compare one policy on two days; {with_them} is given too.",
            "--from 和 --to 用于比较同一政策的两个日期，但还给出了 {with_them}。",
        ),
        Words(
            "Leave {with_them} out, or compare two policies without `--from` and `--to`.",
            "请去掉 {with_them}，或不用 --from 和 --to 而比较两份政策。",
        ),
    ),
)

"""Messages about documents, citations and coverage: V5."""

from __future__ import annotations

from vocpolicy.diagnostics.catalog.entry import Entry
from vocpolicy.diagnostics.model import Words

ENTRIES: tuple[Entry, ...] = (
    Entry(
        "V501",
        Words("locator not in its clause", "定位文字不在所引条款中"),
        Words(
            "“{locator}” does not stand in clause {clause} of {document}.",
            "文件 {document} 的 {clause} 中没有“{locator}”。",
        ),
        Words(
            "Write the characters as the clause has them, or cite the clause that has them.{near}",
            "请照原文写，或改引该文字所在的条款。{near}",
        ),
    ),
    Entry(
        "V502",
        Words("no such clause", "没有这一条款"),
        Words("{document} has no clause {clause}.", "文件 {document} 中没有条款 {clause}。"),
        Words(
            "Name the clause by its part, section and item, as the document numbers them.{near}",
            "请按文件的编号写明部分、节和项。{near}",
        ),
    ),
    Entry(
        "V503",
        Words("goal figure set aside", "目标数字不得不计入"),
        Words(
            "{figure} in clause {clause} is a figure of a goal, so it can't be set aside.",
            "{clause} 中的“{figure}”是目标数字，不得列为不计入。",
        ),
        Words(
            "Cite it, with the locator, from the target, rule or provision that carries it.",
            "请在相应的指标、规则或条款中用“依据”引用，并写明这几个字。",
        ),
    ),
    Entry(
        "V504",
        Words("document not of this policy", "政策未列此文件"),
        Words("The policy has no document named {name}.", "该政策没有名为 {name} 的文件。"),
        Words(
            "Give the name that the policy declares with `document`.{near}",
            "请使用政策中用“文件”声明的名称。{near}",
        ),
    ),
    Entry(
        "V505",
        Words("no such document file", "文件正文不存在"),
        Words("There is no readable file {path}.", "找不到或无法读取 {path}。"),
        Words("Give the path of the document's text.", "请给出文件正文的路径。"),
    ),
    Entry(
        "V506",
        Words("document is not plain text", "文件正文不是纯文本"),
        Words(
            "{path} is neither UTF-8 nor GB 18030 text.",
            "{path} 既不是 UTF-8 文本，也不是 GB 18030 文本。",
        ),
        Words(
            "Save the document as plain text (UTF-8) first.",
            "请先把文件另存为纯文本（UTF-8）。",
        ),
    ),
    Entry(
        "V507",
        Words("goal clause set aside whole", "目标条款不得整条不计入"),
        Words(
            "Clause {clause} sets goals, so it can't be set aside as a whole.",
            "{clause} 提出了目标或任务，不得整条列为不计入。",
        ),
        Words(
            "Write its goals as targets or provisions that cite it; set aside single figures with "
            "a locator.",
            "请把其中的目标写成指标或条款并引用该条；个别数字可写明文字后列为不计入。",
        ),
    ),
    Entry(
        "V508",
        Words("document is empty", "文件正文为空"),
        Words("The text given for {name} is empty.", "为 {name} 提供的正文是空的。"),
        Words("Give the file that holds the document's text.", "请给出含有文件正文的文件。"),
    ),
)

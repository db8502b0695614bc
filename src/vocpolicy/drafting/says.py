"""What a draft says to the person who goes on with it: comments, reasons, labels it makes up."""

from __future__ import annotations

from vocpolicy.diagnostics import Words

DECIDE = Words("# decide: {what}", "# 待定：{what}")

HEAD = Words(
    "# A draft made from the document.  Each line that begins with `{decide}` waits for a person.",
    "# 由文件生成的草稿。凡以“{decide}”开头的行，均须由人确定。",
)
TITLE = Words("the title, and when the policy is in force", "标题和有效期")
NUMBER = Words("the document's number and date", "文号和成文日期")
KIND = Words(
    "what is counted; give it its own kind where it is not this", "所计的是什么；不相符的请另立种类"
)
COUNTED = Words(
    "what “{figure}” counts; all of them (stock), or only those added (flow since …)",
    "“{figure}”计的是什么；是总数（存量），还是新增数（增量 起算 …）",
)
SHARE = Words(
    "what “{figure}” is a share of; then measure it as part / whole",
    "“{figure}”以什么为分母；确定后请把口径写成“分子 / 分母”",
)
RANGE = Words("whether more than “{figure}” misses the goal", "高于“{figure}”上限是否算未达标")
TOLERANCE = Words("how far from “{figure}” still meets it", "“{figure}”允许多大偏差")
LEVEL = Words("with what, and how far off is still level", "与什么持平，允许多大偏差")
EACH = Words(
    "what “every” means for “{figure}”: once in each period, or for each one",
    "“{figure}”中的“每”指每一时期，还是每一对象",
)
NO_WORD = Words(
    "whether “{figure}” is a least number or an exact one", "“{figure}”是下限，还是恰好这么多"
)
DEADLINE = Words("by when", "完成期限")
PARAMETER = Words(
    "which rule uses “{figure}”, and write that rule", "“{figure}”用于哪条规则，并写出该规则"
)
RECORDED = Words(
    "of when “{figure}” is, and whether a target starts from it",
    "“{figure}”是何时的数，是否为某项指标的基数",
)
WORD = Words("how “{figure}” can be checked", "“{figure}”如何核对")
PROVISION = Words(
    "how strongly the clause binds, and what would show that it is done",
    "该条的约束力，以及以什么佐证已经落实",
)
NO_FIGURE = Words(
    "set it aside with a reason, as below, or write its provision",
    "按下行写明理由后不计入，或写成条款",
)
NUMERAL = Words("whether “{figure}” is a number", "“{figure}”是否表示数目")
NAMELESS = Words(
    "another clause has the same number, so that this one can't be cited",
    "另有同号条款，本条无法引用",
)
CASES = Words(
    "what must come out for facts that you know; replace this case",
    "按已知的事实应得出什么，并替换本用例",
)

CASE = Words("nothing known yet", "尚无已知事实")
FRONT = Words("the title page and the notice", "标题和印发通知")
CLOSE = Words("the closing lines", "文末事项")
PREAMBLE = Words("introduces the document", "引言")
BACKGROUND = Words("background; sets no goal", "背景情况，不设目标")
FIGURE_LABEL = Words("Clause {clause}, figure {number}", "{clause} 第{number}个数")
CLAUSE_LABEL = Words("Clause {clause}", "{clause}")
DONE = Words("done: {label}", "已落实：{label}")
VALUE = Words("number of: {label}", "数值：{label}")
BEFORE = Words("before: {label}", "此前：{label}")

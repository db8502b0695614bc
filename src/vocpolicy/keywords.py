"""The keyword table: every reserved word, in English and in Chinese.

The lexer, the formatter, the editor grammars and the language reference read this table; no
other module spells a keyword.  A row names the terminal of ``grammar/vocpolicy.lark`` and its
spellings.  The first spelling in each language is the one the formatter writes, but that it
leaves the writer's choice among Chinese ones; a phrase of several English words may have any
white space (but no line end) between them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from attrs import frozen


@frozen
class Keyword:
    """One terminal and the ways to write it.

    Attributes:
        terminal: name of the terminal in the grammar.
        en: English spellings, the canonical one first.
        zh: Chinese spellings, the canonical one first.
        symbols: spellings that belong to neither language, such as ``>=``.
        declares: whether a line that begins with it begins a declaration.
        infix: whether it stands between two operands, so that a line end before or after it
            ends nothing.
    """

    terminal: str
    en: tuple[str, ...]
    zh: tuple[str, ...]
    symbols: tuple[str, ...] = ()
    declares: bool = False
    infix: bool = False


def _declaration(terminal: str, en: str, zh: str) -> Keyword:
    return Keyword(terminal, (en,), (zh,), declares=True)


def _word(terminal: str, en: str, zh: str) -> Keyword:
    return Keyword(terminal, tuple(en.split("|")), tuple(zh.split("|")))


def _infix(terminal: str, en: str, zh: str, *symbols: str) -> Keyword:
    return Keyword(terminal, tuple(en.split("|")), tuple(zh.split("|")), symbols, infix=True)


KEYWORDS: tuple[Keyword, ...] = (
    # What a file declares.
    _declaration("LANGUAGE", "language", "语言"),
    _declaration("POLICY", "policy", "政策"),
    _declaration("USE", "use", "引用"),
    _declaration("KIND", "kind", "种类"),
    _declaration("CHOICE", "choice", "选项"),
    _declaration("ENTITY", "entity", "对象"),
    _declaration("FACT", "fact", "事项"),
    _declaration("DEFINE", "define", "定义"),
    _declaration("PARAMETER", "parameter", "参数"),
    _declaration("RECORDED", "recorded", "记载"),
    _declaration("RULE", "rule", "规则"),
    _declaration("TARGET", "target", "指标"),
    _declaration("PROVISION", "provision", "条款"),
    _declaration("SET_ASIDE", "set aside", "不计入"),
    _declaration("TABLE", "table", "对照表"),
    _declaration("CASE", "case", "用例"),
    _declaration("AMEND", "amend", "修改"),
    _declaration("REPEAL", "repeal", "废止"),
    # What a policy says of itself.
    _word("TITLE", "title", "标题"),
    _word("DOCUMENT", "document", "文件"),
    _word("DATED", "dated", "成文"),
    _word("PRINTED", "printed", "印发"),
    _word("IN_FORCE", "in force", "有效期"),
    _word("MONTH_END", "month end", "月末"),
    _word("AMENDS", "amends", "修订"),
    _word("READING", "reading", "理解"),
    _word("IN_USE", "in use", "采用"),
    # Labels, sources, notes.
    _word("EN", "en", "英文"),
    _word("ZH", "zh", "中文"),
    _word("PLURAL", "plural", "复数"),
    _word("COUNTER", "counter", "量词"),
    _word("LABEL", "label", "名称"),
    _word("NOTE", "note", "说明"),
    _word("QUESTION", "question", "提问"),
    _word("CITE", "cite", "依据"),
    _word("ASSUMED", "assumed", "暂定"),
    _word("_BECAUSE", "because", "理由"),
    # Types and bounds.
    _word("YES_OR_NO", "yes or no", "是否"),
    _word("COUNT_OF", "count of", "数量"),
    _word("LIST_OF", "list of", "清单"),
    _word("_PER", "per", "每"),
    _word("STEPS_OF", "in steps of", "步长"),
    _word("JUDGED_BY", "judged by", "认定人"),
    _word("FIXED", "fixed", "不可变"),
    _word("CAN_RISE", "can rise", "可升"),
    _word("CAN_FALL", "can fall", "可降"),
    _word("CAN_CHANGE", "can change", "可变"),
    _word("EFFORT", "effort", "难度"),
    _word("BETTER_HIGHER", "better when higher", "越高越好|越多越好|越大越好|越长越好|越晚越好"),
    _word("BETTER_LOWER", "better when lower", "越低越好|越少越好|越小越好|越短越好|越早越好"),
    # Rules.
    _word("FOR", "for", "适用于"),
    _word("DECIDES", "decides", "决定"),
    _word("OVERRIDES", "overrides", "优先于"),
    _word("REPLACES", "replaces", "取代"),
    _word("ACCEPTS", "accepts", "接受"),
    _word("APPLIES", "applies", "适用"),
    _word("_WHEN", "when", "当"),
    _infix("EXCEPT_WHEN", "except when", "除非"),
    _word("OTHERWISE", "otherwise", "否则"),
    _word("GIVES", "gives", "得出"),
    _word("NOT_APPLICABLE", "not applicable", "不适用"),
    # Targets.
    _word("STOCK", "stock", "存量"),
    _word("FLOW", "flow", "增量"),
    _word("_SINCE", "since", "起算"),
    _word("MEASURE", "measure", "口径"),
    _word("EACH", "each", "分别"),
    _word("BASELINE", "baseline", "基数"),
    _word("GOAL", "goal", "目标值"),
    _word("MILESTONE", "milestone", "年度节点"),
    _word("_AT", "at", "于"),
    _word("_BY", "by", "截至"),
    _word("EXACTLY", "exactly|is exactly", "恰为"),
    _word("NEARLY", "nearly", "近于|将近"),
    _word("ABOUT", "about", "约|左右"),
    _word("TOLERANCE", "tolerance", "允许偏差"),
    _word("LEVEL_WITH", "level with", "持平于"),
    _word("ALL", "all", "全部"),
    _word("SOME", "some", "若干"),
    _word("EACH_OF", "each of", "逐项"),
    # Provisions without a figure.
    _word("MODALITY", "", ""),  # spelled by MODALITIES
    _word("HEDGED", "hedged", "缓和"),
    _word("EVIDENCE", "evidence", "佐证"),
    # Cases.
    _word("TODAY", "today", "评估日"),
    _word("GIVEN", "given", "已知"),
    _word("EXPECT", "expect", "应为"),
    _word("UNDER", "under", "按"),
    _word("MISSING", "missing", "缺"),
    # Expressions, loosest first.
    _infix("OR", "or", "或"),
    _infix("AND", "and", "且"),
    _word("NOT", "not", "非|未"),
    _infix("IS_NOT", "is not", "不是|不为"),
    _infix("IS", "is", "是|为"),
    _infix("NOT_IN", "not in|is not in", "不属于"),
    _infix("IN", "in|is in", "属于"),
    _infix(
        "AT_LEAST",
        "at least|is at least|on or after|is on or after",
        "不低于|不少于|不早于",
        ">=",
        "≥",
    ),
    _infix(
        "AT_MOST",
        "at most|is at most|on or before|is on or before",
        "不超过|不高于|不多于|不晚于",
        "<=",
        "≤",
    ),
    _infix("MORE_THAN", "more than|is more than|is after", "高于|多于|超过|大于|晚于", ">"),
    _infix("LESS_THAN", "less than|is less than|is before", "低于|少于|不足|小于|早于", "<"),
    _infix("BETWEEN", "between|is between", "介于"),
    _infix("_TO", "to", "至"),
    _infix("IF_ZERO", "if zero", "为零时"),
    _infix("IF_EMPTY", "if empty", "为空时"),
    # 是 is both `is` and `yes`: the lexer makes IS of it, and the grammar takes IS for an operand.
    _word("YES", "yes", "是"),
    _word("NO", "no", "否"),
    _word("NONE", "none", "无"),
    _word("ALL_OF", "all of", "同时满足"),
    _word("ANY_OF", "any of", "满足任一"),
    _word("NONE_OF", "none of", "均不满足"),
    _word("YEARS_BETWEEN", "whole years between", "整年数"),
    _word("MONTHS_BETWEEN", "whole months between", "整月数"),
    _word("DAYS_BETWEEN", "days between", "天数"),
    _word("AGGREGATE", "", ""),  # spelled by AGGREGATES
    _word("ROUND", "", ""),  # spelled by ROUNDINGS
    _word("SMALLER_OF", "smaller of", "较小值"),
    _word("LARGER_OF", "larger of", "较大值"),
    _word("BAND_OF", "band of", "分档"),
    _word("MARGINAL_OF", "marginal scale of", "累进"),
    _word("WITHIN_LAST", "in the last|within the last", "近"),
    _word("_WHERE", "where", "其中"),
    _word("_SATISFIES", "satisfies|satisfy", "均有|均满足"),
    _word("MONTH_OF", "month of", "每月"),
    _word("_FROM", "from", "自"),
    _word("WORDING", "", ""),  # spelled by WORDINGS
)


@frozen
class Spelled:
    """One word of a terminal that has many: its key, and its spellings in both languages."""

    key: str
    en: tuple[str, ...]
    zh: tuple[str, ...]


# How a conclusion is worded, positive and negative: `eligible when …`, `not eligible when …`.
WORDINGS: tuple[tuple[Spelled, Spelled], ...] = tuple(
    (Spelled(key, (en,), (zh,)), Spelled(f"not_{key}", (f"not {en}",), (not_zh,)))
    for key, en, zh, not_zh in (
        ("eligible", "eligible", "符合条件", "不符合条件"),
        ("fulfilled", "fulfilled", "达到要求", "未达到要求"),
        ("satisfied", "satisfied", "满足要求", "不满足要求"),
        ("allowed", "allowed", "准许", "不准许"),
        ("required", "required", "应当", "不要求"),
        ("holds", "holds", "成立", "不成立"),
    )
)

# The verb that governs a provision without a figure, strongest first.  `rank` is the place in
# the scale: support and encourage share one rank (with resources, without them).
MODALITIES: tuple[tuple[Spelled, int], ...] = (
    (Spelled("shall", ("shall",), ("落实",)), 1),
    (Spelled("establish", ("establish",), ("建立",)), 2),
    (Spelled("improve", ("improve",), ("健全",)), 3),
    (Spelled("promote", ("promote",), ("推动",)), 4),
    (Spelled("support", ("support",), ("支持",)), 5),
    (Spelled("encourage", ("encourage",), ("鼓励",)), 5),
    (Spelled("explore", ("explore",), ("探索",)), 6),
)

# What is made of the records of a list.
AGGREGATES: tuple[Spelled, ...] = (
    Spelled("total", ("total of",), ("合计",)),
    Spelled("total_length", ("total length of",), ("累计时长",)),
    Spelled("share", ("share of",), ("占比",)),
    Spelled("least", ("least of",), ("最小",)),
    Spelled("most", ("most of",), ("最大",)),
    Spelled("distinct", ("distinct",), ("不同",)),
    Spelled("every", ("every one of",), ("每一",)),
    Spelled("some", ("any one of",), ("任一",)),
    Spelled("none", ("no one of",), ("无一",)),
)

# What stands after `month end`; reserved nowhere else.
MONTH_ENDS: tuple[Spelled, ...] = (
    Spelled("down", ("round down",), ("取月末",)),
    Spelled("up", ("round up",), ("取次日", "顺延")),
    Spelled("refuse", ("refuse",), ("不允许",)),
)

# How a number is rounded.
ROUNDINGS: tuple[Spelled, ...] = (
    Spelled("up", ("round up",), ("向上取整",)),
    Spelled("down", ("round down",), ("向下取整",)),
    Spelled("half_up", ("round half up",), ("四舍五入",)),
    Spelled("half_even", ("round half even",), ("四舍六入五成双",)),
)

# Which of a table's matching rows count, and what is made of those that are collected.  These
# words, and those of cells and columns below, are reserved nowhere else.
HIT_POLICIES: tuple[Spelled, ...] = (
    Spelled("unique", ("unique",), ("唯一",)),
    Spelled("first", ("first",), ("首个",)),
    Spelled("any", ("any",), ("任一",)),
    Spelled("priority", ("priority",), ("优先",)),
    Spelled("collect", ("collect",), ("汇集",)),
)
COLLECTED: tuple[Spelled, ...] = (
    Spelled("list", ("list",), ("清单",)),
    Spelled("sum", ("sum",), ("合计",)),
    Spelled("count", ("count",), ("计数",)),
    Spelled("least", ("least",), ("最小",)),
    Spelled("most", ("most",), ("最大",)),
)

# A cell of a table that any value suits, beside `-`.
ANY_CELL = Spelled("any", ("any",), ("任意",))

# Chinese runs that are written together but mean two words.
COMPOSITES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {word.zh[0] + "当": (word.zh[0], "当") for pair in WORDINGS for word in pair}
    | {"适用当": ("适用", "当")}
)

# Spellings of comparisons that are said of dates, which the formatter keeps: in English without a
# left side and with one (`before` and `after` alone are names), and in Chinese.
OF_DATES: Mapping[str, tuple[str, str, str]] = MappingProxyType(
    {
        "AT_LEAST": ("on or after", "is on or after", "不早于"),
        "AT_MOST": ("on or before", "is on or before", "不晚于"),
        "MORE_THAN": ("is after", "is after", "晚于"),
        "LESS_THAN": ("is before", "is before", "早于"),
    }
)

# Words after `is` in a case, and the built-in type names, are ordinary names: they are reserved
# nowhere, and spelled in `vocpolicy.outcome` and `vocpolicy.quantities`.

# Full-width punctuation and digits that read as their half-width twins, character by character.
FULL_WIDTH: Mapping[int, int] = MappingProxyType(
    str.maketrans(
        "０１２３４５６７８９（），：；＝＋－×÷／％＞＜｛｝［］【】｜．、＃　",
        "0123456789(),:;=+-*//%><{}[][]|.,# ",
    )
)

# How columns say why: by a Boolean for each condition, these as one number, or as one text.
EXPLAINS: tuple[str, ...] = ("conditions", "codes", "text")

# Which engine an analysis asks: the search over thresholds, proofs, or both in turn.
ENGINES: tuple[str, ...] = ("auto", "box", "z3")

# What an analysis asks of rules, in the order in which it asks; `accepts` takes these names.
PROPERTIES: tuple[Spelled, ...] = tuple(
    Spelled(key, (key,), (zh,))
    for key, zh in (
        ("no_dead_rule", "规定均可适用"),
        ("no_constant_rule", "条件并非恒真"),
        ("no_vacuous_condition", "条件均起作用"),
        ("exception_reachable", "例外均可出现"),
        ("exception_leaves_rule", "例外不架空规定"),
        ("no_conflict", "规定不冲突"),
        ("no_gap", "表格无遗漏"),
        ("no_overlap", "表格各行不冲突"),
        ("no_masked_row", "表格各行均起作用"),
        ("no_redundant_rule", "规定不重复"),
        ("boundary_observable", "界限均可取到"),
        ("readings_agree", "各种理解一致"),
        ("target_reachable", "目标可以达到"),
        ("targets_compatible", "目标可以同时达到"),
        ("goal_beyond_baseline", "目标高于基数"),
        ("goals_not_repeated", "目标不重复"),
        ("never_errors", "事实齐全即有结论"),
        ("monotone", "更优不致更差"),
    )
)

# The same by every spelling.
PROPERTY_OF: Mapping[str, str] = MappingProxyType(
    {said: one.key for one in PROPERTIES for said in (*one.en, *one.zh)}
)

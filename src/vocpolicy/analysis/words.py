"""What an analysis says, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vocpolicy.core import Labels


def _table(rows: Mapping[str, tuple[str, str]]) -> Mapping[str, Labels]:
    return MappingProxyType({key: Labels(en, zh) for key, (en, zh) in rows.items()})


def filled(row: Labels, args: Mapping[str, Labels]) -> Labels:
    """A sentence with its words put in, in both languages."""
    return Labels(
        row.en.format(**{name: one.get("en") for name, one in args.items()}),
        row.zh.format(**{name: one.get("zh") for name, one in args.items()}),
    )


PROPERTIES = _table(
    {
        "no_dead_rule": ("every statement can speak", "每条规定都可能适用"),
        "no_constant_rule": ("no condition is always true", "没有恒真的条件"),
        "no_vacuous_condition": ("every condition matters", "每项条件都起作用"),
        "exception_reachable": ("every exception can occur", "每项例外都可能出现"),
        "exception_leaves_rule": ("no exception takes up its rule", "例外不架空规定"),
        "no_conflict": ("no two rules contradict each other", "没有两条规定相互冲突"),
        "no_gap": ("the table decides every case", "表格没有遗漏"),
        "no_overlap": ("rows of the table don't clash", "表格各行不冲突"),
        "no_masked_row": ("every row of the table counts", "表格每行都起作用"),
        "no_redundant_rule": ("no statement repeats another", "没有重复的规定"),
        "boundary_observable": ("every boundary can be met", "每个界限都能取到"),
        "readings_agree": ("the readings come to the same", "各种理解结论一致"),
        "target_reachable": ("the goal can be reached", "目标可以达到"),
        "targets_compatible": ("goals can be reached together", "各目标可以同时达到"),
        "goal_beyond_baseline": ("the goal asks more than the baseline", "目标高于基数"),
        "goals_not_repeated": ("no goal is set twice", "没有重复的目标"),
        "never_errors": ("every complete case is decided", "事实齐全即有结论"),
        "monotone": ("more never makes it worse", "数值变好不使结论变差"),
        # of a version against another, of facts that are to be enough
        "refines": ("nothing holds that did not hold before", "原不成立的不会成立"),
        "equivalent": ("all comes out as before", "结论与原来一致"),
        "decidable_from": ("these facts are enough", "所列事实足以得出结论"),
        # laws of the library, tried case by case
        "information_monotone": ("more facts revoke nothing", "新的事实不推翻已有结论"),
        "explanation_certified": ("reasons are enough by themselves", "所列理由足以得出结论"),
        "counterfactual_flips": ("what would change it changes it", "所列改变确使结论改变"),
        "order_invariant": ("the order of declarations is no matter", "声明次序不影响结论"),
        "unit_invariant": ("units are no matter", "单位写法不影响结论"),
        "round_trips": ("what is written reads the same", "写出再读入结果一致"),
        "engines_agree": ("every engine comes to the same", "各引擎结论一致"),
    }
)
"""What every property says: those of `vocpolicy.keywords.PROPERTIES`, and of
`vocpolicy.properties`."""

STATUS = _table(
    {
        "holds": ("✓", "✓"),
        "violated": ("✗", "✗"),
        "not_settled": ("? not settled:", "？未能判定："),
        "accepted": ("✓ accepted:", "✓ 已接受："),
    }
)

TOLD = _table(
    {
        "witness": ("for example: {facts}", "例如：{facts}"),
        "facts": ("; ", "；"),
        "clauses": ("clauses: {clauses}", "条款：{clauses}"),
        "accepted": ("accepted because {reason}", "接受的理由：{reason}"),
    }
)

RECORDS = _table(
    {
        "record": ("({fields})", "（{fields}）"),
        "joint": (", ", "，"),
        "more": ("and {count} more", "另有{count}项"),
    }
)
"""How the records of a list stand in a case."""

SUMMARY = Labels(
    "{holds} hold, {violated} violated, {not_settled} not settled, {accepted} of them accepted",
    "成立 {holds} 项，不成立 {violated} 项，未能判定 {not_settled} 项，其中已接受 {accepted} 项",
)

HOLDS = Labels("Holds.", "成立。")

OPEN = _table(
    {
        "budget": (
            "Neither shown nor refuted: too many combinations, or conditions that tie facts"
            " together.",
            "既未证明也未推翻：组合过多，或条件把多个事实联系在一起。",
        ),
        "stuck": (
            "Neither shown nor refuted: something has no value on {day}, or is itself in conflict.",
            "既未证明也未推翻：有的数值在{day}没有规定，或其本身就有冲突。",
        ),
        "lists": (
            "It may be violated: what a list would have to hold is known, but no such list was"
            " found.",
            "可能不成立：已知清单须满足什么，但没有找到这样的清单。",
        ),
        "exists": (
            "It may hold: what a list would have to hold is known, but no such list was found.",
            "可能成立：已知清单须满足什么，但没有找到这样的清单。",
        ),
        "unconfirmed": (
            "A case was found, but the evaluation of it does not settle the matter.",
            "找到了一种情形，但按其求值未能得出定论。",
        ),
        "unsupported": (
            "z3 has no terms for it: it turns on a list itself, on a date moved by a length that"
            " varies, or on a month end that is refused. Ask the box search (`--engine box`).",
            "z3 无法表示：涉及清单本身、按可变时长推移的日期，或不允许的月末。"
            "请改用检索（`--engine box`）。",
        ),
        "unproved": (
            "z3 neither found a case nor proved that there is none. Ask the box search (`--engine"
            " box`).",
            "z3 既未找到情形，也未证明没有。请改用检索（`--engine box`）。",
        ),
        "not_compiled": (
            "It cannot be searched: what it is held against depends on facts itself.",
            "无法检索：用来比较的数值本身取决于事实。",
        ),
    }
)

MESSAGES = _table(
    {
        "dead": (
            "{what} can never speak: no case meets its conditions. Mend a condition, or strike it.",
            "{what}永远不会适用：没有情形符合其条件。请修改条件，或删去该规定。",
        ),
        "constant": (
            "The condition of {what} is true in every case. Strike the condition, or say what"
            " it is"
            " meant to exclude.",
            "{what}的条件在任何情形下都成立。请删去该条件，或写明要排除什么。",
        ),
        "vacuous": (
            "In {what}, {part} changes nothing: the rest already decides it. Strike it, or"
            " mend it.",
            "{what}中的{part}不起作用：其余条件已经决定了结果。请删去或修改。",
        ),
        "unreachable": (
            "The exception {part} of {what} never occurs where the rest holds. Strike it, or"
            " mend it.",
            "{what}的例外{part}在其余条件成立时不会出现。请删去或修改。",
        ),
        "swallowing": (
            "The exception {part} takes up all that {what} says: it never speaks. Narrow the"
            " exception.",
            "{what}的例外{part}涵盖了全部情形，该规定不再适用。请缩小例外的范围。",
        ),
        "conflict": (
            "{what} and {other} speak in one case and come to different conclusions, and neither"
            " overrides the other. Let one override the other, or narrow one.",
            "{what}与{other}在同一情形下得出不同结论，且互不优先。请规定何者优先，或缩小其一的范围。",
        ),
        "gap": (
            "No row of {what} matches this case, and nothing is said otherwise. Add a row, or"
            " `otherwise`.",
            "{what}没有一行符合这一情形，也没有“否则”。请增加一行，或写明“否则”。",
        ),
        "overlap": (
            "Rows {row} and {other} of {what} match the same case{outputs}. Narrow one of"
            " them, or"
            " choose another hit policy.",
            "{what}的第{row}行与第{other}行符合同一情形{outputs}。请缩小其中一行，或改用其他命中方式。",
        ),
        "masked": (
            "Row {row} of {what} never counts: rows before it match all its cases. Move it up, or"
            " strike it.",
            "{what}的第{row}行不起作用：前面各行已涵盖其全部情形。请上移或删去。",
        ),
        "dead_row": (
            "Row {row} of {what} matches no case. Mend a cell, or strike the row.",
            "{what}的第{row}行不符合任何情形。请修改单元格，或删去该行。",
        ),
        "redundant": (
            "{what} adds nothing to {other}: wherever it speaks, that speaks too, and says the"
            " same."
            " Strike it, or mend its conditions.",
            "{what}没有增加内容：凡其适用，{other}也适用且结论相同。请删去，或修改条件。",
        ),
        "boundary": (
            "In {what}, no case tells {part} from a condition that {change} the boundary itself."
            " Check the figure and its unit.",
            "{what}中的{part}与{change}界限本身的条件在任何情形下都没有差别。请核对数值与单位。",
        ),
        "readings": (
            "Read as “{reading}” {what} comes out as {first}, read as “{second_reading}” as"
            " {second}."
            " Ask who may settle the reading, or say why it can stay open.",
            "{what}按“{reading}”理解为{first}，按“{second_reading}”理解为{second}。"
            "请向有权解释者确认，或说明为何可以保留分歧。",
        ),
        "out_of_reach": (
            "No case reaches the goal of {what} within the bounds of its facts. Check goal and"
            " bounds.",
            "在各事实的范围内，没有情形能达到{what}的目标。请核对目标与范围。",
        ),
        "incompatible": (
            "No case reaches the goals of {what} and {other} together. Mend one of the two goals.",
            "没有情形能同时达到{what}与{other}的目标。请修改其中一个。",
        ),
        "incompatible_several": (
            "No case reaches the goals of {all} together, though any fewer of them can be reached."
            " Mend one of them.",
            "没有情形能同时达到{all}的目标，而去掉其中任何一个即可达到。请修改其中一个。",
        ),
        "met_already": (
            "The baseline of {what} already satisfies its goal{by}. Check both figures, and"
            " what they count.",
            "{what}的基数已经达到目标{by}。请核对两个数值及其口径。",
        ),
        "repeated": (
            "{what} and {other} set the same goal for the same measure{by}. Keep one, or say"
            " how they differ.",
            "{what}与{other}对同一指标提出相同的目标{by}。请保留其一，或说明差别。",
        ),
        "said_twice": (
            "The figure of {what} stands in {clause} and again in {others}. Say that they are one"
            " goal, and which clause decides where they differ.",
            "{what}的目标数在{clause}和{others}中都有规定。请写明是否为同一目标、不一致时以何者为准。",
        ),
        "stock_and_flow": (
            "{what} counts what exists, {other} what was added, of one measure and towards one"
            " goal."
            " Say which is meant.",
            "对同一指标和目标，{what}按总量计，{other}按新增量计。请写明以何者为准。",
        ),
        "divided": (
            "{what} divides by {part}, which is zero in this case. Say that it is above zero"
            " where the fact is declared, or what stands `if zero`.",
            "{what}以{part}为除数，而在此情形下其为零。请在声明事项时写明其大于零，或用“为零时”写明取值。",
        ),
        "undecided": (
            "{what} is left open in this case though nothing is missing: {cause}",
            "{what}在此情形下事实齐全而仍无法判定：{cause}",
        ),
        "monotone": (
            "{what} is {first} in this case, and {second} where {fact} is {value} instead, though"
            " {direction} is to be better. Mend the condition that turns it.",
            "{what}在此情形下为{first}，而{fact}改为{value}时为{second}，尽管{direction}应更有利。请修改有关条件。",
        ),
    }
)

CAUSES = _table(
    {
        "no_value": (
            "{part} has no value on {day}. Give it one for that day, or say that what reads it is"
            " in force on other days.",
            "{part}在{day}没有数值。请补上当日的数值，或将有关规定的施行期改为其他日期。",
        ),
        "month_end": (
            "{part} leads to a day that its month lacks, and `month end refuse` takes none in its"
            " place. Round it up or down.",
            "{part}落在当月没有的日子，而“月末 不允许”不取其他日子。请改为“取月末”或“取次日”。",
        ),
        "range": (
            "{part} is known as a range only. Compare with one of its ends.",
            "{part}仅有范围，没有确切数值。请改与其一端比较。",
        ),
    }
)
"""Why no fact settles a case, and what to do about it."""

PIECES = _table(
    {
        "statement": ("{name}, statement {number}", "{name}第{number}条"),
        "differing": (" and say different things", "，且结论不同"),
        "with": ("takes in", "包含"),
        "without": ("leaves out", "不包含"),
        "higher": ("more", "数值较大"),
        "lower": ("less", "数值较小"),
        "comma": (", ", "、"),
        "quote": ("“{text}”", "“{text}”"),
        "reading_of": (" (reading {reading})", "（理解：{reading}）"),
    }
)

"""What is said of differences, in English and Chinese."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vocpolicy.core import Labels
from vocpolicy.keywords import MODALITIES


def _table(rows: Mapping[str, tuple[str, str]]) -> Mapping[str, Labels]:
    return MappingProxyType({key: Labels(*row) for key, row in rows.items()})


KINDS = _table(
    {
        "policy": ("policy", "政策"),
        "document": ("document", "文件"),
        "kind": ("kind of things", "计数类别"),
        "choice": ("choice", "选项"),
        "entity": ("entity", "对象"),
        "fact": ("fact", "事项"),
        "field": ("fact", "事项"),
        "define": ("definition", "定义"),
        "parameter": ("parameter", "参数"),
        "recorded": ("recorded figure", "记载"),
        "rule": ("rule", "规则"),
        "table": ("table", "表"),
        "target": ("target", "指标"),
        "provision": ("provision", "条款"),
    }
)

PARTS = _table(
    {
        "": ("as a whole", "整体"),
        "applies": ("when it applies", "适用条件"),
        "assumption": ("assumption", "暂定"),
        "baseline": ("baseline", "基数"),
        "baseline_day": ("day of the baseline", "基数日期"),
        "because": ("reason", "理由"),
        "better": ("which way is better", "有利方向"),
        "bounds": ("bound", "取值范围"),
        "change": ("how it may change", "可变方式"),
        "citation": ("citation", "依据"),
        "condition": ("condition", "条件"),
        "counter": ("measure word", "量词"),
        "dated": ("date", "成文日期"),
        "deadline": ("deadline", "期限"),
        "decides": ("what it decides", "决定的事项"),
        "effort": ("effort of changing it", "改变的代价"),
        "end": ("last day of a stay", "结束日期"),
        "evidence": ("evidence", "佐证"),
        "exception": ("exception", "例外情形"),
        "figure": ("figure", "数值"),
        "flow": ("what is counted", "计量方式"),
        "form": ("how it is declared", "声明方式"),
        "goal": ("goal", "目标"),
        "hedge": ("hedge", "限定语"),
        "hit_policy": ("hit policy", "命中方式"),
        "in_use": ("reading in use", "采用的理解"),
        "judge": ("who judges it", "认定主体"),
        "label": ("label", "名称"),
        "measure": ("measure", "口径"),
        "member": ("value", "选项值"),
        "milestone": ("milestone", "阶段目标"),
        "month_end": ("rule for month ends", "月末规则"),
        "name": ("name", "标识"),
        "note": ("note", "说明"),
        "otherwise": ("otherwise", "其余情形"),
        "output": ("output", "输出"),
        "overrides": ("who prevails", "优先关系"),
        "period": ("period", "有效期"),
        "plural": ("plural", "复数"),
        "printed": ("day of printing", "印发日期"),
        "question": ("question", "提问"),
        "reading": ("reading", "理解"),
        "result": ("what is concluded", "结论"),
        "row": ("row", "行"),
        "since": ("counted since", "起算日期"),
        "start": ("first day of a stay", "开始日期"),
        "statement": ("statement", "规定"),
        "step": ("step", "最小单位"),
        "text": ("text", "内容"),
        "title": ("title", "标题"),
        "type": ("type", "类型"),
        "unit": ("unit", "单位"),
        "until": ("last day", "截止日期"),
        "value": ("value", "取值"),
        "verb": ("governing verb", "谓语动词"),
    }
)

PLACES = _table(
    {
        "always": ("always", "始终"),
        "define": ("definition", "定义"),
        "down": ("to the last day of the month", "取月末"),
        "figure": ("{one}", "{one}"),
        "flow": ("what was added", "新增量"),
        "never": ("not in force", "不在有效期内"),
        "now": ("in force", "有效"),
        "over": ("{0} over {1}", "{0}优先于{1}"),
        "parameter": ("parameter", "参数"),
        "period": ("from {day} to {end}", "{day}至{end}"),
        "reading": ("reading “{name}”", "理解“{name}”"),
        "recorded": ("recorded figure", "记载"),
        "refuse": ("refused", "不允许"),
        "row": ("row {number}", "第{number}行"),
        "since": ("from {day}", "{day}起"),
        "statement": ("statement {number}", "第{number}条规定"),
        "stock": ("what exists", "存量"),
        "until": ("to {day}", "{day}止"),
        "up": ("to the first day of the next month", "取次日"),
        "when": ("{result} when {condition}", "{result}，当{condition}"),
        "DateType": ("date", "日期"),
        "NumberType": ("number", "数"),
        "TextType": ("text", "文本"),
        "YesNoType": ("yes or no", "是否"),
    }
)

GOALS = _table(
    {
        "about": ("about {one}, within {tolerance}", "{one}左右（允许偏差{tolerance}）"),
        "all": ("all", "全部"),
        "at_least": ("at least {one}", "不低于{one}"),
        "at_most": ("at most {one}", "不高于{one}"),
        "between": ("between {one} and {two}", "{one}至{two}"),
        "each_of": ("each of {all}", "包括{all}"),
        "exactly": ("exactly {one}", "{one}"),
        "less_than": ("less than {one}", "少于{one}"),
        "level_with": (
            "level with {one}, within {tolerance}",
            "与{one}持平（允许偏差{tolerance}）",
        ),
        "more_than": ("more than {one}", "多于{one}"),
        "nearly": ("nearly {one}, by up to {tolerance}", "接近{one}（允许差{tolerance}）"),
        "some": ("some", "有"),
    }
)
"""Goals by their comparator."""

VERBS: Mapping[str, Labels] = MappingProxyType(
    {spelled.key: Labels(spelled.en[0], spelled.zh[0]) for spelled, _ in MODALITIES}
    | {"": Labels()}
)
"""The governing verbs, as they are written."""

STATUS = _table(
    {
        "added": ("added", "新增"),
        "removed": ("removed", "删去"),
        "changed": ("changed", "修改"),
        "renamed": ("renamed", "更名"),
        "equivalent": ("equivalent", "等效"),
        "stricter": ("stricter", "更严"),
        "looser": ("looser", "更宽"),
        "neither": ("neither stricter nor looser", "既非更严也非更宽"),
        "higher": ("higher", "更高"),
        "lower": ("lower", "更低"),
        "mixed": ("moves in more than one way", "变化不一"),
        "not_settled": ("not settled", "未能判明"),
        "earlier": ("earlier", "提前"),
        "later": ("later", "推后"),
        "set": ("set", "新设"),
        "dropped": ("dropped", "取消"),
    }
)

SAID = _table(
    {
        "title": ("From {old} to {new}", "{old}与{new}的差异"),
        "title_one": ("Two versions of {new}", "{new}两个版本的差异"),
        "title_days": (
            "{new} as it reads on {first} and on {last}",
            "{new}在{first}与{last}的差异",
        ),
        "title_amended": (
            "What “{amending}” changes in “{old}”",
            "“{amending}”对“{old}”的修改",
        ),
        "one_day": ("Both as they read on {day}.", "两者均按{day}的内容比较。"),
        "two_days": (
            "The old one as it reads on {old}, the new one as it reads on {new}; cases are judged"
            " on {day}.",
            "旧版按{old}的内容，新版按{new}的内容；各情形的判断日期为{day}。",
        ),
        "another_day": (
            "Compared as it reads on {day}: what changed of it is not in force on the day above.",
            "此项按{day}的内容比较：所改内容在上述日期不在有效期内。",
        ),
        "nothing": (
            "Nothing is said otherwise, and nothing comes out otherwise.",
            "内容与结果均无差异。",
        ),
        "changes": ("What is said otherwise", "内容差异"),
        "no_changes": ("Nothing is said otherwise.", "内容无差异。"),
        "relations": ("What that changes", "结果差异"),
        "owner": ("{kind} {name}", "{kind} {name}"),
        "owner_called": ("{kind} {name} “{label}”", "{kind} {name}“{label}”"),
        "at": ("{part}, {place}", "{part}（{place}）"),
        "from_to": ("{old} → {new}", "{old} → {new}"),
        "came": ("added: {new}", "新增：{new}"),
        "went": ("removed: {old}", "删去：{old}"),
        "summary": ("{counts}", "{counts}"),
        "count": ("{count} {status}", "{status} {count} 项"),
        "equivalent": (
            "Equivalent for every case: {names}.",
            "在任何情形下均等效：{names}。",
        ),
        "equivalent_many": (
            "Equivalent for every case: {count} others.",
            "其余 {count} 项在任何情形下均等效。",
        ),
        "equivalent_all": (
            "All {count} are equivalent for every case.",
            "全部 {count} 项在任何情形下均等效。",
        ),
        "added": ("Only in the new one: {names}.", "仅新版有：{names}。"),
        "removed": ("Only in the old one: {names}.", "仅旧版有：{names}。"),
        "move": ("{old} → {new}, such as", "{old} → {new}，例如"),
        "given": ("Given", "已知"),
        "no_facts": ("whatever the facts are", "无论事实如何"),
        "before": ("Before", "旧版"),
        "after": ("Now", "新版"),
        "none_lost": (
            "No case fares worse by it.",
            "没有情形因此变得不利。",
        ),
        "none_gained": ("No case fares better by it.", "没有情形因此变得有利。"),
        "none_higher": ("In no case is the value higher.", "没有情形使数值更高。"),
        "none_lower": ("In no case is the value lower.", "没有情形使数值更低。"),
        "open": ("Not settled: {what} ({why}).", "未能判明：{what}（{why}）。"),
        "goal": ("Goal: {status}", "目标：{status}"),
        "goal_such": ("Goal: {status}, such as", "目标：{status}，例如"),
        "reached": ("{old} → {new}", "{old} → {new}"),
        "deadline": ("Deadline: {status} ({old} → {new})", "期限：{status}（{old} → {new}）"),
        "measure": ("What is measured has changed.", "口径有变化。"),
        "line": (
            "The line from the baseline to the goal has changed.",
            "从基数到目标的序时进度有变化。",
        ),
        "no_day": ("none", "无"),
        "domain": (
            "Cases are compared that both take.",
            "只比较两版均可填报的情形。",
        ),
        "domain_new": (
            "New facts vary freely; the old one does not ask for them.",
            "新增事项可取任意值；旧版不涉及。",
        ),
        "domain_members": (
            "Values that only one of the two has are left out: {names}.",
            "仅一版有的选项值不参与比较：{names}。",
        ),
        "domain_bounds": (
            "Where bounds, steps or types differ, what only one takes is left out: {names}.",
            "取值范围、单位或类型不同的，仅一版可填的数值不参与比较：{names}。",
        ),
        "register": ("In the register", "登记表"),
        "records": (
            "{name}: {changed} of {total} records change",
            "{name}：{total} 条中有 {changed} 条变化",
        ),
        "records_none": ("{name}: none of {total} records changes", "{name}：{total} 条均无变化"),
        "records_move": ("{old} → {new}: {count}", "{old} → {new}：{count} 条"),
        "records_refused": ("{name}: not counted: {why}", "{name}：未统计：{why}"),
        "records_value": ("the value is {turn}: {count}", "数值{turn}：{count} 条"),
        "records_such": ("such as {record}", "例如：{record}"),
        "records_values": ("{record}: {old} → {new}", "{record}：{old} → {new}"),
        "another_value": ("another", "有变化"),
        "register_none": (
            "No rule that changes reads a column of it.",
            "没有结果有变化的规则用到其中的列。",
        ),
        "wrong_facts": ("wrong facts", "事项有误"),
    }
)

SEEKS = _table(
    {
        "stricter": (
            "whether some case fares worse",
            "是否有情形变得不利",
        ),
        "looser": ("whether some case fares better", "是否有情形变得有利"),
        "higher": ("whether the value is higher in some case", "是否有情形数值更高"),
        "lower": ("whether the value is lower in some case", "是否有情形数值更低"),
        "other": ("whether outcomes move otherwise", "是否有其他结果变化"),
    }
)
"""What is open where a direction is."""

WHY = _table(
    {
        "budget": (
            "the search was cut short; a greater --budget looks at more",
            "检索在限定次数内未完成；可加大 --budget",
        ),
        "meeting": (
            "several facts meet in one comparison, and the search could not try them all",
            "一个比较涉及多个事项，未能穷尽",
        ),
        "lists": (
            "it turns on lists, and no list that shows it was found",
            "结果取决于清单，未找到可说明的清单",
        ),
        "unconfirmed": (
            "a case was found, but the evaluation of it does not show it",
            "找到一种情形，但按其求值未得到该结果",
        ),
        "not_compiled": (
            "what it is held against depends on facts itself, or is too long to search",
            "用来比较的数值本身取决于事实，或内容过长，无法检索",
        ),
        "unproved": (
            "z3 neither found a case nor proved that there is none; --engine box searches",
            "z3 既未找到情形，也未证明没有；可改用 --engine box 检索",
        ),
        "types": (
            "a fact is of another type now, so that no case can be put to both",
            "有事项的类型已改变，同一情形无法用于两版",
        ),
        "many": ("there are more ways in which outcomes move", "结果变化的方式过多"),
    }
)
"""Why something is not settled."""

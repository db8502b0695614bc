"""THE table of sentences: every row in both languages, and how a row is filled.

Both texts of an explanation come from the same rows with the same parts in their places.  The
phrases of operators stand in `vocpolicy.operators` and are rows here under `op.`; the words of
outcomes stand in `vocpolicy.outcome` and are rows under `word.`; the governing verbs of
provisions stand in `vocpolicy.keywords` and are rows under `verb.`.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import assert_never

from vocpolicy.core import Labels
from vocpolicy.explain import numbers
from vocpolicy.explain.terms import Amount, Band, Day, Listing, Say, Term
from vocpolicy.keywords import MODALITIES
from vocpolicy.operators import OPERATORS
from vocpolicy.outcome import WORDS

_PERCENTAGE = re.compile(r"[\d,.]+%")

_ROWS: Mapping[str, tuple[str, str]] = {
    # What joins several things.
    "joint.list": (", ", "、"),
    "joint.or_list": (" or ", "或"),
    "joint.sentences": (". ", "。"),
    "joint.space": (" ", " "),
    "joint.clauses": ("; ", "；"),
    "joint.and": (" and ", "且"),
    "joint.or": (" or ", "或"),
    # Punctuation.
    "end": ("{text}.", "{text}。"),
    "aside": ("({text})", "（{text}）"),
    "key": ("{key}: ", "{key}："),
    "cited": ("[{text}]", "（{text}）"),
    "quoted": ("“{text}”", "“{text}”"),
    "of_document": ("{document}: {text}", "{document}：{text}"),
    "title": ("“{text}”", "《{text}》"),
    # Values.
    "yes": ("yes", "是"),
    "no": ("no", "否"),
    "none": ("none", "无"),
    "unknown": ("not known", "尚不清楚"),
    "text": ("“{text}”", "“{text}”"),
    "the_day": ("the day of evaluation", "评估日"),
    "the_list": ("the values named", "所列各项"),
    "several": ("{count} of them", "共{count}项"),
    "known_between": ("between {low} and {high}", "介于{low}至{high}"),
    "known_from": ("{low} or more", "{low}及以上"),
    "known_to": ("{high} or less", "{high}及以下"),
    "named_amount": ("{name} ({amount})", "{name}{amount}"),
    "named_date": ("{name}, {date}", "{name}（{date}）"),
    "named_value": ("{name}, {value}", "{name}（{value}）"),
    "amount_from": ("{amount} from {date}", "{amount}（{date}起）"),
    "ratio": ("{left} / {right} = {value}", "{left} / {right} = {value}"),
    "add": ("{left} + {right} = {value}", "{left} + {right} = {value}"),
    "subtract": ("{left} - {right} = {value}", "{left} - {right} = {value}"),
    "multiply": ("{left} × {right} = {value}", "{left} × {right} = {value}"),
    # Expressions that no operator phrase says well for people.
    "ratio_of": ("ratio of {left} to {right}", "{left}与{right}之比"),
    "share_of": ("{left} as a share of {right}", "{left}占{right}的比例"),
    "equals": ("{left} = {value}", "{left} = {value}"),
    "scale_line": ("{operand} is on the line from {start}", "{operand}属{start}起的一档"),
    "scale_below": (
        "{operand} is below the first line, from {start}",
        "{operand}低于首档起点{start}",
    ),
    "scale_part": (
        "from {start}: {part} × {rate} = {value}",
        "{start}起：{part} × {rate} = {value}",
    ),
    "round.up": ("{operand}, rounded up to {grain}", "{operand}（按{grain}向上取整）"),
    "round.down": ("{operand}, rounded down to {grain}", "{operand}（按{grain}向下取整）"),
    "round.half_up": ("{operand}, rounded to {grain}", "{operand}（按{grain}四舍五入）"),
    "round.half_even": (
        "{operand}, rounded to {grain}, halves to even",
        "{operand}（按{grain}四舍六入五成双）",
    ),
    "choose.smaller": ("the smaller of {members}", "{members}中的较小值"),
    "choose.larger": ("the larger of {members}", "{members}中的较大值"),
    "scale.band": ("line of the scale for {operand}", "{operand}所在档次"),
    "scale.marginal": ("{operand} on the marginal scale", "{operand}按累进标准计"),
    "field_of": ("{field} of {record}", "{record}的{field}"),
    "field_in": ("{field} (in {records})", "{field}（{records}）"),
    "in_last": ("{records} in the last {window}", "近{window}{records}"),
    "records_since": ("{records} since {window}", "{window}以来{records}"),
    "where": ("{records} where {condition}", "符合“{condition}”的{records}"),
    "satisfying": ("{records} with {condition}", "{records}中“{condition}”者"),
    "concluded": ("{name}: {wording}", "{name}：{wording}"),
    # Comparisons: what is the case, whatever was asked.
    "is.at_least": ("{left} is {value}, at or above {bound}", "{left}为{value}，不低于{bound}"),
    "is.at_most": ("{left} is {value}, at or below {bound}", "{left}为{value}，不高于{bound}"),
    "is.more_than": ("{left} is {value}, above {bound}", "{left}为{value}，高于{bound}"),
    "is.less_than": ("{left} is {value}, below {bound}", "{left}为{value}，低于{bound}"),
    "whole.at_least": ("{left}: {value}, no fewer than {bound}", "{left}为{value}，不少于{bound}"),
    "whole.at_most": ("{left}: {value}, no more than {bound}", "{left}为{value}，不多于{bound}"),
    "whole.more_than": ("{left}: {value}, more than {bound}", "{left}为{value}，多于{bound}"),
    "whole.less_than": ("{left}: {value}, fewer than {bound}", "{left}为{value}，少于{bound}"),
    "time.at_least": ("{left} is {value}, not less than {bound}", "{left}为{value}，不少于{bound}"),
    "time.at_most": ("{left} is {value}, not more than {bound}", "{left}为{value}，不超过{bound}"),
    "time.more_than": ("{left} is {value}, more than {bound}", "{left}为{value}，超过{bound}"),
    "time.less_than": ("{left} is {value}, less than {bound}", "{left}为{value}，少于{bound}"),
    "date.at_least": ("{left} is {value}, on or after {bound}", "{left}为{value}，不早于{bound}"),
    "date.at_most": ("{left} is {value}, on or before {bound}", "{left}为{value}，不晚于{bound}"),
    "date.more_than": ("{left} is {value}, after {bound}", "{left}为{value}，晚于{bound}"),
    "date.less_than": ("{left} is {value}, before {bound}", "{left}为{value}，早于{bound}"),
    # Comparisons as they are asked.
    "ask.is.at_least": ("{left} at or above {bound}", "{left}不低于{bound}"),
    "ask.is.at_most": ("{left} at or below {bound}", "{left}不高于{bound}"),
    "ask.is.more_than": ("{left} above {bound}", "{left}高于{bound}"),
    "ask.is.less_than": ("{left} below {bound}", "{left}低于{bound}"),
    "ask.whole.at_least": ("{left} no fewer than {bound}", "{left}不少于{bound}"),
    "ask.whole.at_most": ("{left} no more than {bound}", "{left}不多于{bound}"),
    "ask.whole.more_than": ("{left} more than {bound}", "{left}多于{bound}"),
    "ask.whole.less_than": ("{left} fewer than {bound}", "{left}少于{bound}"),
    "ask.time.at_least": ("{left} not less than {bound}", "{left}不少于{bound}"),
    "ask.time.at_most": ("{left} not more than {bound}", "{left}不超过{bound}"),
    "ask.time.more_than": ("{left} more than {bound}", "{left}超过{bound}"),
    "ask.time.less_than": ("{left} less than {bound}", "{left}少于{bound}"),
    "ask.date.at_least": ("{left} on or after {bound}", "{left}不早于{bound}"),
    "ask.date.at_most": ("{left} on or before {bound}", "{left}不晚于{bound}"),
    "ask.date.more_than": ("{left} after {bound}", "{left}晚于{bound}"),
    "ask.date.less_than": ("{left} before {bound}", "{left}早于{bound}"),
    # Other conditions: what is the case.
    "answer": ("{name}: {value}", "{name}：{value}"),
    "is": ("{left} is {value}", "{left}为{value}"),
    "is_other": ("{left} is {value}, not {asked}", "{left}为{value}，不是{asked}"),
    "is_same": ("{left} is {value}, as {right} is", "{left}为{value}，与{right}相同"),
    "differs": (
        "{left} is {value}, {right} is {other}",
        "{left}为{value}，{right}为{other}，两者不同",
    ),
    "has_none": ("no {name}", "无{name}"),
    "ask.has": ("there is a {name}", "有{name}"),
    "among": ("{left} is {value}, one of: {members}", "{left}为{value}，属于：{members}"),
    "not_among": ("{left} is {value}, none of: {members}", "{left}为{value}，不属于：{members}"),
    # What is still open.
    "open": ("{asked}?", "{asked}？"),
    "open_known": ("{asked}? So far {known}", "{asked}？目前{known}"),
    # Several conditions.
    "both_hold": ("Both are so:", "下列两种情形同时存在："),
    "all_hold": ("All of these are so:", "下列情形同时存在："),
    "either": ("Any one of these is enough by itself:", "有下列情形之一即可："),
    "still_open": ("Still open:", "尚待确定："),
    "open_all": ("all of these:", "须同时满足："),
    "open_any": ("any one of these would do:", "满足下列任一项即可："),
    "shown_above": ("{what} (shown above)", "{what}（见上）"),
    # Records.
    "every_true": ("all of {total}: {condition}", "{total}均符合：{condition}"),
    "every_false": (
        "{count} of {total} do not satisfy: {condition}",
        "{total}中有{count}不符合：{condition}",
    ),
    "some_true": ("{count} of {total} satisfy: {condition}", "{total}中有{count}符合：{condition}"),
    "some_false": ("none of {total} satisfies: {condition}", "{total}均不符合：{condition}"),
    "records_open": (
        "{count} of {total} not settled: {condition}",
        "{total}中有{count}尚未确定：{condition}",
    ),
    "member": ("no. {number}", "第{number}"),
    "member_named": ("no. {number} ({name})", "第{number}（{name}）"),
    "records_plain": ("{counted}", "{records}{counted}"),
    "and_more": ("and {count} more", "另有{count}"),
    "records_telling": ("records that decide", "起决定作用的记录"),
    "records_all": ("all records", "全部记录"),
    # Rules.
    "conditions_met": ("All conditions are satisfied:", "各项条件均已满足："),
    "conditions_met_of": ("All conditions of {rule} are satisfied:", "{rule}的各项条件均已满足："),
    "either_way": ("Either ground alone is enough:", "具备下列任一条件即可："),
    "any_way": ("Any one of these grounds is enough:", "具备下列任一条件即可："),
    "either_reason": ("Either reason alone is enough:", "有下列情形之一，即{wording}："),
    "any_reason": ("Any one of these reasons is enough:", "有下列情形之一，即{wording}："),
    "no_way": ("None of these rules says “{wording}”:", "下列规定均不能得出“{wording}”的结论："),
    "no_way_any": ("None of these rules speaks:", "下列规定均不适用："),
    "none_speaks": ("No rule speaks for this case:", "没有规则适用于此情形："),
    "no_rule": ("No rule speaks for this case", "没有规则适用于此情形"),
    "way": ("{rule}: {wording}", "{rule}：{wording}"),
    "way_either": ("{rule}, for any one of these reasons:", "{rule}，因下列情形之一："),
    "by_rule": ("{what} ({rule})", "{what}（{rule}）"),
    "because": ("{because} ({what})", "{because}（{what}）"),
    "always": ("{rule} says so without a condition", "{rule}未设条件"),
    "lifts": (
        "exception: {what}; “{wording}” then does not apply",
        "属例外情形：{what}，不再适用“{wording}”",
    ),
    "sets_aside_key": ("Sets aside", "优先于"),
    "sets_aside": ("{rule} ({wording})", "{rule}（{wording}）"),
    "version.added": ("In force from {date} ({title})", "自{date}起施行（{title}）"),
    "version.added_always": ("In force ({title})", "施行（{title}）"),
    "version.amended": ("Amended from {date} ({title})", "自{date}起修改（{title}）"),
    "version.replaced": (
        "A rule was replaced from {date} ({title})",
        "自{date}起有规则被取代（{title}）",
    ),
    "version.replaced_always": ("A rule was replaced ({title})", "有规则被取代（{title}）"),
    "version.rule_added": (
        "A rule was added from {date} ({title})",
        "自{date}起新增规则（{title}）",
    ),
    "version.rule_added_always": ("A rule was added ({title})", "新增规则（{title}）"),
    "version.rule_amended": (
        "A rule was amended from {date} ({title})",
        "自{date}起修改规则（{title}）",
    ),
    "version.rule_repealed": (
        "A rule was repealed from {date} ({title})",
        "自{date}起废止规则（{title}）",
    ),
    "version.repealed": ("Repealed from {date} ({title})", "自{date}起废止（{title}）"),
    "not_in_force": ("not in force", "不在有效期内"),
    "not_in_force_on": ("not in force on {date}", "{date}不在有效期内"),
    "not_for": ("does not apply: {what}", "不属适用范围：{what}"),
    "rule_silent": ("{rule} does not speak", "{rule}不适用"),
    "rule_named": ("the rule “{name}”", "“{name}”的规定"),
    "rule_on": ("the rule on {name}", "{name}的规定"),
    "a_value": ("a value", "某一数值"),
    "no_value": ("No value is in force on this date", "该日期没有适用的数值"),
    "so_far": ("Known so far", "目前已知"),
    "result_key": ("Result", "结果"),
    "satisfied": ("Already satisfied", "已满足"),
    "could_be": ("Can still be", "仍有可能为"),
    "missing": ("Missing", "缺"),
    "judged": ("judged by {who}", "由{who}认定"),
    "judged_fact": ("{fact} (judged by {who})", "{fact}（由{who}认定）"),
    "judgement": ("Rests on the judgement of", "以下列认定为准"),
    "judgement_of": ("{who} ({facts})", "{who}（{facts}）"),
    "assumed": ("assumed: {text}", "暂定：{text}"),
    "assumed_list": ("Assumed:", "暂定："),
    "assumed_key": ("Assumed", "暂定"),
    "contradict": (
        "Rules contradict each other, and neither overrides the other:",
        "下列规定相互冲突，且均不优先于对方：",
    ),
    # What settles it, what would change it, what to ask.
    "advice.settled": ("Settled whatever is missing", "不论所缺事项如何，结论均为"),
    "advice.sufficient": ("Settled by these facts alone", "仅凭下列事项即可判定"),
    "advice.either_sufficient": (
        "Any one of these settles it, whatever the other facts are:",
        "凭下列任一项即可判定，其他事项不再影响结论：",
    ),
    "advice.whatever": ("no fact at all: it is so in every case", "无需任何事项：任何情形下均如此"),
    "advice.change": ("Nearest change", "改动最小的办法"),
    "advice.changes": (
        "Nearest changes, each of which would do:",
        "改动最小的办法（任取其一即可）：",
    ),
    "advice.undone": ("Would change with", "下列变化会改变结论"),
    "advice.undone_any": (
        "Any of these, for example, would change it:",
        "例如，下列任一变化都会改变结论：",
    ),
    "advice.from_to": ("{name} from {before} to {after}", "{name}由{before}变为{after}"),
    "advice.quoted_from_to": (
        "{name} from “{before}” to “{after}”",
        "{name}由“{before}”变为“{after}”",
    ),
    "advice.yes_no": ("{name}: {after} instead of {before}", "{name}由“{before}”变为“{after}”"),
    "advice.then": ("{changes}; then {wording}", "{changes}，结论即为{wording}"),
    "advice.no_change": (
        "none of the facts that may change would alter this",
        "可变的事项无论怎样改变，结论都不变",
    ),
    "advice.barred": (
        "none of the facts that may change would alter this; it would take {changes}",
        "可变的事项无论怎样改变，结论都不变；除非{changes}",
    ),
    "advice.not_found": (
        "no change that would alter this was found within the budget",
        "在限定的搜索量内，未找到能改变结论的办法",
    ),
    "advice.ask": ("Ask next", "下一步应查明"),
    "advice.then_ask": ("Can still matter too", "此外仍可能影响结论"),
    "advice.spared": ("Does not matter any more", "无需再查"),
    "advice.settles": ("{answer}: {ways}, nothing else to ask", "{answer}：{ways}，无需再问"),
    "advice.leaves_open": ("{answer}: still open ({ways})", "{answer}：仍待确定（{ways}）"),
    "advice.untried": (
        "what its answers lead to was not tried",
        "各种回答的结果未逐一推算",
    ),
    "advice.any": ("any value", "任何数值"),
    "advice.below": ("below {high}", "低于{high}"),
    "advice.from": ("{low} or more", "{low}及以上"),
    # An interview in a terminal.
    "ask.begin": (
        "Questions on: {name}. Leave empty what is not known; ? explains the question.",
        "关于：{name}。不知道的可留空；输入 ? 可查看说明。",
    ),
    "ask.option": ("  {number}. {name}", "  {number}. {name}"),
    "ask.yes_no": ("yes or no", "是或否"),
    "ask.number": ("a number of {unit}", "数值（{unit}）"),
    "ask.choice": ("one of the values above, by its number or name", "上列各项之一（序号或名称）"),
    "ask.plain_number": ("a number", "数值"),
    "ask.date": ("a date, such as 2023-06-01", "日期，如 2023-06-01"),
    "ask.text": ("a text", "文字"),
    "ask.list": ("records, written as JSON", "记录（以 JSON 书写）"),
    "ask.or_none": ("{takes}, or none", "{takes}，或“无”"),
    "ask.takes": ("Takes", "应填"),
    "ask.of": ("Asked for", "所需事项"),
    "ask.judged": ("Judged by", "认定人"),
    "ask.clause": ("Asked for by", "依据"),
    "ask.leads": ("Answers lead to", "各种回答的结果"),
    "ask.nothing_left": (
        "Nothing else can be asked, and the verdict stays open.",
        "已无可再问的事项，结论仍无法确定。",
    ),
    "note": ("Note", "说明"),
    "ask.between": ("{takes} from {low} to {high}", "{takes}，{low}至{high}"),
    "ask.bounded": ("{takes}, {bounds}", "{takes}，{bounds}"),
    "ask.wrong": (
        "{said} is no answer here. It takes: {takes}.",
        "{said}不能作为回答。应填：{takes}。",
    ),
    "mend_key": ("To mend", "处理办法"),
    "mend": (
        "write “overrides {other}” in the rule {one}, or the other way round, "
        "or narrow one of the two so that both cannot speak at once",
        "在规则 {one} 中写明“优先于 {other}”（或相反），或收窄其中一条，使两条不同时适用",
    ),
    # Tables.
    "row": ("row {number}", "第 {number} 行"),
    "row_matches": ("{row} of the table matches:", "符合对照表{row}："),
    "row_matches_because": (
        "{row} of the table matches ({because}):",
        "符合对照表{row}（{because}）：",
    ),
    "row_always": ("{row} of the table matches any case", "对照表{row}适用于任何情形"),
    "row_always_because": (
        "{row} of the table matches any case ({because})",
        "对照表{row}适用于任何情形（{because}）",
    ),
    "rows_match": ("These rows of the table match:", "符合对照表下列各行："),
    "rows_none": ("No row of the table matches:", "不符合对照表任何一行："),
    "rows_passed": ("Passed over before it:", "此前未符合的行："),
    "rows_outranked": ("Match too, but come later", "亦符合但顺序在后"),
    "rows_may": ("Rows that may match", "可能符合的行"),
    "rows_more": ("{rows}, and {count} more", "{rows}，另有 {count} 行"),
    "more_rows": ("and {count} more rows", "另有 {count} 行"),
    "rows_clash": (
        "Only one row of the table may match, and these match together:",
        "对照表只应有一行符合，而下列各行同时符合：",
    ),
    "rows_differ": (
        "The rows of the table that match should agree, and these differ:",
        "符合的各行结论应当一致，而下列各行不同：",
    ),
    "rows_mend": (
        "make {rows} exclude one another, or let the first row that matches decide",
        "修改{rows}，使之不能同时符合，或改为由首个符合的行决定",
    ),
    "conflict_from": ("The rules on {what} contradict each other", "{what}的规定相互冲突"),
    # Targets: the figures.
    "measured": (
        "{value} on {date}; required: {goal} by {deadline}",
        "{date}为{value}；目标：到{deadline}{goal}",
    ),
    "measured_no_deadline": (
        "{value} on {date}; required: {goal}",
        "{date}为{value}；目标：{goal}",
    ),
    "measured_list": (
        "{what} on {date}: {value}; required: {goal} by {deadline}",
        "{date}{what}：{value}；目标：到{deadline}{goal}",
    ),
    "measured_list_no_deadline": (
        "{what} on {date}: {value}; required: {goal}",
        "{date}{what}：{value}；目标：{goal}",
    ),
    "unmeasured": (
        "Not known: {what}; required: {goal} by {deadline}",
        "尚不清楚：{what}；目标：到{deadline}{goal}",
    ),
    "unmeasured_no_deadline": (
        "Not known: {what}; required: {goal}",
        "尚不清楚：{what}；目标：{goal}",
    ),
    "unmeasured_known": ("{what} ({known})", "{what}（{known}）"),
    "component": ("{name}: {what}", "{name}：{what}"),
    "component_word": ("{name} ({wording}): {what}", "{name}（{wording}）：{what}"),
    "since": ("Counted since {date}, from zero", "自{date}起从零计算增量"),
    "lacking": ("Not covered", "尚未覆盖"),
    "required": ("required", "要求"),
    "the_start": ("the beginning", "起始时"),
    # Targets: what is required.
    "goal.at_least": ("at least {bound}", "不少于{bound}"),
    "goal.at_least.ratio": ("at least {bound}", "不低于{bound}"),
    "goal.at_most": ("at most {bound}", "不超过{bound}"),
    "goal.more_than": ("more than {bound}", "超过{bound}"),
    "goal.less_than": ("less than {bound}", "低于{bound}"),
    "goal.exactly": ("{bound}", "达到{bound}"),
    "goal.between": ("{band}", "达到{band}"),
    "goal.nearly": ("nearly {bound}, taken as {band}", "接近{bound}（即{band}）"),
    "goal.about": ("about {bound}, taken as {band}", "达到{bound}左右（即{band}）"),
    "goal.level_with": ("level with {bound}, taken as {band}", "与{bound}持平（即{band}）"),
    "goal.all": ("all ({bound})", "全部覆盖（{bound}）"),
    "goal.some": ("some, at least {bound}", "有若干，不少于{bound}"),
    "goal.each_of": ("each of {members}", "逐项覆盖{members}"),
    "goal.open.between": ("from {bound} to {other}", "介于{bound}至{other}"),
    "goal.open.nearly": ("nearly as much as {bound}", "接近{bound}"),
    "goal.open.about": ("about as much as {bound}", "达到{bound}左右"),
    "goal.open.level_with": ("level with {bound}", "与{bound}持平"),
    # Targets: how far.
    "short": ("Short by {amount}", "尚缺{amount}"),
    "short_at": ("Short by {amount} with {name} at {other}", "{name}保持{other}不变，尚缺{amount}"),
    "over": ("Above by {amount}", "超出{amount}"),
    "over_at": ("Above by {amount} with {name} at {other}", "{name}保持{other}不变，超出{amount}"),
    "margin_key": ("Margin", "余量"),
    "margin_none": ("none, exactly at the bound", "无，恰在限值"),
    "margin_both": ("{down} down, {up} up", "可减少{down}，可增加{up}"),
    "holds_until": ("Holds until {name} reach {amount}", "{name}达到{amount}时即不再达标"),
    "holds_down_to": ("Holds while {name} are at least {amount}", "{name}不少于{amount}时仍达标"),
    "line_at": (
        "On the line from {baseline} at {start} it would be {line}",
        "按{start}{baseline}至目标值的序时进度，应为{line}",
    ),
    "line_on": (
        "On the line from {baseline} on {start} it would be {line}",
        "按{start}{baseline}至目标值的序时进度，应为{line}",
    ),
    "line_next": ("The line leads to {goal} by {date} next", "下一节点：{date}，{goal}"),
    "within_line": (
        "It lies inside the band of the line, so that the exact baseline decides",
        "处于序时进度区间之内，须以基数的确切数值判定",
    ),
    "no_line": (
        "Without a baseline there is no line to hold it against",
        "未设基数，不判定序时进度",
    ),
    "baseline_key": ("Baseline", "基数"),
    "baseline_at": ("{baseline} at {start}", "{start}{baseline}"),
    "baseline_on": ("{baseline} on {start}", "{start}{baseline}"),
    "pace_up": ("Pace needed: {amount} a year", "此后每年需增加{amount}"),
    "pace_down": ("Pace needed: {amount} less a year", "此后每年需减少{amount}"),
    "days_left": ("{days} days are left", "距到期还有{days}天"),
    # Readings.
    "reading": ("read as “{name}”", "按“{name}”理解"),
    "reading_in_use": ("read as “{name}” (in use)", "按“{name}”理解（采用）"),
    "reading_value": ("{wording}, {value}", "{wording}，{value}"),
    "owner_reading": ("{owner} read as “{name}”", "{owner}按“{name}”理解"),
    "owner_reading_in_use": (
        "{owner} read as “{name}” (in use)",
        "{owner}按“{name}”理解（采用）",
    ),
    "readings_part": ("The readings part:", "不同理解得出不同结论："),
    "readings_agree": ("The readings agree:", "各种理解结论一致："),
    # Provisions without a figure.
    "says": ("The policy says", "规定"),
    "says_text": ("{verb}, {text}", "{verb}，{text}"),
    "refused": ("Not worked out", "无法推算"),
    "only_hedged": ("softened by {hedges}", "缓和词：{hedges}"),
    "says_hedged": ("{verb} (softened by {hedges})", "{verb}（缓和词：{hedges}）"),
    "evidence_found": ("Evidence", "佐证"),
    "evidence_none": ("No evidence", "尚无佐证"),
    "evidence_missing": ("Evidence not given", "佐证待补"),
    "evidence_unnamed": ("No evidence is named that would show it", "未列明可作佐证的事项"),
    # Documents.
    "clause.whole": ("as a whole", "全文"),
}


def _table() -> Mapping[str, tuple[str, str]]:
    table = dict(_ROWS)
    table |= {f"op.{row.key}": (row.en, row.zh) for row in OPERATORS.values()}
    table |= {f"word.{row.key}": (row.en, row.zh) for row in WORDS.values()}
    table |= {f"verb.{row.key}": (row.en[0], row.zh[0]) for row, _ in MODALITIES}
    return MappingProxyType(table)


TABLE: Mapping[str, tuple[str, str]] = _table()
"""Every sentence: its key, English, Chinese."""


def words(term: Term, lang: str) -> str:
    """A part of a sentence in a language."""
    match term:
        case str():
            return term
        case Labels():
            return term.get(lang)
        case Amount():
            return numbers.amount(term, lang)
        case Band():
            return numbers.band(term, lang)
        case Day():
            return numbers.day(term, lang)
        case Listing(items, joint):
            return sentence(joint, lang).join(words(item, lang) for item in items)
        case Say(key, args):
            return _filled(key, args, lang)
        case _:
            assert_never(term)


def sentence(key: str, lang: str) -> str:
    """A row that has no places."""
    return TABLE[key][lang == "zh"]


@cache
def _pieces(key: str, lang: str) -> tuple[tuple[str, str | None], ...]:
    """The row cut at its places: text, then the name of the place that follows it."""
    parsed = string.Formatter().parse(TABLE[key][lang == "zh"])
    return tuple((literal, name) for literal, name, _, _ in parsed)


def _filled(key: str, args: Mapping[str, Term], lang: str) -> str:
    text = ""
    apart = False
    for literal, name in _pieces(key, lang):
        text += _gap(text, literal, lang, apart) + literal
        if name is None:
            continue
        term = args[name]
        part = words(term, lang)
        apart = not isinstance(term, Day | str)
        text += _gap(text, part, lang, apart) + part
    return text


def _gap(before: str, after: str, lang: str, apart: bool) -> str:
    """In Chinese a space stands between a character and a number that is put beside it, but
    none beside a percentage."""
    if lang != "zh" or not apart or not before or not after:
        return ""
    left, right = before[-1], after[0]
    counted = right.isascii() and right.isdigit() and not _PERCENTAGE.match(after)
    wide_then_digit = is_han(left) and counted
    digit_then_wide = is_han(right) and left.isascii() and left.isdigit()
    return " " if wide_then_digit or digit_then_wide else ""


def is_han(character: str) -> bool:
    """Whether it is a Chinese character (not punctuation)."""
    return "\u4e00" <= character <= "\u9fff"

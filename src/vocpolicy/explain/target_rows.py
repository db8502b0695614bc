"""The sentences of targets and of readings: each key with its English and its Chinese."""

from __future__ import annotations

from collections.abc import Mapping

TARGET_ROWS: Mapping[str, tuple[str, str]] = {
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
    "distance.key": ("Margin", "余量或差距"),
    "distance.spare": ("{name} has {distance} to spare", "{name}余 {distance}"),
    "distance.exact": ("{name} is exactly at the bound", "{name}恰在限值"),
    "distance.short": ("{name} lacks {distance}", "{name}差 {distance}"),
    "distance.over": ("{name} is {distance} too much", "{name}超出 {distance}"),
    "distance.early": ("{name} is {distance} too early", "{name}早 {distance}"),
    "distance.late": ("{name} is {distance} too late", "{name}晚 {distance}"),
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
}

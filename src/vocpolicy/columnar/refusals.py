"""What columns cannot do: said before anything is computed, never answered differently."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from vocpolicy.diagnostics import Diagnostic, UsageError, Words
from vocpolicy.source import NOWHERE, Span

CONSTRUCTS: Mapping[str, Words] = MappingProxyType(
    {
        "aggregate": Words("this aggregate over records", "对清单的这种汇总"),
        "outer": Words(
            "a condition on records that turns on lists around them",
            "取决于清单以外另一清单的记录条件",
        ),
        "length": Words("the length of stays that may overlap", "可能重叠的时长合计"),
        "distinct": Words("different values of this kind", "这类值的去重计数"),
        "field": Words("a field of a record", "记录的字段"),
        "list": Words("a list or a record", "清单或记录"),
        "observed": Words("observations by date", "按日期的观测值"),
        "goal": Words("a goal of this kind", "这类目标"),
        "collected": Words("a table that collects ratios", "汇集比值的对照表"),
        "ratio": Words("a total, or the least or the most, of ratios", "对比值求合计、最小或最大"),
        "calendar": Words("a date reckoned from several facts", "由多个事项推算的日期或时长"),
        "refuse": Words("a length in months under `month end refuse`", "月末取“拒绝”时的月数"),
        "value": Words("a value that rules give, asked for by others", "引用规则得出的值"),
        "values": Words("values of statements that may meet", "可能同时得出的多个值"),
        "bound": Words("a bound that is more than a fact or a figure", "不是事项或定数的界限"),
        "none": Words("arithmetic on what can be `none`", "对可能为“无”的值作运算"),
        "names": Words("two facts of one name", "两个同名事项"),
        "codes": Words("more than 31 conditions in one code", "一个编码中超过 31 个条件"),
        "open": Words("a parameter that has no value on the day", "当日没有取值的参数"),
        "equal": Words("this comparison", "这种比较"),
        "rows": Words("rows that are evaluated one after the other", "逐行求值"),
        "chain": Words("so long a chain of rules", "过长的规则引用链"),
        "editions": Words(
            "a provision that the policy does not have on every day", "并非每日都有效的规定"
        ),
    }
)
"""What a rule says that columns do not have."""


def refused(construct: str, engine: str, span: Span = NOWHERE) -> UsageError:
    """The rule says something that columns cannot do."""
    args = {"construct": CONSTRUCTS[construct], "engine": engine}
    return UsageError([Diagnostic("V801", None if span is NOWHERE else span, args)])


def overflow(name: str, engine: str, span: Span = NOWHERE) -> UsageError:
    """What is computed of a fact might not fit into 64 bits."""
    args = {"name": name, "engine": engine}
    return UsageError([Diagnostic("V802", None if span is NOWHERE else span, args)])


def wrong_column(name: str, fact: str, dtype: object, takes: Words) -> UsageError:
    args = {"name": name, "fact": fact, "dtype": str(dtype), "takes": takes}
    return UsageError([Diagnostic("V803", args=args)])

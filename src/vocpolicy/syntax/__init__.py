"""The syntax tree: what a rule file says, before names are looked up.

Every node shows its concrete syntax.  Nodes are frozen; `span` is where the node stands and
takes no part in equality, so that two texts that say the same have equal trees.  Comments are
kept beside the declarations of a file.  The union types at the end of each part are closed:
code that walks them ends in `assert_never`.
"""

from __future__ import annotations

from typing import TypeAlias

from attrs import field, frozen

from vocpolicy.source import Source, Span
from vocpolicy.syntax.amendments import Amendment, Patch, PatchReading, Repeal
from vocpolicy.syntax.expressions import (
    Aggregate,
    AsOf,
    Band,
    Between,
    Chosen,
    Concluded,
    Condition,
    Conditions,
    Date,
    DatesBetween,
    Expr,
    Group,
    Infix,
    Membership,
    Nothing,
    Number,
    Path,
    Prefix,
    Ratio,
    Rounded,
    Scale,
    String,
    YesNo,
)
from vocpolicy.syntax.provisions import (
    Accepts,
    Component,
    Conclusion,
    Except,
    Goal,
    Measure,
    Provision,
    Rule,
    RuleBody,
    RuleReading,
    SetAside,
    Statement,
    Target,
    TargetBody,
    TargetReading,
)
from vocpolicy.syntax.tables import (
    AnyCell,
    Case,
    Cell,
    Expect,
    Given,
    GivenList,
    GivenRecord,
    GivenValue,
    NothingCell,
    Row,
    Sheet,
    Table,
    TestCell,
)
from vocpolicy.syntax.things import (
    Bounds,
    Choice,
    Comparison,
    Define,
    Document,
    Entity,
    Fact,
    Kind,
    Language,
    Member,
    Parameter,
    ParameterReading,
    ParameterValue,
    Period,
    Policy,
    PolicyReading,
    Recorded,
    TypeName,
    Use,
)
from vocpolicy.syntax.words import (
    Attributes,
    Citation,
    Moment,
    Name,
    Text,
    spanned,
)

Declaration: TypeAlias = (
    Language
    | Policy
    | Use
    | Kind
    | Choice
    | Entity
    | Fact
    | Define
    | Parameter
    | Recorded
    | Rule
    | Target
    | Provision
    | SetAside
    | Table
    | Case
    | Amendment
    | Repeal
)


@frozen
class Comment:
    """`# …`, without the sign; `own_line` where nothing stands before it."""

    text: str
    own_line: bool
    span: Span = spanned()


@frozen
class File:
    """A rule file: its declarations in order, and every comment in order; `sheets` are the files
    that rows of its tables were read from."""

    source: Source = field(eq=False, repr=False)
    declarations: tuple[Declaration, ...]
    comments: tuple[Comment, ...] = ()
    sheets: tuple[Source, ...] = field(default=(), eq=False, repr=False)


__all__ = [
    "Accepts",
    "Aggregate",
    "Amendment",
    "AnyCell",
    "AsOf",
    "Attributes",
    "Band",
    "Between",
    "Bounds",
    "Case",
    "Cell",
    "Choice",
    "Chosen",
    "Citation",
    "Comment",
    "Comparison",
    "Component",
    "Concluded",
    "Conclusion",
    "Condition",
    "Conditions",
    "Date",
    "DatesBetween",
    "Declaration",
    "Define",
    "Document",
    "Entity",
    "Except",
    "Expect",
    "Expr",
    "Fact",
    "File",
    "Given",
    "GivenList",
    "GivenRecord",
    "GivenValue",
    "Goal",
    "Group",
    "Infix",
    "Kind",
    "Language",
    "Measure",
    "Member",
    "Membership",
    "Moment",
    "Name",
    "Nothing",
    "NothingCell",
    "Number",
    "Parameter",
    "ParameterReading",
    "ParameterValue",
    "Patch",
    "PatchReading",
    "Path",
    "Period",
    "Policy",
    "PolicyReading",
    "Prefix",
    "Provision",
    "Ratio",
    "Recorded",
    "Repeal",
    "Rounded",
    "Row",
    "Rule",
    "RuleBody",
    "RuleReading",
    "Scale",
    "SetAside",
    "Sheet",
    "Statement",
    "String",
    "Table",
    "Target",
    "TargetBody",
    "TargetReading",
    "TestCell",
    "Text",
    "TypeName",
    "Use",
    "YesNo",
    "spanned",
]

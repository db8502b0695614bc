"""Properties that a policy can have, each to be checked, proved, or tested by generated cases.

no_conflict.check(policy)                 by search over thresholds
no_conflict.check(policy, engine="z3")    by proof
test_it = no_conflict.test(policy)        by cases that hypothesis generates

model         a property, and a case on which it is tried
table         what there is, under one name each
certificates, invariance, engines, rising      laws, case by case
versions, deciding      against an older policy; whether facts are enough
trying        laws on a deterministic list of cases     generated   as tests
words         what is said where one is broken
"""

from __future__ import annotations

from vocpolicy.properties.model import Property
from vocpolicy.properties.table import (
    TABLE,
    decidable_from,
    equivalent,
    monotone,
    property_named,
    refines,
)

no_dead_rule = TABLE["no_dead_rule"]
no_constant_rule = TABLE["no_constant_rule"]
no_vacuous_condition = TABLE["no_vacuous_condition"]
exception_reachable = TABLE["exception_reachable"]
exception_leaves_rule = TABLE["exception_leaves_rule"]
no_conflict = TABLE["no_conflict"]
no_gap = TABLE["no_gap"]
no_overlap = TABLE["no_overlap"]
no_masked_row = TABLE["no_masked_row"]
no_redundant_rule = TABLE["no_redundant_rule"]
boundary_observable = TABLE["boundary_observable"]
readings_agree = TABLE["readings_agree"]
target_reachable = TABLE["target_reachable"]
targets_compatible = TABLE["targets_compatible"]
goal_beyond_baseline = TABLE["goal_beyond_baseline"]
goals_not_repeated = TABLE["goals_not_repeated"]
never_errors = TABLE["never_errors"]
information_monotone = TABLE["information_monotone"]
explanation_certified = TABLE["explanation_certified"]
counterfactual_flips = TABLE["counterfactual_flips"]
order_invariant = TABLE["order_invariant"]
unit_invariant = TABLE["unit_invariant"]
round_trips = TABLE["round_trips"]
engines_agree = TABLE["engines_agree"]

__all__ = [
    "TABLE",
    "Property",
    "boundary_observable",
    "counterfactual_flips",
    "decidable_from",
    "engines_agree",
    "equivalent",
    "exception_leaves_rule",
    "exception_reachable",
    "explanation_certified",
    "goal_beyond_baseline",
    "goals_not_repeated",
    "information_monotone",
    "monotone",
    "never_errors",
    "no_conflict",
    "no_constant_rule",
    "no_dead_rule",
    "no_gap",
    "no_masked_row",
    "no_overlap",
    "no_redundant_rule",
    "no_vacuous_condition",
    "order_invariant",
    "property_named",
    "readings_agree",
    "refines",
    "round_trips",
    "target_reachable",
    "targets_compatible",
    "unit_invariant",
]

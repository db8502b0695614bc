"""Rule number 0 of the workload in other engines, each as people use it for one case at a time.

A peer is made of its package when it is asked for; where that is not installed the row says so.
What each decides is held against the hand-written function before it is measured.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from attrs import frozen
from workload import Case, by_hand, cases, figures

Decide = Callable[[Case], bool]

SAID = figures(0)
LINES = {track: SAID[track] for track in ("nursing", "mechatronics", "culinary")}


@frozen
class Peer:
    """
    Attributes:
        name: what is measured.
        package: what has to be installed.
        make: gives what decides a case.
    """

    name: str
    package: str
    make: Callable[[], Decide]

    def version(self) -> str | None:
        try:
            return version(self.package)
        except PackageNotFoundError:
            return None

    def made(self) -> Decide | None:
        """What decides a case, if it is installed.

        Raises:
            AssertionError: it does not decide as the hand-written function does.
        """
        try:
            decide = self.make()
        except ImportError:
            return None
        reference = by_hand(0)
        for case in cases(50):
            assert bool(decide(case)) is reference(case), (self.name, case)
        return decide


def _quoted(values: tuple[str, ...]) -> str:
    return "[" + ", ".join(f"'{value}'" for value in values) + "]"


def expression(conj: str, disj: str, negation: str) -> str:
    """The rule as an expression of C's family, Python's or zen's."""
    lines = f" {disj} ".join(
        f"(track == '{track}' {conj} exam_score >= {line})" for track, line in LINES.items()
    )
    medal = (
        f"trade_matches {conj} (world_skills_award in {_quoted(SAID['medals'])} {disj} "
        f"national_award in {_quoted(SAID['places'])})"
    )
    school = (
        f"graduate_of == '{SAID['school']}' {conj} household_registered "
        f"{conj} age <= {SAID['age']} {conj} ({lines})"
    )
    return f"{negation} {conj} (({medal}) {disj} ({school}))"


ZEN = expression("and", "or", "disciplinary_record == false")
CEL = expression("&&", "||", "!disciplinary_record")


def zen_compiled() -> Decide:
    import zen

    return zen.compile_expression(ZEN).evaluate


def zen_evaluated() -> Decide:
    import zen

    return lambda case: zen.evaluate_expression(ZEN, case)


def cel_in_rust() -> Decide:
    import cel

    program = cel.compile(CEL)
    return lambda case: program.execute(case)


def cel_in_python() -> Decide:
    import celpy

    environment = celpy.Environment()
    program = environment.program(environment.compile(CEL))
    return lambda case: bool(program.evaluate(celpy.json_to_cel(case)))


def rule_engine() -> Decide:
    import rule_engine as peer

    rule = peer.Rule(expression("and", "or", "not disciplinary_record"))
    return rule.matches


def cedar() -> Decide:
    import cedarpy

    lines = " || ".join(
        f'(context.track == "{track}" && context.exam_score >= {line})'
        for track, line in LINES.items()
    )
    medals, places = (json.dumps(SAID[key]) for key in ("medals", "places"))
    policy = f"""
permit(principal, action, resource) when {{
  (context.trade_matches && ({medals}.contains(context.world_skills_award)
    || {places}.contains(context.national_award)))
  || (context.graduate_of == "{SAID["school"]}" && context.household_registered
    && context.age <= {SAID["age"]} && ({lines}))
}};
forbid(principal, action, resource) when {{ context.disciplinary_record }};
"""
    asked = {"principal": 'User::"a"', "action": 'Action::"apply"', "resource": 'Plan::"p"'}

    def decide(case: Case) -> bool:
        answer = cedarpy.is_authorized({**asked, "context": case}, policy, [])
        return answer.decision is cedarpy.Decision.Allow

    return decide


def openfisca() -> Decide:
    from openfisca_core.entities import build_entity
    from openfisca_core.periods import DateUnit
    from openfisca_core.simulations import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
    from openfisca_core.variables import Variable

    person = build_entity("person", "persons", "Person", is_person=True)
    system = TaxBenefitSystem([person])
    kinds = {name: type(value) for name, value in cases(1)[0].items()}

    def variable(name: str, kind: type, formula: Callable[..., Any] | None = None) -> type:
        parts = {"value_type": kind, "entity": person, "definition_period": DateUnit.YEAR}
        return type(name, (Variable,), parts | ({"formula": formula} if formula else {}))

    def formula(one: Any, period: Any) -> Any:
        values = {name: one(name, period) for name in kinds}
        lines = sum(
            (values["track"] == track) * (values["exam_score"] >= line)
            for track, line in LINES.items()
        )
        medal = sum(values["world_skills_award"] == word for word in SAID["medals"])
        place = sum(values["national_award"] == word for word in SAID["places"])
        school = (values["graduate_of"] == SAID["school"]) * values["household_registered"]
        schooled = school * (values["age"] <= SAID["age"]) * (lines > 0)
        won = values["trade_matches"] * ((medal + place) > 0)
        return ((won + schooled) > 0) * ~values["disciplinary_record"]

    for name, kind in kinds.items():
        system.add_variable(variable(name, kind))
    system.add_variable(variable("admission", bool, formula))
    builder = SimulationBuilder()

    def decide(case: Case) -> bool:
        inputs: Mapping[str, Any] = {
            "persons": {"one": {name: {"2023": value} for name, value in case.items()}}
        }
        simulation = builder.build_from_entities(system, inputs)
        return bool(simulation.calculate("admission", "2023")[0])

    return decide


PEERS = (
    Peer("zen-engine, compiled expression", "zen-engine", zen_compiled),
    Peer("zen-engine, evaluate_expression", "zen-engine", zen_evaluated),
    Peer("CEL in Rust, compiled", "common-expression-language", cel_in_rust),
    Peer("cel-python, compiled", "cel-python", cel_in_python),
    Peer("rule-engine, compiled", "rule-engine", rule_engine),
    Peer("cedarpy", "cedarpy", cedar),
    Peer("openfisca-core, a simulation for each", "openfisca-core", openfisca),
)

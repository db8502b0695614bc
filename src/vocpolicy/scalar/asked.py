"""Code for whatever can be asked for by name: conclusions, targets, provisions, definitions."""

from __future__ import annotations

from vocpolicy import core
from vocpolicy.scalar import provisions, settled, targets
from vocpolicy.scalar.clashing import in_conflict
from vocpolicy.scalar.code import UnsupportedError
from vocpolicy.scalar.writer import Writer


def outcome(writer: Writer, name: str) -> str:
    """Code for the outcome of a name.

    Raises:
        UnsupportedError: something in it is left to the interpreter.
    """
    policy = writer.policy
    if name in policy.targets:
        return targets.outcome(writer, policy.targets[name])
    if name in policy.provisions:
        return provisions.outcome(writer, policy.provisions[name])
    if name in policy.conclusions:
        return writer.plan(name).outcome(writer)
    if name in policy.rules:
        return writer.plan(policy.rules[name].conclusion).outcome(writer)
    if name in policy.definitions:
        return _of_definition(writer, policy.definitions[name])
    raise UnsupportedError("is not in force")


def _of_definition(writer: Writer, definition: core.Definition) -> str:
    """A definition asked for by name is decided where its value is known."""
    value = core.DefinitionRef(definition.name, definition.type)
    with writer.at(writer.where.enter(definition.entity)):
        found = settled.decided(writer, value)
    return in_conflict(writer, found)

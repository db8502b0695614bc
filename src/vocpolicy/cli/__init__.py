"""The command line: arguments in, calls to the library, text or JSON out.

Exit codes: 0 all well, 1 findings (a failed case, a gap in coverage), 2 wrong usage, 3 rules do
not compile, 4 facts are wrong.  A verdict of *fails* is a result, not a finding.
"""

from __future__ import annotations

import importlib

import click

# Each command is imported when it is asked for: `check` needs neither facts nor documents.
COMMANDS = {
    "analyse": "vocpolicy.cli.analyse",
    "ask": "vocpolicy.cli.ask",
    "check": "vocpolicy.cli.check",
    "codegen": "vocpolicy.cli.codegen",
    "compile": "vocpolicy.cli.compile",
    "coverage": "vocpolicy.cli.coverage",
    "diff": "vocpolicy.cli.diff",
    "evaluate": "vocpolicy.cli.evaluate",
    "explain": "vocpolicy.cli.explain",
    "facts": "vocpolicy.cli.facts",
    "format": "vocpolicy.cli.format",
    "lint": "vocpolicy.cli.lint",
    "mutate": "vocpolicy.cli.mutate",
    "new": "vocpolicy.cli.new",
    "report": "vocpolicy.cli.report",
    "test": "vocpolicy.cli.test",
    "write-cases": "vocpolicy.cli.write_cases",
    "write-tests": "vocpolicy.cli.write_tests",
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        command: click.Command = importlib.import_module(module).command
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="vocpolicy", message="%(prog)s %(version)s")
def main() -> None:
    """Read, check, evaluate and explain public policies written as rules."""

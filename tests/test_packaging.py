"""The package works from a wheel, an sdist and an editable install, each built and run."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

MAIN_JOB = """
import sys
from datetime import date
import vocpolicy
heavy = {"lark", "pint", "rich", "numpy", "hypothesis"} & set(sys.modules)
assert not heavy, heavy
policy = vocpolicy.shipped("shanghai-plan-14")
verdicts = policy.evaluate_all({"dual_qualified_teachers": 540, "full_time_teachers": 900},
                               as_of=date(2023, 12, 31))
assert verdicts, "no verdicts"
assert all(verdict.explain("en") and verdict.explain("zh") for verdict in verdicts)
print(vocpolicy.__file__)
"""


def run(*command: object, cwd: Path) -> str:
    done = subprocess.run(
        [str(part) for part in command], cwd=cwd, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", out, ROOT, cwd=out)
    return out


def installed_in(folder: Path, what: str) -> Path:
    """A new environment with one way of installing the package, and this one's dependencies."""
    venv.create(folder, with_pip=False, symlinks=True)
    python = folder / "bin" / "python"
    site = next(folder.glob("lib/python*/site-packages"))
    (site / "dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet"]
    how = ["--no-deps", "--ignore-installed", "--no-build-isolation"]
    run(*pip, *how, *what.split(), cwd=folder)
    return python


def main_job_file(python: Path, cwd: Path) -> Path:
    return Path(run(python, "-c", MAIN_JOB, cwd=cwd).strip())


@pytest.mark.parametrize("pattern", ["*.whl", "*.tar.gz"])
def test_runs_the_main_job_from_what_is_built(built: Path, pattern: str, tmp_path: Path) -> None:
    (archive,) = built.glob(pattern)
    python = installed_in(tmp_path / "env", str(archive))
    assert tmp_path in main_job_file(python, tmp_path).parents


def test_runs_the_main_job_from_an_editable_install(tmp_path: Path) -> None:
    python = installed_in(tmp_path / "env", f"--editable {ROOT}")
    assert main_job_file(python, tmp_path) == ROOT / "src" / "vocpolicy" / "__init__.py"


def test_the_wheel_holds_grammar_rules_and_types(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert "vocpolicy/grammar/vocpolicy.lark" in names
    assert "vocpolicy/py.typed" in names
    shipped = {path.name for path in (ROOT / "rules" / "shanghai-plan-14").glob("*.vocp")}
    assert shipped == {
        Path(name).name for name in names if name.startswith("vocpolicy/rules/shanghai-plan-14/")
    }


def test_the_wheel_holds_schemas_and_styles(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    schemas = {path.name for path in (ROOT / "docs" / "schema").glob("*.json")}
    assert {f"vocpolicy/docs/schema/{name}" for name in schemas} <= names
    assert {"vocpolicy/writers/style.css", "vocpolicy/report/report.css"} <= names

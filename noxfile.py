"""All checks. `nox` runs them all; `nox -s tests` the tests alone; `nox -l` lists them."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import nox

nox.options.default_venv_backend = "uv|virtualenv"
nox.options.reuse_existing_virtualenvs = True
nox.options.error_on_missing_interpreters = False

ROOT = Path(__file__).parent
PROJECT = nox.project.load_toml(ROOT / "pyproject.toml")
GROUPS = {name: nox.project.dependency_groups(PROJECT, name) for name in ("docs", "lint", "tests", "types")}
EVERYTHING = ".[cli,cubu,httpx2,sandbox]"
CORE_COVERAGE, COVERAGE = 90, 95


def interpreters() -> dict[str, str]:
    """Find the interpreters that are here: on the PATH, or under pyenv."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found = {}
    for version in ("3.11", "3.12", "3.13", "3.14"):
        candidates = [f"python{version}", *map(str, sorted(pyenv.glob(f"{version}.*/bin/python")))]
        for candidate in candidates:
            if version not in found and works(candidate, version):
                found[version] = candidate
    return found


def works(candidate: str, version: str) -> bool:
    """Tell whether an interpreter starts (pyenv's shims may not) and is of that version."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        answer = subprocess.run([candidate, "-c", code], capture_output=True, text=True, check=False)  # noqa: S603
    except OSError:
        return False
    return answer.stdout.strip() == version


PYTHONS = interpreters()
MATRIX = [
    nox.param(python, engine, id=f"{version}-{engine}")
    for version, python in PYTHONS.items()
    # What an engine does hardly depends on the interpreter: the newest is enough for the second one.
    for engine in ("httpx", *(["httpx2"] if version == [*PYTHONS][-1] else []))
]
OVER_THE_WIRE = tuple(f"tests/{name}" for name in ("cases", "client", "core", "portable"))
"""What the interpreters between the oldest and the newest run, and the second HTTP library: what they can change goes
over the wire, and every provider's calls, failures and answers are among these."""
ASIDE = ("cases", "cassettes", "docs", "portable", "tools")
"""What the oldest interpreter leaves to the newest, where there is another: it measures coverage, which takes half as
long again, and these go through lines that others go through."""
MEASURED = (next(iter(PYTHONS.values()), None), "httpx")


@nox.session
def lint(session: nox.Session) -> None:
    """Check style and formatting."""
    session.install(*GROUPS["lint"])
    session.run("ruff", "check", ".")
    session.run("ruff", "format", "--check", ".")


@nox.session
def types(session: nox.Session) -> None:
    """Check types with mypy and pyright, both strict."""
    session.install(EVERYTHING, "nox", *GROUPS["types"])
    session.run("mypy")
    session.run("pyright", "--warnings")


@nox.session
def facades(session: nox.Session) -> None:
    """Check that the facades are as written from the verbs; `-- --write` writes them."""
    session.install("-e", ".", *GROUPS["lint"])
    write = session.posargs == ["--write"]
    session.run("python", "tools/facades.py", *([] if write else ["--check"]))


@nox.session
def core(session: nox.Session) -> None:
    """Test the core in a copy of the package that has no provider, no sandbox and no command."""
    # The package itself is not installed: its pytest plugin belongs to the sandbox.
    session.install(*PROJECT["project"]["dependencies"], *GROUPS["tests"])
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        shutil.copytree(ROOT / "src", copy / "src")
        shutil.copytree(ROOT / "tests" / "core", copy / "tests" / "core")
        shutil.copy(ROOT / "pyproject.toml", copy)
        for part in ("providers", "sandbox"):
            shutil.rmtree(copy / "src" / "apptsdk" / part)
        for command in ("cli", "demo"):
            (copy / "src" / "apptsdk" / f"{command}.py").unlink()
        session.chdir(copy)
        environment = {"PYTHONPATH": str(copy / "src")}
        session.run("coverage", "run", "-m", "pytest", "-q", "tests/core", env=environment)
        session.run("coverage", "combine", "-q", env=environment)
        session.run("coverage", "report", f"--fail-under={CORE_COVERAGE}", env=environment)


def chosen(python: str, engine: str) -> tuple[str, ...]:
    """Choose the folders of tests that an interpreter and an HTTP library run; none for all."""
    if (python, engine) == ([*PYTHONS.values()][-1], "httpx"):
        return ()
    if (python, engine) != MEASURED:
        return OVER_THE_WIRE
    folders = (path for path in sorted((ROOT / "tests").glob("*/")) if [*path.glob("test_*.py")])
    return tuple(f"tests/{path.name}" for path in folders if path.name not in ASIDE)


@nox.session
@nox.parametrize(("python", "engine"), MATRIX)
def tests(session: nox.Session, engine: str) -> None:
    """Run the tests: all on the newest interpreter that is here, most on the oldest, what uses the wire on the others.

    The newest runs these with the second HTTP library, too. `-- tests` runs all of them everywhere.
    """
    session.install(EVERYTHING, *GROUPS["tests"])
    environment = {"APPTSDK_TEST_ENGINE": engine, "COVERAGE_FILE": str(Path(session.create_tmp()) / "coverage")}
    # Coverage is the same everywhere, and measuring it takes half as long again: once is enough.
    measured = (session.python, engine) == MEASURED and not session.posargs
    command = ["coverage", "run", "-m", "pytest"] if measured else ["pytest"]
    folders = () if session.posargs else chosen(str(session.python), engine)
    session.run(*command, "-q", "-n", "auto", *folders, *session.posargs, env=environment)
    if measured:
        session.run("coverage", "combine", "-q", env=environment)
        session.run("coverage", "report", f"--fail-under={COVERAGE}", env=environment)


@nox.session
def docs(session: nox.Session) -> None:
    """Write the site, with the API reference from the docstrings, to `site/`; every warning is an error."""
    session.install("-e", EVERYTHING, *GROUPS["docs"])
    doctrees = Path(session.create_tmp()) / "doctrees"
    options = ["--builder", "html", "--fail-on-warning", "--fresh-env", "--write-all", "--quiet"]
    session.run("sphinx-build", *options, "--doctree-dir", str(doctrees), "docs", "site")
    session.log("open %s", ROOT / "site" / "index.html")


@nox.session
def package(session: nox.Session) -> None:
    """Build, install the wheel bare in a clean environment, and import what must work without extras."""
    session.install("build", "twine")
    with tempfile.TemporaryDirectory() as folder:
        session.run("python", "-m", "build", "--outdir", folder)
        files = sorted(str(path) for path in Path(folder).iterdir())
        session.run("twine", "check", "--strict", *files)
        clean = Path(folder) / "clean"
        session.run("python", "-m", "venv", str(clean))
        python = str(clean / ("Scripts" if os.name == "nt" else "bin") / "python")
        (wheel,) = (name for name in files if name.endswith(".whl"))
        session.run(python, "-m", "pip", "install", "-q", wheel, external=True)
        session.run(python, str(ROOT / "tests" / "bare.py"), external=True)


@nox.session
def bench(session: nox.Session) -> None:
    """Measure what the SDK costs and fail where a budget is passed."""
    session.install(EVERYTHING)
    session.run("python", "benchmarks/run.py", *session.posargs)


@nox.session(default=False)
def cassettes(session: nox.Session) -> None:
    """Record the cassettes anew from the sandbox; `-- --check` compares, `-- --live NAME` records the real one."""
    session.install(EVERYTHING, *GROUPS["tests"])
    session.run("python", "tests/cassettes/record.py", *session.posargs, env={"PYTHONPATH": str(ROOT / "tests")})


@nox.session
def sabotage(session: nox.Session) -> None:
    """Break the code in one line at a time, and see that the tests notice each."""
    session.install(EVERYTHING, *GROUPS["tests"])
    session.run("python", "tools/sabotage.py", *session.posargs)

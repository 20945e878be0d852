"""The fixtures: a spec each, the arguments it is rendered with, and the files that come out.

fixtures/<case>/spec.yml        an example that a user may start from
fixtures/<case>/arguments.txt   further words of the command line, one line each (optional)
fixtures/<case>/expected/       what `tfgen render spec.yml -o expected` writes
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tfgen.hcl.render import render
from tfgen.kinds import lower
from tfgen.resource import State
from tfgen.spec import Options, Spec, load

FIXTURES = Path(__file__).resolve().parents[2] / "fixtures"


@dataclass(frozen=True)
class Case:
    """One fixture."""

    name: str

    @property
    def directory(self) -> Path:
        return FIXTURES / self.name

    @property
    def spec_file(self) -> Path:
        return self.directory / "spec.yml"

    @property
    def arguments(self) -> list[str]:
        """Words of the command line besides the spec and `-o`."""
        file = self.directory / "arguments.txt"
        return file.read_text(encoding="utf-8").split() if file.exists() else []

    def options(self) -> Options:
        """The arguments as `tfgen render` reads them: pairs of an option and its value."""
        words = iter(self.arguments)
        given = {
            option.removeprefix("--").replace("-", "_"): value
            for option, value in zip(words, words, strict=True)
        }
        return Options(given.get("stage"), given.get("service_name"), given.get("region"))

    def expected(self) -> dict[str, str]:
        """The golden files by their path below `expected`."""
        root = self.directory / "expected"
        return {
            file.relative_to(root).as_posix(): file.read_bytes().decode()
            for file in sorted(root.rglob("*"))
            if file.is_file()
        }


def all_cases() -> list[Case]:
    """Every fixture that has a spec and is not an error case."""
    return [
        Case(file.parent.name)
        for file in sorted(FIXTURES.glob("*/spec.yml"))
        if not file.parent.name.startswith("error_")
    ]


@cache
def spec_of(case: Case) -> Spec:
    """The spec of a case; loaded once."""
    return load((case.spec_file,), case.options())


@cache
def desired_of(case: Case) -> State:
    """What the spec of a case stands for."""
    return lower(spec_of(case))


def rendered(case: Case, spec: Spec | None = None) -> dict[str, str]:
    """What `tfgen render` writes for a case, or for another spec in its place."""
    if spec is None:
        return render(desired_of(case), sources=spec_of(case).sources, region=case.options().region)
    return render(lower(spec), sources=spec.sources, region=case.options().region)

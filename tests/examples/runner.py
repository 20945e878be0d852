"""Runs the shell of the example workflows as GitHub's and GitLab's runners would."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML

CHECKOUT: Final = Path(__file__).parents[2]
EXAMPLES: Final = CHECKOUT / "docs/examples"
_HASH_FILES: Final = re.compile(r"hashFiles\('([^']+)'\) != ''")

Job = dict[str, Any]


def workflow(name: str) -> dict[str, Any]:
    """An example's YAML."""
    loaded: dict[str, Any] = YAML(typ="safe").load((EXAMPLES / name).read_text(encoding="utf-8"))
    return loaded


@dataclass(frozen=True, slots=True)
class Machine:
    """A folder to work in, with `tfgen` on the path; `pip` only notes what it should install."""

    folder: Path
    variables: Mapping[str, str]

    def __post_init__(self) -> None:
        for name, text in {
            "tfgen": f'PYTHONPATH="{CHECKOUT}" exec "{sys.executable}" -m tfgen "$@"',
            "pip": f'echo "$@" >> "{self.folder}/.pip"',
        }.items():
            tool = self.bin / name
            tool.parent.mkdir(exist_ok=True)
            tool.write_text(f"#!/bin/sh\n{text}\n")
            tool.chmod(0o755)

    @property
    def bin(self) -> Path:
        return self.folder / ".bin"

    @property
    def installed(self) -> list[str]:
        """What `pip` was called with."""
        return (self.folder / ".pip").read_text().splitlines()

    def bash(self, script: str, *options: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Runs a script; `options` are bash's own."""
        kept = {name: os.environ[name] for name in ("HOME", "LANG", "TMPDIR") if name in os.environ}
        quiet = {"AWS_EC2_METADATA_DISABLED": "true", "AWS_MAX_ATTEMPTS": "1"}
        none = {"AWS_CONFIG_FILE": os.devnull, "AWS_SHARED_CREDENTIALS_FILE": os.devnull}
        path = f"{self.bin}{os.pathsep}{os.environ['PATH']}"
        return subprocess.run(
            ["bash", *options, "-c", script],
            cwd=self.folder,
            env={**kept, **quiet, **none, **self.variables, **variables, "PATH": path},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )


@dataclass(slots=True)
class Run:
    """What became of a job: exit codes of its scripts, the actions that ran, everything printed."""

    codes: list[int] = field(default_factory=list)
    actions: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    said: str = ""

    @property
    def failed(self) -> bool:
        return any(self.codes)

    def action(self, name: str) -> dict[str, str] | None:
        """The parameters of an action that ran; None when it did not."""
        return next((given for uses, given in self.actions if uses.startswith(f"{name}@")), None)


def github(job: Job, machine: Machine) -> Run:
    """The steps of a job in their order; an action is noted, not run. A region reaches later steps."""
    done = Run()
    variables: dict[str, str] = {}
    for step in job["steps"]:
        if not _wanted(step.get("if"), done, machine):
            continue
        if "uses" in step:
            given = step.get("with", {})
            done.actions.append((step["uses"], given))
            if "aws-region" in given:
                # boto3 reads the second, other tools the first; the action sets both.
                variables["AWS_REGION"] = variables["AWS_DEFAULT_REGION"] = given["aws-region"]
            continue
        result = machine.bash(step["run"], "-e", **variables, **step.get("env", {}))
        done.codes.append(result.returncode)
        done.said += result.stdout + result.stderr
    return done


def _wanted(condition: str | None, done: Run, machine: Machine) -> bool:
    """A step's `if`; raises ValueError for what this does not know. Nobody cancels here."""
    if condition is None:
        return not done.failed
    for part in condition.removeprefix("${{").removesuffix("}}").strip().split(" && "):
        files = _HASH_FILES.fullmatch(part)
        if files is None and part != "!cancelled()":
            raise ValueError(f"unknown condition {part!r}")
        if files is not None and not any(machine.folder.glob(files[1])):
            return False
    return True


def gitlab(name: str, machine: Machine, **variables: str) -> Run:
    """One job of the pipeline; its variables may refer to the given ones."""
    pipeline = workflow("gitlab/.gitlab-ci.yml")
    job = pipeline[name]
    lines = [*pipeline["default"]["before_script"], *job["script"]]
    own = {
        key: re.sub(r"\$(\w+)", lambda found: variables[found[1]], value)
        for key, value in job.get("variables", {}).items()
    }
    result = machine.bash("\n".join(lines), "-eo", "pipefail", **{**own, **variables})
    return Run([result.returncode], [], result.stdout + result.stderr)


def scripts() -> Iterator[tuple[str, str]]:
    """(file, shell text) of every example."""
    for file in sorted((EXAMPLES / "github").iterdir()):
        for job in workflow(f"github/{file.name}")["jobs"].values():
            yield file.name, "\n".join(step["run"] for step in job["steps"] if "run" in step)
    for name, job in workflow("gitlab/.gitlab-ci.yml").items():
        yield f"gitlab {name}", "\n".join([*job.get("before_script", ()), *job.get("script", ())])
    yield "tfgen-drift", (EXAMPLES / "cron/tfgen-drift").read_text(encoding="utf-8")

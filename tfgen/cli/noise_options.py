"""Options that keep a nightly check quiet where nothing is wrong, and what they turn into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from tfgen.cli.options import Command, Sources
    from tfgen.finding import Result
    from tfgen.noise import Noise, NoiseOutcome
    from tfgen.noise.scope import Scope
    from tfgen.resource import State

_FILE = click.Path(path_type=Path, dir_okay=False)
_SELECTOR = "severity:, status:, pool:, resource: or path: with a glob, or a bare glob"


@dataclass(frozen=True, slots=True)
class NoiseOptions:
    """`record`: where what is live is written as accepted; None where it is not."""

    ignore: Path | None
    baseline: Path | None
    history: Path | None
    record: Path | None
    only: tuple[str, ...]
    skip: tuple[str, ...]
    show_ignored: bool
    new_only: bool

    def read(self) -> Noise:
        """Reads the files, before AWS is asked; raises SpecError or UsageError for what is wrong in them."""
        from tfgen import noise
        from tfgen.noise.ignore_file import DEFAULT_NAME

        usual = Path(DEFAULT_NAME)
        return noise.read(
            ignore=self.ignore or (usual if usual.is_file() else None),
            baseline=self.baseline,
            history=self.history,
            only=self.only,
            skip=self.skip,
            new_only=self.new_only,
        )

    def apply(self, noise: Noise, result: Result, desired: State, live: State, scope: Scope) -> NoiseOutcome:
        """The result less what is accepted; raises UsageError for a selector that fits nothing there is."""
        from tfgen.noise import apply, check_places

        check_places(noise, [result], [desired])
        return apply(noise, result, desired, live, scope=scope, now=datetime.now(UTC))

    def finish(
        self, noise: Noise, outcome: NoiseOutcome, live: State, scope: Scope, sources: Sources
    ) -> None:
        """After the report: says what went out and why, and writes history and baseline."""
        from tfgen.hidden import visible
        from tfgen.noise import accepted, keep
        from tfgen.report.output import write_file

        # Said in spite of -q: a rule that is over fails the run, and what was not checked is no detail.
        for line in outcome.warnings():
            click.echo(visible(line), err=True)
        for line in outcome.notes():
            sources.say(line)
        for finding, rule in outcome.ignoring.ignored if self.show_ignored else ():
            sources.say(f"ignored: {finding.status.value} {finding.address} {finding.path} ({rule})")
        keep(noise, outcome)
        if self.record is not None:
            write_file(self.record, accepted(noise, outcome, live, scope, datetime.now(UTC)))


def noise_options(command: Command) -> Command:
    """Ignore rules, baseline, selection and history; the command gets `noise`."""

    @click.option(
        "--ignore", type=_FILE, help="Rules of what to ignore.  [default: tfgen.ignore.yml if there]"
    )
    @click.option("--show-ignored", is_flag=True, help="List what the rules ignore, on stderr.")
    @click.option("--baseline", type=_FILE, help="Report only what changed since this file was recorded.")
    @click.option(
        "--record", type=_FILE, help="Write what is live beside the spec as accepted, for --baseline."
    )
    @click.option("--only", multiple=True, metavar="SELECTOR", help=f"Only these findings: {_SELECTOR}.")
    @click.option("--skip", multiple=True, metavar="SELECTOR", help="Not these findings.")
    @click.option("--history", type=_FILE, help="Remember in this file when each finding appeared.")
    @click.option("--new-only", is_flag=True, help="Fail only for what --history does not know yet.")
    @wraps(command)
    def with_noise(
        ignore: Path | None,
        baseline: Path | None,
        history: Path | None,
        record: Path | None,
        only: tuple[str, ...],
        skip: tuple[str, ...],
        show_ignored: bool,
        new_only: bool,
        **rest: Any,
    ) -> Any:
        noise = NoiseOptions(ignore, baseline, history, record, only, skip, show_ignored, new_only)
        return command(noise=noise, **rest)

    return with_noise

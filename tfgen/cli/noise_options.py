"""Options that keep a nightly check quiet where nothing is wrong, and what they turn into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tfgen.cli.options import Command, Sources
    from tfgen.finding import Result
    from tfgen.noise import Noise, NoiseOutcome
    from tfgen.noise.scope import Scope

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
            record=self.record,
            history=self.history,
            only=self.only,
            skip=self.skip,
            new_only=self.new_only,
        )

    def apply(self, noise: Noise, result: Result, scope: Scope) -> NoiseOutcome:
        """The result less what is accepted; raises UsageError for a selector that fits nothing there is."""
        from tfgen.noise import Look, apply, check_places

        look = Look(result, scope)
        check_places(noise, [look])
        (outcome,) = apply(noise, [look], datetime.now(UTC))
        return outcome

    def tell(
        self, noise: Noise, outcomes: Sequence[NoiseOutcome], sources: Sources, targets: Collection[str] = ()
    ) -> None:
        """After the report: says what went out and why. `targets`: the names of all targets of a fleet."""
        from tfgen.hidden import visible
        from tfgen.noise import ignored, notes, warnings

        # Said in spite of -q: a rule that is over fails the run, and what was not checked is no detail.
        for line in warnings(outcomes):
            click.echo(visible(line), err=True)
        for line in notes(noise, outcomes, targets):
            sources.say(line)
        for line in ignored(outcomes) if self.show_ignored else ():
            sources.say(line)

    def say_unwritten(self, sources: Sources) -> None:
        """What an interrupted run leaves as it was: the run that resumes it has the rest of the news."""
        for path in (self.history, self.record):
            if path is not None:
                sources.say(f"{path}: not written, as the run was interrupted")

    def write(self, noise: Noise, outcomes: Sequence[NoiseOutcome], sources: Sources) -> None:
        """Writes history and baseline, once the report is out. Raises OutputError when one cannot be."""
        from tfgen.noise import accepted, keep
        from tfgen.report.output import write_file

        keep(noise, outcomes)
        if self.record is not None:
            text, said = accepted(noise, outcomes, datetime.now(UTC))
            write_file(self.record, text)
            for line in said:
                sources.say(f"{self.record}: {line}")


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

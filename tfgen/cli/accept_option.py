"""`--accept PATH`: the spec says what is live."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from tfgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tfgen.cli.options import Command, Sources
    from tfgen.drift.adopt import Outcome
    from tfgen.finding import Finding
    from tfgen.known import Known
    from tfgen.resource import State
    from tfgen.spec import Spec
    from tfgen.spec.edit import Texts


@dataclass(frozen=True, slots=True)
class Accept:
    """The paths of findings to accept; none where the spec stays as it is."""

    paths: tuple[str, ...]

    def read(self, sources: Sources, spec: Spec) -> Texts | None:
        """The texts of the spec, right after it was loaded: an edit must fit what was read."""
        if not self.paths:
            return None
        from tfgen.spec.edit import read_texts

        return read_texts(spec, sources.options())

    def apply(
        self, texts: Texts, findings: Sequence[Finding], live: State, known: Known, sources: Sources
    ) -> tuple[list[Finding], bool]:
        """Edits the spec; returns the findings that are left, and whether every edit could be made.

        Raises UsageError for a path that means no finding, before anything is written.
        """
        from tfgen.drift.adopt import adopt, select
        from tfgen.spec.edit import write_all

        chosen = select(findings, self.paths)
        if chosen.unmatched:
            raise UsageError(f"--accept {', '.join(chosen.unmatched)}: no finding has this path")
        adopted = adopt(texts, chosen.findings, live, known)
        write_all(adopted.changed())
        refused = [outcome for outcome in adopted.outcomes if outcome.refused]
        for outcome in adopted.outcomes:
            _tell(outcome, sources)
        done = [outcome.finding for outcome in adopted.outcomes if not outcome.refused]
        return [finding for finding in findings if finding not in done], not refused


def _tell(outcome: Outcome, sources: Sources) -> None:
    from tfgen.hidden import visible

    what = f"{outcome.finding.address} {outcome.finding.path}".rstrip()
    if outcome.refused:
        click.echo(visible(f"not accepted: {what}: {outcome.refused}"), err=True)
    for change in outcome.changes:
        sources.say(f"accepted: {change}")
    if outcome.settled:
        sources.say(f"accepted: {what} with it")


def accept_option(command: Command) -> Command:
    """`--accept`; the command gets `accept`."""

    @click.option(
        "--accept",
        "paths",
        multiple=True,
        metavar="PATH",
        help="Edit the spec so that it says the live value of findings with this path; may be given "
        "several times, globs as in .gitignore.",
    )
    @wraps(command)
    def with_accept(paths: tuple[str, ...], **rest: Any) -> Any:
        return command(accept=Accept(paths), **rest)

    return with_accept

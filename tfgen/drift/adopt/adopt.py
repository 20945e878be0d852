"""Accepting findings one after the other, each on top of those before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tfgen.drift.adopt.outcome import Outcome
from tfgen.drift.adopt.trial import FailedError, Side, failure, written
from tfgen.drift.edits import Case, candidates, refusal
from tfgen.finding import Finding, Status
from tfgen.known import Known
from tfgen.resource import State
from tfgen.spec import Spec
from tfgen.spec.edit import Texts, obstacle

_REFUSED = {
    Status.DELETED: "it is gone in AWS: take it out of the spec by hand, or apply to make it again",
    Status.UNMANAGED: "no resource of the spec is it: import it, or delete it in AWS",
    Status.NOT_CHECKED: "its live value was not read",
}
_ACROSS = "it is about several resources: no value of the spec says it"


@dataclass(frozen=True, slots=True)
class Adopted:
    """`before` and `after`: all files of the spec; `outcomes` in the order of the findings.

    `spec`: what the new texts are.
    """

    before: Texts
    after: Texts
    outcomes: tuple[Outcome, ...]
    spec: Spec

    def changed(self) -> Iterator[tuple[str, str, str]]:
        """(file, text before, text after) of each file that an edit changed."""
        for old, new in zip(self.before.sources, self.after.sources, strict=True):
            if old.text != new.text:
                yield old.name, old.text, new.text


def adopt(texts: Texts, findings: Iterable[Finding], live: State, known: Known) -> Adopted:
    """The texts that say what is live, and what became of each finding. Writes nothing.

    `live` and `known` are those that the findings were made from. Raises SpecError when the texts are
    no valid spec (a file changed since).
    """
    first = side = Side.of(texts, live, known)
    outcomes: list[Outcome] = []
    for finding in findings:
        side, outcome = _one(first, side, finding)
        outcomes.append(outcome)
    return Adopted(texts, side.texts, tuple(outcomes), side.spec)


def _one(first: Side, side: Side, finding: Finding) -> tuple[Side, Outcome]:
    """`first`: before any edit."""
    if finding.status is not Status.MODIFIED:
        return side, Outcome(finding, refused=_REFUSED[finding.status])
    difference = side.difference(finding)
    if difference is None:
        if first.difference(finding) is None:
            return side, Outcome(finding, refused=_ACROSS)
        return side, Outcome(finding, settled=True)
    resource, live = side.pair(finding)
    why = refusal(side.spec, resource, difference)
    if why:
        return side, Outcome(finding, refused=why)
    return _tried(side, finding, Case(side.spec, resource, live, difference))


def _tried(side: Side, finding: Finding, case: Case) -> tuple[Side, Outcome]:
    """The first candidate that works; else the reason why the plainest one does not."""
    first = ""
    for candidate in candidates(case):
        text = side.text_of(case.owner)
        why = next((why for path, _ in candidate.puts if (why := obstacle(text, path))), "")
        if not why:
            try:
                texts, changes = written(side, case.owner, candidate)
                after = side.on(texts)
            except FailedError as error:
                why = str(error)
            else:
                why = failure(side, after, finding)
                if not why:
                    return after, Outcome(finding, changes)
        elif candidate.decides:
            return side, Outcome(finding, refused=why)
        first = first or why
    return side, Outcome(finding, refused=first or "the spec cannot say it")

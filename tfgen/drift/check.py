"""A whole check: the comparison, and what only several resources together can tell."""

from __future__ import annotations

from tfgen.drift.compare import compare
from tfgen.drift.cross import cross_checks, merged
from tfgen.drift.declared import outline
from tfgen.drift.match import Matched, match
from tfgen.finding import Result
from tfgen.known import Known
from tfgen.resource import State
from tfgen.spec import Spec


def check(spec: Spec, desired: State, live: State, known: Known, matched: Matched | None = None) -> Result:
    """All findings of `desired` against `live`, by urgency, then by place.

    `matched`: which is which, where the caller needs it too. The result says of both sides what noise
    control asks for, so that neither has to be kept.
    """
    matched = matched or match(desired, live, known)
    result = compare(spec, desired, live, known, matched)
    found = cross_checks(spec, desired, live, matched.resolver)
    result.findings = sorted(merged(result.findings, found), key=lambda finding: finding.sort_key)
    pairs = matched.resolver.pairs
    result.labels = [pairs[address].address.label for address in result.compared]
    result.declared = [outline(desired.resources[address].values) for address in result.compared]
    result.absent = [address for address in desired.resources if address not in pairs]
    return result

"""Checks that look at several resources at once: what no argument on its own can tell.

    found = cross_checks(spec, desired, live, resolver)
    result.findings = merged(result.findings, found)

Each check is a function over a `View`; `CHECKS` lists them with id, severity and text.
"""

from __future__ import annotations

from tfgen.drift.cross.checks import CHECKS, cross_checks
from tfgen.drift.cross.merge import merged
from tfgen.drift.cross.model import Check

__all__ = ["CHECKS", "Check", "cross_checks", "merged"]

"""Edits of the spec that may make one live value the desired one.

`accept` says the plainest in words, for a report; `candidates` are all of them, for
`tfgen.drift.adopt` to try.
"""

from tfgen.drift.edits.accept import accept, refusal
from tfgen.drift.edits.candidates import Candidate, candidates
from tfgen.drift.edits.case import NOTHING, Case

__all__ = ["NOTHING", "Candidate", "Case", "accept", "candidates", "refusal"]

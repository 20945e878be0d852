"""What differs between the desired and the live resources, and what that means.

`check` is the door, `compare` the same without the checks across resources; deepdiff is imported only
when two resources differ.
"""

from tfgen.drift.check import check
from tfgen.drift.compare import compare
from tfgen.drift.verdict import Policy, fails, not_checked

__all__ = ["Policy", "check", "compare", "fails", "not_checked"]

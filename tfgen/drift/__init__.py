"""What differs between the desired and the live resources, and what that means.

`compare` is the door; deepdiff is imported only when two resources differ.
"""

from tfgen.drift.compare import compare
from tfgen.drift.verdict import Policy, fails, not_checked

__all__ = ["Policy", "compare", "fails", "not_checked"]

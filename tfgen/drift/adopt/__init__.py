"""`tfgen drift --accept`: the spec itself, edited so that it says what is live.

    texts = read_texts(spec, options)                  # tfgen.spec.edit
    chosen = select(result.findings, paths)            # which findings the paths mean
    adopted = adopt(texts, chosen.findings, live, known)
    write_all(adopted.changed())                       # tfgen.spec.edit

Every edit is tried in memory first: the new text must load and lower, the finding must be gone when
the same live state is compared again, and nothing else may differ that did not differ before.
"""

from __future__ import annotations

from tfgen.drift.adopt.adopt import Adopted, adopt
from tfgen.drift.adopt.outcome import Change, Outcome
from tfgen.drift.adopt.select import Selection, select

__all__ = ["Adopted", "Change", "Outcome", "Selection", "adopt", "select"]

"""What the property models and field tables say, for people: explain, the reference pages, the rules.

Everything here is read from `tfgen.spec` and `tfgen.kinds`; no fact is written down a second time.
"""

from __future__ import annotations

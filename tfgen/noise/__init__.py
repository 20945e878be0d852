"""Noise control: what keeps a nightly check quiet where nothing is wrong, without hiding what is.

Ignore rules, baseline, selection and history, each in rooms of its own; `run` applies them in the one
order that is right, to one deployment or to all of a fleet.
"""

from __future__ import annotations

from tfgen.noise.look import Look
from tfgen.noise.notes import ignored, notes, warnings
from tfgen.noise.run import Noise, NoiseOutcome, accepted, apply, check_places, keep, read
from tfgen.noise.scope import Scope

__all__ = [
    "Look",
    "Noise",
    "NoiseOutcome",
    "Scope",
    "accepted",
    "apply",
    "check_places",
    "ignored",
    "keep",
    "notes",
    "read",
    "warnings",
]

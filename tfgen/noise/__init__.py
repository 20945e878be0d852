"""Noise control: what keeps a nightly check quiet where nothing is wrong, without hiding what is.

Ignore rules, baseline, selection and history, each in rooms of its own; `run` applies them in the one
order that is right.
"""

from __future__ import annotations

from tfgen.noise.run import Noise, NoiseOutcome, accepted, apply, check_places, keep, read

__all__ = ["Noise", "NoiseOutcome", "accepted", "apply", "check_places", "keep", "read"]

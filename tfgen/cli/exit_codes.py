"""Exit codes, in the one place that has them; they follow `terraform plan -detailed-exitcode`."""

from __future__ import annotations

from typing import Final

CLEAN: Final = 0
ERROR: Final = 1
"""An error, a usage error, or not everything could be checked."""
CHANGED: Final = 2
"""Drift, or files that are not what the spec gives."""
INTERRUPTED: Final = 130

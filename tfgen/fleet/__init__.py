"""Drift checks of many deployments in one run: targets from a file, shared quotas, streamed results.

`load_fleet` reads `tfgen.yml`, `run` checks its targets. Nothing here imports boto3 or rich before it
is needed.
"""

from __future__ import annotations

from tfgen.fleet.check import NoWatch, Watch
from tfgen.fleet.discovery import unmanaged
from tfgen.fleet.file import DEFAULT_NAME, load_fleet
from tfgen.fleet.journal import journal_path, resumable
from tfgen.fleet.on_dask import run_on_dask
from tfgen.fleet.progress import Progress
from tfgen.fleet.result import Covers, TargetResult, together
from tfgen.fleet.run import run
from tfgen.fleet.target import Fleet, Target

__all__ = [
    "DEFAULT_NAME",
    "Covers",
    "Fleet",
    "NoWatch",
    "Progress",
    "Target",
    "TargetResult",
    "Watch",
    "journal_path",
    "load_fleet",
    "resumable",
    "run",
    "run_on_dask",
    "together",
    "unmanaged",
]

"""Drift checks of many deployments in one run: targets from a file, shared quotas, streamed results.

`load_fleet` reads `tfgen.yml`, `run` checks its targets. Nothing here imports boto3 or rich before it
is needed.
"""

from __future__ import annotations

from tfgen.fleet.blame import ask, places, summary
from tfgen.fleet.check import NoWatch, Watch
from tfgen.fleet.discovery import Discovered, unmanaged
from tfgen.fleet.file import DEFAULT_NAME, load_fleet
from tfgen.fleet.journal import journal_path, resumable
from tfgen.fleet.on_dask import ask_on_dask, run_on_dask
from tfgen.fleet.progress import Progress
from tfgen.fleet.result import Covers, TargetResult, failed, together
from tfgen.fleet.run import run
from tfgen.fleet.target import Fleet, Target

__all__ = [
    "DEFAULT_NAME",
    "Covers",
    "Discovered",
    "Fleet",
    "NoWatch",
    "Progress",
    "Target",
    "TargetResult",
    "Watch",
    "ask",
    "ask_on_dask",
    "failed",
    "journal_path",
    "load_fleet",
    "places",
    "resumable",
    "run",
    "run_on_dask",
    "summary",
    "together",
    "unmanaged",
]

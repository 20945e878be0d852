"""The live side: the only place that talks to AWS (boto3), and only ever to read.

`connect` makes the way to an account, `fetch` reads what a spec stands for; `tfgen.live.policy` says
which permissions that takes. Nothing here imports boto3 before `connect` is called.
"""

from __future__ import annotations

from tfgen.live.aws import Aws
from tfgen.live.connect import connect
from tfgen.live.fetch import fetch
from tfgen.live.options import AwsOptions

__all__ = ["Aws", "AwsOptions", "connect", "fetch"]

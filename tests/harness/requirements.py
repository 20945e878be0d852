"""Whether a missing tool skips a test or fails it."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


class MissingError(Exception):
    """A tool this machine would need is not there; `str()` says which and how to get it."""


def unavailable(reason: str) -> NoReturn:
    """Skip the test, or fail it where `TFGEN_REQUIRE_TERRAFORM` is set (in CI).

    A build that quietly skips its end-to-end tests has proven nothing.
    """
    if os.environ.get("TFGEN_REQUIRE_TERRAFORM", "") not in {"", "0"}:
        pytest.fail(f"{reason} (TFGEN_REQUIRE_TERRAFORM is set)", pytrace=False)
    pytest.skip(reason)

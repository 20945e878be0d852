"""`python -m tests.coverage.generate` writes docs/coverage.md; a test says when it is stale."""

from __future__ import annotations

import os

from tests.coverage.page import PAGE, page

if __name__ == "__main__":
    os.environ |= {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}
    PAGE.write_text(page(), encoding="utf-8", newline="\n")

"""Directives: `$Name(arguments).path` in place of a value."""

from __future__ import annotations

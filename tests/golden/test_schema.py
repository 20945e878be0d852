"""Golden HCL against the schema of provider 6.66: nothing missing, invented or of a wrong type."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pygohcl

from tests.golden.cases import Case, all_cases
from tests.provider_schema import load
from tfgen.kinds import KINDS

META = {"depends_on", "lifecycle", "provider"}
"""Terraform's own arguments of every resource."""

LITERALS: dict[str, tuple[type, ...]] = {"bool": (bool,), "number": (int, float), "string": (str,)}


def faults(body: Mapping[str, Any], schema: Any, path: str) -> Iterator[str]:
    """What of a parsed body the schema does not have, or has another way."""
    for name, value in body.items():
        here = f"{path}.{name}"
        if path.count(".") == 1 and name in META:
            continue
        if name in schema.blocks:
            block = schema.blocks[name]
            instances = value if isinstance(value, list) else [value]
            if block.max is not None and len(instances) > block.max:
                yield f"{here}: {len(instances)} blocks, {block.max} allowed"
            for instance in instances:
                yield from faults(instance, block, here)
        elif name in schema.arguments:
            wanted = schema.arguments[name].type
            if not _fits(value, wanted):
                yield f"{here}: {value!r} is no {wanted}"
        else:
            yield f"{here}: unknown"
    yield from (
        f"{path}.{name}: missing"
        for name, argument in schema.arguments.items()
        if argument.required and name not in body
    )


def _fits(value: Any, wanted: str) -> bool:
    """A literal of the type; a text may be a reference to a value of any type."""
    if isinstance(value, str):
        return wanted == "string" or "." in value or "(" in value
    if wanted.startswith(("set", "list")):
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    if wanted.startswith("map"):
        return isinstance(value, dict)
    return isinstance(value, LITERALS[wanted]) and isinstance(value, bool) is (wanted == "bool")


def resources(case: Case) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Type, label and body of every resource in a case's golden files."""
    for path, text in case.expected().items():
        if path.endswith(".tf"):
            for kind, named in pygohcl.loads(text).get("resource", {}).items():
                for label, body in named.items():
                    yield kind, label, body


def test_golden_files_are_what_provider_6_takes(case: Case) -> None:
    found = [
        fault
        for kind, label, body in resources(case)
        for fault in faults(body, load(kind), f"{kind}.{label}")
    ]
    assert found == []


def test_every_kind_is_looked_at() -> None:
    assert {kind for case in all_cases() for kind, _, _ in resources(case)} == set(KINDS)


def test_the_check_sees_what_is_wrong() -> None:
    """Each way of being wrong once, so that the test above is known to be able to fail."""
    wrong = {
        "user_pool_id": 5,
        "callback_urls": ["a", 1],
        "enable_token_revocation": 1,
        "access_token_validity": True,
        "invented": "x",
        "token_validity_units": [{"access_token": "seconds"}, {"nothing": "x"}],
    }
    found = list(faults(wrong, load("aws_cognito_user_pool_client"), "aws_cognito_user_pool_client.this"))
    assert [fault.split(".", 2)[2] for fault in found] == [
        "user_pool_id: 5 is no string",
        "callback_urls: ['a', 1] is no set(string)",
        "enable_token_revocation: 1 is no bool",
        "access_token_validity: True is no number",
        "invented: unknown",
        "token_validity_units: 2 blocks, 1 allowed",
        "token_validity_units.nothing: unknown",
        "name: missing",
    ]

"""Over every argument of every kind: what is accepted is gone, and nothing else is touched."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any

import pytest

from tests.drift.single import Steps, at
from tests.edit.live import Drifted, after
from tests.edit.specs import RICH
from tests.kinds.synthetic import sample
from tfgen.finding import Finding, Status
from tfgen.kinds import KINDS
from tfgen.kinds.field import Field, Type

EXPECTED_REFUSALS = (
    "is a directive: change what it stands for",
    "has a directive in it: change what it stands for",
    "the provider refuses it beside",
    "a secret is not accepted into a spec",
    "cannot go with the second factor SMS",
    "does not fit an attribute of type",
    "names a way or a priority twice",
    "recovery_mechanism needs",
)
"""Why a value that the table can have is not accepted; any other reason is a fault of ours."""


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Drifted:
    return Drifted(tmp_path_factory.mktemp("rich"), RICH)


def leaves(
    fields: tuple[Field, ...], values: dict[str, Any], steps: Steps = ()
) -> Iterator[tuple[Steps, Field]]:
    """Every argument, and each instance of a repeated block, that a resource has or could have."""
    for field in fields:
        here, value = (*steps, field.name), values.get(field.name) or {}
        if field.type is Type.BLOCK:
            yield from leaves(field.fields, value, here)
        elif field.type is Type.BLOCKS:
            for key, item in value.items():
                yield (*here, key), field
                # The key itself is what an instance is told by: another one is another instance.
                members = tuple(member for member in field.fields if member.name != field.key)
                yield from leaves(members, item, (*here, key))
        elif field.answered:
            yield here, field


def other_values(field: Field) -> list[Any]:
    if field.type is Type.BLOCKS:
        return [None]
    return [sample(field, 0), sample(field, 1), None]


@pytest.mark.parametrize("kind", list(KINDS))
def test_an_accepted_value_is_gone_and_alone(kind: str, rich: Drifted) -> None:
    table = KINDS[kind]
    tried = 0
    for address, live in rich.pairs.items():
        if address.kind != kind:
            continue
        for steps, field in leaves(table.fields, live.values):
            for value in other_values(field):
                if value is None and steps[0] == "schema" and len(steps) > 2:
                    continue  # AWS answers every member of an attribute
                if value != at(live.values, steps):
                    tried += check(rich, address, steps, value)
    without = ("aws_apigatewayv2_stage", "aws_route53_record")
    assert tried or kind in without, "nothing was tried"


def check(rich: Drifted, address: Any, steps: Steps, value: Any) -> int:
    live = rich.with_change(address, steps, value)
    before = rich.findings(live)
    modified = [finding for finding in before if finding.status is Status.MODIFIED]
    assert all(finding.effect and finding.accept for finding in modified)
    for finding in modified:
        adopted = rich.adopt([finding], live)
        (outcome,) = adopted.outcomes
        if outcome.refused:
            assert any(reason in outcome.refused for reason in EXPECTED_REFUSALS), (finding, outcome)
            assert adopted.after == adopted.before
            continue
        text = after(adopted)
        left = rich.again(text, live)
        assert all((one.address, one.path) != (finding.address, finding.path) for one in left)
        assert {_told(one) for one in left} <= {_told(one) for one in before}
        untouched(RICH, text)
    return len(modified)


def _told(finding: Finding) -> str:
    return f"{finding.status} {finding.address} {finding.path} {finding.desired} {finding.live}"


def untouched(old: str, new: str) -> None:
    """The edit is small, and every comment that is not on an edited line is still there."""
    diff = list(difflib.ndiff(old.splitlines(keepends=True), new.splitlines(keepends=True)))
    gone = [line for line in diff if line.startswith("- ")]
    added = [line for line in diff if line.startswith("+ ")]
    assert len(gone) <= 8, diff
    assert len(added) <= 20, diff
    for line in gone:
        _, mark, comment = line.partition("   #")
        if mark and not any(comment in one for one in added):
            assert len(gone) > len(added), "a comment went although its line stayed"

"""Whole specs: what apply makes of them compares clean, and fits together."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.drift.world import World
from tests.golden.cases import Case, all_cases
from tests.spec.texts import EVERY_PROPERTY, SEED
from tfgen.drift import check


@pytest.mark.parametrize("text", [SEED, EVERY_PROPERTY], ids=["seed", "every property"])
@pytest.mark.parametrize("stage", [None, "dev"])
def test_apply_is_clean(text: str, stage: str | None, world: Callable[..., World]) -> None:
    result = world(text, stage=stage).compare()
    assert result.findings == []
    assert result.resources == len(world(text, stage=stage).desired.resources)


# These need files beside them, or two things with one id; the tests with Terraform run all of them.
OTHERS = {"directives", "directives_region", "every_property", "hooks", "hostile_strings"} | {
    "identity_providers", "names", "several",
}  # fmt: skip
CASES = [case for case in all_cases() if case.name not in OTHERS]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_every_fixture_is_clean_with_all_checks(case: Case, world: Callable[..., World]) -> None:
    options = case.options()
    made = world(case.spec_file.read_text(), stage=options.stage, service_name=options.service_name)
    result = check(made.spec, made.desired, made.live(), made.known)
    assert [one for one in result.findings if one.declared] == []
    asked = {control for one in result.findings for control in one.controls}
    assert asked <= {"tfgen domain-unused"}, "a spec may ask for login pages that no client uses"

"""Pools of each year since 2016: the findings are those of `drift.txt`, and each rule has its reason."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import botocore
import pytest
from botocore.loaders import Loader
from botocore.model import ServiceModel

from tests.eras import page
from tests.eras.era import Era, eras
from tests.eras.leaves import Leaf, changed, leaves, no_setting, said
from tests.eras.switches import without
from tfgen.finding import Result
from tfgen.kinds import KINDS, ruled
from tfgen.kinds.eras import ABSENT
from tfgen.kinds.ruled import all_rules
from tfgen.kinds.rules import Rule

NOT_READ = {
    "get_policy.RevisionId": "a policy is read statement by statement",
    "get_policy.Id": "a policy is read statement by statement",
}
"""Answers that no table reads, and why."""
NOT_PLANNED = {
    "aws_cognito_identity_provider.provider_details": "each added member is written as ignore_changes",
    "aws_cognito_user_pool_client.refresh_token_rotation": "as good as none, and not removable: issue 47196",
    "aws_apigatewayv2_authorizer.authorizer_payload_format_version": "one emulator only",
    "aws_apigatewayv2_integration.integration_method": "the provider suppresses POST",
    "aws_apigatewayv2_integration.passthrough_behavior": "the provider suppresses it for HTTP APIs",
}
"""Why no plan shows a value that a rule leaves out, where the provider does not keep what is left out."""
SECRETS = ("client_secret", "ClientSecret", "ExternalId")
SERVICES = {
    "get_api": "apigatewayv2",
    "get_stages": "apigatewayv2",
    "get_authorizers": "apigatewayv2",
    "get_integrations": "apigatewayv2",
    "get_routes": "apigatewayv2",
    "get_policy": "lambda",
    "get_role": "iam",
    "get_role_policy": "iam",
    "list_resource_record_sets": "route53",
}
RULES = all_rules()
every_era = pytest.mark.parametrize("era", eras(), ids=lambda era: era.name)


def test_what_is_generated_is_current() -> None:
    for path, content in page.files():
        said_now = path.read_text(encoding="utf-8")
        assert said_now == content, f"{path} is stale: python -m tests.eras.page, then look at the diff"


@every_era
def test_every_finding_is_explained(era: Era) -> None:
    told = (era.folder / "README.md").read_text(encoding="utf-8")
    findings = era.check().findings
    explained = re.findall(r"^\| `([\w.]+)` \|", told, re.MULTILINE)
    assert all(any(item.path.startswith(name) for name in explained) for item in findings)
    assert all(any(item.path.startswith(name) for item in findings) for name in explained)
    assert ("No findings." in told) == (not findings)


@every_era
def test_no_era_is_unread(era: Era) -> None:
    """What an era answers is understood: nothing is NOT_CHECKED."""
    assert [item for item in era.check().findings if item.status.value == "NOT_CHECKED"] == []


def test_there_is_an_era_for_each_step_of_the_api() -> None:
    assert {era.name for era in eras()} >= {str(year) for year in range(2016, 2027)}


def test_every_rule_is_needed_by_some_era() -> None:
    """Switched off, each one makes at least one of these pools unclean."""
    used = {name for era in eras() for name in page.needed(era)}
    assert sorted(used) == sorted(RULES)


def test_every_form_and_every_silence_has_a_rule() -> None:
    for kind in KINDS.values():
        for path, field in kind.walk():
            rules = {rule.id for rule in (*ruled.rules_of(field), *ruled.general_rules_of(field))}
            assert field.unset is None or field.silent is not None or ABSENT.id in rules, path
            assert field.canonical is None or field.canonical in ruled.FORMS, path
            assert field.silent is None or field.unset is not None, path


@every_era
def test_every_value_is_compared_or_left_out_by_a_named_rule(era: Era) -> None:
    before = said(era.check())
    hidden = [leaf for leaf in leaves(era.answers()) if said(era.check(changed(era, leaf))) == before]
    assert [leaf for leaf in hidden if not any(_explained(era, leaf))] == []


def _explained(era: Era, leaf: Leaf) -> Iterator[bool]:
    """Whether a value that is not seen is one of no setting, a secret, or seen without one of the rules."""
    yield no_setting(leaf)
    yield f"{leaf[0]}.{leaf[-1]}" in NOT_READ
    yield leaf[-1] in SECRETS
    for name in RULES:
        before = _without(era, name)
        with without(RULES[name]):
            yield said(era.check(changed(era, leaf))) != before


@cache
def _without(era: Era, name: str) -> tuple[Any, ...]:
    with without(RULES[name]):
        return said(era.check())


@pytest.mark.skipif(
    tuple(map(int, botocore.__version__.split(".")[:2])) < (1, 44),
    reason="an older botocore does not know the members of 2026",
)
@every_era
def test_every_member_is_one_of_the_api(era: Era) -> None:
    for operation, answers in era.answers().items():
        name = "".join(word.capitalize() for word in operation.split("_")).replace("Ui", "UI")
        shape = _model(SERVICES.get(operation, "cognito-idp")).operation_model(name).output_shape
        for answer in answers:
            assert list(_invented(answer, shape, "")) == [], operation


@cache
def _model(service: str) -> ServiceModel:
    return ServiceModel(Loader().load_service_model(service, "service-2"), service)


def _invented(value: Any, shape: Any, path: str) -> Iterator[str]:
    """Members and words that botocore's model of the API does not have."""
    match shape.type_name:
        case "structure":
            for name, item in value.items():
                if name in shape.members:
                    yield from _invented(item, shape.members[name], f"{path}.{name}")
                else:
                    yield f"{path}.{name}"
        case "list":
            for item in value:
                yield from _invented(item, shape.member, f"{path}[]")
        case "map":
            for item in value.values():
                yield from _invented(item, shape.value, f"{path}.*")
        case "string" if getattr(shape, "enum", None) and value not in shape.enum:
            yield f"{path}={value}"
        case "boolean" if not isinstance(value, bool):
            yield f"{path}={value}"


@every_era
def test_an_era_names_nobody(era: Era) -> None:
    for file in (era.folder / "live").glob("*.json"):
        found = file.read_text(encoding="utf-8")
        assert set(re.findall(r"\b\d{12}\b", found)) <= {"123456789012", "104738291056"}
        assert set(re.findall(r'"client_secret": "([^"]*)"', found)) <= {"(redacted)"}
        assert not re.search(r"@(?!\w*\.?example|[\w.]*\.example\.)", found, re.IGNORECASE), file


def test_no_plan_shows_what_is_left_out() -> None:
    """What a rule leaves out is nothing that apply would change: Terraform keeps it, or does not see it."""
    planned = {
        f"{kind.type}.{path}"
        for kind in KINDS.values()
        for path, field in kind.walk()
        if field.quiet and not field.keeps and field.answered
    }
    assert planned == NOT_PLANNED.keys()


def test_rules_stand_in_the_tables_once() -> None:
    by_id: dict[str, Rule] = {}
    for kind in KINDS.values():
        for _, field in kind.walk():
            for rule in ruled.rules_of(field):
                assert by_id.setdefault(rule.id, rule) is rule


def test_a_result_that_says_the_same_is_the_same() -> None:
    era = eras()[0]
    assert said(era.check()) == said(era.check())
    assert said(Result()) != said(era.check())

"""The texts and JSON of `tfgen explain`."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tfgen.explain import show
from tfgen.explain.arguments import Argument, arguments
from tfgen.explain.facts import of_argument, of_property
from tfgen.explain.known_rules import known_rules
from tfgen.explain.language import properties
from tfgen.explain.lookup import look_up
from tfgen.kinds import KINDS, eras, ruled, rules
from tfgen.kinds.field import Type
from tfgen.kinds.rules import Rule


def facts(name: str, path: str | None = None) -> dict[str, Any]:
    document = json.loads(show.topic("json", look_up(name)))
    assert document["format_version"] == "1.0"
    (found,) = [entry for entry in document["entries"] if entry["name"] == (path or name)]
    said: dict[str, Any] = found["facts"]
    return said


def test_a_property_says_all_that_the_model_knows() -> None:
    said = facts("unusedAccountValidityDays")
    assert said["type"] == "whole number"
    assert said["limits"] == ["0 to 365"]
    assert said["default"] == "7"
    assert said["Stacktape"] == "31"
    assert said["why"]
    assert said["Terraform"] == ["aws_cognito_user_pool.password_policy.temporary_password_validity_days"]


def test_two_properties_of_one_name_say_which_they_are() -> None:
    found = look_up("event.authorizer.properties.identitySources").properties
    assert len({of_property(item)["part of"] for item in found}) == len(found) == 2


def test_an_argument_says_all_that_the_table_knows() -> None:
    said = facts("aws_cognito_user_pool.mfa_configuration")
    assert said["allowed"] == ["OFF", "ON", "OPTIONAL"]
    assert said["live"] == "get_user_pool_mfa_config: MfaConfiguration"
    assert said["severity"].startswith("critical")
    assert said["a change"] == "updated in place"
    assert "SecurityHub Cognito.5" in said["controls"]
    assert said["unset"].startswith("OFF ")
    assert said["spec"] == ["mfaConfiguration.status"]


@pytest.mark.parametrize(
    ("name", "label", "text"),
    [
        ("aws_cognito_user_pool.username_attributes", "a change", "replaces the resource"),
        ("aws_cognito_user_pool.name", "a change", "replaces the resource with a provider before 6.6.0"),
        ("aws_cognito_user_pool.schema.mutable", "a change", "never changed or removed"),
        ("aws_cognito_user_pool.user_pool_tier", "provider", "since 5.83.0"),
        ("aws_cognito_user_pool.user_pool_tier", "not seen", "keeps its live value"),
        ("aws_cognito_user_pool.user_pool_tier", "no drift", "lite-tier-era"),
        ("aws_cognito_user_pool_client.token_validity_units.id_token", "compared", "id_token_validity"),
        ("aws_cognito_user_pool.deletion_protection", "written", "ACTIVE"),
    ],
)
def test_what_a_change_does_and_what_terraform_does_not_see(name: str, label: str, text: str) -> None:
    assert text in str(facts(name)[label])


def test_a_kind_says_how_it_is_read_and_what_its_absence_means() -> None:
    said = facts("UserPoolClient", "aws_cognito_user_pool_client")
    assert said["CloudFormation"] == "AWS::Cognito::UserPoolClient"
    assert said["read by"] == ["describe_user_pool_client (cognito-idp:DescribeUserPoolClient)"]
    assert said["not in the spec"] == "critical"


@pytest.mark.parametrize("argument", arguments(), ids=lambda argument: argument.name)
def test_text_and_json_say_the_same_of_every_argument(argument: Argument) -> None:
    text = " ".join(show.topic("text", look_up(argument.name)).split())
    for label, said in of_argument(argument).items():
        for part in said if isinstance(said, list) else [said]:
            name, _, rest = part.partition(": ") if label == "members" else (part, "", "")
            assert " ".join(name.split()) in text, label
            assert " ".join(rest.split()) in text, label


@pytest.mark.parametrize("name", [found.path for found in properties()] + list(KINDS))
def test_texts_fit_80_columns_but_for_single_long_names(name: str) -> None:
    for line in show.topic("text", look_up(name)).splitlines():
        assert len(line) <= 80 or len(line.split()) <= 2, line


def test_the_overview_lists_every_property_once() -> None:
    lines = show.overview("text").splitlines()
    listed = [line.split()[0] for line in lines if re.match(r"  \S", line)]
    assert listed == [found.path for found in properties()]
    document = json.loads(show.overview("json"))
    assert [entry["name"] for entry in document["entries"]] == listed


def test_every_rule_is_listed_with_its_reason_source_and_arguments() -> None:
    modules = (rules, eras, ruled)
    defined = {rule.id for module in modules for rule in vars(module).values() if isinstance(rule, Rule)}
    ids = [known.rule.id for known in known_rules()]
    assert ids == sorted(defined)
    document = json.loads(show.rules("json"))
    for rule in document["rules"]:
        assert rule["reason"]
        assert rule["source"]
        assert rule["arguments"]
        assert rule["id"] in show.rules("text")


def test_every_live_path_names_its_answer() -> None:
    for argument in arguments():
        if argument.live is None:
            assert argument.field.live is None
            continue
        operation, path = argument.live
        source = next(item for item in argument.kind.sources.values() if item.operation == operation)
        assert path.startswith(source.answer)
        assert argument.field.live is not None
        assert path.removesuffix("[]").endswith(argument.field.live.rpartition(":")[2])
        if argument.field.live:
            assert path.endswith("[]") == (argument.field.type is Type.BLOCKS)

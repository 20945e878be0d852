"""Whatever name somebody has for a thing leads to it."""

from __future__ import annotations

import pytest

from tfgen.errors import UsageError
from tfgen.explain.arguments import Argument, arguments, short_type
from tfgen.explain.language import Property, properties
from tfgen.explain.links import back_links, links
from tfgen.explain.lookup import look_up
from tfgen.kinds import KINDS


@pytest.mark.parametrize("found", properties(), ids=lambda found: found.path)
def test_every_property_is_found_by_its_path_and_where_it_stands(found: Property) -> None:
    for name in (found.path, found.where, found.path.upper(), *found.aliases):
        assert found in look_up(name).properties


@pytest.mark.parametrize("argument", arguments(), ids=lambda argument: argument.name)
def test_every_argument_is_found_by_all_its_names(argument: Argument) -> None:
    names = [argument.name, argument.short, f"module.x.{argument.kind.type}.this.{argument.path}"]
    if argument.cfn:
        names.append(f"{argument.kind.child}.{argument.cfn}")
    if argument.live:
        names.append(".".join(argument.live))
    for name in names:
        assert argument in look_up(name).arguments, name


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.type)
def test_every_kind_is_found_by_its_names(kind: object) -> None:
    known = next(item for item in KINDS.values() if item is kind)
    for name in (known.type, short_type(known), known.child, known.cfn_type):
        assert look_up(name).kinds == (known,)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("resources.shop.properties.schema.0.mutable", "schema[].mutable"),
        ('schema["tenant"].mutable', "schema[].mutable"),
        ("schema[3].mutable", "schema[].mutable"),
        ("resources.f.properties.events.0.properties.method", "event.method"),
        ("UserPool.Policies.PasswordPolicy.MinimumLength", "passwordPolicy.minimumLength"),
        ("DescribeUserPool.UserPool.Policies.PasswordPolicy.MinimumLength", "passwordPolicy.minimumLength"),
        ("MinimumLength", "passwordPolicy.minimumLength"),
        ("minimum_length", "passwordPolicy.minimumLength"),
        ("allowedOathFlows", "allowedOAuthFlows"),
    ],
)
def test_names_as_people_and_reports_write_them(name: str, path: str) -> None:
    assert path in [found.path for found in look_up(name).properties]


def test_a_property_and_its_argument_lead_to_each_other() -> None:
    by_property = look_up("passwordPolicy.minimumLength")
    by_argument = look_up("user_pool.password_policy.minimum_length")
    assert by_property == by_argument
    assert [found.name for found in by_property.arguments] == [
        "aws_cognito_user_pool.password_policy.minimum_length"
    ]


def test_a_word_that_many_have_is_ambiguous() -> None:
    found = look_up("name")
    assert found.ambiguous
    assert len(found.properties) + len(found.arguments) > 5


def test_the_beginning_of_a_name_leads_to_what_is_below() -> None:
    found = look_up("event")
    assert found.ambiguous
    assert {item.path.partition(".")[0] for item in found.properties} == {"event"}


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        ("minimumLenght", "passwordPolicy.minimumLength"),
        ("pasword_policy", "passwordPolicy"),
        ("passwordPolicy.minLength", "passwordPolicy.minimumLength"),
        ("user_pool.mfa_config", "user_pool.mfa_configuration"),
        ("callbackUrl", "callbackURLs"),
    ],
)
def test_a_wrong_name_gets_the_nearest(wrong: str, near: str) -> None:
    with pytest.raises(UsageError) as fault:
        look_up(wrong)
    assert near in str(fault.value)


@pytest.mark.parametrize("wrong", ["", ".", "zzzzzzzz", "[]", "a" * 5000])
def test_nothing_near_says_how_to_list_all(wrong: str) -> None:
    with pytest.raises(UsageError, match="tfgen explain"):
        look_up(wrong)


def test_links_hold_both_ways_and_name_real_properties() -> None:
    paths = {found.path for found in properties()}
    assert set(links()) <= paths
    for path, found in links().items():
        for argument in found:
            assert path in back_links()[argument.name]


def test_only_these_properties_decide_no_argument() -> None:
    """Mappings do it by their members; the others name or leave out resources."""
    without = {found.path for found in properties() if found.path not in links() and found.type != "mapping"}
    assert without == {"customDomain.disableDnsRecordCreation", "event.containerPort"}

"""Globs over paths, addresses and names."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.noise.made import PATHS, keys
from tfgen.drift.globs import GlobError, Subject, first_name, globs
from tfgen.drift.paths import argument, overlaps
from tfgen.resource import Address

WEB = Address("members", "aws_cognito_user_pool_client", "web")


@pytest.mark.parametrize(
    ("patterns", "path", "expected"),
    [
        (["mfa_configuration"], "mfa_configuration", True),
        (["password_policy"], "password_policy.minimum_length", True),
        (["minimum_length"], "password_policy.minimum_length", True),
        ([".minimum_length"], "password_policy.minimum_length", False),
        (["password_policy.*"], "password_policy.minimum_length", True),
        (["password_policy.**"], "password_policy.minimum_length", True),
        (["password_policy.**"], "password_policy", False),
        (["password_policy."], "password_policy.minimum_length", True),
        (["password_policy."], "password_policy", False),
        (["password"], "password_policy.minimum_length", False),
        (["*.minimum_length"], "password_policy.minimum_length", True),
        (["require_*"], "password_policy.require_numbers", True),
        (["**.require_*"], "password_policy.require_numbers", True),
        (["password_policy", "!password_policy.require_*"], "password_policy.require_numbers", False),
        (["password_policy", "!password_policy.require_*"], "password_policy.minimum_length", True),
        (["!mfa_configuration", "*"], "mfa_configuration", True),
        (["*", "!mfa_configuration", "mfa_configuration"], "mfa_configuration", True),
        (['tags["Owner"]'], 'tags["Owner"]', True),
        (["tags[Owner]"], 'tags["Owner"]', True),
        (["tags.Owner"], 'tags["Owner"]', True),
        (["tags['Owner']"], 'tags["Owner"]', True),
        (["tags[*]"], 'tags["aws:cloudformation/stack.name"]', True),
        (['tags["aws:*"]'], 'tags["aws:cloudformation/stack.name"]', True),
        (['tags["aws:*"]'], 'tags["Owner"]', False),
        (['tags["Owner"]'], 'tags["owner"]', False),
        (['schema["custom:tier"].mutable'], 'schema["custom:tier"].mutable', True),
        (["schema[*].mutable"], 'schema["custom:tier"].mutable', True),
        (["schema.*.mutable"], 'schema["custom:tier"].mutable', True),
        (["schema[*].mutable"], 'schema["custom:tier"].required', False),
        (['schema["custom:tier"]'], 'schema["custom:tier"].required', True),
        (["tags"], 'tags[""]', True),
        (['tags[""]'], 'tags[""]', True),
        (["**"], "", False),
        (["*"], "", False),
    ],
)
def test_paths(patterns: list[str], path: str, expected: bool) -> None:
    assert globs(patterns, "path").matches(path) is expected


@pytest.mark.parametrize(
    ("patterns", "expected"),
    [
        (["*client*"], True),
        (["web"], True),
        (["aws_cognito_user_pool_client"], True),
        (["aws_cognito_user_pool_client.web"], True),
        (["aws_cognito_user_pool_client.*"], True),
        (["module.members.aws_cognito_user_pool_client.web"], True),
        (["module.members"], True),
        (["module.members.**"], True),
        (["module.*.*.web"], True),
        (["module.staff.**"], False),
        (["*client"], True),
        (["*pool"], False),
        (["w[a-f]b"], True),
        (["w[f-z]b"], False),
        (["*client*", "!*.web"], False),
        (["*client*", "!aws_cognito_user_pool_client.web"], False),
        (["*client*", "!module.members.aws_cognito_user_pool_client.web"], False),
        (["*client*", "!other"], True),
    ],
)
def test_addresses(patterns: list[str], expected: bool) -> None:
    assert globs(patterns, "resource").matches_address(WEB) is expected


@pytest.mark.parametrize(
    ("patterns", "name", "expected"),
    [
        (["prod"], "prod", True),
        (["prod"], "production", False),
        (["prod*"], "production", True),
        (["*", "!prod"], "prod", False),
        (["*", "!prod"], "dev", True),
        (["eu-*-1"], "eu-west-1", True),
        (["12345678901?"], "123456789012", True),
        (["a.b"], "a.b", True),
    ],
)
def test_names(patterns: list[str], name: str, expected: bool) -> None:
    assert globs(patterns, "name").matches(name) is expected


@pytest.mark.parametrize("subject", ["path", "resource", "name"])
@pytest.mark.parametrize("patterns", [["!prod"], [""], ["a", ""], ["!"], ["a\\"], ["!a", "!b"]])
def test_globs_that_cannot_be_meant(patterns: list[str], subject: Subject) -> None:
    with pytest.raises(GlobError):
        globs(patterns, subject)


def literal(path: str) -> str:
    """A glob for this one path."""

    def escaped(key: re.Match[str]) -> str:
        return re.sub(r"([*?[!#\\ ])", r"\\\1", key[0][2:-2]).join(('["', '"]'))

    return re.sub(r"\[\".*?\"\]", escaped, path)


@given(st.sampled_from(PATHS), keys)
def test_every_path_matches_itself(place: tuple[str, str], key: str) -> None:
    path = place[1].replace("KEY", key)
    assert globs([literal(path)], "path").matches(path)
    assert globs(["*"], "path").matches(path)
    assert not globs(["*", literal(path), "!" + literal(path)], "path").matches(path)


@given(st.sampled_from(PATHS), st.sampled_from(PATHS), keys)
def test_a_path_matches_itself_and_what_is_inside_only(
    place: tuple[str, str], other: tuple[str, str], key: str
) -> None:
    one, two = place[1].replace("KEY", key), other[1].replace("KEY", key)
    inside = two == one or two.startswith((f"{one}.", f"{one}["))
    assert globs(["/" + literal(one)], "path").matches(two) is inside


@given(st.text(max_size=20), st.text(max_size=20))
def test_nothing_but_a_glob_error(pattern: str, text: str) -> None:
    subjects: tuple[Subject, ...] = ("path", "resource", "name")
    for subject in subjects:
        try:
            found = globs([pattern], subject)
        except GlobError:
            continue
        assert found.matches(text) in (True, False)


@pytest.mark.parametrize(
    ("pattern", "name"),
    [
        ("schema[*].mutable", "schema"),
        ("!schema", "schema"),
        ("/schema", "schema"),
        ("**.schema", ""),
        ("sch*", ""),
        ('["a"].b', ""),
        ("", ""),
    ],
)
def test_first_name(pattern: str, name: str) -> None:
    assert first_name(pattern) == name


def test_paths_taken_apart() -> None:
    assert argument('schema["custom:tier"].number_attribute_constraints.max_value') == (
        "schema.number_attribute_constraints.max_value"
    )
    assert overlaps("", "mfa_configuration")
    assert overlaps("password_policy", "password_policy.minimum_length")
    assert overlaps("password_policy.minimum_length", "password_policy")
    assert not overlaps("password", "password_policy")
    assert not overlaps('tags["a"]', 'tags["b"]')

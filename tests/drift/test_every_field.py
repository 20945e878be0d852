"""The comparison over every field of every kind: clean when equal, exactly one finding when not."""

from __future__ import annotations

from typing import Any

import pytest

from tests.drift.single import Steps, at, changed, field_ids, find, least, leaves, run, whole
from tests.kinds.synthetic import sample
from tfgen.finding import Finding, Status
from tfgen.kinds import KINDS
from tfgen.kinds.field import Change, Field, Kind, Type
from tfgen.kinds.reading import canonical, fields_of_source
from tfgen.resource import Sensitive, Unread
from tfgen.spec import Spec

POOL = "aws_cognito_user_pool"


def readable(kind: Kind, steps: Steps, field: Field) -> bool:
    """Whether AWS answers the argument at all; the key of a repeated block is answered with the block."""
    if field.live is None and field.read is None:
        return False
    return steps[0] != "region" and not is_key(kind, steps)


def is_key(kind: Kind, steps: Steps) -> bool:
    """The argument that names a repeated block: another value is another block."""
    outer = kind.by_name[steps[0]]
    return (outer.type is Type.BLOCKS and steps[-1] == outer.key) or (
        len(steps) > 1 and steps[1] == "recovery_mechanism" and steps[-1] == "name"
    )


def in_blocks(kind: Kind, steps: Steps) -> bool:
    return kind.by_name[steps[0]].type is Type.BLOCKS or "recovery_mechanism" in steps


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_equal_is_clean(kind: str, small: Spec) -> None:
    table = KINDS[kind]
    result = run(small, table, whole(table), whole(table))
    assert result.findings == []
    assert result.resources == 1
    assert result.quiet == []


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_little_is_clean(kind: str, small: Spec) -> None:
    table = KINDS[kind]
    assert run(small, table, least(table), least(table)).findings == []


@pytest.mark.parametrize(("kind", "dotted"), field_ids())
def test_one_change_is_one_finding(kind: str, dotted: str, small: Spec) -> None:
    table, path, steps, field = find(kind, dotted)
    if not readable(table, steps, field) or (kind, dotted) == (
        "aws_cognito_user_pool_client",
        "generate_secret",
    ):
        return
    value = other(table, steps, field)
    result = run(small, table, whole(table), changed(whole(table), steps, value))
    if not table.attributes.get("id") and steps[0] in table.identity:
        assert sorted(item.status.value for item in result.findings) == ["DELETED", "UNMANAGED"]
        return
    if field.name == "attribute_data_type":  # brings other constraints with it
        assert path in {item.path for item in result.findings}
        assert all(item.path.startswith(f'schema["{steps[1]}"].') for item in result.findings)
        return
    assert len(result.findings) == 1, [item.path for item in result.findings]
    finding = result.findings[0]
    assert finding.path == shown(path, field)
    assert finding.status is Status.MODIFIED
    assert finding.declared
    assert finding.controls == expected_field(table, path, field).controls
    check_effect(finding, expected_field(table, path, field), declared=True)
    check_canaries(finding)


@pytest.mark.parametrize(("kind", "dotted"), field_ids())
def test_one_undeclared_value_is_one_finding(kind: str, dotted: str, small: Spec) -> None:
    """The spec is silent, AWS has something: reported apart, or explained by a named rule."""
    table, path, steps, field = find(kind, dotted)
    if steps[0] in table.identity or not readable(table, steps, field):
        return
    if in_blocks(table, steps):
        return  # test_an_undeclared_block
    if (kind, dotted) == (POOL, "lambda_config.pre_token_generation_config.lambda_version"):
        return  # without its function it is no configuration
    value = at(whole(table), steps)
    if field.folded_into is not None:
        return  # a unit without its number says nothing
    if field.type is Type.MAP:
        value = {key: value[key] for key in ("k", "client_id") if key in value}
    if value == canonical(field, field.unset):
        return
    result = run(small, table, least(table), changed(least(table), steps, value))
    if [finding.path for finding in result.findings] == []:
        assert result.quiet, "left out by a rule that says so"
        assert result.quiet[0][1].startswith(steps[0])
        return
    if steps[0] == "email_mfa_configuration":  # the other text is then AWS's own
        assert {item.path for item in result.findings} == {f"{steps[0]}.message", f"{steps[0]}.subject"}
        return
    assert [finding.path for finding in result.findings] == [shown(path, field)]
    finding = result.findings[0]
    assert not finding.declared
    assert finding.desired in (
        None,
        canonical(expected_field(table, path, field), expected_unset(table, path, field)),
    )
    check_effect(finding, expected_field(table, path, field), declared=False)
    check_canaries(finding)


def test_the_quiet_ones(small: Spec) -> None:
    """Which undeclared values are left out, all of them: a new one must be meant."""
    quiet = set()
    for kind in KINDS.values():
        for _, steps, field in leaves(kind):
            if steps[0] in kind.identity or not readable(kind, steps, field) or in_blocks(kind, steps):
                continue
            value = at(whole(kind), steps)
            result = run(small, kind, least(kind), changed(least(kind), steps, value))
            quiet |= {(kind.type, path, rule) for _, path, rule in result.quiet}
    assert quiet == {
        (POOL, "sms_configuration.external_id", "sms-configuration-stays"),
        (POOL, "sms_configuration.sns_caller_arn", "sms-configuration-stays"),
        (POOL, "sms_configuration.sns_region", "sms-configuration-stays"),
        (POOL, "user_pool_tier", "lite-tier-era"),
        (POOL, "username_configuration.case_sensitive", "console-case-insensitive"),
        (
            "aws_cognito_user_pool_client",
            "refresh_token_rotation.retry_grace_period_seconds",
            "rotation-disabled",
        ),
    }


@pytest.mark.parametrize(
    ("kind", "name"),
    [(k.type, f.name) for k in KINDS.values() for f in k.fields if f.type is Type.BLOCKS],
)
def test_an_undeclared_block(kind: str, name: str, small: Spec) -> None:
    table = KINDS[kind]
    field = table.by_name[name]
    value = sample(field, 0)
    paths = {f'{name}["{key}"]' for key in value}
    result = run(small, table, least(table), changed(least(table), (name,), value))
    assert {finding.path for finding in result.findings} == paths
    assert not any(finding.declared for finding in result.findings)
    gone = run(small, table, whole(table), changed(whole(table), (name,), None))
    assert {finding.path for finding in gone.findings} == paths
    assert all(finding.declared and finding.live is None for finding in gone.findings)


def other(table: Kind, steps: Steps, field: Field) -> Any:
    """Another value than the one of `whole`."""
    value = sample(field, 1)
    if value == at(whole(table), steps):
        value = None
    return value


def shown(path: str, field: Field) -> str:
    """How the finding names the argument: maps by the key that differs, units by what they count."""
    if field.folded_into is not None:
        return field.folded_into
    if field.type is Type.MAP:
        return f'{path}["{"client_id" if field.name == "provider_details" else "k"}"]'
    return path


def expected_field(table: Kind, path: str, field: Field) -> Field:
    return table.by_name[field.folded_into] if field.folded_into else field


def expected_unset(table: Kind, path: str, field: Field) -> Any:
    token = expected_field(table, path, field).name.removesuffix("_validity")
    seconds = {"access_token": 3600, "id_token": 3600, "refresh_token": 30 * 86400}
    if table.normalise is not None and token in seconds:
        return seconds[token]
    return field.unset


def check_effect(finding: Finding, field: Field, *, declared: bool) -> None:
    assert finding.effect
    assert finding.accept
    replaced = finding.replaces
    if not declared and "leaves it to AWS" in finding.effect:
        assert not replaced
        return
    match field.change:
        case Change.REPLACES:
            assert replaced
            assert "destroys and recreates" in finding.effect
        case Change.ADD_ONLY:
            assert not replaced
            assert "apply fails" in finding.effect
        case Change.UNSEEN:
            assert "apply does nothing" in finding.effect
        case _:
            assert replaced == (field.replaces_when is not None and None in (finding.desired, finding.live))
            assert finding.effect.startswith("apply")


def check_canaries(finding: Finding) -> None:
    assert "canary" not in repr(finding)


@pytest.mark.parametrize("source", ["pool", "mfa"])
def test_a_source_that_was_not_read(source: str, small: Spec) -> None:
    """Its paths are NOT_CHECKED, and nothing else is said."""
    table = KINDS[POOL]
    paths = fields_of_source(table, source)
    unread = Unread("pool", POOL, "AccessDenied", None if source == "pool" else "this", paths)
    result = run(small, table, whole(table), whole(table), unread=(unread,), drop=source)
    assert {finding.status for finding in result.findings} == {Status.NOT_CHECKED}
    assert {finding.path for finding in result.findings} == set(paths)


def test_every_readable_argument_belongs_to_one_source() -> None:
    for kind in KINDS.values():
        shares = [set(fields_of_source(kind, source)) for source in kind.sources]
        assert sum(map(len, shares)) == len(set().union(*shares))
        readable_paths = {
            path for path, field in kind.walk() if not field.is_block and field.live is not None
        }
        assert set().union(*shares) == readable_paths


def test_secrets_stay_secret(small: Spec) -> None:
    table = KINDS["aws_cognito_identity_provider"]
    live = whole(table)
    live["provider_details"] = live["provider_details"] | {"client_secret": Sensitive("canary-two")}
    (finding,) = run(small, table, whole(table), live).findings
    assert finding.path == 'provider_details["client_secret"]'
    assert isinstance(finding.live, Sensitive)
    assert "canary" not in repr(finding)

"""What a finding tells to write makes the drift go away: over every field of every kind."""

from __future__ import annotations

import dataclasses
import json
import re
from pathlib import Path
from typing import Any

import pytest

from tests.drift.single import (
    Steps,
    Values,
    address_of,
    changed,
    copied,
    field_ids,
    find,
    run,
    whole,
)
from tests.drift.world import World
from tests.kinds.synthetic import answers, sample
from tfgen.drift import compare
from tfgen.finding import Finding
from tfgen.kinds import KINDS
from tfgen.kinds.field import Field, Kind, Type
from tfgen.kinds.overrides import apply_overrides
from tfgen.kinds.reading import read_resource
from tfgen.known import Known
from tfgen.resource import Resource, State
from tfgen.spec import Spec

_LINE = re.compile(r"overrides\.(?P<child>[A-Za-z]+)\.(?P<name>[A-Za-z_.]+): (?P<value>.+)")


def cases() -> list[tuple[str, str]]:
    return [(kind, dotted) for kind, dotted in field_ids() if _compared(*find(kind, dotted))]


def _compared(kind: Kind, _: str, steps: Steps, field: Field) -> bool:
    if kind.attributes.get("id") is None and steps[0] in kind.identity:
        return False
    own = kind.by_name[steps[0]]
    is_key = (steps[-1] in (own.key, "name") and own.type is Type.BLOCKS) or "recovery_mechanism" in steps
    return field.answered and not is_key and steps[0] != "region" and field.name != "attribute_data_type"


def accepted(spec: Spec, kind: Kind, desired: Values, finding: Finding) -> Resource:
    """The desired resource once the finding's overrides are in the spec."""
    address = address_of(kind)
    overrides: dict[str, dict[str, Any]] = {}
    for line in finding.accept.split("; overrides."):
        match = _LINE.fullmatch(line if line.startswith("overrides.") else f"overrides.{line}")
        assert match, finding.accept
        overrides.setdefault(match["child"], {})[match["name"]] = json.loads(match["value"])
    state = State()
    state.add(Resource(address, copied(desired)))
    module = address.module
    if module in spec.pools:
        pool = dataclasses.replace(spec.pools[module], overrides=overrides)
        spec = dataclasses.replace(spec, pools={module: pool})
    else:
        gateway = dataclasses.replace(spec.gateways[module], overrides=overrides)
        spec = dataclasses.replace(spec, gateways={module: gateway})
    apply_overrides(spec, state)
    return state.resources[address]


def check(spec: Spec, kind: Kind, desired: Values, live: Values) -> None:
    findings = run(spec, kind, desired, live).findings
    assert findings
    for finding in findings:
        if finding.accept.startswith(("a secret", "the spec cannot say it: the provider refuses it beside")):
            return
        if not finding.accept.startswith("overrides."):
            for said in finding.accept.split("; "):
                name = said.removeprefix("remove ").partition(":")[0].partition("[")[0]
                assert spec.pools["pool"].get(name) is not ...  # KeyError for a name the language lacks
            return
        desired = accepted(spec, kind, desired, finding).values
    resource, _ = read_resource(kind, address_of(kind), answers(kind, live))
    sides = State(), State()
    sides[0].add(Resource(address_of(kind), desired))
    sides[1].add(resource)
    ident = resource.attributes.get("id")
    known = Known(ids={} if ident is None else {str(address_of(kind)): ident})
    assert compare(spec, *sides, known).findings == []


@pytest.mark.parametrize(("kind", "dotted"), cases())
def test_a_changed_value_can_be_accepted(kind: str, dotted: str, small: Spec) -> None:
    table, _, steps, field = find(kind, dotted)
    live = changed(whole(table), steps, sample(field, 1))
    if live != whole(table):
        check(small, table, whole(table), live)


@pytest.mark.parametrize(("kind", "dotted"), cases())
def test_a_value_that_is_gone_can_be_accepted(kind: str, dotted: str, small: Spec) -> None:
    table, _, steps, field = find(kind, dotted)
    if (
        field.name in ("lambda_arn", "lambda_version", "message", "subject", "mappings")
        or steps[0] in table.identity
    ):
        return
    if run(small, table, whole(table), changed(whole(table), steps, None)).findings:
        check(small, table, whole(table), changed(whole(table), steps, None))


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (kind.type, field.name)
        for kind in KINDS.values()
        for field in kind.fields
        if field.type is Type.BLOCKS
    ],
)
def test_repeated_blocks_can_be_accepted(kind: str, name: str, small: Spec) -> None:
    table = KINDS[kind]
    nothing = changed(whole(table), (name,), None)
    check(small, table, nothing, whole(table))
    check(small, table, whole(table), nothing)


def test_refresh_tokens_in_the_unit_of_the_spec(small: Spec) -> None:
    table = KINDS["aws_cognito_user_pool_client"]
    desired = whole(table) | {"refresh_token_validity": 10}
    desired["token_validity_units"] = {
        "access_token": "seconds",
        "id_token": "seconds",
        "refresh_token": "days",
    }
    days = run(small, table, desired, desired | {"refresh_token_validity": 3})
    assert days.findings[0].accept == "refreshTokenValidityDays: 3"
    assert (days.findings[0].desired, days.findings[0].live) == (864000, 259200)
    assert days.findings[0].reason == "in seconds: 10 days by the spec, 3 days live"
    minutes = desired | {
        "refresh_token_validity": 90,
        "token_validity_units": desired["token_validity_units"] | {"refresh_token": "minutes"},
    }
    (finding,) = run(small, table, desired, minutes).findings
    assert finding.accept == (
        "overrides.UserPoolClient.RefreshTokenValidity: 5400; "
        'overrides.UserPoolClient.TokenValidityUnits.RefreshToken: "seconds"'
    )


PROPOSED = """\
resources:
  pool:
    type: user-auth-pool
    properties:
      mfaConfiguration: {status: 'ON', enabledTypes: [SOFTWARE_TOKEN]}
      schema: [{name: tier}]
      callbackURLs: [https://shop.example]
      allowedOathFlows: [code]
      identityProviders: [{type: OIDC, name: P, clientId: a, clientSecret: $Secret('p'), \
providerDetails: {oidc_issuer: "https://p.example", attributes_request_method: GET}}]
    overrides:
      aws_cognito_user_pool: {tags: {"a b": x}, user_pool_tier: PLUS}
"""


@pytest.mark.parametrize(
    ("kind", "steps", "live", "said"),
    [
        ("pool", ("mfa_configuration",), "OPTIONAL", 'mfaConfiguration.status: "OPTIONAL"'),
        ("pool", ("mfa_configuration",), "OFF",
         'mfaConfiguration.status: "OFF"; remove mfaConfiguration.enabledTypes'),
        ("pool", ("auto_verified_attributes",), None, 'userVerificationType: "none"'),
        ("pool", ("username_attributes",), frozenset({"email"}), "allowPhoneNumberAsUserName: false"),
        ("pool", ("schema", "tier", "mutable"), False, "schema[0].mutable: false"),
        ("pool", ("schema", "tier"), None, "remove schema[0]"),
        ("pool", ("tags", "a b"), "y", 'overrides.aws_cognito_user_pool.tags["a b"]: "y"'),
        ("pool", ("tags", "a b"), None, 'remove overrides.aws_cognito_user_pool.tags["a b"]'),
        ("pool", ("user_pool_tier",), "LITE", 'overrides.aws_cognito_user_pool.user_pool_tier: "LITE"'),
        ("pool_client", ("allowed_oauth_flows",), frozenset({"code", "implicit"}),
         'allowedOathFlows: ["code", "implicit"]'),
        ("identity_provider", ("provider_details", "client_id"), "b", 'identityProviders[0].clientId: "b"'),
    ],
)  # fmt: skip
def test_the_edit_is_named_where_the_spec_has_it(
    kind: str, steps: Steps, live: Any, said: str, tmp_path: Path
) -> None:
    """In the words of the language where it has them, and at the override that decides today."""
    made = World(tmp_path, PROPOSED)
    state = made.live()
    (found,) = [
        one for one in state.resources.values() if one.kind.endswith(f"_{kind}") or one.kind.endswith(kind)
    ]
    found.values = changed(found.values, steps, live)
    findings = compare(made.spec, made.desired, state, made.known).findings
    assert said in [finding.accept for finding in findings]

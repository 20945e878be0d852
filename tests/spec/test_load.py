from __future__ import annotations

from tests.spec.conftest import Load
from tests.spec.texts import SEED
from tfgen.spec import CognitoAuthorizer


def test_the_seeds_example_loads_with_its_gateway_and_authorizer(loaded: Load) -> None:
    spec = loaded(SEED)
    (event,) = spec.functions["createPost"].events
    assert event.route_key == "POST /post/create"
    assert event.gateway == "myGateway"
    assert isinstance(event.authorizer, CognitoAuthorizer)
    assert event.authorizer.user_pool == "myUserPool"
    assert spec.gateways["myGateway"].declared is False


def test_a_property_tells_its_value_its_origin_and_its_place(loaded: Load) -> None:
    spec = loaded(SEED)
    pool = spec.pools["myUserPool"]
    assert pool.get("passwordPolicy.minimumLength") == 8
    assert pool.declared("passwordPolicy.minimumLength")
    assert pool.get("passwordPolicy.requireSymbols") is True
    assert not pool.declared("passwordPolicy.requireSymbols")
    position = spec.position(pool.spec_path("passwordPolicy.minimumLength"))
    assert (position.line, position.column) == (22, 9)
    silent = spec.position(pool.spec_path("mfaConfiguration.status"))
    assert (silent.line, silent.column) == (19, 5)

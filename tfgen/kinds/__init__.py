"""The Terraform resource types that tfgen knows, and how a spec becomes resources of them.

The order of KINDS is the order in which a reader meets them, and in which each one's references
are known when a live account is compared.
"""

from __future__ import annotations

from tfgen.kinds import (
    authorizer,
    dns_record,
    firewall,
    http_api,
    http_api_stage,
    identity_provider,
    integration,
    lambda_permission,
    route,
    sms_role,
    ui_customization,
    user_pool,
    user_pool_client,
    user_pool_domain,
)
from tfgen.kinds.field import Kind
from tfgen.resource import State
from tfgen.spec import Spec

_POOL_ROOMS = (
    sms_role,
    user_pool,
    identity_provider,
    user_pool_client,
    user_pool_domain,
    dns_record,
    ui_customization,
    firewall,
    lambda_permission,
)
_GATEWAY_ROOMS = (http_api, http_api_stage, authorizer, integration, route)

KINDS: dict[str, Kind] = {
    kind.type: kind
    for kind in (
        user_pool.KIND,
        sms_role.ROLE_KIND,
        sms_role.POLICY_KIND,
        identity_provider.KIND,
        user_pool_client.KIND,
        user_pool_domain.KIND,
        dns_record.KIND,
        ui_customization.KIND,
        firewall.KIND,
        http_api.KIND,
        http_api_stage.KIND,
        authorizer.KIND,
        integration.KIND,
        route.KIND,
        lambda_permission.KIND,
    )
}


def lower(spec: Spec) -> State:
    """All resources that a spec stands for, pools first, each by name.

    Raises SpecError for overrides that no field table knows.
    """
    from tfgen.kinds.overrides import apply_overrides

    state = State()
    for _, pool in sorted(spec.pools.items()):
        for room in _POOL_ROOMS:
            for resource in room.lower(spec, pool):
                state.add(resource)
    for gateway in sorted(spec.gateways):
        for room in _GATEWAY_ROOMS:
            for resource in room.lower(spec, gateway):
                state.add(resource)
        for resource in lambda_permission.lower_gateway(spec, gateway):
            state.add(resource)
    apply_overrides(spec, state)
    return state

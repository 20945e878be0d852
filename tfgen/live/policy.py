"""The least IAM policy that lets a run read what a spec stands for. Pure: no AWS is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from tfgen.kinds import (
    KINDS,
    dns_record,
    firewall,
    http_api,
    http_api_stage,
    identity_provider,
    lambda_permission,
    sms_role,
    ui_customization,
    user_pool,
    user_pool_client,
    user_pool_domain,
)
from tfgen.known import Known
from tfgen.live.operations import (
    FUNCTION_EXISTS,
    LIST_APIS,
    LIST_CLIENTS,
    LIST_POOLS,
    LIST_PROVIDERS,
    LIST_ROLE_POLICIES,
)
from tfgen.live.trail import LOOKUP
from tfgen.resource import Address, Resource, State, Unknown, evaluate

_ANY: Final = "*"
_IN_A_POOL: Final = (
    user_pool.TYPE,
    user_pool_client.TYPE,
    identity_provider.TYPE,
    ui_customization.TYPE,
)


def policy(
    desired: State, known: Known | None = None, *, blame: bool = False, discover: bool = False
) -> dict[str, Any]:
    """An IAM policy document for `fetch` of this desired state, as narrow as what is known allows.

    `blame`, `discover`: also for who wrote last, and for pools that no spec covers. What `known` does
    not have (account, region, ids) is `*`. `sts:GetCallerIdentity` needs no permission. The statements
    are in a fixed order; actions and resources are sorted.
    """
    reads = _Reads(desired, known or Known(), blame=blame, discover=discover)
    statements = [
        {"Sid": sid, "Effect": "Allow", "Action": sorted(actions), "Resource": sorted(set(resources))}
        for sid, actions, resources in reads.statements()
        if resources
    ]
    return {"Version": "2012-10-17", "Statement": statements}


def _actions(*kinds: str) -> set[str]:
    sources = [source for kind in kinds for source in KINDS[kind].sources.values()]
    return {action for source in sources for action in source.actions}


class _Reads:
    """The reads that a desired state takes, as IAM's actions and resources."""

    def __init__(self, desired: State, known: Known, *, blame: bool, discover: bool) -> None:
        self.known = known
        self.blame, self.discover = blame, discover
        self.resources = list(desired.resources.values())

    def statements(self) -> Iterator[tuple[str, Iterable[str], list[str]]]:
        pools = self._modules(user_pool.TYPE)
        inside = _actions(*_IN_A_POOL) | {LIST_CLIENTS.action, LIST_PROVIDERS.action}
        yield "ReadPools", inside, [self._pool(module) for module in pools]
        # IAM cannot limit DescribeUserPoolDomain and ListUserPools to a pool.
        yield "ReadDomains", _actions(user_pool_domain.TYPE), [_ANY] if pools else []
        yield "ReadFirewalls", _actions(firewall.TYPE), list(self._firewalls())
        unnamed = [module for module in pools if self._id(module, user_pool.TYPE) is None]
        yield "FindPools", [LIST_POOLS.action], [_ANY] if unnamed or self.discover else []
        yield "ReadApis", {LIST_APIS.action}, list(self._apis())
        functions = _actions(lambda_permission.TYPE) | {FUNCTION_EXISTS.action}
        yield "ReadFunctionPolicies", functions, list(self._functions())
        yield (
            "ReadSmsRoles",
            _actions(sms_role.ROLE_KIND.type, sms_role.POLICY_KIND.type) | {LIST_ROLE_POLICIES.action},
            list(self._roles()),
        )
        yield "ReadDnsRecords", _actions(dns_record.TYPE), list(self._zones())
        # Nor LookupEvents to a trail, an event or a pool.
        yield "ReadEvents", {LOOKUP.action}, [_ANY] if self.blame else []

    def _of(self, kind: str) -> list[Resource]:
        return [resource for resource in self.resources if resource.kind == kind]

    def _modules(self, kind: str) -> list[str]:
        return [resource.address.module for resource in self._of(kind)]

    def _id(self, module: str, kind: str) -> str | None:
        return self.known.ids.get(str(Address(module, kind)))

    def _known(self, resource: Resource, argument: str, otherwise: str) -> str:
        value = evaluate(resource.values.get(argument), self.known.lookup)
        return otherwise if value is None or isinstance(value, Unknown) else str(value)

    def _arn(self, service: str, region: str, account: str, rest: str) -> str:
        return f"arn:{self.known.partition}:{service}:{region}:{account}:{rest}"

    @property
    def _account(self) -> str:
        return self.known.account or _ANY

    @property
    def _region(self) -> str:
        return self.known.region or _ANY

    def _pool(self, module: str) -> str:
        pool_id = self._id(module, user_pool.TYPE)
        return self._arn(
            "cognito-idp", self._pool_region(module), self._account, f"userpool/{pool_id or _ANY}"
        )

    def _pool_region(self, module: str) -> str:
        pool_id = self._id(module, user_pool.TYPE)
        return pool_id.partition("_")[0] if pool_id else self._region

    def _firewalls(self) -> Iterator[str]:
        """The guarded pools, and any web ACL of their regions: AWS WAF checks the one that it finds,
        which after a change is not the one of the spec.
        """
        for module in self._modules(firewall.TYPE):
            yield self._pool(module)
            yield self._arn("wafv2", self._pool_region(module), self._account, "regional/webacl/*/*")

    def _apis(self) -> Iterator[str]:
        """HTTP APIs are REST paths to IAM, without an account; `get_routes` is a GET of `routes`."""
        parts = {
            source.operation.removeprefix("get_"): kind
            for kind in KINDS
            for source in KINDS[kind].sources.values()
            if source.action == LIST_APIS.action
        }
        pools, apis = set(self._modules(user_pool.TYPE)), set(self._modules(http_api.TYPE))
        for module in dict.fromkeys(resource.address.module for resource in self.resources):
            if module in pools:
                continue
            declared = module in apis
            given = self._id(module, http_api.TYPE) or self.known.variables.get(f"api_ids.{module}")
            api = f"/apis/{given or _ANY}"
            if declared:
                yield self._arn("apigateway", self._region, "", api)
                if given is None:
                    yield self._arn("apigateway", self._region, "", "/apis")
            for path, kind in parts.items():
                if kind != http_api.TYPE and (declared or kind != http_api_stage.TYPE):
                    yield self._arn("apigateway", self._region, "", f"{api}/{path}")

    def _functions(self) -> Iterator[str]:
        for resource in self._of(lambda_permission.TYPE):
            function = self._known(resource, "function_name", _ANY)
            if not function.startswith("arn:"):
                function = self._arn("lambda", self._region, self._account, f"function:{function}")
            qualifier = self._known(resource, "qualifier", "")
            yield f"{function}:{qualifier}" if qualifier else function

    def _roles(self) -> Iterator[str]:
        for resource in self._of(sms_role.ROLE_KIND.type):
            path = self._known(resource, "path", "/")
            name = self._known(resource, "name", _ANY)
            yield self._arn("iam", "", self._account, f"role{path}{name}")

    def _zones(self) -> Iterator[str]:
        for resource in self._of(dns_record.TYPE):
            zone = self._known(resource, "zone_id", _ANY).removeprefix("/hostedzone/")
            yield self._arn("route53", "", "", f"hostedzone/{zone}")

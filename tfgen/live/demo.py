"""The AWS account of `tfgen demo`: an emulator (moto) inside this process, on a free loopback port.

The only code of tfgen that writes to an AWS API, and it can reach nothing but that emulator: its
endpoint, its keys and its configuration are set here, whatever the environment says.
"""

from __future__ import annotations

import logging
import os
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from tfgen.errors import UsageError
from tfgen.kinds import KINDS, user_pool, user_pool_client
from tfgen.kinds.answers import live_path, main_source
from tfgen.kinds.field import Field, Kind, Type
from tfgen.live.options import AwsOptions
from tfgen.resource import Ref, State, Unknown, evaluate

REGION: Final = "eu-west-1"
MISSING: Final = "the demo needs an AWS emulator: pip install 'cognito-tfgen[demo]'"

_ENVIRONMENT: Final = {
    "AWS_ACCESS_KEY_ID": "demo",
    "AWS_SECRET_ACCESS_KEY": "demo",
    "AWS_CONFIG_FILE": os.devnull,
    "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    "AWS_EC2_METADATA_DISABLED": "true",
}
_CREATE_NAMES: Final = {"Name": "PoolName", "SchemaAttributes": "Schema"}
"""Members that CreateUserPool calls otherwise than DescribeUserPool answers them."""


@dataclass(slots=True)
class Account:
    """An emulated account: `options` lead `connect` there, as they would to a real one."""

    options: AwsOptions
    client: Any
    pool_id: str = ""
    client_id: str = ""

    def create(self, desired: State) -> None:
        """Makes the user pool and app client of a desired state, as the rendered Terraform would.

        Only pools without anything around them: no domain, no identity provider, no SMS role.
        """
        for resource in desired.resources.values():
            kind = KINDS[resource.kind]
            values = evaluate(resource.values, self._known)
            if kind.type == user_pool.TYPE:
                request = self._accepted("CreateUserPool", _request(kind, values, "pool"))
                self.pool_id = self.client.create_user_pool(**request)["UserPool"]["Id"]
                mfa = _request(kind, values, "mfa")
                self.client.set_user_pool_mfa_config(UserPoolId=self.pool_id, **mfa)
            elif kind.type == user_pool_client.TYPE:
                request = self._accepted("CreateUserPoolClient", _request(kind, values, "client"))
                made = self.client.create_user_pool_client(**request)
                self.client_id = made["UserPoolClient"]["ClientId"]
            else:
                raise ValueError(f"the demo cannot make a {kind.type}")

    def change(self) -> tuple[str, ...]:
        """Does what nobody should do behind the spec's back; returns each of it in words."""
        self.client.set_user_pool_mfa_config(
            UserPoolId=self.pool_id,
            MfaConfiguration="OPTIONAL",
            SoftwareTokenMfaConfiguration={"Enabled": True},
        )
        self.client.update_user_pool_client(
            UserPoolId=self.pool_id,
            ClientId=self.client_id,
            PreventUserExistenceErrors="LEGACY",
            RefreshTokenValidity=365,
        )
        return (
            "the second factor is no longer required",
            "answers tell whether a user exists",
            "refresh tokens live for a year",
        )

    def _known(self, value: Any) -> Any:
        is_pool = isinstance(value, Ref) and value.address.kind == user_pool.TYPE
        return self.pool_id if is_pool and value.attribute == "id" else Unknown("not part of the demo")

    def _accepted(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        """The members of a request that the operation has, under the names it has for them."""
        members = self.client.meta.service_model.operation_model(operation).input_shape.members
        renamed = {
            (_CREATE_NAMES.get(name, name) if name not in members else name): item
            for name, item in request.items()
        }
        return {name: item for name, item in renamed.items() if name in members}


@contextmanager
def emulated() -> Iterator[Account]:
    """An empty emulated account, gone at the end. Raises UsageError when the emulator is not installed."""
    try:
        from moto.server import ThreadedMotoServer
    except ImportError:
        raise UsageError(MISSING) from None
    import boto3

    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    with _only_these(_ENVIRONMENT):
        server.start()
        try:
            host, port = server.get_host_and_port()
            options = AwsOptions(region=REGION, endpoint_url=f"http://{host}:{port}")
            _forget(f"http://{host}:{port}")
            client = boto3.client("cognito-idp", region_name=REGION, endpoint_url=options.endpoint_url)
            yield Account(options, client)
            _forget(f"http://{host}:{port}")
        finally:
            server.stop()


def _forget(url: str) -> None:
    """Empties the account: all of moto's servers in one process share one."""
    # The server is our own, on loopback.
    request = urllib.request.Request(f"{url}/moto-api/reset", method="POST", data=b"")  # noqa: S310
    with urllib.request.urlopen(request, timeout=30):  # noqa: S310
        pass


@contextmanager
def _only_these(variables: Mapping[str, str]) -> Iterator[None]:
    """AWS variables and proxies of the caller's environment put aside, so that no real account is meant."""
    kept = {name: os.environ.pop(name) for name in list(os.environ) if _leads_elsewhere(name)}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name in variables:
            os.environ.pop(name, None)
        os.environ.update(kept)


def _leads_elsewhere(name: str) -> bool:
    return name.startswith("AWS_") or name.lower() in ("http_proxy", "https_proxy", "all_proxy")


def _request(kind: Kind, values: Mapping[str, Any], source: str) -> dict[str, Any]:
    """Values as AWS takes them: the way back along the live paths of the field table."""
    request: dict[str, Any] = {}
    _fill(kind.fields, values, "", {source, "" if source == main_source(kind) else source}, request)
    return request


def _fill(
    fields: tuple[Field, ...],
    values: Mapping[str, Any],
    prefix: str,
    sources: set[str],
    request: dict[str, Any],
) -> None:
    for field in fields:
        value = values.get(field.name)
        if value is None or (field.live is None and not field.is_block):
            continue
        path = live_path(prefix, field)
        if field.type is Type.BLOCK:
            _fill(field.fields, value, path, sources, request)
        elif path.partition(":")[0] in sources:
            *parents, last = path.partition(":")[2].split(".")
            place = request
            for parent in parents:
                place = place.setdefault(parent, {})
            place[last] = _sent(field, value)


def _sent(field: Field, value: Any) -> Any:
    if field.type is Type.BLOCKS:
        items = []
        for inner in value.values():
            item: dict[str, Any] = {}
            _fill(field.fields, inner, "", {""}, item)
            items.append(item)
        return items
    return sorted(value) if isinstance(value, frozenset) else value

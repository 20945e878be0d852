"""From options to boto3: one session, one client for each service and region."""

from __future__ import annotations

import logging
import os
from functools import cache
from typing import Any

from tfgen.errors import LiveError
from tfgen.live.aws import Aws
from tfgen.live.clients import Client
from tfgen.live.errors import fault_of
from tfgen.live.options import AwsOptions
from tfgen.live.pace import Pace, follow
from tfgen.live.raw import keep_unmodelled

_USER_AGENT = "tfgen"
_IDLE_SPARE = 2
_NO_URL = "the endpoint is not a URL such as https://host: check --endpoint-url and AWS_ENDPOINT_URL…"


def connect(options: AwsOptions, pace: Pace | None = None) -> Aws:
    """The way to AWS by the standard credential chain; no call is made yet.

    `pace` decides when each request may leave. Raises LiveError when the profile or boto3's
    configuration is broken.
    """
    import boto3
    from botocore.config import Config

    # botocore logs whole answers, secrets included, at level DEBUG.
    logging.getLogger("botocore").setLevel(logging.INFO)
    config = Config(
        # The default mode does not know Cognito's throttling (TooManyRequestsException with HTTP 400).
        retries={"mode": "standard", "total_max_attempts": options.attempts},
        connect_timeout=options.connect_timeout,
        read_timeout=options.read_timeout,
        max_pool_connections=options.pools_at_once + _IDLE_SPARE,
        user_agent_extra=_USER_AGENT,
    )
    try:
        # boto3 knows AWS_DEFAULT_REGION only; the AWS CLI and all other SDKs put AWS_REGION first.
        wanted = options.region or os.environ.get("AWS_REGION") or None
        session = boto3.session.Session(botocore_session=_core(options), region_name=wanted)
        region = session.region_name
        if options.role_arn is not None:
            session = _with_role(session, options, options.role_arn, config)
    except Exception as error:
        fault = fault_of(error)
        if fault is None:
            raise
        raise LiveError(f"the AWS session {fault.text}") from None
    # The stubs have an overload for each literal service name; here it is any of them.
    make: Any = session.client

    def make_client(service: str, where: str) -> Client:
        try:
            client: Any = make(service, region_name=where, endpoint_url=options.endpoint_url, config=config)
        except ValueError as error:
            if fault_of(error) is not None:
                raise
            # botocore's word for a bad endpoint; its text quotes the URL, and a password in it.
            raise LiveError(_NO_URL) from None
        client.meta.events.register("before-parse", keep_unmodelled)
        if pace is not None:
            follow(client, pace, where)
        made: Client = client
        return made

    return Aws(make_client, options, region)


def _core(options: AwsOptions) -> Any:
    """A botocore session with the models of AWS's services that all sessions share."""
    import botocore.session

    core = botocore.session.Session()
    if options.profile is not None:
        core.set_config_variable("profile", options.profile)
    core.register_component("data_loader", _models(core.get_config_variable("data_path")))
    return core


@cache
def _models(data_path: str | None) -> Any:
    """The loader of service models; a session's own one would cost 10 MB and 0.4 s more each."""
    from botocore.loaders import create_loader

    return create_loader(data_path)


def _with_role(session: Any, options: AwsOptions, role_arn: str, config: Any) -> Any:
    """A session with the role's credentials, which botocore renews by itself."""
    import boto3
    from botocore.credentials import (
        AssumeRoleCredentialFetcher,
        CredentialProvider,
        CredentialResolver,
        DeferredRefreshableCredentials,
    )

    def sts(service: str, **facts: Any) -> Any:
        where = facts.pop("region_name", None) or session.region_name or "us-east-1"
        facts.setdefault("config", config)
        return session.client(service, region_name=where, endpoint_url=options.endpoint_url, **facts)

    extra = {"RoleSessionName": _USER_AGENT}
    if options.external_id is not None:
        extra["ExternalId"] = options.external_id
    source = session.get_credentials()
    if source is None:
        raise LiveError("--role-arn needs credentials to begin with and there are none: give --profile")
    fetcher = AssumeRoleCredentialFetcher(sts, source, role_arn, extra)

    class AssumedRole(CredentialProvider):
        METHOD: str | None = "tfgen-assume-role"

        def load(self) -> Any:
            return DeferredRefreshableCredentials(fetcher.fetch_credentials, "tfgen-assume-role")

    core = _core(options)
    core.register_component("credential_provider", CredentialResolver([AssumedRole()]))
    return boto3.session.Session(botocore_session=core, region_name=session.region_name)

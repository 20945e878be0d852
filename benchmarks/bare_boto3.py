"""The yardstick: a plain boto3 loop that makes the calls of a drift check and compares nothing.

python -m benchmarks.bare_boto3 ENDPOINT THREADS
"""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor

import boto3
from botocore.config import Config


def main(endpoint: str, threads: int) -> None:
    """Reads every pool that the endpoint lists, with `threads` pools at a time."""
    config = Config(retries={"mode": "standard", "total_max_attempts": 6}, max_pool_connections=threads)
    session = boto3.session.Session("testing", "testing", region_name="us-east-1")
    client = session.client("cognito-idp", endpoint_url=endpoint, config=config)

    def read(ident: str) -> None:
        pool = client.describe_user_pool(UserPoolId=ident)["UserPool"]
        client.get_user_pool_mfa_config(UserPoolId=ident)
        clients = client.get_paginator("list_user_pool_clients").paginate(
            UserPoolId=ident, PaginationConfig={"PageSize": 60}
        )
        for page in clients:
            for item in page["UserPoolClients"]:
                client.describe_user_pool_client(UserPoolId=ident, ClientId=item["ClientId"])
        providers = client.get_paginator("list_identity_providers").paginate(
            UserPoolId=ident, PaginationConfig={"PageSize": 60}
        )
        for found in providers:
            for provider in found["Providers"]:
                client.describe_identity_provider(UserPoolId=ident, ProviderName=provider["ProviderName"])
        client.describe_user_pool_domain(Domain=pool["Domain"])
        client.get_ui_customization(UserPoolId=ident)

    pages = client.get_paginator("list_user_pools").paginate(PaginationConfig={"PageSize": 60})
    idents = [pool["Id"] for page in pages for pool in page["UserPools"]]
    with ThreadPoolExecutor(threads) as executor:
        list(executor.map(read, idents))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))

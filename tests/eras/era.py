"""The pools of `fixtures/eras`: a spec each, and what AWS answers for the pool, as the AWS CLI prints it.

fixtures/eras/<era>/spec.yml     what a team of that year writes
fixtures/eras/<era>/live/*.json  one answer a file, `<operation>.json` or `<operation>.<which>.json`
fixtures/eras/<era>/arguments.txt  further words of the command line (optional)
fixtures/eras/<era>/drift.txt    the findings, and the rules without which there would be others
fixtures/eras/<era>/README.md    what is known of such pools and why the findings are right
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from tests.live.stubs import Stub, refusal
from tfgen.drift import check
from tfgen.finding import Finding, Result
from tfgen.kinds import lower
from tfgen.known import Known
from tfgen.live import fetch
from tfgen.resource import State
from tfgen.spec import Options, Spec, load

ERAS: Final = Path(__file__).parents[2] / "fixtures/eras"
Answers = dict[str, list[dict[str, Any]]]
"""The answers of one pool by operation, as the files have them."""


@dataclass(frozen=True)
class Era:
    """One fixture."""

    name: str

    @property
    def folder(self) -> Path:
        return ERAS / self.name

    def answers(self) -> Answers:
        """Fresh copies, to be changed at will."""
        return copy.deepcopy(_answers(self.name))

    @property
    def region(self) -> str:
        """The region of its pool."""
        return _region(_answers(self.name))

    @property
    def arguments(self) -> list[str]:
        """Further words of the command line."""
        file = self.folder / "arguments.txt"
        return file.read_text(encoding="utf-8").split() if file.exists() else []

    def check(self, answers: Answers | None = None) -> Result:
        """The whole check of the spec against these answers, or against the files'."""
        given = self.answers() if answers is None else answers
        spec, desired = _spec(self.name)
        known = Known(variables=dict(word.split("=", 1) for word in self.arguments if "=" in word))
        live = fetch(desired, known, Stub(dict(stubbed(given))).aws(_region(given)))
        return check(spec, desired, live, known)


def eras() -> list[Era]:
    """All fixtures by name."""
    return [Era(file.parent.name) for file in sorted(ERAS.glob("*/spec.yml"))]


def text(finding: Finding) -> str:
    """One finding in one line."""
    where = str(finding.address) + (f" {finding.path}" if finding.path else "")
    said = finding.reason if finding.status.value == "NOT_CHECKED" else ""
    declared = "" if finding.declared else " (undeclared)"
    values = said or f"spec {_value(finding.desired)}, live {_value(finding.live)}"
    return f"{str(finding.severity).upper()} {finding.status.value} {where}{declared}: {values}"


def _value(value: Any) -> str:
    if isinstance(value, (set, frozenset)):
        value = sorted(value)
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)


@cache
def _answers(name: str) -> Answers:
    found: Answers = {}
    for file in sorted((ERAS / name / "live").glob("*.json")):
        operation = file.name.partition(".")[0].replace("-", "_")
        found.setdefault(operation, []).append(json.loads(file.read_text(encoding="utf-8")))
    return found


@cache
def _spec(name: str) -> tuple[Spec, State]:
    spec = load([ERAS / name / "spec.yml"], Options(region=_region(_answers(name))))
    return spec, lower(spec)


def _region(answers: Answers) -> str:
    for pool in answers.get("describe_user_pool", ()):
        return str(pool["UserPool"]["Id"]).partition("_")[0]
    return "eu-west-1"


def stubbed(answers: Answers) -> Iterator[tuple[str, Any]]:
    """By boto3's name of the operation: what the files say, and the listings that follow from them."""

    def of(operation: str, member: str = "") -> list[dict[str, Any]]:
        found = answers.get(operation, [])
        return [item[member] for item in found] if member else found

    pools, clients = of("describe_user_pool", "UserPool"), of("describe_user_pool_client", "UserPoolClient")
    providers = of("describe_identity_provider", "IdentityProvider")
    domains = of("describe_user_pool_domain", "DomainDescription")
    styles = of("get_ui_customization", "UICustomization")
    yield "list_user_pools", {"UserPools": [{"Id": item["Id"], "Name": item["Name"]} for item in pools]}
    yield "describe_user_pool", _one("UserPool", pools, UserPoolId="Id")
    yield "list_user_pool_clients", {"UserPoolClients": clients}
    yield "describe_user_pool_client", _one("UserPoolClient", clients, ClientId="ClientId")
    yield "list_identity_providers", {"Providers": providers}
    yield "describe_identity_provider", _one("IdentityProvider", providers, ProviderName="ProviderName")
    yield "describe_user_pool_domain", _one("DomainDescription", domains, {}, Domain="Domain")
    yield "get_ui_customization", _one("UICustomization", styles, {}, ClientId="ClientId")
    yield "get_web_acl_for_resource", {}
    yield "get_policy", _policy(answers)
    yield "get_function_concurrency", {}
    for operation in (
        "get_user_pool_mfa_config",
        "get_role",
        "get_role_policy",
        "list_resource_record_sets",
    ):
        for answer in of(operation):
            yield operation, answer
    policies = [item["PolicyName"] for item in of("get_role_policy")]
    yield "list_role_policies", {"PolicyNames": policies}
    yield "get_caller_identity", {"Account": "123456789012"}
    apis = of("get_api")
    yield "get_apis", {"Items": apis}
    yield "get_api", apis[0] if apis else {}
    for operation in ("get_stages", "get_authorizers", "get_integrations", "get_routes"):
        yield operation, {"Items": [item for found in of(operation) for item in found["Items"]]}


def _one(
    member: str, items: list[dict[str, Any]], otherwise: Any = None, **by: str
) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The item whose `by` member is the parameter's value."""
    ((parameter, key),) = by.items()

    def answer(request: dict[str, Any]) -> dict[str, Any]:
        for item in items:
            if item[key] == request[parameter]:
                return {member: item}
        if otherwise is None:
            raise refusal("ResourceNotFoundException", member)
        return {member: otherwise}

    return answer


def _policy(answers: Answers) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """The policy of the function that is asked for: its statements name it."""

    def answer(request: dict[str, Any]) -> dict[str, Any]:
        for item in answers.get("get_policy", ()):
            if request["FunctionName"] in item["Policy"]:
                return item
        raise refusal("ResourceNotFoundException", "GetPolicy")

    return answer

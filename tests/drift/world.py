"""A whole deployment as AWS would answer it right after `terraform apply` of a spec."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.kinds.synthetic import answers, put
from tfgen.drift import compare
from tfgen.drift.resolve import Resolver
from tfgen.finding import Finding, Result
from tfgen.kinds import KINDS, lower
from tfgen.kinds.answers import main_source
from tfgen.kinds.reading import read_resource
from tfgen.known import Known
from tfgen.resource import (
    Address,
    Call,
    FromData,
    Ref,
    Resource,
    Sensitive,
    State,
    Template,
    Unread,
    Variable,
    evaluate,
)
from tfgen.spec import Options, Spec, load

REGION, ACCOUNT = "eu-west-1", "123456789012"
FUNCTION = f"arn:aws:lambda:{REGION}:{ACCOUNT}:function:"


class World:
    """One spec and the AWS answers it would give; a test changes the answers and compares."""

    def __init__(self, folder: Path, text: str, **options: Any) -> None:
        path = folder / "spec.yml"
        path.write_text(text)
        self.spec: Spec = load([path], Options(region=REGION, **options))
        self.desired = lower(self.spec)
        self.known = Known(account=ACCOUNT, region=REGION)
        self.answers: dict[Address, dict[str, Any]] = {}
        self.unread: list[Unread] = []
        self._variables(self.desired)
        self._apply()

    def _variables(self, state: State) -> None:
        """Every variable of the deployment gets a value."""
        for resource in state.resources.values():
            for variable in _variables(resource.values):
                if not variable.sensitive:
                    value = f"{FUNCTION}{variable.key}" if variable.name == "function_arns" else variable.path
                    self.known.variables[variable.path] = value

    def _apply(self) -> None:
        resolver = Resolver(self.known)
        for kind in sorted(KINDS.values(), key=lambda kind: kind.type != "aws_iam_role"):
            for number, resource in enumerate(self.desired.resources.values()):
                if resource.kind != kind.type:
                    continue
                values = evaluate(resource.values, _created(resolver.lookup))
                given = answers(kind, values)
                ident = kind.attributes.get("id")
                if isinstance(ident, str):
                    put(given[main_source(kind)], ident, f"{kind.type[-6:]}-{number}", only_absent=True)
                if kind.type == "aws_cognito_user_pool":
                    pool = given["pool"]
                    pool["Id"] = f"{REGION}_{resource.address.module}"
                    pool["Arn"] = f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/{pool['Id']}"
                    pool["EstimatedNumberOfUsers"] = 4321
                if kind.type == "aws_cognito_user_pool_domain":
                    given["domain"]["CloudFrontDistribution"] = "d111.cloudfront.net"
                if kind.type == "aws_iam_role":
                    given["role"]["Arn"] = f"arn:aws:iam::{ACCOUNT}:role/{given['role']['RoleName']}"
                if kind.type == "aws_apigatewayv2_api":
                    given["context"] = {"account": ACCOUNT, "partition": "aws", "region": REGION}
                self.answers[resource.address] = given
                read, unread = self.read(resource.address)
                assert unread == [], unread
                resolver.pairs[resource.address] = read

    def read(self, address: Address) -> tuple[Resource, list[Unread]]:
        kind = KINDS[address.kind]
        given = {name: item for name, item in self.answers[address].items() if name in kind.sources}
        resource, unread = read_resource(kind, address, given)
        for name, path in kind.attributes.items():
            if callable(path):
                resource.attributes[name] = path(self.answers[address])
        return resource, unread

    def of(self, kind: str, module: str | None = None, label: str | None = None) -> dict[str, Any]:
        """The main answer of the one resource of a kind."""
        (found,) = [
            address
            for address in self.answers
            if address.kind == kind and module in (None, address.module) and label in (None, address.label)
        ]
        return self.answers[found][main_source(KINDS[kind])]  # type: ignore[no-any-return]

    def live(self) -> State:
        state = State(unread=list(self.unread))
        for address in self.answers:
            resource, unread = self.read(address)
            # Live resources are labelled by what AWS calls them, as the reader of AWS does.
            ident = str(resource.attributes.get("id") or address.label)
            resource.address = Address(address.module, address.kind, ident)
            state.add(resource)
            state.unread += unread
        return state

    def compare(self) -> Result:
        return compare(self.spec, self.desired, self.live(), self.known)

    def findings(self) -> list[Finding]:
        return self.compare().findings

    def one(self) -> Finding:
        (finding,) = self.findings()
        return finding


def _created(lookup: Callable[..., Any]) -> Callable[..., Any]:
    """What apply writes for a reference; a secret gets some text."""

    def value(item: Ref | Variable | FromData) -> Any:
        if isinstance(item, FromData) and item.sensitive:
            return '{"secret": "canary-a", "key": "canary-b"}'
        if isinstance(item, Variable) and item.sensitive:
            return "canary-c"
        return lookup(item)

    return value


def _variables(value: Any) -> list[Variable]:
    match value:
        case Variable():
            return [value]
        case Template(parts=parts):
            return [found for part in parts for found in _variables(part)]
        case Call(arguments=arguments):
            return [found for part in arguments for found in _variables(part)]
        case dict():
            return [found for item in value.values() for found in _variables(item)]
        case list() | tuple() | frozenset():
            return [found for item in value for found in _variables(item)]
        case _:
            return []


__all__ = ["Sensitive", "World"]

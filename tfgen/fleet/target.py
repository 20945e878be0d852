"""What a fleet file says, checked: targets that stand on their own, ready to be sent to a worker."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

from tfgen.errors import Position, UsageError
from tfgen.spec.problems import few

if TYPE_CHECKING:
    from tfgen.live import AwsOptions


@dataclass(frozen=True, slots=True)
class Target:
    """One deployment of some specs: where it is, who may read it, and which of its ids are known.

    All defaults are merged in, all globs resolved (`specs`, `outputs`, `state` are files). `account` has
    twelve digits. `position` is where the fleet file names it. `shared_vars`: names of those `vars` that
    only the defaults have, which other targets' specs may be there for.
    """

    name: str
    specs: tuple[Path, ...]
    position: Position
    stage: str | None = None
    service_name: str | None = None
    region: str | None = None
    account: str | None = None
    profile: str | None = None
    role_arn: str | None = None
    external_id: str | None = None
    endpoint_url: str | None = None
    pool_ids: Mapping[str, str] = field(default_factory=dict)
    outputs: tuple[Path, ...] = ()
    state: tuple[Path, ...] = ()
    vars: Mapping[str, str] = field(default_factory=dict)
    args: Mapping[str, str] = field(default_factory=dict)
    shared_vars: tuple[str, ...] = ()

    @property
    def owner(self) -> str:
        """Whose quotas its calls use: the account where it is known, else the credentials."""
        return self.account or account_of(self.role_arn) or f"profile {self.profile or '(none)'}"

    @property
    def place(self) -> tuple[str, str, str]:
        """Targets of one place share their quotas: (owner, region, endpoint)."""
        return (self.owner, self.region or "", self.endpoint_url or "")

    def aws_options(self) -> AwsOptions:
        """How to reach it."""
        from tfgen.live import AwsOptions

        return AwsOptions(
            region=self.region,
            profile=self.profile,
            role_arn=self.role_arn,
            external_id=self.external_id,
            endpoint_url=self.endpoint_url,
        )

    def definition(self) -> str:
        """The target as canonical JSON, without the place in the file; it may hold secrets (`vars`)."""
        members = asdict(self)
        del members["position"]
        return json.dumps(members, default=str, sort_keys=True)


@dataclass(frozen=True, slots=True)
class Fleet:
    """All targets of a fleet file, in its order. `quotas`: category → requests a second."""

    path: Path
    targets: tuple[Target, ...]
    quotas: Mapping[str, int] = field(default_factory=dict)

    def select(self, patterns: Sequence[str]) -> tuple[Target, ...]:
        """The targets whose name fits one of the globs; all of them without a glob.

        Raises UsageError for a glob that fits none, naming the targets.
        """
        names = [target.name for target in self.targets]
        for pattern in patterns:
            if not any(fnmatchcase(name, pattern) for name in names):
                raise UsageError(f"--target {pattern}: {self.path} has no such target; it has {few(names)}")
        if not patterns:
            return self.targets
        return tuple(
            target
            for target in self.targets
            if any(fnmatchcase(target.name, pattern) for pattern in patterns)
        )


def account_of(arn: str | None) -> str | None:
    """The account in `arn:<partition>:iam::<account>:role/<name>`."""
    parts = (arn or "").split(":")
    return parts[4] if len(parts) >= 6 and parts[4] else None

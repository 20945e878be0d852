"""Makes every change of `mutations` on a deployment, and says what reports must name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.e2e.deployment import Deployment
from tests.e2e.doors import DOORS, Place, changed
from tests.e2e.emulated import EMULATED
from tests.e2e.mutations import Target, other, targets
from tfgen.kinds.field import Type
from tfgen.kinds.reading import dig
from tfgen.kinds.shapes import EACH

Found = tuple[str, str, str]
"""Case, resource, path: as a report names a finding."""


@dataclass
class Changes:
    """`made`: every change that the emulator kept. `lost`: the (kind, argument) that it did not."""

    deployment: Deployment
    made: dict[Found, Target] = field(default_factory=dict)
    lost: set[tuple[str, str]] = field(default_factory=set)

    @classmethod
    def make(cls, deployment: Deployment) -> Changes:
        """Makes all changes, one write for each resource."""
        done = cls(deployment)
        outputs, state = deployment.outputs(), deployment.terraform.state_values()
        by_resource: dict[tuple[str, str], list[Target]] = defaultdict(list)
        for target in targets(deployment):
            by_resource[target.case.name, str(target.address)].append(target)
        for (case, address), group in by_resource.items():
            if group[0].address.kind in EMULATED[deployment.emulator.name].unchangeable:
                continue
            values = state[in_state(case, address)]
            module = group[0].address.module
            done._change(
                Place(deployment.emulator, module, address, outputs[case]["resources"], values), group
            )
        return done

    def _change(self, place: Place, group: list[Target]) -> None:
        """Makes all changes of one resource by one write, then asks what was kept."""
        door = DOORS[group[0].address.kind]
        before = door.read(place)
        after = before
        for target in group:
            source, path = target.live
            value = other(target, dig(before[source], path.removesuffix(EACH)))
            after = changed(after, source, path.removesuffix(EACH), value)
        door.write(place, before, after)
        kept = door.read(place)
        for target in group:
            source, path = target.live
            was, now = (dig(answers[source], path.removesuffix(EACH)) for answers in (before, kept))
            if was == now or _same_members(was, now):
                self.lost.add(target.id)
                continue
            for shown in _shown(target, was, now):
                self.made[target.case.name, str(target.address), shown] = target


def in_state(case: str, address: str) -> str:
    """The address in the Terraform state: the case is a module around it, and names begin with no digit."""
    module = address.split(".")[1]
    name = f"_{module}" if module[0].isdigit() else module
    return f"module.{case}.{address.replace(f'module.{module}.', f'module.{name}.', 1)}"


def _same_members(was: Any, now: Any) -> bool:
    return isinstance(was, list) and isinstance(now, list) and sorted(map(str, was)) == sorted(map(str, now))


def _shown(target: Target, was: Any, now: Any) -> Iterator[str]:
    """The paths a report must name."""
    match target.path:
        case "schema":
            yield 'schema["added"]'
        case "account_recovery_setting.recovery_mechanism":
            yield from (f'{target.path}["{item["Name"]}"]' for item in (*(was or ()), *now))
        case _ if target.field.type in (Type.BLOCKS, Type.MAP):
            before = was or {}
            yield from (f'{target.path}["{key}"]' for key in now if now[key] != before.get(key))
        case _:
            # A unit is compared with its number.
            yield target.field.folded_into or target.path


def plain(path: str) -> tuple[str, ...]:
    """`schema["x"].mutable` and `schema.0.mutable` alike: the names of the arguments."""
    named = re.sub(r'\["((?:[^"\\]|\\.)*)"\]', "", path)
    return tuple(step for step in named.split(".") if step and not step.isdecimal())


def related(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """One path is the other, or above it: a plan shows sets and new blocks as a whole."""
    return one[: len(two)] == two or two[: len(one)] == one

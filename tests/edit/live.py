"""A live state that differs from a spec in chosen places, and what accepting makes of the text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.drift.single import Steps, changed
from tests.drift.world import ACCOUNT, REGION, World
from tfgen.drift import compare
from tfgen.drift.adopt import Adopted, adopt
from tfgen.drift.match import match
from tfgen.finding import Finding
from tfgen.kinds import lower
from tfgen.resource import Address, Resource, State
from tfgen.spec import Options, load
from tfgen.spec.edit import read_texts


class Drifted:
    """A spec in a file, and a live state that was changed behind its back."""

    def __init__(self, folder: Path, text: str, **options: Any) -> None:
        self.path = folder / "spec.yml"
        self.world = World(folder, text, **options)
        self.options = Options(region=REGION, **options)
        self.text = text
        self.live = self.world.live()
        self.pairs = match(self.world.desired, self.live, self.world.known).resolver.pairs
        assert self.findings() == []

    def of(self, kind: str, label: str = "this") -> Resource:
        (found,) = [one for at, one in self.pairs.items() if at.kind == kind and at.label == label]
        return found

    def change(self, kind: str, steps: Steps, value: Any, label: str = "this") -> None:
        """Another live value; None takes it away."""
        live = self.of(kind, label)
        live.values = changed(live.values, steps, value)

    def with_change(self, address: Address, steps: Steps, value: Any) -> State:
        """The live state with one other value, beside the one that stays."""
        state = State(unread=list(self.live.unread))
        for resource in self.live.resources.values():
            values = resource.values
            if resource is self.pairs[address]:
                values = changed(values, steps, value)
            state.add(Resource(resource.address, values, attributes=resource.attributes))
        return state

    def findings(self, live: State | None = None) -> list[Finding]:
        world = self.world
        return compare(world.spec, world.desired, live or self.live, world.known).findings

    def adopt(self, findings: list[Finding] | None = None, live: State | None = None) -> Adopted:
        texts = read_texts(self.world.spec, self.options)
        chosen = self.findings(live) if findings is None else findings
        return adopt(texts, chosen, live or self.live, self.world.known)

    def again(self, text: str, live: State | None = None) -> list[Finding]:
        """What a later run finds, which reads the changed file."""
        self.path.write_bytes(text.encode())
        spec = load([self.path], self.options)
        result = compare(spec, lower(spec), live or self.live, self.world.known).findings
        self.path.write_bytes(self.text.encode())
        return result


def after(adopted: Adopted) -> str:
    """The one text that came out."""
    (source,) = adopted.after.sources
    return source.text


__all__ = ["ACCOUNT", "Drifted", "after"]

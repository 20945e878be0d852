"""`${NAME}` in a fleet file: the value of an environment variable, or an error where there is none."""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingType
from typing import Final

from tfgen.spec.nodes import BROKEN, Mapping, Scalar, walk
from tfgen.spec.problems import Collector, nearest

_PLACE: Final = re.compile(r"\$\$\{|\$\{(?P<name>[^}]*)\}?")
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)


def fill_in(root: Mapping, environ: MappingType[str, str], collector: Collector) -> None:
    """Replaces every `${NAME}` in the values below `root`; `$${` stands for `${` itself.

    A value with a variable that is missing becomes `BROKEN`, its problem is in the collector. No
    problem quotes the value of a variable: it may be a secret.
    """
    for path, node in walk(root):
        if not isinstance(node, Scalar) or not isinstance(node.value, str) or "${" not in node.value:
            continue
        faults: list[tuple[str, str, str]] = []

        def value(found: re.Match[str], faults: list[tuple[str, str, str]] = faults) -> str:
            name = found["name"]
            if name is None:
                return "${"
            if not _NAME.fullmatch(name) or not found[0].endswith("}"):
                faults.append(("has a ${ without the name of a variable", "${NAME}; $${ means ${ itself", ""))
            elif name not in environ:
                near = nearest(name, environ)
                faults.append((f"the environment variable {name[:80]} is not set", "", near))
            return environ.get(name, "")

        text = _PLACE.sub(value, node.value)
        for message, allowed, near in faults:
            collector.error(node.position, path, message, allowed, near)
        node.value = BROKEN if faults else text

"""Ids and variables from what Terraform itself knows: its outputs or its state."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tfgen.errors import UsageError
from tfgen.known import OUTPUT_FORMAT, Known


def from_outputs(document: Any, known: Known) -> None:
    """Adds what `terraform output -json tfgen` (or `terraform output -json`) says.

    Raises UsageError when the document is something else.
    """
    value = document
    if isinstance(value, Mapping) and "tfgen" in value:
        value = value["tfgen"]
    if isinstance(value, Mapping) and "value" in value and "resources" not in value:
        value = value["value"]
    if not isinstance(value, Mapping) or not isinstance(value.get("resources"), Mapping):
        raise UsageError("--outputs: not the output `tfgen` of a rendered root module")
    if value.get("format_version") != OUTPUT_FORMAT:
        raise UsageError("--outputs: written by another version of tfgen; render and apply again")
    known.ids |= {
        str(address): str(ident) for address, ident in value["resources"].items() if ident is not None
    }
    for name, item in (value.get("variables") or {}).items():
        known.variables |= dict(_flat(str(name), item))


def from_state(document: Any, known: Known) -> None:
    """Adds the ids in a Terraform state (version 4) or in `terraform show -json`.

    Raises UsageError when the document is neither. Nothing but ids is kept: a state holds secrets.
    """
    try:
        known.ids |= dict(_ids(document))
    except (AttributeError, KeyError, TypeError):
        # Some part has another shape than Terraform's; what it holds is not shown, it may be secret.
        raise UsageError(
            "--state: neither a Terraform state nor the output of `terraform show -json`"
        ) from None


def _ids(document: Any) -> Iterator[tuple[str, str]]:
    """Address and id of every managed resource; AttributeError, KeyError or TypeError for other documents."""
    if "values" in document:
        return _shown_ids(document["values"].get("root_module") or {})
    return _state_ids(document["resources"])


def _flat(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            yield from _flat(f"{name}.{key}", item)
    elif value is not None:
        yield name, str(value)


def _state_ids(resources: Any) -> Iterator[tuple[str, str]]:
    if not isinstance(resources, list):
        raise TypeError("resources")
    for resource in resources:
        if resource.get("mode") != "managed":
            continue
        module = f"{resource['module']}." if resource.get("module") else ""
        for instance in resource.get("instances") or ():
            ident = (instance.get("attributes") or {}).get("id")
            if ident is not None:
                yield f"{module}{resource['type']}.{resource['name']}", str(ident)


def _shown_ids(module: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for resource in module.get("resources") or ():
        ident = (resource.get("values") or {}).get("id")
        if resource.get("mode") == "managed" and ident is not None:
            yield str(resource["address"]), str(ident)
    for child in module.get("child_modules") or ():
        yield from _shown_ids(child)

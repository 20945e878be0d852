"""An `http-api-gateway` of the file to a Gateway."""

from __future__ import annotations

from typing import Final

from tfgen.spec.merge import Resource
from tfgen.spec.model import Gateway
from tfgen.spec.nodes import kind_of
from tfgen.spec.reading import Reading, overrides_of, properties_of, single

DEFAULT_PAYLOAD_FORMAT: Final = "1.0"
PAYLOAD_FORMATS: Final = ("1.0", "2.0")


def read_gateway(resource: Resource, reading: Reading) -> Gateway:
    """The gateway; of its properties only `payloadFormat` matters here."""
    path = (*resource.path, "properties", "payloadFormat")
    properties = properties_of(resource, reading)
    payload_format = DEFAULT_PAYLOAD_FORMAT
    raw = properties.entries.get("payloadFormat") if properties is not None else None
    if raw is not None:
        node = reading.resolver.resolve(raw, path, resource.document)
        value = single(node)
        if value in PAYLOAD_FORMATS and isinstance(value, str):
            payload_format = value
        else:
            reading.error(path, f"must be one of '1.0', '2.0', not {kind_of(node)}", "put it in quotes")
    return Gateway(resource.key, True, resource.path, payload_format, overrides_of(resource, reading))

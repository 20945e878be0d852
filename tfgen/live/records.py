"""The DNS record that leads a custom domain to the hosted UI."""

from __future__ import annotations

from typing import Any

from tfgen.kinds import dns_record
from tfgen.live.errors import AbsentError, UnreadError
from tfgen.live.module import Module
from tfgen.resource import Resource, Unknown

_KIND = dns_record.KIND
_SOURCE = _KIND.sources["record"]


def read(module: Module, region: str) -> None:
    """Every desired record by zone, name and type. Raises LiveError."""
    for record in module.of_kind(_KIND.type):
        try:
            _read_record(module, region, record)
        except AbsentError:
            continue
        except UnreadError as failed:
            module.found.unread(_KIND.type, failed.reason, record.address.label)


def _read_record(module: Module, region: str, record: Resource) -> None:
    zone, name, record_type = (_text(module, record, argument) for argument in ("zone_id", "name", "type"))
    zone = zone.removeprefix("/hostedzone/")
    # Route 53 answers the records from this one on, in its order, whether this one is there or not.
    sets: Any = module.aws.call(
        _SOURCE, region, HostedZoneId=zone, StartRecordName=name, StartRecordType=record_type, MaxItems="1"
    )
    for item in sets:
        if _bare(item.get("Name", "")) == _bare(name) and item.get("Type") == record_type:
            module.found.add(_KIND, item["Name"], {"record": item | {"HostedZoneId": zone}})


def _text(module: Module, record: Resource, argument: str) -> str:
    value = module.value(record, argument)
    if isinstance(value, Unknown):
        raise UnreadError(value.reason)
    return str(value)


def _bare(name: str) -> str:
    return name.rstrip(".").lower()

"""The schema blocks of a user pool: custom attributes and changed standard ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tfgen.kinds.canonical import numeric
from tfgen.kinds.context import Context
from tfgen.kinds.eras import IDENTITIES, STANDARD_ATTRIBUTES, UNLIMITED_TEXT
from tfgen.kinds.field import Change, Field, Severity, Type, attr, block, blocks
from tfgen.spec import attributes

_TEXT = {"min_length": "0", "max_length": "2048"}


def _standard(data_type: str, **facts: Any) -> dict[str, Any]:
    values: dict[str, Any] = {
        "attribute_data_type": data_type,
        "developer_only_attribute": False,
        "mutable": True,
        "required": False,
    }
    if data_type == "String":
        values["string_attribute_constraints"] = _TEXT
    return values | facts


_OTHERS: dict[str, dict[str, Any]] = {
    "birthdate": {"string_attribute_constraints": {"min_length": "10", "max_length": "10"}},
    "sub": {
        "mutable": False,
        "required": True,
        "string_attribute_constraints": {"min_length": "1", "max_length": "2048"},
    },
    "updated_at": {"number_attribute_constraints": {"min_value": "0"}},
    "identities": {"string_attribute_constraints": {}},
}
"""What is not as usual for its type."""

STANDARD: dict[str, dict[str, Any]] = {
    name: _standard(data_type, **_OTHERS.get(name, {})) for name, data_type in attributes.STANDARD.items()
}
"""What AWS answers for a standard attribute nobody changed (identities: once a provider was there)."""


def _lower(context: Context) -> dict[str, Any] | None:
    """The spec's attributes, by name."""
    done: dict[str, Any] = {}
    for item in context.pool.get("schema") or ():
        written = {
            "name": item.name,
            "attribute_data_type": item.attribute_data_type,
            "developer_only_attribute": item.developer_only_attribute,
            "mutable": item.mutable,
            "required": item.required,
            "string_attribute_constraints": {
                "min_length": item.string_min_length,
                "max_length": item.string_max_length,
            },
            "number_attribute_constraints": {
                "min_value": item.number_min_value,
                "max_value": item.number_max_value,
            },
        }
        values = filled(written)
        if values is not None:
            done[item.name] = values
    return done or None


def filled(written: Mapping[str, Any]) -> dict[str, Any] | None:
    """An attribute with everything AWS will answer written out, so that no plan differs.

    None for one that equals AWS's own standard attribute: the provider drops these on reading. Left
    out, `mutable` is true: false would be for ever.
    """
    standard = STANDARD.get(written["name"], {})
    data_type = written.get("attribute_data_type") or standard.get("attribute_data_type", "String")
    mutable = written.get("mutable")
    values: dict[str, Any] = {
        "name": written["name"],
        "attribute_data_type": data_type,
        "developer_only_attribute": bool(written.get("developer_only_attribute")),
        "mutable": standard.get("mutable", True) if mutable is None else mutable,
        "required": bool(written.get("required")),
    }
    block = {"String": "string_attribute_constraints", "Number": "number_attribute_constraints"}.get(
        data_type
    )
    if block is not None:
        usual = standard.get(block) or (_TEXT if data_type == "String" else {})
        given = {
            key: str(numeric(value)) for key, value in (written.get(block) or {}).items() if value is not None
        }
        values[block] = {**usual, **given}
    same = {key: value for key, value in values.items() if key != "name"} == standard
    return None if same else values


def _read(answers: Mapping[str, Any]) -> dict[str, Any] | None:
    """Live attributes by their plain name, less the standard ones that nobody changed."""
    done: dict[str, Any] = {}
    for item in answers.get("pool", {}).get("SchemaAttributes") or ():
        name, standard = plain_name(item["Name"])
        values = {
            "name": name,
            "attribute_data_type": item.get("AttributeDataType"),
            "developer_only_attribute": item.get("DeveloperOnlyAttribute", False),
            "mutable": item.get("Mutable", False),
            "required": item.get("Required", False),
            **_constraints(item),
        }
        usual = STANDARD.get(name) if standard else None
        rule = IDENTITIES if name == "identities" else STANDARD_ATTRIBUTES
        if usual is None or not rule.applies(values, usual):
            done[name] = values
    return done or None


def plain_name(name: str) -> tuple[str, bool]:
    """The name without `dev:` and `custom:`, and whether it is a standard attribute."""
    plain = name.removeprefix("dev:").removeprefix("custom:")
    return plain, plain == name


def _constraints(item: Mapping[str, Any]) -> dict[str, Any]:
    """The constraints block of an attribute; a missing one of a String is the documented default."""
    data_type = item.get("AttributeDataType")
    if data_type == "String":
        live = item.get("StringAttributeConstraints") or {}
        if not live and plain_name(item["Name"]) == ("identities", True):
            return {"string_attribute_constraints": {}}
        limits = {"min_length": live.get("MinLength"), "max_length": live.get("MaxLength")}
        if UNLIMITED_TEXT.applies(None, live):
            limits = {name: _TEXT[name] if limit is None else limit for name, limit in limits.items()}
        return {
            "string_attribute_constraints": {
                name: str(numeric(limit)) for name, limit in limits.items() if limit is not None
            }
        }
    if data_type == "Number":
        live = item.get("NumberAttributeConstraints") or {}
        return {
            "number_attribute_constraints": {
                name: str(numeric(live[key]))
                for name, key in (("min_value", "MinValue"), ("max_value", "MaxValue"))
                if live.get(key) is not None
            }
        }
    return {}


def _bool(name: str, doc: str, live: str, spec: str) -> Field:
    return attr(
        name,
        Type.BOOL,
        doc,
        live=live,
        spec=(f"schema[].{spec}",),
        unset=False,
        change=Change.ADD_ONLY,
        severity=Severity.HIGH,
    )


def _limit(name: str, doc: str, live: str, spec: str) -> Field:
    return attr(
        name,
        Type.STRING,
        doc,
        live=live,
        spec=(f"schema[].{spec}",),
        canonical=numeric,
        change=Change.ADD_ONLY,
    )


SCHEMA = blocks(
    "schema",
    "A custom attribute, or a standard one that differs from AWS's own. Can be added, never changed "
    "or removed: Terraform plans such a change and fails while applying it.",
    attr(
        "name",
        Type.STRING,
        "Name without `custom:`.",
        live="Name",
        spec=("schema[].name",),
        required=True,
        range=(1, 20),
        change=Change.ADD_ONLY,
    ),
    attr(
        "attribute_data_type",
        Type.STRING,
        "Type of the value.",
        live="AttributeDataType",
        spec=("schema[].attributeDataType",),
        required=True,
        allowed=("Boolean", "Number", "String", "DateTime"),
        change=Change.ADD_ONLY,
    ),
    _bool(
        "developer_only_attribute",
        "Only administrators may change it.",
        "DeveloperOnlyAttribute",
        "developerOnlyAttribute",
    ),
    _bool("mutable", "It can be changed after it was set once.", "Mutable", "mutable"),
    _bool("required", "A user must have it; standard attributes only.", "Required", "required"),
    block(
        "number_attribute_constraints",
        "Range of a number.",
        _limit("max_value", "Largest value.", "MaxValue", "numberMaxValue"),
        _limit("min_value", "Smallest value.", "MinValue", "numberMinValue"),
        live="NumberAttributeConstraints",
        change=Change.ADD_ONLY,
    ),
    block(
        "string_attribute_constraints",
        "Length of a text.",
        _limit("max_length", "Most characters.", "MaxLength", "stringMaxLength"),
        _limit("min_length", "Fewest characters.", "MinLength", "stringMinLength"),
        live="StringAttributeConstraints",
        change=Change.ADD_ONLY,
    ),
    key="name",
    live="SchemaAttributes",
    cfn="Schema",
    filled=filled,
    spec=("schema",),
    derive=_lower,
    read=_read,
    folds=(IDENTITIES, STANDARD_ATTRIBUTES, UNLIMITED_TEXT),
    change=Change.ADD_ONLY,
    severity=Severity.HIGH,
)

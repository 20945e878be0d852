"""Values and AWS answers made from a field table: what a live resource with these values would answer.

The table's live paths say where a value goes; the few arguments that a kind reads by a function of
its own are written here by another function, which knows the shape of AWS's answer.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tfgen.kinds.answers import main_source
from tfgen.kinds.field import Field, Kind, Type
from tfgen.kinds.shapes import EACH
from tfgen.kinds.user_pool_passwords import PASSWORD_POLICY
from tfgen.resource import Sensitive

Values = dict[str, Any]
Answers = dict[str, Any]

_POOL, _CLIENT = "aws_cognito_user_pool", "aws_cognito_user_pool_client"
_TEXTS: dict[str, tuple[Any, Any]] = {
    "assume_role_policy": ('{"Version":"2012-10-17"}', '{"Version":"2008-10-17"}'),
    "policy": ('{"Version":"2012-10-17"}', '{"Version":"2008-10-17"}'),
    "region": ("eu-west-1", "us-east-1"),
    "from_email_address": ("Shop <a@b.example>", "Shop <c@b.example>"),
    "min_length": ("3", "4"),
    "max_length": ("30", "40"),
    "min_value": ("5", "6"),
    "max_value": ("50", "60"),
    "provider_type": ("OIDC", "SAML"),
    "lambda_version": ("V2_0", "V3_0"),
}
_MAPS: dict[str, tuple[Values, Values]] = {
    "provider_details": (
        {"client_id": "app", "client_secret": Sensitive("canary-one")},
        {"client_id": "other", "client_secret": Sensitive("canary-one")},
    ),
}


def sample(field: Field, variant: int) -> Any:
    """A canonical value; 0 and 1 give different ones, neither of them what AWS means by silence."""
    if field.type is Type.BLOCK:
        return {inner.name: sample(inner, variant) for inner in field.fields}
    if field.type is Type.BLOCKS:
        return block_instances(field, variant)
    value = _leaf(field, variant)
    if field.canonical is not None and not isinstance(value, Sensitive):
        value = field.canonical(value)
    return value


def block_instances(field: Field, variant: int) -> Values:
    """One instance of a repeated block; of the schema two, as its constraints go by type."""
    item = {inner.name: sample(inner, variant) for inner in field.fields}
    if field.name == "schema":
        text, number = "string_attribute_constraints", "number_attribute_constraints"
        tier = item | {"name": "tier", "attribute_data_type": "String"}
        visits = item | {"name": "visits", "attribute_data_type": "Number"}
        del tier[number], visits[text]
        return {"tier": tier, "visits": visits}
    item[str(field.key)] = sample(field.by_name[str(field.key)], 0)
    return {str(item[str(field.key)]): item}


def _leaf(field: Field, variant: int) -> Any:
    match field.type:
        case Type.STRING:
            return _string(field, variant)
        case Type.NUMBER:
            low, high = field.range or (10, 1000)
            return next(
                number for number in range(low + variant, high + 1) if number != field.unset or low == high
            )
        case Type.BOOL:
            wanted = not field.unset if isinstance(field.unset, bool) else True
            return wanted if variant == 0 else not wanted
        case Type.SET:
            choice = [item for item in field.allowed if frozenset({item}) != field.unset] or ["x", "y"]
            return frozenset({choice[variant % len(choice)]})
        case Type.LIST:
            return [f"{field.name}-{variant}", "b"]
        case Type.MAP:
            return _MAPS.get(field.name, ({"k": "v0", "__p": "1"}, {"k": "v1", "__p": "1"}))[variant]
        case _:
            raise AssertionError(field)


def _string(field: Field, variant: int) -> str:
    if field.allowed:
        wanted: str = _TEXTS.get(field.name, ("", ""))[variant]
        if wanted in field.allowed:
            return wanted
        choice = [item for item in field.allowed if item != field.unset]
        others = [*choice, *(item for item in field.allowed if item == field.unset)]
        return others[variant % len(others)]
    text: str = _TEXTS.get(field.name, (f"{field.name}-zero", f"{field.name}-one"))[variant]
    return text[-field.range[1] :] if field.range is not None else text


def answers(kind: Kind, values: Values) -> Answers:
    """What AWS would answer for a resource with these canonical values."""
    done: Answers = {source: {} for source in kind.sources}
    _write(kind, kind.fields, values, "", done)
    for special in _SPECIAL.get(kind.type, ()):
        special(values, done)
    path = kind.attributes.get("id")
    if isinstance(path, str) and put(done[main_source(kind)], path, "assigned-id", only_absent=True):
        pass
    return done


def _write(kind: Kind, fields: tuple[Field, ...], values: Values, prefix: str, done: Answers) -> None:
    for field in fields:
        value = values.get(field.name)
        if value is None or field.live is None or (kind.type, field.name) in _OWN:
            continue
        path = _join(prefix, field.live)
        if field.type is Type.BLOCK:
            _write(kind, field.fields, value, path, done)
            continue
        source, _, inner = path.partition(":")
        target = done[source or main_source(kind)]
        if field.type is Type.BLOCKS:
            put(target, inner.removesuffix(EACH), _items(field, value))
        else:
            put(target, inner, plain(value))


def _items(field: Field, value: Values) -> Any:
    if (field.live or "").endswith(EACH):
        return {key: _item(field, item) for key, item in value.items()}
    return [_item(field, item) for item in value.values()]


def _item(field: Field, item: Values) -> Any:
    done: Values = {}
    for inner in field.fields:
        if inner.live == "":
            return plain(item[inner.name])
        if inner.live is not None and inner.name in item:
            put(done, inner.live, plain(item[inner.name]))
    return done


def _join(prefix: str, live: str) -> str:
    if ":" in live:
        return live
    if not prefix:
        return f":{live}"
    return f"{prefix}{live}" if prefix.endswith(":") else f"{prefix}.{live}"


def plain(value: Any) -> Any:
    """As JSON from AWS has it."""
    match value:
        case Sensitive():
            return value.reveal()
        case frozenset():
            return sorted(value)
        case dict():
            return {key: plain(item) for key, item in value.items()}
        case _:
            return value


def put(target: Any, path: str, value: Any, *, only_absent: bool = False) -> bool:
    """Sets a dotted path; False where `only_absent` found something."""
    *steps, last = path.split(".")
    for step in steps:
        target = target.setdefault(step, {})
    if only_absent and last in target:
        return False
    target[last] = value
    return True


def _schema(values: Values, done: Answers) -> None:
    items = []
    for name, item in (values.get("schema") or {}).items():
        live = {
            "Name": f"custom:{name}",
            "AttributeDataType": item.get("attribute_data_type"),
            "DeveloperOnlyAttribute": item.get("developer_only_attribute"),
            "Mutable": item.get("mutable"),
            "Required": item.get("required"),
        }
        for block, live_block, pair in (
            ("string_attribute_constraints", "StringAttributeConstraints", ("Length", "length")),
            ("number_attribute_constraints", "NumberAttributeConstraints", ("Value", "value")),
        ):
            if item.get(block) is not None:
                live[live_block] = {
                    f"{end.capitalize()}{pair[0]}": item[block][f"{end}_{pair[1]}"]
                    for end in ("min", "max")
                    if f"{end}_{pair[1]}" in item[block]
                }
        items.append({key: value for key, value in live.items() if value is not None})
    if items:
        done["pool"]["SchemaAttributes"] = items


def _region(values: Values, done: Answers) -> None:
    if values.get("region"):
        done["pool"]["Arn"] = f"arn:aws:cognito-idp:{values['region']}:123456789012:userpool/assigned-id"


def _secret(values: Values, done: Answers) -> None:
    if values.get("generate_secret"):
        done["client"]["ClientSecret"] = "canary-secret"


def _classes(values: Values, done: Answers) -> None:
    """A policy of AWS's names every class; one that is not named would be off."""
    policy = (done["pool"].get("Policies") or {}).get("PasswordPolicy") or {}
    for field in PASSWORD_POLICY.fields if policy else ():
        if field.type is Type.BOOL and field.live:
            policy.setdefault(field.live, field.unset)


_SPECIAL: dict[str, tuple[Callable[[Values, Answers], None], ...]] = {
    _POOL: (_schema, _region, _classes),
    _CLIENT: (_secret,),
}
_OWN = {(_POOL, "schema"), (_POOL, "region"), (_CLIENT, "generate_secret")}

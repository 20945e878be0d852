"""Rules about attributes and sign-in names."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.spec.attributes import CUSTOM_PREFIX, MANAGED, MAX_CUSTOM, STANDARD, data_type, is_standard
from tfgen.spec.decisions import username_attributes
from tfgen.spec.model import Spec, UserPool
from tfgen.spec.overrides import find_override
from tfgen.spec.problems import nearest
from tfgen.spec.rules.base import Fault, PoolFaults, PoolRule, fault
from tfgen.spec.security_properties import AttributeSchema


def few_custom_attributes(pool: UserPool, _spec: Spec) -> PoolFaults:
    """A pool has at most 50 custom attributes."""
    custom = [number for number, entry in _entries(pool) if not is_standard(entry.name)]
    if len(custom) > MAX_CUSTOM:
        yield fault(
            pool,
            ("schema", custom[MAX_CUSTOM]),
            f"is one of {len(custom)} custom attributes",
            f"{MAX_CUSTOM} at most",
        )


def unique_names(pool: UserPool, _spec: Spec) -> PoolFaults:
    """No two attributes have one name."""
    first: dict[str, int] = {}
    for number, entry in _entries(pool):
        if entry.name in first:
            yield fault(
                pool,
                ("schema", number, "name"),
                f"{entry.name!r} is there twice",
                f"first as schema[{first[entry.name]}]",
            )
        first.setdefault(entry.name, number)


def custom_is_optional(pool: UserPool, _spec: Spec) -> PoolFaults:
    """Custom attributes cannot be required."""
    for number, entry in _entries(pool):
        if entry.required and not is_standard(entry.name):
            yield fault(
                pool,
                ("schema", number, "required"),
                f"{entry.name!r} is a custom attribute, which cannot be required",
                "remove it",
                nearest(entry.name, STANDARD),
            )


def standard_type(pool: UserPool, _spec: Spec) -> PoolFaults:
    """Standard attributes keep their type."""
    for number, entry in _entries(pool):
        wanted = STANDARD.get(entry.name)
        if wanted is not None and entry.attribute_data_type not in (None, wanted):
            yield fault(
                pool,
                ("schema", number, "attributeDataType"),
                f"the standard attribute {entry.name!r} cannot be {entry.attribute_data_type}",
                f"it is {wanted}",
            )


def managed(pool: UserPool, _spec: Spec) -> PoolFaults:
    """Some standard attributes cannot be set up at all."""
    for number, entry in _entries(pool):
        if entry.name in MANAGED:
            yield fault(
                pool, ("schema", number, "name"), f"{entry.name!r} is set up by Cognito itself", "remove it"
            )


def ordered_limits(pool: UserPool, _spec: Spec) -> PoolFaults:
    """The least is not above the most, and limits fit the attribute's type."""
    for number, entry in _entries(pool):
        for low, high, type_ in (
            ("stringMinLength", "stringMaxLength", "String"),
            ("numberMinValue", "numberMaxValue", "Number"),
        ):
            least, most = (pool.get(f"schema.{number}.{name}") for name in (low, high))
            if least is not None and most is not None and least > most:
                yield fault(pool, ("schema", number, low), f"{least} is above {high}", f"at most {most}")
            for name, value in ((low, least), (high, most)):
                if value is not None and data_type(entry) != type_:
                    said = f"does not fit an attribute of type {data_type(entry)}"
                    yield fault(pool, ("schema", number, name), said, f"{type_} only")


def mapped_attributes(pool: UserPool, _spec: Spec) -> PoolFaults:
    """An attribute that a provider fills exists and can change: every sign-in writes it again."""
    entries = {_mapped_name(entry): entry for _, entry in _entries(pool)}
    for index, provider in enumerate(pool.properties.identity_providers):
        for name in provider.attribute_mapping:
            path = ("identityProviders", index, "attributeMapping", name)
            entry = entries.get(name)
            if entry is not None and not entry.mutable:
                yield fault(
                    pool,
                    path,
                    f"{name!r} is not mutable, so the second sign-in would fail",
                    "make it mutable",
                )
            if entry is None and name != "username" and not is_standard(name):
                known = [*entries, *STANDARD]
                yield fault(
                    pool, path, "is no attribute of the pool", "add it to schema", nearest(name, known)
                )


def no_alias(pool: UserPool, _spec: Spec) -> PoolFaults:
    """Sign-in by e-mail or phone as the user name excludes aliases."""
    alias = find_override(pool, "AliasAttributes")
    if alias is not None and alias.value and username_attributes(pool):
        yield Fault(
            alias.path,
            "excludes allowEmailAsUserName and allowPhoneNumberAsUserName, which are true",
            "set both to false, or remove the aliases",
        )


def unreadable(pool: UserPool, _spec: Spec) -> PoolFaults:
    """A client that lists no attributes reads and writes the standard ones only."""
    custom = [entry.name for _, entry in _entries(pool) if not is_standard(entry.name)]
    if custom and find_override(pool, "ReadAttributes") is None:
        yield fault(
            pool,
            "schema",
            "the app client can neither read nor write custom attributes",
            "set ReadAttributes and WriteAttributes of the client by overrides",
        )


def _entries(pool: UserPool) -> Iterator[tuple[int, AttributeSchema]]:
    return enumerate(pool.properties.attribute_schema)


def _mapped_name(entry: AttributeSchema) -> str:
    return entry.name if is_standard(entry.name) else f"{CUSTOM_PREFIX}{entry.name}"


RULES: tuple[PoolRule, ...] = (
    PoolRule("R12", "error", few_custom_attributes),
    PoolRule("R12", "error", unique_names),
    PoolRule("R13", "error", custom_is_optional),
    PoolRule("R14", "error", standard_type),
    PoolRule("R14", "error", managed),
    PoolRule("R15", "error", ordered_limits),
    PoolRule("R16", "error", mapped_attributes),
    PoolRule("R17", "error", no_alias),
    PoolRule("R57", "notice", unreadable),
)

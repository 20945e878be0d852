"""The attributes that every user pool has, as AWS reports them.

https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
"""

from __future__ import annotations

from typing import Final

from tfgen.spec.security_properties import AttributeSchema

CUSTOM_PREFIX: Final = "custom:"
MAX_CUSTOM: Final = 50

STANDARD: Final = {
    **dict.fromkeys(
        (
            "address", "birthdate", "email", "family_name", "gender", "given_name", "identities", "locale",
            "middle_name", "name", "nickname", "phone_number", "picture", "preferred_username", "profile",
            "sub", "website", "zoneinfo",
        ),
        "String",
    ),
    "email_verified": "Boolean",
    "phone_number_verified": "Boolean",
    "updated_at": "Number",
}  # fmt: skip
"""Standard attribute -> its data type."""


MANAGED: Final = ("sub", "identities")
"""Standard attributes that nobody but Cognito decides about."""


def is_standard(name: str) -> bool:
    """Whether every pool has the attribute."""
    return name in STANDARD


def data_type(attribute: AttributeSchema) -> str:
    """The attribute's type: as written, else that of the standard attribute, else String."""
    return attribute.attribute_data_type or STANDARD.get(attribute.name, "String")

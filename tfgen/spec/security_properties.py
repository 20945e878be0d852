"""Properties about passwords, second factors, attributes and Lambda triggers."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from tfgen.spec.expressions import Expression
from tfgen.spec.types import Number, Properties, Text, Whole, prop

MfaFactor = Literal["SMS", "SOFTWARE_TOKEN", "EMAIL_OTP"]

DEFAULT_TEMPORARY_PASSWORD_DAYS: Final = 7
"""What AWS takes when nobody says otherwise, or 0."""

_PARTLY = "a class left out of a partial policy is required, never silently switched off"


class MfaConfiguration(Properties):
    """Sign-in with a second factor."""

    status: Literal["OFF", "ON", "OPTIONAL"] = prop(
        "OFF", "status", "OFF, ON for everybody, or OPTIONAL for who wants it.", stacktape="OFF"
    )
    enabled_types: tuple[MfaFactor, ...] = prop(
        (),
        "enabledTypes",
        "The second factors that users may choose: SMS, SOFTWARE_TOKEN (an app) or EMAIL_OTP.",
        stacktape="SMS, when status is ON or OPTIONAL",
        why="a factor is a decision; tfgen asks for it",
    )


class PasswordPolicy(Properties):
    """The rules for passwords."""

    minimum_length: Annotated[int, Whole(6, 99)] = prop(
        8, "minimumLength", "The least number of characters.", stacktape="8"
    )
    require_lowercase: bool = prop(
        True,
        "requireLowercase",
        "A lower-case letter is required.",
        stacktape="false in a partial policy",
        why=_PARTLY,
    )
    require_numbers: bool = prop(
        True, "requireNumbers", "A digit is required.", stacktape="false in a partial policy", why=_PARTLY
    )
    require_symbols: bool = prop(
        True,
        "requireSymbols",
        "A special character is required.",
        stacktape="false in a partial policy",
        why=_PARTLY,
    )
    require_uppercase: bool = prop(
        True,
        "requireUppercase",
        "An upper-case letter is required.",
        stacktape="false in a partial policy",
        why=_PARTLY,
    )
    temporary_password_validity_days: Annotated[int, Whole(0, 365)] | None = prop(
        None,
        "temporaryPasswordValidityDays",
        "Days until a temporary password expires (0 is AWS's default); the same setting as "
        "unusedAccountValidityDays.",
        stacktape="none",
        why="two settings of Stacktape are one in today's API",
        default_text=str(DEFAULT_TEMPORARY_PASSWORD_DAYS),
    )


class AttributeSchema(Properties):
    """An attribute of the users. Attributes can be added later, never changed or removed."""

    name: Annotated[
        str,
        Text(
            1,
            20,
            r"[^:\s\x00-\x1f]+",
            "1 to 20 characters without space and ':'; Cognito puts custom: in front itself",
            runtime=False,
        ),
    ] = prop(..., "name", "The attribute's name, without custom: in front.")
    attribute_data_type: Literal["String", "Number", "DateTime", "Boolean"] | None = prop(
        None,
        "attributeDataType",
        "String, Number, DateTime or Boolean.",
        stacktape="none",
        default_text="the type of the standard attribute of this name, else String",
        why="Terraform requires one",
    )
    developer_only_attribute: bool = prop(
        False, "developerOnlyAttribute", "Only developers may change the attribute.", stacktape="false"
    )
    mutable: bool = prop(
        True,
        "mutable",
        "The attribute can change after sign-up.",
        stacktape="not sent",
        why="Terraform reads silence as immutable for ever",
    )
    required: bool = prop(
        False, "required", "Sign-up must give the attribute; standard attributes only.", stacktape="false"
    )
    number_max_value: Annotated[int | float, Number()] | None = prop(
        None, "numberMaxValue", "The largest number.", stacktape="crashes when given"
    )
    number_min_value: Annotated[int | float, Number()] | None = prop(
        None, "numberMinValue", "The smallest number.", stacktape="crashes when given"
    )
    string_max_length: Annotated[int, Whole(0, 2048)] | None = prop(
        None, "stringMaxLength", "The longest text.", stacktape="crashes when given", default_text="2048"
    )
    string_min_length: Annotated[int, Whole(0, 2048)] | None = prop(
        None, "stringMinLength", "The shortest text.", stacktape="crashes when given", default_text="0"
    )


LambdaArn = Annotated[
    str | Expression,
    Text(
        20,
        2048,
        r"arn:[\w+=/,.@-]+:lambda:[\w-]+:[0-9]+:function:[\w-]+(?::[\w$-]+)?",
        "a Lambda ARN, or $ResourceParam('function', 'arn')",
    ),
]


def _hook(alias: str, when: str) -> LambdaArn | None:
    value: LambdaArn | None = prop(None, alias, f"The function that Cognito calls {when}.", stacktape="none")
    return value


class UserPoolHooks(Properties):
    """The Lambda triggers of a pool."""

    custom_message: LambdaArn | None = _hook("customMessage", "to word an e-mail or SMS")
    post_authentication: LambdaArn | None = _hook("postAuthentication", "after a user signed in")
    post_confirmation: LambdaArn | None = _hook("postConfirmation", "after a user was confirmed")
    pre_authentication: LambdaArn | None = _hook("preAuthentication", "before a user signs in")
    pre_sign_up: LambdaArn | None = _hook("preSignUp", "before a user signs up")
    pre_token_generation: LambdaArn | None = _hook("preTokenGeneration", "before tokens are issued")
    user_migration: LambdaArn | None = _hook("userMigration", "when an unknown user signs in")
    create_auth_challenge: LambdaArn | None = _hook("createAuthChallenge", "to make a challenge of your own")
    define_auth_challenge: LambdaArn | None = _hook("defineAuthChallenge", "to choose the next challenge")
    verify_auth_challenge_response: LambdaArn | None = _hook(
        "verifyAuthChallengeResponse", "to judge the answer to a challenge"
    )

"""What an emulator cannot do, each with the reason: nothing is left out of a test without a line here."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Emulated:
    """`cases`: fixtures it cannot take; `kinds`: resource types it cannot make; `unread`: kinds whose
    read call it does not have, so that drift rightly says NOT_CHECKED; `fixed`: kinds it cannot update.
    """

    cases: dict[str, str]
    kinds: dict[str, str] = field(default_factory=dict)
    unread: dict[str, str] = field(default_factory=dict)
    fixed: dict[str, str] = field(default_factory=dict)

    @property
    def unchangeable(self) -> set[str]:
        """Kinds that the mutation test must leave alone."""
        return {*self.kinds, *self.unread, *self.fixed}


_RARE = "mixes arguments that no API takes together; it is rendered and checked against the schema"
_NEEDS_6 = "reads another region's stack, which needs provider 6.0; the real provider here is 5.100"

EMULATED = {
    "ministack": Emulated(
        cases={
            "directives_region": _NEEDS_6,
            "overrides_rare": _RARE,
            "overrides_rotation": "ministack forgets RefreshTokenRotation; moto takes this fixture",
        },
    ),
    "moto": Emulated(
        cases={
            "directives_region": _NEEDS_6,
            "overrides_rare": _RARE,
            "custom_domain": "moto forgets a domain's certificate",
            "every_property": "moto forgets a domain's certificate",
            "hooks": "names a function of account 000000000000; moto's is 123456789012",
            "mfa_email_otp": "moto refuses an MFA configuration of e-mail codes alone",
            "overrides": "moto forgets passkeys and the managed login version",
        },
        kinds={
            "aws_cognito_user_pool_ui_customization": "moto has no SetUICustomization",
            "aws_route53_record": "comes with custom domains only",
        },
        unread={
            "aws_cognito_user_pool_ui_customization": "moto has no GetUICustomization",
            "aws_apigatewayv2_authorizer": "moto has no GetAuthorizers",
        },
        fixed={
            "aws_cognito_user_pool": "moto's UpdateUserPool forgets the user name attributes, so that "
            "every plan would replace the pool",
            "aws_apigatewayv2_route": "its authorizer is not read",
            "aws_apigatewayv2_stage": "moto has no UpdateStage",
            "aws_cognito_user_pool_domain": "moto knows nothing of a domain but its name",
        },
    ),
}

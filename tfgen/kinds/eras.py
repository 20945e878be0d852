"""Known AWS behaviours of pools and app clients of an earlier year, and of members newer than Terraform's.

A member that did not exist when something was made is not answered until somebody sets it: `Field.silent`
says what its absence means. A member that meant the same under another name is read there: `Field.folds`.
A member that only a newer API has is nothing to report while it has AWS's own value: `Source.usual`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from tfgen.kinds.rules import API, CLI, GUIDE, PROVIDER, Rule, usually


def _absent(value: Any, answer: Mapping[str, Any]) -> bool:
    return value is None


# What absence means: Field.silent

ABSENT = Rule(
    "absent-is-default",
    "a member that AWS does not answer has the value that the API reference gives for it",
    f"{API}, the default of each member",
    _absent,
)
NO_DELETION_PROTECTION = Rule(
    "no-deletion-protection-era",
    "a pool that does not answer it can be deleted: INACTIVE",
    f"{GUIDE}, user pool deletion protection: the API's default is inactive",
    _absent,
    "pools from before 2022",
)
CASE_SENSITIVE = Rule(
    "case-sensitive-era",
    "a pool without a configuration of user names tells `Anna` and `anna` apart, for ever",
    f"{GUIDE}, user pool case sensitivity",
    _absent,
    "pools from before 12 February 2020, and later ones that were made through the API",
)
NO_THREAT_PROTECTION = Rule(
    "no-threat-protection-era",
    "a pool without add-ons has no threat protection: OFF",
    "AWS Security Blog, advanced security features of user pools (re:Invent 2017)",
    _absent,
    "pools from before December 2017, and later ones that never had it",
)
NO_SENDING_ACCOUNT = Rule(
    "no-sending-account-era",
    "a pool that does not say who sends its e-mails uses Cognito's own sender, with a source ARN too",
    f"{API}, EmailConfigurationType; {CLI} (create-user-pool, January 2019)",
    _absent,
    "pools from before 2019",
)
NO_SIGN_IN_POLICY = Rule(
    "no-sign-in-policy-era",
    "a sign-in begins with the password",
    "hashicorp/aws acceptance tests of aws_cognito_user_pool; aws-sdk-go-v2 release 2024-11-22",
    _absent,
    "pools from before 22 November 2024",
)
NO_FLOWS = Rule(
    "no-auth-flows-era",
    "a client without a list may refresh, use SRP and custom challenges. The older names of flows are "
    "shown as they are: they are other permissions",
    f"{API}, UserPoolClientType: ExplicitAuthFlows; {PROVIDER} issue 11662",
    _absent,
    "app clients from before 14 November 2019, and later ones without a list",
)
LEGACY_ERRORS = Rule(
    "legacy-existence-errors-era",
    "a client that does not answer it tells who has an account: LEGACY",
    f"API change of 2019-11-14; {API}, UserPoolClientType: PreventUserExistenceErrors",
    _absent,
    "app clients from before 14 November 2019, and later ones that were made through the API",
)
NO_REVOCATION = Rule(
    "no-token-revocation-era",
    "refresh tokens of a client that does not answer it cannot be revoked until somebody turns it on",
    f"{GUIDE}, token revocation; API change of 2021-06-10",
    _absent,
    "app clients from before 10 June 2021",
)
SESSION_OF_3_MINUTES = Rule(
    "auth-session-era",
    "the session between two challenges was fixed at 3 minutes",
    "API change of 2022-09-02",
    _absent,
    "app clients from before 2 September 2022",
)
CLASSIC_UI = Rule(
    "classic-hosted-ui-era",
    "a domain without a version shows the classic hosted UI: 1",
    f"{API}, DomainDescriptionType: ManagedLoginVersion; {CLI} (describe-user-pool-domain, January 2019)",
    _absent,
    "domains from before 22 November 2024",
)

# What is read elsewhere, or is no setting of anybody's: Field.folds

DEPRECATED_TWINS = Rule(
    "deprecated-twins",
    "DescribeUserPool answers the verification texts twice; the template's member counts, and another text "
    "in its twin is reported",
    f"{API}, UserPoolType: no longer used; {CLI} (describe-user-pool)",
    lambda value, other: value == other["twin"],
    "pools whose texts were set once",
)
LEGACY_VALIDITY = Rule(
    "legacy-account-validity",
    "before 3 May 2019 the same setting was called UnusedAccountValidityDays. It counts where "
    "TemporaryPasswordValidityDays is absent, and never beside it",
    f"API change of 2019-05-03; {API}, PasswordPolicyType; {CLI} (create-user-pool, January 2019)",
    lambda value, policy: policy.get("TemporaryPasswordValidityDays") is None,
    "pools from before 3 May 2019",
)
ABSENT_CLASS = Rule(
    "absent-password-class",
    "a policy that does not name a character class does not ask for it",
    "SDK and provider leave out false, the zero value of Go",
    _absent,
)
STANDARD_ATTRIBUTES = Rule(
    "standard-attributes",
    "every pool has the standard attributes; those that nobody changed are no schema of the spec's",
    f"{GUIDE}, user pool attributes; {CLI} (describe-user-pool); {PROVIDER} pull request 11394",
    lambda value, usual: all(value.get(key) == item for key, item in usual.items()),
)
IDENTITIES = Rule(
    "identities-attribute",
    "AWS adds the attribute `identities`, without limits of its length, with the first identity provider",
    f"{CLI} (describe-user-pool); hashicorp/aws reads it so",
    lambda value, usual: all(value.get(key) == item for key, item in usual.items()),
    "pools that had an identity provider once",
)
UNLIMITED_TEXT = Rule(
    "unconstrained-attribute",
    "an attribute of type String whose limits AWS leaves out in part has 0 and 2048 there",
    f"{API}, StringAttributeConstraintsType; {CLI} (describe-user-pool, custom:accesstoken)",
    _absent,
    "custom attributes that were made without limits",
)
PRE_TOKEN_MIRROR = Rule(
    "pre-token-generation-mirror",
    "AWS mirrors a plain pre token generation hook as version V1_0 of its configuration. Another version, "
    "or another function, is reported",
    f"{API}, PreTokenGenerationVersionConfigType; {CLI} (describe-user-pool)",
    lambda config, hooks: (
        config.get("LambdaVersion", "V1_0") == "V1_0"
        and config.get("LambdaArn") in (None, hooks.get("PreTokenGeneration"))
    ),
    "pools since the versions of December 2023",
)
DEFAULT_UNITS = Rule(
    "default-token-units",
    "units that AWS leaves out, or answers as `{}`, are hours, hours and days",
    f"{API}, TokenValidityUnitsType; Amazon Cognito, customization of token expiration (August 2020)",
    _absent,
    "app clients from before August 2020, and later ones with validities of that time",
)
DEFAULT_VALIDITY = Rule(
    "default-token-validity",
    "a validity that AWS leaves out, or answers as 0, is one hour, one hour and 30 days",
    f"{API}, UserPoolClientType: RefreshTokenValidity, AccessTokenValidity, IdTokenValidity",
    lambda value, client: not value,
    "app clients from before August 2020",
)
SECRET_ELSEWHERE = Rule(
    "client-secret-elsewhere",
    "a client whose secret Cognito keeps in Secrets Manager answers its ARN instead, and has one all "
    "the same",
    f"{API}, UserPoolClientType: ClientSecretArn",
    lambda value, client: value is not None,
    "app clients since 2026",
)

# Members that Terraform has no argument for: Source.usual

_LEVELS: Final = {f"Level{level}": {"AcrValue": f"urn:cognito:loa:{level}"} for level in (1, 2, 3, 4)}

AWS_KEY = Rule(
    "aws-owned-key",
    "the pool is encrypted with a key of AWS's own, as every pool that does not answer it",
    f"{API}, KeyConfigurationType; aws-cdk issue 38291",
    usually({"KeyType": "AWS_OWNED_KEY"}),
    "pools read since July 2026",
)
ORIGINAL_ISSUER = Rule(
    "original-issuer",
    "tokens bear the issuer that every pool had before there were two",
    f"{API}, IssuerConfigurationType",
    usually({"Type": "ORIGINAL"}),
    "pools read since July 2026",
)
ACR_NAMES = Rule(
    "acr-default-names",
    "AWS always answers the names of the four levels of authentication; these are its own",
    f"{API}, UserPoolType: AcrConfiguration",
    lambda value, answer: bool(value) and value.items() <= _LEVELS.items(),
    "pools read since 2026",
)
NO_CLIENT_REGISTRATION = Rule(
    "client-registration-off",
    "no application can register a client of its own",
    f"{API}, DcrConfigurationType",
    lambda value, answer: value.get("EnableStatus") == "Disabled",
    "pools read since 2026",
)
REGULAR_CLIENT = Rule(
    "regular-client",
    "the client was made by somebody, it did not register itself",
    f"{API}, UserPoolClientType: ClientType",
    usually("REGULAR"),
    "app clients read since 2026",
)
SINGLE_FACTOR_PASSKEY = Rule(
    "single-factor-passkey",
    "a passkey does not count as a second factor, as where it is not answered",
    f"{API}, WebAuthnConfigurationType: FactorConfiguration",
    usually("SINGLE_FACTOR"),
    "pools with passkeys, read since 2026",
)
STRICT_TLS = Rule(
    "strict-tls",
    "the custom domain takes TLS 1.2 and later only, as AWS advises; Terraform cannot set it",
    f"{API}, CustomDomainConfigType: SecurityPolicy; API change of 2026-06-18",
    usually("TLS_V1_2_2021", "TLS_V1_3_2025"),
    "custom domains read since 18 June 2026",
)

"""Specs that break a rule and the nearest ones that do not, by the rule's id.

`bad` and `good` are the members of `properties` of the pool `p` (or whole `resources` when
they begin with a resource), `at` the path that must be blamed, below the pool's properties.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Case:
    rule: str
    at: str
    bad: str
    good: str
    severity: str = "error"
    options: tuple[tuple[str, Any], ...] = ()


OIDC = """
identityProviders:
  - type: OIDC
    clientId: a
    clientSecret: $Secret('s')
    providerDetails: {%s}
callbackURLs: ["https://a.example.com"]
"""
SAML = OIDC.replace("OIDC", "SAML")
GOOGLE = """
identityProviders:
  - type: Google
    clientId: a
    clientSecret: $Secret('s')
    %s
callbackURLs: ["https://a.example.com"]
"""
APPLE = """
identityProviders:
  - type: SignInWithApple
    clientId: a
    clientSecret: $Secret('s')
    providerDetails: {team_id: t, key_id: k%s}
callbackURLs: ["https://a.example.com"]
"""
CUSTOM_DOMAIN = """
customDomain:
  domainName: a.example.com
  customCertificateArn: arn:aws:acm:%s:123456789012:certificate/a
"""
LINK = """
userVerificationType: email-link
userVerificationMessageConfig: {emailMessageUsingLink: '%s'}
"""
SES = "emailConfiguration: {sesAddressArn: 'arn:aws:ses:eu-west-1:123456789012:identity/a.example.com'}\n"
MACHINE = (
    "allowedOAuthFlows: [client_credentials]\nallowedOAuthScopes: [api/read]\ngenerateClientSecret: true\n"
)
CALLBACK = "callbackURLs: ['https://a.example.com']\n"


def attributes(count: int) -> str:
    return "schema:\n" + "".join(f"  - name: a{number}\n" for number in range(count))


POOL_CASES = (
    Case(
        "R10",
        "unusedAccountValidityDays",
        "unusedAccountValidityDays: 31\npasswordPolicy: {temporaryPasswordValidityDays: 7}",
        "unusedAccountValidityDays: 31\npasswordPolicy: {temporaryPasswordValidityDays: 31}",
    ),
    Case(
        "R10",
        "unusedAccountValidityDays",
        "unusedAccountValidityDays: 0\npasswordPolicy: {temporaryPasswordValidityDays: 8}",
        "unusedAccountValidityDays: 0\npasswordPolicy: {temporaryPasswordValidityDays: 7}",
    ),
    Case(
        "R11",
        "passwordPolicy.minimumLength",
        "passwordPolicy: {minimumLength: 5}",
        "passwordPolicy: {minimumLength: 6}",
    ),
    Case(
        "R11",
        "passwordPolicy.minimumLength",
        "passwordPolicy: {minimumLength: 100}",
        "passwordPolicy: {minimumLength: 99}",
    ),
    Case("R12", "schema[50]", attributes(51), attributes(50)),
    Case("R12", "schema[1].name", "schema: [{name: a}, {name: a}]", "schema: [{name: a}, {name: b}]"),
    Case("R12", "schema[0].name", f"schema: [{{name: {'a' * 21}}}]", f"schema: [{{name: {'a' * 20}}}]"),
    Case(
        "R13",
        "schema[0].required",
        "schema: [{name: tier, required: true}]",
        "schema: [{name: email, required: true}]",
    ),
    Case(
        "R14",
        "schema[0].attributeDataType",
        "schema: [{name: email, attributeDataType: Number}]",
        "schema: [{name: email, attributeDataType: String}]",
    ),
    Case("R14", "schema[0].name", "schema: [{name: sub}]", "schema: [{name: subs}]"),
    Case(
        "R15",
        "schema[0].stringMinLength",
        "schema: [{name: a, stringMinLength: 5, stringMaxLength: 4}]",
        "schema: [{name: a, stringMinLength: 4, stringMaxLength: 4}]",
    ),
    Case(
        "R15",
        "schema[0].numberMinValue",
        "schema: [{name: a, attributeDataType: Number, numberMinValue: 0.5, numberMaxValue: 0}]",
        "schema: [{name: a, attributeDataType: Number, numberMinValue: -0.5, numberMaxValue: 0}]",
    ),
    Case(
        "R15",
        "schema[0].numberMaxValue",
        "schema: [{name: a, numberMaxValue: 3}]",
        "schema: [{name: a, attributeDataType: Number, numberMaxValue: 3}]",
    ),
    Case(
        "R16",
        "identityProviders[0].attributeMapping.custom:tier",
        GOOGLE % "attributeMapping: {'custom:tier': t}" + "schema: [{name: tier, mutable: false}]",
        GOOGLE % "attributeMapping: {'custom:tier': t}" + "schema: [{name: tier}]",
    ),
    Case(
        "R16",
        "identityProviders[0].attributeMapping.mail",
        GOOGLE % "attributeMapping: {mail: m}",
        GOOGLE % "attributeMapping: {email: m}",
    ),
    Case("R18", "schema[0].name", "schema: [{name: 'custom:email'}]", "schema: [{name: customemail}]"),
    Case(
        "R21",
        "mfaConfiguration.enabledTypes",
        "mfaConfiguration: {status: ON}",
        "mfaConfiguration: {status: ON, enabledTypes: [SOFTWARE_TOKEN]}",
    ),
    Case(
        "R22",
        "mfaConfiguration.enabledTypes",
        "userVerificationType: sms\nmfaConfiguration: {status: ON, enabledTypes: [SOFTWARE_TOKEN]}",
        "userVerificationType: sms\nmfaConfiguration: {status: ON, enabledTypes: [SOFTWARE_TOKEN, SMS]}",
    ),
    Case(
        "R23",
        "mfaConfiguration.enabledTypes",
        "mfaConfiguration: {status: OFF, enabledTypes: [SOFTWARE_TOKEN]}",
        "mfaConfiguration: {status: OFF, enabledTypes: []}",
    ),
    Case(
        "R25",
        "mfaConfiguration.enabledTypes",
        "mfaConfiguration: {status: ON, enabledTypes: [EMAIL_OTP]}",
        SES + "mfaConfiguration: {status: ON, enabledTypes: [EMAIL_OTP]}",
    ),
    Case(
        "R28",
        "mfaConfiguration.enabledTypes",
        SES + "mfaConfiguration: {status: ON, enabledTypes: [EMAIL_OTP, SMS]}",
        SES + "mfaConfiguration: {status: ON, enabledTypes: [EMAIL_OTP, SOFTWARE_TOKEN]}",
    ),
    Case(
        "R30",
        "accessTokenValiditySeconds",
        "accessTokenValiditySeconds: 299",
        "accessTokenValiditySeconds: 300",
    ),
    Case("R30", "idTokenValiditySeconds", "idTokenValiditySeconds: 86401", "idTokenValiditySeconds: 86400"),
    Case("R30", "refreshTokenValidityDays", "refreshTokenValidityDays: 0", "refreshTokenValidityDays: 1"),
    Case(
        "R30", "refreshTokenValidityDays", "refreshTokenValidityDays: 3651", "refreshTokenValidityDays: 3650"
    ),
    Case("R32", "allowedOAuthFlows", MACHINE.replace("]\nall", ", code]\nall") + CALLBACK, MACHINE),
    Case("R33", "allowedOAuthFlows", MACHINE.replace("true", "false"), MACHINE),
    Case("R33b", "allowedOAuthScopes[0]", MACHINE.replace("api/read", "openid"), MACHINE),
    Case("R33b", "allowedOAuthScopes", MACHINE.replace("allowedOAuthScopes: [api/read]\n", ""), MACHINE),
    Case("R34", "callbackURLs", "allowedOAuthFlows: [code]", "allowedOAuthFlows: [code]\n" + CALLBACK),
    Case("R34", "callbackURLs", "enableHostedUi: true", "enableHostedUi: true\n" + CALLBACK),
    Case(
        "R35",
        "callbackURLs[0]",
        "callbackURLs: ['http://a.example.com']",
        "callbackURLs: ['http://localhost:3000/a']",
    ),
    Case(
        "R35", "callbackURLs[0]", "callbackURLs: [/callback]", "callbackURLs: ['http://127.0.0.1/callback']"
    ),
    Case("R35", "callbackURLs[0]", "callbackURLs: ['javascript:alert(1)']", "callbackURLs: ['myapp://in']"),
    Case("R35", "callbackURLs[0]", "callbackURLs: ['https://']", "callbackURLs: ['https://[::1]/']"),
    Case(
        "R35",
        "logoutURLs[0]",
        CALLBACK + "logoutURLs: ['http://a.b']",
        CALLBACK + "logoutURLs: ['http://[::1]:80/']",
    ),
    Case(
        "R36",
        "callbackURLs[0]",
        "callbackURLs: ['https://a.example.com/#x']",
        "callbackURLs: ['https://a.example.com/?x']",
    ),
    Case("R37", "allowedOAuthFlows", "allowedOAuthFlows: []\n" + CALLBACK, CALLBACK),
    Case("R37", "allowedOAuthScopes", "allowedOAuthScopes: []\n" + CALLBACK, CALLBACK),
    Case(
        "R38",
        "allowedOAuthScopes[0]",
        "allowedOAuthScopes: [opneid]\n" + CALLBACK,
        "allowedOAuthScopes: [openid]\n" + CALLBACK,
    ),
    Case(
        "R38",
        "allowedOAuthScopes[1]",
        "allowedOAuthScopes: [openid, api/x]\n" + CALLBACK,
        "allowedOAuthScopes: [openid]\n" + CALLBACK,
        "warning",
    ),
    Case(
        "R39",
        "allowedOAuthScopes",
        "allowedOAuthScopes: [email]\n" + CALLBACK,
        "allowedOAuthScopes: [email, openid]\n" + CALLBACK,
        "warning",
    ),
    Case("R40", "hostedUiDomainPrefix", "hostedUiDomainPrefix: my-aws-x", "hostedUiDomainPrefix: my-awl-x"),
    Case(
        "R40",
        "hostedUiDomainPrefix",
        "hostedUiDomainPrefix: awsome",
        "hostedUiDomainPrefix: awlsome",
        "warning",
    ),
    Case("R40", "hostedUiDomainPrefix", "hostedUiDomainPrefix: -a", "hostedUiDomainPrefix: a-a"),
    Case("R40", "hostedUiDomainPrefix", "hostedUiDomainPrefix: Shop", "hostedUiDomainPrefix: shop"),
    Case(
        "R40",
        "hostedUiDomainPrefix",
        "userVerificationType: email-link",
        "userVerificationType: email-link\nhostedUiDomainPrefix: shop",
        options=(("service_name", "s" * 60), ("stage", "prod")),
    ),
    Case(
        "R41",
        "customDomain.customCertificateArn",
        CUSTOM_DOMAIN % "eu-west-1",
        CUSTOM_DOMAIN % "us-east-1",
    ),
    Case(
        "R41",
        "customDomain.domainName",
        "customDomain: {domainName: com}",
        "customDomain: {domainName: a.com}",
    ),
    Case("R43", "hostedUiCSS", "hostedUiCSS: '@import url(x);'", "hostedUiCSS: '.logo-customizable {}'"),
    Case("R43", "hostedUiCSS", "hostedUiCSS: '.logo {}'", "hostedUiCSS: '/* .logo {} */'", "warning"),
    Case(
        "R43",
        "hostedUiCSS",
        f"hostedUiCSS: '/*{'x' * 3100}*/'",
        f"hostedUiCSS: '/*{'x' * 3000}*/'",
        "warning",
    ),
    Case(
        "R45",
        "userVerificationMessageConfig.emailMessageUsingCode",
        "userVerificationMessageConfig: {emailMessageUsingCode: Your code}",
        "userVerificationMessageConfig: {emailMessageUsingCode: 'Your code {####}'}",
    ),
    Case(
        "R45",
        "userVerificationMessageConfig.emailMessageUsingLink",
        LINK % "Your {####}",
        LINK % "Your {##link##}",
    ),
    Case(
        "R45",
        "userVerificationMessageConfig.smsMessage",
        "userVerificationMessageConfig: {smsMessage: Your code}",
        "userVerificationMessageConfig: {smsMessage: 'Your {####}'}",
    ),
    Case(
        "R45",
        "userVerificationMessageConfig.emailSubjectUsingCode",
        f"userVerificationMessageConfig: {{emailSubjectUsingCode: {'a' * 141}}}",
        f"userVerificationMessageConfig: {{emailSubjectUsingCode: {'a' * 140}}}",
    ),
    Case(
        "R46",
        "inviteMessageConfig.emailMessage",
        "inviteMessageConfig: {emailMessage: 'Hello {####}'}",
        "inviteMessageConfig: {emailMessage: 'Hello {username} {####}'}",
    ),
    Case(
        "R46",
        "inviteMessageConfig.smsMessage",
        "inviteMessageConfig: {smsMessage: 'Hello {username}'}",
        "inviteMessageConfig: {smsMessage: 'Hello {username} {####}'}",
    ),
    Case(
        "R47",
        "inviteMessageConfig.emailSubject",
        "inviteMessageConfig: {emailSubject: Hi}",
        SES + "inviteMessageConfig: {emailSubject: Hi}",
        "warning",
    ),
    Case(
        "R48",
        "emailConfiguration.from",
        "emailConfiguration: {from: a@example.com}",
        SES.replace("}", ", from: a@example.com}"),
    ),
    Case(
        "R48",
        "emailConfiguration.sesAddressArn",
        SES.replace("eu-west-1", "eu-west-2"),
        SES,
        options=(("region", "eu-central-1"),),
    ),
    Case(
        "R51",
        "identityProviders[1]",
        OIDC.partition("callback")[0] % "oidc_issuer: 'https://a'"
        + (OIDC % "oidc_issuer: 'https://b'").replace("\nidentityProviders:\n", ""),
        OIDC.partition("callback")[0] % "oidc_issuer: 'https://a'"
        + (OIDC % "oidc_issuer: 'https://b', provider_name: second").replace("\nidentityProviders:\n", ""),
    ),
    Case(
        "R51",
        "identityProviders[0]",
        OIDC % "oidc_issuer: 'https://a', provider_name: COGNITO",
        OIDC % "oidc_issuer: 'https://a', provider_name: COGNITO2",
    ),
    Case("R51", "identityProviders[0].name", GOOGLE % "name: search", GOOGLE % "name: Google"),
    Case(
        "R51",
        "identityProviders[0].providerDetails.provider_name",
        OIDC.replace("type: OIDC", "type: OIDC\n    name: a") % "oidc_issuer: 'https://a', provider_name: b",
        OIDC.replace("type: OIDC", "type: OIDC\n    name: a") % "oidc_issuer: 'https://a', provider_name: a",
    ),
    Case(
        "R52",
        "identityProviders[0].providerDetails.MetadataURL",
        SAML % "",
        SAML % "MetadataURL: 'https://a'",
    ),
    Case(
        "R52",
        "identityProviders[0].providerDetails",
        SAML % "MetadataURL: 'https://a', MetadataFile: '<x/>'",
        SAML % "MetadataFile: '<x/>'",
    ),
    Case(
        "R52",
        "identityProviders[0].providerDetails.oidc_issuer",
        OIDC % "",
        OIDC % "oidc_issuer: 'https://a'",
    ),
    Case(
        "R52",
        "identityProviders[0].providerDetails.oidc_issuer",
        OIDC % "oidc_issuer: 'http://a'",
        OIDC % "oidc_issuer: 'https://a'",
    ),
    Case(
        "R52",
        "identityProviders[0].providerDetails.attributes_request_method",
        OIDC % "oidc_issuer: 'https://a', attributes_request_method: PUT",
        OIDC % "oidc_issuer: 'https://a', attributes_request_method: POST",
    ),
    Case(
        "R52",
        "identityProviders[0].providerDetails.private_key",
        APPLE % "",
        APPLE % ", private_key: $Secret('k')",
    ),
    Case(
        "R52",
        "identityProviders[0].providerDetails.authorize_scopes",
        GOOGLE % "authorizeScopes: []",
        GOOGLE % "authorizeScopes: [openid]",
    ),
    Case(
        "R53",
        "allowOnlyExternalIdentityProviders",
        "allowOnlyExternalIdentityProviders: true",
        "allowOnlyExternalIdentityProviders: true\n" + GOOGLE % "name: Google",
    ),
    Case(
        "R56",
        "accessTokenValiditySeconds",
        "accessTokenValiditySeconds: 600\nhostedUiDomainPrefix: shop",
        "accessTokenValiditySeconds: 3600\nhostedUiDomainPrefix: shop",
        "notice",
    ),
    Case("R57", "schema", "schema: [{name: tier}]", "schema: [{name: email}]", "notice"),
    Case(
        "D1",
        "requireEmailVerification",
        "requireEmailVerification: true\nuserVerificationType: none",
        "requireEmailVerification: true\nuserVerificationType: sms",
    ),
    Case(
        "D2",
        "allowedOAuthFlows",
        "allowedOathFlows: [implicit]\n" + CALLBACK,
        "allowedOathFlows: [code]\n" + CALLBACK,
        "warning",
    ),
    Case(
        "D4",
        "userVerificationMessageConfig.emailSubjectUsingLink",
        SES + "userVerificationMessageConfig: {emailSubjectUsingLink: Hi}",
        SES + "userVerificationMessageConfig: {emailSubjectUsingCode: Hi}",
        "warning",
    ),
    Case(
        "D5",
        "identityProviders[0].clientId",
        SAML % "MetadataURL: 'https://a'",
        OIDC % "oidc_issuer: 'https://a'",
        "notice",
    ),
    Case(
        "D6",
        "hooks.userMigration",
        "hooks: {userMigration: 'arn:aws:lambda:eu-west-1:123456789012:function:f'}",
        "hooks: {preSignUp: 'arn:aws:lambda:eu-west-1:123456789012:function:f'}",
        "warning",
    ),
    Case("D7", "callbackURLs", CALLBACK, CALLBACK + "enableHostedUi: true", "warning"),
    Case(
        "D8",
        "logoutURLs",
        "logoutURLs: ['https://a.example.com']",
        CALLBACK + "logoutURLs: ['https://a.example.com']",
        "warning",
    ),
    Case(
        "D9",
        "hooks.preSignUp",
        "hooks: {preSignUp: 'arn:aws:lambda:eu-west-1:123456789012:function:f'}",
        "hooks: {preSignUp: 'arn:aws:lambda:eu-central-1:123456789012:function:f'}",
        options=(("region", "eu-central-1"),),
    ),
)

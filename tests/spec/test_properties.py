from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from tests.spec.conftest import Load
from tests.spec.texts import EVERY_PROPERTY
from tfgen.spec import UserPoolProperties
from tfgen.spec.event_properties import (
    Authorizer,
    CognitoAuthorizerProperties,
    HttpEventProperties,
    LambdaAuthorizerProperties,
)
from tfgen.spec.model import attributes
from tfgen.spec.types import Whole
from tfgen.spec.validate import model_at

SEED = {
    "": "allowOnlyAdminsToCreateAccount unusedAccountValidityDays requireEmailVerification "
    "requirePhoneNumberVerification hostedUiDomainPrefix hostedUiCSS emailConfiguration inviteMessageConfig "
    "userVerificationType userVerificationMessageConfig mfaConfiguration passwordPolicy schema "
    "allowPhoneNumberAsUserName allowEmailAsUserName accessTokenValiditySeconds idTokenValiditySeconds "
    "refreshTokenValidityDays allowedOAuthFlows allowedOAuthScopes callbackURLs logoutURLs identityProviders",
    "hooks": "customMessage postAuthentication postConfirmation preAuthentication preSignUp "
    "preTokenGeneration userMigration createAuthChallenge defineAuthChallenge verifyAuthChallengeResponse",
    "emailConfiguration": "sesAddressArn from replyToEmailAddress",
    "inviteMessageConfig": "emailMessage emailSubject smsMessage",
    "userVerificationMessageConfig": "emailMessageUsingCode emailMessageUsingLink emailSubjectUsingCode "
    "emailSubjectUsingLink smsMessage",
    "mfaConfiguration": "status enabledTypes",
    "passwordPolicy": "minimumLength requireLowercase requireNumbers requireSymbols requireUppercase "
    "temporaryPasswordValidityDays",
    "schema": "name attributeDataType developerOnlyAttribute mutable required numberMaxValue numberMinValue "
    "stringMaxLength stringMinLength",
    "identityProviders": "type clientId clientSecret attributeMapping authorizeScopes providerDetails",
}
NEWER = {
    "": "enableHostedUi generateClientSecret allowOnlyExternalIdentityProviders useFirewall customDomain "
    "hooks",
    "customDomain": "domainName customCertificateArn disableDnsRecordCreation",
    "identityProviders": "name",
}
MODELS = (
    UserPoolProperties,
    HttpEventProperties,
    Authorizer,
    CognitoAuthorizerProperties,
    LambdaAuthorizerProperties,
)


def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    yield model
    for name in attributes(model):
        inner = model_at(model, (name,))
        if inner is not None and inner is not model:
            yield from models(inner)


EVERY_MODEL = [model for root in MODELS for model in models(root)]


@pytest.mark.parametrize("parent", sorted(SEED.keys() | NEWER.keys()))
def test_the_models_have_the_languages_properties_and_no_others(parent: str) -> None:
    model = model_at(UserPoolProperties, (parent,) if parent else ())
    assert model is not None
    assert set(attributes(model)) == set(f"{SEED.get(parent, '')} {NEWER.get(parent, '')}".split())


@pytest.mark.parametrize("model", EVERY_MODEL, ids=lambda model: model.__name__)
def test_every_property_is_documented(model: type[BaseModel]) -> None:
    assert model.__doc__
    for name, field in model.model_fields.items():
        assert field.alias, name
        assert field.description, name
        assert field.description.endswith("."), name
        assert isinstance(field.json_schema_extra, dict), name
        if not field.is_required() and model is not Authorizer:
            extra = field.json_schema_extra
            assert extra["stacktape"] or extra.get("since") == "newer", name


def whole_numbers() -> Iterator[tuple[type[BaseModel], str, Whole]]:
    for model in EVERY_MODEL:
        for name, field in model.model_fields.items():
            yield from ((model, name, limit) for limit in find_whole(field.annotation, field.metadata))


def find_whole(annotation: Any, metadata: list[Any]) -> Iterator[Whole]:
    yield from (limit for limit in metadata if isinstance(limit, Whole))
    for argument in getattr(annotation, "__args__", ()):
        yield from (limit for limit in getattr(argument, "__metadata__", ()) if isinstance(limit, Whole))


@pytest.mark.parametrize(("model", "name", "limit"), list(whole_numbers()), ids=lambda value: str(value)[:40])
def test_whole_numbers_end_where_they_say(model: type[BaseModel], name: str, limit: Whole) -> None:
    alias = str(model.model_fields[name].alias)

    def wrong(value: object) -> bool:
        try:
            model.model_validate({alias: value})
        except ValidationError as error:
            return alias in {detail["loc"][0] for detail in error.errors()}
        return False

    assert [wrong(value) for value in (limit.least - 1, limit.least, limit.most, limit.most + 1)] == [
        True,
        False,
        False,
        True,
    ]
    assert not wrong(float(limit.least))
    assert all(wrong(value) for value in (limit.least + 0.5, str(limit.least), True, [limit.least]))


def test_there_are_whole_numbers_to_test() -> None:
    assert len(list(whole_numbers())) == 10


@pytest.mark.parametrize(
    ("name", "default"),
    [
        ("allowOnlyAdminsToCreateAccount", False),
        ("unusedAccountValidityDays", None),
        ("userVerificationType", "email-code"),
        ("allowEmailAsUserName", True),
        ("allowPhoneNumberAsUserName", True),
        ("schema", ()),
        ("mfaConfiguration.status", "OFF"),
        ("mfaConfiguration.enabledTypes", ()),
        ("passwordPolicy.minimumLength", 8),
        ("passwordPolicy.requireLowercase", True),
        ("passwordPolicy.requireNumbers", True),
        ("passwordPolicy.requireSymbols", True),
        ("passwordPolicy.requireUppercase", True),
        ("passwordPolicy.temporaryPasswordValidityDays", None),
        ("accessTokenValiditySeconds", 3600),
        ("idTokenValiditySeconds", 3600),
        ("refreshTokenValidityDays", 30),
        ("allowedOAuthFlows", ("code",)),
        ("allowedOathFlows", ("code",)),
        ("allowedOAuthScopes", ("email", "openid", "profile")),
        ("callbackURLs", ()),
        ("logoutURLs", ()),
        ("identityProviders", ()),
        ("customDomain", None),
        ("customDomain.domainName", None),
        ("emailConfiguration.from", None),
        ("hooks.preSignUp", None),
        ("enableHostedUi", False),
        ("generateClientSecret", False),
    ],
)
def test_defaults(name: str, default: object, loaded: Load) -> None:
    pool = loaded("resources: {p: {type: user-auth-pool}}").pools["p"]
    assert pool.get(name) == default
    assert pool.declared(name) is False


def test_a_part_of_a_password_policy_switches_nothing_off(loaded: Load) -> None:
    text = "resources: {p: {type: user-auth-pool, properties: {passwordPolicy: {requireSymbols: false}}}}"
    policy = loaded(text).pools["p"].properties.password_policy
    assert policy.model_dump(by_alias=True) == {
        "minimumLength": 8,
        "requireLowercase": True,
        "requireNumbers": True,
        "requireSymbols": False,
        "requireUppercase": True,
        "temporaryPasswordValidityDays": None,
    }


def test_every_property_at_once(loaded: Load) -> None:
    spec = loaded(EVERY_PROPERTY, stage="dev", region="eu-west-1")
    pool = spec.pools["everything"]
    for parent in SEED | NEWER:
        for name in f"{SEED.get(parent, '')} {NEWER.get(parent, '')}".split():
            index = ".0" if parent in ("schema", "identityProviders") else ""
            index = ".4" if name == "name" and parent == "identityProviders" else index
            index = ".1" if name.startswith("number") else index
            dotted = f"{parent}{index}.{name}" if parent else name
            assert pool.declared(dotted), dotted
            assert pool.get(dotted) is not None, dotted
            position = spec.position(pool.spec_path(dotted))
            line = EVERY_PROPERTY.splitlines()[position.line - 1][position.column - 1 :]
            written = "allowedOathFlows" if name == "allowedOAuthFlows" else name
            assert line.startswith(f"{written}:"), (dotted, line)
    assert pool.overrides == {"UserPool": {"UserPoolTier": "PLUS"}}


@pytest.mark.parametrize(
    "name", ["nothing", "passwordPolicy.nothing", "schema.0.nothing", "userVerificationType.x"]
)
def test_names_that_the_language_does_not_have(name: str, loaded: Load) -> None:
    pool = loaded(EVERY_PROPERTY).pools["everything"]
    for ask in (pool.get, pool.declared):
        with pytest.raises(KeyError):
            ask(name)


@pytest.mark.parametrize("flows", ["allowedOathFlows", "allowedOAuthFlows"])
def test_either_spelling_of_the_flows(flows: str, loaded: Load, problems: Callable[..., list[str]]) -> None:
    text = (
        f"resources: {{p: {{type: user-auth-pool, properties: {{{flows}: [code], callbackURLs: ['a:b']}}}}}}"
    )
    spec = loaded(text)
    for name in ("allowedOathFlows", "allowedOAuthFlows"):
        assert spec.pools["p"].declared(name)
        assert spec.pools["p"].get(name) == ("code",)
        assert spec.position(spec.pools["p"].spec_path(name)).column == text.index(flows) + 1
    (line,) = problems(text.replace("[code]", "code"))
    assert f"properties.{flows}: must be a list, not text" in line


def test_python_names_are_not_the_languages(problems: Callable[..., list[str]]) -> None:
    (line,) = problems("resources: {p: {type: user-auth-pool, properties: {callback_urls: []}}}")
    assert line.endswith("callback_urls: is not a property of the spec language; did you mean callbackURLs?")


def test_lists_have_an_end(problems: Callable[..., list[str]], loaded: Load) -> None:
    text = "resources: {p: {type: user-auth-pool, properties: {callbackURLs: [%s]}}}"
    loaded(text % ", ".join(f"'a:{number}'" for number in range(100)))
    (line,) = problems(text % ", ".join(f"'a:{number}'" for number in range(101)))
    assert line.endswith("callbackURLs: has 101 members; 100 at most")


@pytest.mark.parametrize("number", ["1e309", "-.inf", ".nan", "9" * 350, "1.5", str(2**1023), "-1e300"])
def test_attribute_limits_are_numbers_that_cognito_takes(
    number: str, loaded: Load, problems: Callable[..., list[str]]
) -> None:
    entry = f"{{name: a, attributeDataType: Number, numberMaxValue: {number}}}"
    text = f"resources: {{p: {{type: user-auth-pool, properties: {{schema: [{entry}]}}}}}}"
    if number in ("1.5", str(2**1023), "-1e300"):
        assert loaded(text).pools["p"].get("schema.0.numberMaxValue") == float(number)
    else:
        assert "is not a number that Cognito takes; at most 2^1023" in problems(text)[0]

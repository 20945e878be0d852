"""Canaries in every place of a secret, and every byte that a run leaves behind searched for them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.conftest import environment
from tests.harness.http_replay import ACCESS_DENIED
from tests.live.cloud import POOL_ID, REGION, Account, Cloud, client_answer, provider_answer
from tfgen.report.drift import FORMATS

CANARY = "canary7f3a"
"""Every secret begins with it; what follows says where it was planted."""

SPEC = f"""\
resources:
  people:
    type: user-auth-pool
    properties:
      userVerificationType: sms
      mfaConfiguration: {{status: OPTIONAL, enabledTypes: [SMS]}}
      generateClientSecret: true
      hostedUiDomainPrefix: people
      callbackURLs: [https://shop.example.com/back]
      identityProviders:
        - {{type: Google, clientId: g, clientSecret: {CANARY}-spec-google}}
        - {{type: Facebook, clientId: f, clientSecret: $CliArgs('facebook')}}
        - {{type: LoginWithAmazon, clientId: a, clientSecret: $Secret('amazon')}}
        - type: SignInWithApple
          clientId: com.example
          clientSecret: {CANARY}-spec-apple
          providerDetails: {{team_id: t, key_id: k, private_key: {CANARY}-spec-private-key}}
        - type: OIDC
          clientId: o
          clientSecret: {CANARY}-spec-oidc
          providerDetails: {{oidc_issuer: https://id.example.com, attributes_request_method: GET}}
    overrides:
      UserPoolClient: {{RefreshTokenValidity: 7}}
"""
UNKNOWN = ("client_secret_v2", "signing_token", "ApiKey", "webhook_password", "private_jwk", "HmacSignature")
"""Members of a provider's details that no version of tfgen knows, by names as AWS might choose them."""


@pytest.fixture
def cloud() -> Iterator[Cloud]:
    with Account() as server:
        cloud = Cloud(server)
        pool = cloud.add(
            "people",
            SmsConfiguration={
                "SnsCallerArn": "arn:aws:iam::123456789012:role/x",
                "ExternalId": f"{CANARY}-live-sms-external-id",
                "SnsRegion": REGION,
            },
        )
        secrets = {"ClientSecret": f"{CANARY}-live-client"}
        analytics = {"RoleArn": "arn:aws:iam::123456789012:role/x", "ExternalId": f"{CANARY}-live-analytics"}
        pool.clients[:] = [
            client_answer("people", **secrets, AnalyticsConfiguration={"ApplicationId": "a", **analytics}),
            client_answer("rogue", "4rogueclient", **secrets),
        ]
        for name in ("Google", "Facebook", "LoginWithAmazon", "SignInWithApple", "OIDC", "Rogue", "Saml"):
            details = {
                key: f"{CANARY}-live-{name}-{key}" for key in ("client_secret", "private_key", *UNKNOWN)
            }
            provider = provider_answer(name, **details)
            known = {"Rogue": "OIDC", "Saml": "SAML"}.get(name, name)
            pool.providers.append(provider | {"ProviderType": known})
        yield cloud


class Deployment:
    """A folder to run tfgen in; `leak` finds canaries in it and in what was said."""

    def __init__(self, folder: Path, cloud: Cloud) -> None:
        self.folder = folder
        self.env = environment(
            cloud.server.emulator.environment()
            | {
                "AWS_SECRET_ACCESS_KEY": f"{CANARY}-env-key",
                "AWS_SESSION_TOKEN": f"{CANARY}-env-token",
                "EXTERNAL_ID": f"{CANARY}-env-external-id",
                "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
            }
        )
        (folder / "spec.yml").write_text(SPEC)
        self.given = {"spec.yml"}

    def give(self, name: str, text: str) -> str:
        """A file that holds secrets because it was given to tfgen so."""
        (self.folder / name).write_text(text)
        self.given.add(name)
        return name

    def run(self, *args: object, code: str = "") -> tuple[int, str]:
        command = [sys.executable, *(["-c", code] if code else ["-m", "tfgen"]), *map(str, args)]
        done = subprocess.run(
            command, cwd=self.folder, env=self.env, capture_output=True, text=True, timeout=120, check=False
        )
        return done.returncode, done.stdout + done.stderr

    def leaks(self, *said: str) -> list[str]:
        """The lines with a canary, in everything said and in every file that tfgen wrote."""
        files = [file for file in self.folder.rglob("*") if file.is_file() and file.name not in self.given]
        texts = [*said, *(file.read_bytes().decode(errors="replace") for file in sorted(files))]
        return [line for text in texts for line in text.splitlines() if CANARY in line.lower()]


@pytest.fixture
def deployment(tmp_path: Path, cloud: Cloud) -> Deployment:
    return Deployment(tmp_path, cloud)


ARGS = ("--region", REGION, "--arg", f"facebook={CANARY}-arg")
REPORTS = tuple(f"--report={form}=report.{form}" for form in FORMATS if form != "text")


def test_every_format_and_every_file_of_a_run(deployment: Deployment) -> None:
    state = {"aws_cognito_user_pool": "id", "client_secret": f"{CANARY}-state"}
    resource = {"mode": "managed", "module": "module.people", "type": "aws_cognito_user_pool", "name": "this"}
    given = {**resource, "instances": [{"attributes": {"id": POOL_ID, **state}}]}
    deployment.give("state.json", json.dumps({"version": 4, "resources": [given]}))
    kept = ("--history", "history.jsonl", "--record", "accepted.yml", "--state", "state.json")
    code, said = deployment.run("drift", "spec.yml", *ARGS, "-vv", "--strict", *REPORTS, *kept)
    assert code in (1, 2), said
    for form in FORMATS:
        text = said if form == "text" else (deployment.folder / f"report.{form}").read_text()
        assert "(sensitive value)" in text or form == "prometheus", form
    assert {"history.jsonl", "accepted.yml", "summary.md"} <= {
        file.name for file in deployment.folder.iterdir()
    }
    assert deployment.leaks(said) == []
    again = deployment.run(
        "drift", "spec.yml", *ARGS, "--baseline", "accepted.yml", "--history", "history.jsonl"
    )
    accepting = deployment.run("drift", "spec.yml", *ARGS, "--accept", "*")
    assert deployment.leaks(again[1], accepting[1]) == []
    text = (deployment.folder / "spec.yml").read_text()
    assert "-live-" not in text, "what is live does not come into the spec"


def test_findings_about_secrets_are_there(deployment: Deployment) -> None:
    """The test above would find nothing in an empty report."""
    _, out = deployment.run("drift", "spec.yml", *ARGS, "--strict", "--format", "json", "-q")
    paths = {item["path"] for item in json.loads(out)["findings"]}
    assert {f"provider_details.{key}" for key in UNKNOWN} <= {
        path.replace('["', ".").rstrip('"]') for path in paths
    }
    labels = " ".join(item["resource"] for item in json.loads(out)["findings"])
    assert "4rogueclient" in labels
    assert ".Rogue" in labels


def test_refused_calls(deployment: Deployment, cloud: Cloud) -> None:
    for operation in ("DescribeIdentityProvider", "DescribeUserPoolClient", "GetUserPoolMfaConfig"):
        cloud.server.fail(operation, ACCESS_DENIED)
    code, said = deployment.run("drift", "spec.yml", *ARGS, "-vv", *REPORTS)
    assert code == 1
    assert deployment.leaks(said) == []


@pytest.mark.parametrize("command", ["validate", "render", "policy"])
def test_other_commands(deployment: Deployment, command: str) -> None:
    args = ("--out", "infra") if command == "render" else ()
    code, said = deployment.run(command, "spec.yml", *ARGS, "-vv", *args)
    assert code == 0, said
    assert deployment.leaks(said) == []


def test_a_wrong_spec(deployment: Deployment) -> None:
    text = SPEC.replace("clientId: g", "clientID: [g]").replace("type: Facebook", "type: Facebok")
    deployment.give("wrong.yml", text)
    code, said = deployment.run("validate", "wrong.yml", *ARGS, "-vv")
    assert code == 1
    assert deployment.leaks(said, deployment.run("validate", "wrong.yml", "--format", "json")[1]) == []


FLEET = f"""\
targets:
  - name: prod
    specs: spec.yml
    region: {REGION}
    external_id: ${{EXTERNAL_ID}}
    role_arn: arn:aws:iam::123456789012:role/reader
    args: {{facebook: {CANARY}-fleet-arg}}
    vars: {{amazon: {CANARY}-fleet-var}}
  - name: here
    specs: spec.yml
    region: {REGION}
    args: {{facebook: {CANARY}-fleet-arg}}
  - name: broken
    specs: wrong.yml
    args: {{facebook: {CANARY}-fleet-arg}}
"""


def test_a_fleet_its_journal_and_its_own_mistakes(deployment: Deployment) -> None:
    deployment.give("wrong.yml", SPEC.replace("clientId: g", "clientID: [g]"))
    deployment.give("tfgen.yml", FLEET)
    code, said = deployment.run("drift", "--fleet", "tfgen.yml", "--strict", *REPORTS)
    assert code == 1, said
    assert (deployment.folder / ".tfgen.yml.journal").exists()
    assert deployment.leaks(said) == []


@pytest.mark.parametrize(
    "member",
    [
        'external_id: ["${EXTERNAL_ID}"]',
        "region: ${EXTERNAL_ID}",
        "stage: ${EXTERNAL_ID}!",
        "service_name: ${EXTERNAL_ID}!",
        "role_arn: ${EXTERNAL_ID}",
        "account: ${EXTERNAL_ID}",
        "endpoint_url: ${EXTERNAL_ID}",
        "specs: ${EXTERNAL_ID}",
        "state: [spec.yml, '${EXTERNAL_ID}*']",
        "pool_ids: {people: '${EXTERNAL_ID}'}",
        "vars: ${EXTERNAL_ID}",
        "args: {a: {b: '${EXTERNAL_ID}'}}",
        "extrenal_id: ${EXTERNAL_ID}",
        "external_id: ${EXTERNAL_ID",
        "external_id: ${EXTERNL_ID}${EXTERNAL_ID}",
    ],
)
def test_mistakes_in_a_fleet_file(deployment: Deployment, member: str) -> None:
    """What a variable of the environment gave is not quoted, whatever it is wrong for."""
    name = member.partition(":")[0]
    lines = [line for line in FLEET.splitlines() if f" {name}:" not in line]
    deployment.give("tfgen.yml", "\n".join([*lines[:2], f"    {member}", *lines[2:]]))
    code, said = deployment.run("drift", "--fleet", "tfgen.yml")
    assert code == 1
    assert "tfgen.yml:3:" in said
    assert deployment.leaks(said) == []


_BUG = """
import sys
import tfgen.drift.{room} as room
def broken(*args, **rest):
    raise RuntimeError(f"{{args!r}} {{rest!r}} {{args}}")
room.{name} = broken
import tfgen.drift
if hasattr(tfgen.drift, "{name}"):
    tfgen.drift.{name} = broken
from tfgen.__main__ import main
main()
"""


@pytest.mark.parametrize(("room", "name"), [("check", "check"), ("match", "match")])
def test_the_traceback_of_a_bug_that_quotes_all_that_was_read(
    deployment: Deployment, room: str, name: str
) -> None:
    code, said = deployment.run("drift", "spec.yml", *ARGS, "-vv", code=_BUG.format(room=room, name=name))
    assert code == 1
    assert "Traceback" in said
    assert "aws_cognito_identity_provider" in said, "it does quote what was read"
    assert deployment.leaks(said) == []

"""Real output that takes an account or a made deployment: the excerpts of single pages of docs/."""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from contextlib import chdir, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Final

from tests.drift.world import World
from tfgen.cli.main import run
from tfgen.drift import Policy, check
from tfgen.explain.fixtures import fixture
from tfgen.finding import Finding, Result, Status
from tfgen.kinds import lower
from tfgen.kinds.field import Severity
from tfgen.live.blame import blamed
from tfgen.live.demo import REGION, emulated
from tfgen.live.trail import Trail
from tfgen.live.trail_event import Write
from tfgen.report import drift as report
from tfgen.resource import Address
from tfgen.spec import Options, load

DOCS: Final = Path(__file__).parents[2] / "docs"
_ACCEPT: Final = "--stage prod --accept mfa_configuration --accept refresh_token_validity"
_TEMPLATE: Final = re.compile(r"^<!-- template: (\S+) -->\n```jinja\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PROTECTED: Final = """\
resources:
  customers:
    type: user-auth-pool
  api:
    type: http-api-gateway
  orders:
    type: function
    properties:
      events:
        - type: http-api-gateway
          properties:
            httpApiGatewayName: api
            path: /orders
            method: GET
            authorizer:
              type: cognito
              properties:
                userPoolName: customers
"""


def accepted() -> str:
    """What is said on standard error where two of the demo's three changes are accepted."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder), emulated() as account:
        path = Path("pools.yml")
        path.write_text(fixture("demo/spec.yml").read_text(encoding="utf-8"), encoding="utf-8")
        url = str(account.options.endpoint_url)
        account.create(lower(load([path], Options(stage="prod"))))
        account.change()
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()) as said:
            code = run(["drift", "pools.yml", *_ACCEPT.split(" "), "--region", REGION, "--endpoint-url", url])
    assert code == 2, "the third change is still drift"
    return f"$ tfgen drift pools.yml {_ACCEPT}\n…\n{said.getvalue()}"


def cross() -> str:
    """A route whose authorizer was taken away, as the text report has it."""
    with tempfile.TemporaryDirectory() as folder, chdir(folder):
        world = World(Path(), _PROTECTED)
        route = world.of("aws_apigatewayv2_route")
        route["AuthorizationType"] = "NONE"
        del route["AuthorizerId"]
        result = check(world.spec, world.desired, world.live(), world.known)
    return _only([one for one in result.findings if one.path == "authorization_type"])


def blame() -> str:
    """A finding with the last writes to its resource; the events are made up."""
    address = Address("customers", "aws_cognito_user_pool")
    finding = Finding(
        status=Status.MODIFIED,
        address=address,
        path="mfa_configuration",
        severity=Severity.CRITICAL,
        desired="ON",
        live="OPTIONAL",
    )
    write = Write(
        "SetUserPoolMfaConfig",
        dt.datetime(2026, 3, 9, 16, 2, 11, tzinfo=dt.UTC),
        "arn:aws:sts::123456789012:assumed-role/admin/anna",
        "192.0.2.7",
    )
    return _only(blamed([finding], Trail({address: [write]})))


def templates() -> str:
    """The file that the page's own template adds to the demo's pool."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in page_templates().items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        spec = fixture("demo/spec.yml")
        with redirect_stdout(StringIO()) as out:
            code = run(["render", str(spec), "--stage", "prod", "--stdout", "--templates", folder])
    assert code == 0
    parts = out.getvalue().split("# ---- ")
    (text,) = (part.partition("\n")[2] for part in parts if part.startswith("modules/customers/parameter.tf"))
    return text.rstrip() + "\n"


def page_templates() -> dict[str, str]:
    """The templates that docs/templates.md shows, by their names."""
    page = (DOCS / "templates.md").read_text(encoding="utf-8")
    return dict(_TEMPLATE.findall(page))


def _only(findings: list[Finding]) -> str:
    """Findings as the text report has them, without what stands around them."""
    assert findings
    text = report.render("text", Result(findings=findings), Policy(), color=False)
    return text.partition("\n\n")[2].rpartition("\n\n")[0] + "\n"

"""What each command does with its arguments; the rooms below have their own tests."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from tests.cli.conftest import SPEC, Invoke
from tfgen.cli.main import cli
from tfgen.explain.starter import starter

WRONG = SPEC.replace("minimumLength: 12", "minimumLength: 5\n        minimumLenght: 8")


def test_validate_says_every_problem_with_its_place(invoke: Invoke, spec: Path) -> None:
    assert invoke("validate", spec).out == f"{spec}: valid\n"
    spec.write_text(WRONG, encoding="utf-8")
    done = invoke("validate", spec)
    assert done.code == 1
    assert f"{spec}:6:9: resources.shopPool.properties.passwordPolicy.minimumLength: 5 is out" in done.out
    assert f"{spec}:7:9: " in done.out
    assert done.out.endswith("2 errors\n")
    assert done.err == ""


def test_validate_finds_faults_of_overrides_too(invoke: Invoke, spec: Path) -> None:
    spec.write_text(SPEC + "    overrides:\n      UserPool:\n        Nonsense: 1\n", encoding="utf-8")
    done = invoke("validate", spec)
    assert done.code == 1
    assert f"{spec}:9:" in done.out


def test_validate_as_json(invoke: Invoke, spec: Path) -> None:
    spec.write_text(WRONG, encoding="utf-8")
    done = invoke("validate", spec, "--format", "json")
    assert done.code == 1
    document = json.loads(done.out)
    assert document["format_version"] == "1.0"
    assert document["valid"] is False
    assert [(item["line"], item["suggestion"]) for item in document["errors"]] == [
        (6, ""),
        (7, "minimumLength"),
    ]
    assert set(document["errors"][0]) == {
        "file",
        "line",
        "column",
        "path",
        "message",
        "allowed",
        "suggestion",
    }


def test_validate_reads_several_files_as_one_spec(invoke: Invoke, spec: Path, tmp_path: Path) -> None:
    other = tmp_path / "more.yml"
    other.write_text(SPEC.replace("shopPool", "otherPool"), encoding="utf-8")
    assert invoke("validate", spec, other).code == 0
    other.write_text(SPEC.replace("12", "14"), encoding="utf-8")
    twice = invoke("validate", spec, other)
    assert twice.code == 1
    assert "shopPool" in twice.out


def test_warnings_go_with_q(invoke: Invoke, spec: Path) -> None:
    spec.write_text(SPEC + "      allowedOAuthFlows: [implicit]\n      callbackURLs: ['https://a.b/c']\n")
    assert ": warning: " in invoke("validate", spec).out
    assert ": warning: " not in invoke("validate", spec, "-q").out
    assert ": warning: " in invoke("render", spec, "--stdout").err.splitlines()[0]
    assert invoke("render", spec, "--stdout", "-q").err == ""


def test_warnings_stand_beside_errors(invoke: Invoke, spec: Path) -> None:
    spec.write_text(SPEC.replace("12", "3") + "  other:\n    type: user-auth-pol\n", encoding="utf-8")
    done = invoke("validate", spec)
    assert done.code == 1
    assert re.search(r":8:5: warning: .*'user-auth-pol' .*did you mean user-auth-pool\?", done.out)
    assert done.out.endswith("\n1 error\n")
    assert ": warning: " not in invoke("validate", spec, "-q").out
    told = json.loads(invoke("validate", spec, "--format", "json").out)
    assert [problem["line"] for problem in told["warnings"]] == [8]
    assert "user-auth-pool?" in invoke("render", spec, "--stdout").err


def test_a_warning_of_many_pools_is_counted(invoke: Invoke, spec: Path) -> None:
    texts = "{emailMessageUsingCode: 'hi {####}', emailSubjectUsingCode: hi}"
    pool = "type: user-auth-pool, properties: {userVerificationMessageConfig: " + texts + "}"
    spec.write_text("resources:\n" + "".join(f"  p{n}: {{{pool}}}\n" for n in range(9)), encoding="utf-8")
    for args, stream in ((("validate", spec), "out"), (("render", spec, "--stdout"), "err")):
        lines = str(getattr(invoke(*args), stream)).splitlines()
        assert sum(": warning: " in line for line in lines) == 3
        assert [line for line in lines if line.startswith("warning: 6 more such warnings")]
        every = str(getattr(invoke(*args, "-v"), stream))
        assert every.count(": warning: ") == 9
        assert "more such" not in every
    assert len(json.loads(invoke("validate", spec, "--format", "json").out)["warnings"]) == 9


def test_an_error_of_many_pools_is_said_once(invoke: Invoke, spec: Path) -> None:
    pool = (
        "{type: user-auth-pool, properties: {passwordPolicy: {minimumLenght: 8}, "
        "refreshTokenValidityDays: %s}}"
    )
    text = "resources:\n" + "".join(f"  p{n}: {pool % (9999 if n == 4 else 5)}\n" for n in range(9))
    spec.write_text(text, encoding="utf-8")
    for done in (invoke("validate", spec), invoke("render", spec, "--stdout"), invoke("drift", spec)):
        assert done.code == 1
        said = done.out + done.err
        assert said.count("did you mean minimumLength?") == 1
        assert said.count("refreshTokenValidityDays: ") == 1
        places = "".join(said.partition("the same at 8 more places: ")[2].splitlines(keepends=True)[:3])
        assert f"{spec}:3:" in places
        for line in range(4, 11):
            assert re.search(rf" {line}:\d+", places), line
    assert invoke("validate", spec).out.endswith("\n10 errors, 2 different\n")
    every = invoke("validate", spec, "-v").out
    assert every.count("did you mean minimumLength?") == 9
    assert "the same at" not in every
    assert len(json.loads(invoke("validate", spec, "--format", "json").out)["errors"]) == 10


def test_errors_that_only_two_share_are_said_twice(invoke: Invoke, spec: Path) -> None:
    pool = "{type: user-auth-pool, properties: {passwordPolicy: {minimumLenght: 8}}}"
    spec.write_text(f"resources:\n  a: {pool}\n  b: {pool}\n", encoding="utf-8")
    assert invoke("validate", spec).out.count("did you mean minimumLength?") == 2


def test_places_beyond_a_screenful_are_counted(invoke: Invoke, spec: Path) -> None:
    pool = "{type: user-auth-pool, properties: {passwordPolicy: {minimumLenght: 8}}}"
    spec.write_text("resources:\n" + "".join(f"  p{n}: {pool}\n" for n in range(500)), encoding="utf-8")
    out = invoke("validate", spec).out
    assert "and 299 more (tfgen validate" in " ".join(out.split())
    assert len(out) < 3000


def test_render_needs_to_know_where(invoke: Invoke, spec: Path) -> None:
    assert "-o FOLDER" in invoke("render", spec).err
    assert invoke("render", spec, "--stdout", "-o", "x").code == 1
    assert invoke("render", spec, "--stdout", "--check").code == 1
    assert invoke("render", spec, "--check").code == 1


def test_render_prints_what_it_would_write(invoke: Invoke, spec: Path, tmp_path: Path) -> None:
    printed = invoke("render", spec, "--stdout").out
    assert invoke("render", spec, "-o", tmp_path / "infra").code == 0
    for path in (tmp_path / "infra").rglob("*.tf"):
        name = path.relative_to(tmp_path / "infra")
        assert f"# ---- {name}\n{path.read_text(encoding='utf-8')}" in printed


def test_render_check_tells_current_from_stale(invoke: Invoke, spec: Path, tmp_path: Path) -> None:
    out = tmp_path / "infra"
    assert invoke("render", spec, "-o", out, "--check").code == 2
    assert not out.exists()
    invoke("render", spec, "-o", out)
    assert invoke("render", spec, "-o", out, "--check").code == 0
    spec.write_text(SPEC.replace("12", "14"), encoding="utf-8")
    done = invoke("render", spec, "-o", out, "--check")
    assert done.code == 2
    assert "minimum_length" in done.out


def test_render_keeps_what_a_person_edited(invoke: Invoke, spec: Path, tmp_path: Path) -> None:
    out = tmp_path / "infra"
    invoke("render", spec, "-o", out)
    edited = out / "modules/shopPool/main.tf"
    edited.write_text("# mine\n", encoding="utf-8")
    done = invoke("render", spec, "-o", out)
    assert done.code == 1
    assert "--force" in done.err
    assert edited.read_text(encoding="utf-8") == "# mine\n"
    assert invoke("render", spec, "-o", out, "--force").code == 0
    assert edited.read_text(encoding="utf-8") != "# mine\n"


def test_schema_is_a_schema_that_knows_the_language(invoke: Invoke) -> None:
    done = invoke("schema")
    assert done.code == 0
    schema = json.loads(done.out)
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    good = {
        "resources": {"p": {"type": "user-auth-pool", "properties": {"passwordPolicy": {"minimumLength": 8}}}}
    }
    bad = {
        "resources": {"p": {"type": "user-auth-pool", "properties": {"passwordPolicy": {"minimumLenght": 8}}}}
    }
    assert validator.is_valid(good)
    assert not validator.is_valid(bad)


def test_policy_only_reads_and_gets_narrower_with_what_is_known(invoke: Invoke, spec: Path) -> None:
    wide = json.loads(invoke("policy", spec).out)
    actions = [action for item in wide["Statement"] for action in item["Action"]]
    assert "cognito-idp:DescribeUserPool" in actions
    assert all(action.partition(":")[2].startswith(("Describe", "Get", "List", "GET")) for action in actions)
    given = ("--account", "123456789012", "--pool-id", "shopPool=eu-west-1_AbCdEf123")
    narrow = json.loads(invoke("policy", spec, *given).out)
    pools = next(item for item in narrow["Statement"] if item["Sid"] == "ReadPools")
    assert pools["Resource"] == ["arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_AbCdEf123"]


def test_policy_has_what_blame_and_discover_ask(invoke: Invoke, spec: Path) -> None:
    assert "cloudtrail:" not in invoke("policy", spec).out
    assert "cloudtrail:LookupEvents" in invoke("policy", spec, "--blame").out
    known = ("--pool-id", "shopPool=eu-west-1_AbCdEf123")
    assert "ListUserPools" + '"' not in invoke("policy", spec, *known).out
    assert '"cognito-idp:ListUserPools"' in invoke("policy", spec, *known, "--discover").out
    wrong = invoke("policy", spec, "--account", "1234")
    assert (wrong.code, wrong.err) == (1, "--account: an AWS account has twelve digits\n")


@pytest.mark.parametrize("command", ["policy", "drift"])
@pytest.mark.parametrize(
    ("name", "said"), [("shoppool", "did you mean shopPool?"), ("zzz", "it has shopPool")]
)
def test_a_pool_id_for_a_pool_that_is_not_there(
    invoke: Invoke, spec: Path, command: str, name: str, said: str
) -> None:
    done = invoke(command, spec, "--pool-id", f"{name}=eu-west-1_AbCdEf123")
    assert done.code == 1
    assert f"no pool of this name; {said}" in done.err


HOOKED = (Path(__file__).parents[2] / "fixtures/several/spec.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", ["policy", "drift"])
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("function_arns.Admin", "did you mean function_arns.admin?"),
        ("api_ids.partnerAPi", "did you mean api_ids.partnerApi?"),
        ("zzz", "it uses api_ids.partnerApi, api_ids.publicApi, api_ids.staffApi, function_arns.admin, "),
    ],
)
def test_a_variable_that_nothing_uses(invoke: Invoke, spec: Path, command: str, name: str, said: str) -> None:
    spec.write_text(HOOKED, encoding="utf-8")
    done = invoke(command, spec, "--var", f"{name}=hunter2")
    assert done.code == 1
    assert f"--var {name}: the spec uses no variable of this name; {said}" in done.err
    assert "hunter2" not in done.err


def test_variables_that_are_used(invoke: Invoke, spec: Path) -> None:
    spec.write_text(HOOKED, encoding="utf-8")
    arn = "arn:aws:lambda:eu-west-1:123456789012:function:f"
    given = ("--var", f"function_arns.admin={arn}", "--var", "api_ids.partnerApi=a1b2c3")
    done = invoke("policy", spec, *given)
    assert done.code == 0
    assert arn in done.out
    assert "/apis/a1b2c3/" in done.out
    none = invoke("policy", spec.with_name("x.yml"), "--var", "a=b")
    assert none.code == 1


def test_files_of_what_is_known(invoke: Invoke, spec: Path, tmp_path: Path) -> None:
    outputs = tmp_path / "outputs.json"
    address = "module.shopPool.aws_cognito_user_pool.this"
    outputs.write_text(
        json.dumps({"format_version": "1", "resources": {address: "eu-west-1_AbCdEf123"}}), encoding="utf-8"
    )
    assert "userpool/eu-west-1_AbCdEf123" in invoke("policy", spec, "--outputs", outputs).out
    other = ("--pool-id", "shopPool=eu-west-1_Zzzzzzzzz")
    assert "eu-west-1_Zzzzzzzzz" in invoke("policy", spec, "--outputs", outputs, *other).out
    outputs.write_text('{"password": "hunter2"', encoding="utf-8")
    for option in ("--outputs", "--state"):
        done = invoke("policy", spec, option, outputs)
        assert done.code == 1
        assert "no JSON" in done.err
        assert "hunter2" not in done.err
        assert "No such file" in invoke("policy", spec, option, tmp_path / "nowhere").err


def test_a_value_without_its_name_is_not_repeated(invoke: Invoke, spec: Path) -> None:
    assert "hunter2" not in invoke("drift", spec, "--var", "hunter2").err


def test_init_prints_or_writes_and_never_overwrites(invoke: Invoke, tmp_path: Path) -> None:
    assert invoke("init").out == starter()
    out = tmp_path / "pools.yml"
    assert invoke("init", "-o", out).code == 0
    assert out.read_text(encoding="utf-8") == starter()
    out.write_text("mine", encoding="utf-8")
    done = invoke("init", "-o", out)
    assert done.code == 1
    assert "--force" in done.err
    assert out.read_text(encoding="utf-8") == "mine"
    assert invoke("init", "-o", out, "--force").code == 0
    assert out.read_text(encoding="utf-8") == starter()
    assert "nowhere" in invoke("init", "-o", tmp_path / "nowhere" / "x.yml").err


def test_explain_finds_lists_and_suggests(invoke: Invoke) -> None:
    assert "6 to 99" in invoke("explain", "passwordPolicy.minimumLength").out
    assert "allowedOAuthFlows" in invoke("explain").out
    assert "deprecated-twins" in invoke("explain", "--rules").out
    assert json.loads(invoke("explain", "--format", "json").out)["format_version"] == "1.0"
    wrong = invoke("explain", "minimumLenght")
    assert wrong.code == 1
    assert "did you mean passwordPolicy.minimumLength" in wrong.err


def test_commands_work_in_clicks_own_runner(spec: Path) -> None:
    done = CliRunner().invoke(cli, ["validate", str(spec)], standalone_mode=False)
    assert done.exception is None
    assert done.return_value == 0

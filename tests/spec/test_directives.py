from __future__ import annotations

import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.spec.conftest import Load
from tfgen.errors import SpecError
from tfgen.spec import Spec, load
from tfgen.spec.directives.syntax import Call, DirectiveError, is_directive, parse
from tfgen.spec.expressions import (
    AccountId,
    Expression,
    Format,
    ProfileName,
    RegionName,
    ResourceParam,
    Secret,
    SsmParam,
    StackOutput,
    StackResourceParam,
    StageName,
)

Lines = Callable[..., list[str]]

SPEC = """
variables:
  title: Hello
  stage: $Stage()
  deep: {list: [a, {b: c}], policy: {minimumLength: 9}}
  text: {a: $Var().text.b, b: $Var().text.a}
  self: [$Var().self]
  number: 9
directives:
  - {name: ownDirective, filePath: own.ts}
resources:
  f: {type: function}
  machine:
    type: user-auth-pool
    properties: {generateClientSecret: true, enableHostedUi: true, callbackURLs: ['a:b']}
  plain: {type: user-auth-pool}
  p:
    type: user-auth-pool
    properties: {%s}
"""


def with_subject(value: str) -> str:
    return SPEC % f"inviteMessageConfig: {{emailSubject: {value}}}"


def subject(spec: Spec) -> Any:
    return spec.pools["p"].get("inviteMessageConfig.emailSubject")


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("$Stage()", Call("Stage")),
        ("$Var().a.b-c.0", Call("Var", (), ("a", "b-c", "0"))),
        ("$Secret('a.b')", Call("Secret", ("a.b",))),
        (
            "$A(\"x\", 'y', true, false, 3, -1.5, bare word)",
            Call("A", ("x", "y", True, False, 3, -1.5, "bare word")),
        ),
        (r"$A('it\'s', 'a\\b')", Call("A", ("it's", r"a\b"))),
        ("$A('a,b', 'c)d', ,)", Call("A", ("a,b", "c)d"))),
        (
            "$Format('{}-{}', $Stage(), $Var().a)",
            Call("Format", ("{}-{}", Call("Stage"), Call("Var", (), ("a",)))),
        ),
        ("$CliArgs('007', 007)", Call("CliArgs", ("007", "007"))),
    ],
)
def test_syntax(text: str, call: Call) -> None:
    assert is_directive(text)
    assert parse(text) == call


@pytest.mark.parametrize(
    "text", ["$default", "$request.header.Authorization", "$5 (approx).", "x$Stage()", "$Stage()-x", "$", ""]
)
def test_what_is_no_directive(text: str) -> None:
    assert not is_directive(text)


@pytest.mark.parametrize(
    "text", ["$A('x)", "$A(", "$A(()", "$A()..b", "$A() and $B()", "$A(" * 20 + ")" * 20]
)
def test_syntax_errors(text: str) -> None:
    with pytest.raises(DirectiveError):
        parse(text)


@given(st.text(alphabet="$AaB_(),.'\"\\ 01-x", max_size=30))
@settings(deadline=None)
def test_any_text_parses_or_is_refused(text: str) -> None:
    if is_directive(text):
        try:
            found: object = parse(text)
        except DirectiveError as error:
            found = error.message
        assert found


@pytest.mark.parametrize(
    ("directive", "value"),
    [
        ("$Stage()", StageName()),
        ("$Region()", RegionName()),
        ("$AwsAccountId()", AccountId()),
        ("$Account()", AccountId()),
        ("$Profile()", ProfileName()),
        ("$Secret('name')", Secret("name")),
        ("$Secret('name.key')", Secret("name", "key")),
        ("$Secret('name.key.more')", Secret("name", "key.more")),
        ("$SsmParam('/a/b')", SsmParam("/a/b")),
        ("$ResourceParam('f', 'arn')", ResourceParam("f", "arn")),
        ("$ResourceParam('plain', 'clientId')", ResourceParam("plain", "clientId")),
        ("$ResourceParam('machine', 'clientSecret')", ResourceParam("machine", "clientSecret")),
        ("$ResourceParam('machine', 'domain')", ResourceParam("machine", "domain")),
        ("$CfResourceParam('Table', 'Arn')", StackResourceParam("Table", "Arn")),
        ("$StackOutput('s', 'o')", StackOutput("s", "o")),
        ("$CfStackOutput('s', 'o', 'eu-west-1')", StackOutput("s", "o", "eu-west-1")),
        ("$Format('a-{}-{}', $Stage(), 3)", Format(("a-", StageName(), "-3"))),
        ("$Format('{}', $Stage())", StageName()),
        ("$Format('{}-{}', 'a', true)", "a-true"),
        ("$CfFormat('{}{}', $Region(), $Format('{}x', $Stage()))", Format((RegionName(), StageName(), "x"))),
        ("$Var().title", "Hello"),
        ("$Var('title')", "Hello"),
        ("$Var().stage", StageName()),
        ("$Var().deep.list.0", "a"),
        ("$Var().deep.list.1.b", "c"),
        ("$This().variables.title", "Hello"),
        ("$This().resources.f.type", "function"),
        ("$CliArgs('given')", "yes please"),
        ("$CliArgs('missing', 'Default')", "Default"),
    ],
)
def test_values(directive: str, value: Expression | str, loaded: Load) -> None:
    spec = loaded(with_subject(f'"{directive}"'), args={"given": "yes please"})
    assert subject(spec) == value


def test_names_that_are_given_are_no_longer_open(loaded: Load) -> None:
    spec = loaded(with_subject("\"$Format('{}-{}', $Stage(), $Region())\""), stage="dev", region="eu-west-1")
    assert subject(spec) == "dev-eu-west-1"


@pytest.mark.parametrize(
    ("properties", "name", "value"),
    [
        ("unusedAccountValidityDays: $Var().number", "unusedAccountValidityDays", 9),
        ("passwordPolicy: $Var().deep.policy", "passwordPolicy.minimumLength", 9),
        ("unusedAccountValidityDays: $CliArgs('days')", "unusedAccountValidityDays", 12),
        ("enableHostedUi: $CliArgs('on'), callbackURLs: [$Var().url]", "enableHostedUi", True),
        ("hostedUiDomainPrefix: $CliArgs('text')", "hostedUiDomainPrefix", "012"),
        ("hostedUiDomainPrefix: $CliArgs('quoted')", "hostedUiDomainPrefix", "12"),
    ],
)
def test_values_that_are_no_text(properties: str, name: str, value: object, loaded: Load) -> None:
    text = (SPEC % properties).replace("  number: 9", "  number: 9\n  url: 'https://a.example.com'")
    spec = loaded(text, args={"days": "12", "on": "true", "text": "012", "quoted": '"12"'})
    assert spec.pools["p"].get(name) == value


@pytest.mark.parametrize(
    ("directive", "line"),
    [
        ("$Secrt('a')", "$Secrt is not a directive; did you mean $Secret?"),
        ("$Param('a', 'b')", "$Param is not a directive; did you mean $ResourceParam?"),
        ("$Env('a')", "did you mean $CliArgs?"),
        ("$Xyzzy()", "$Xyzzy is not a directive; known are AwsAccountId,"),
        ("$ownDirective()", "$ownDirective is a custom directive, whose code tfgen does not run"),
        ("dev-$Stage()", "a directive inside a longer text is not expanded; build the text with $Format"),
        ("$Stage(", "a parenthesis or a quote of the directive is never closed"),
        ("$Secret('a.b)", "a parenthesis or a quote of the directive is never closed"),
        ("$Stage()-dev", "a directive inside a longer text is not expanded"),
        ("$Stage() and $Region()", "a directive inside a longer text is not expanded"),
        ("$Stage('x')", "$Stage takes no argument"),
        ("$Stage().x", "a path cannot follow $Stage"),
        ("$Secret('a').b", "a path cannot follow $Secret"),
        ("$Secret()", "$Secret lacks an argument"),
        ("$Secret('')", "$Secret lacks an argument"),
        ("$Secret('.a')", "$Secret lacks the secret's name or key"),
        ("$Secret('a', 'b')", "$Secret has too many arguments"),
        ("$Secret($Stage())", "$Secret takes texts"),
        (
            "$ResourceParam('g', 'arn')",
            "$ResourceParam names 'g', which is no resource of the spec",
        ),
        (
            "$ResourceParam('f', 'arm')",
            "a function has no parameter 'arm'; known are arn, logGroupArn; did you mean arn?",
        ),
        ("$ResourceParam('plain', 'clientID')", "did you mean clientId?"),
        (
            "$ResourceParam('plain', 'clientSecret')",
            "the client of 'plain' has no secret; generateClientSecret: true",
        ),
        ("$ResourceParam('plain', 'domain')", "'plain' has no domain"),
        ("$ResourceParam('p', 'arn')", "the pool names itself"),
        ("$Format()", "$Format lacks its template"),
        ("$Format('{}')", "$Format has 1 placeholders {} and 0 values"),
        ("$Format('{stage()}-auth')", "{stage()} is no placeholder of $Format"),
        ("$Format('{}', $Var().deep)", "an argument of $Format is a mapping"),
        ("$Var().titel", "nothing has the name 'titel' there; did you mean title?"),
        ("$Var().deep.list.7", "nothing has the name '7' there"),
        ("$Var()", "$Var lacks a path"),
        ("$Var().text.a", "the directive leads back to itself"),
        ("$Var().self", "emailSubject[0]: the directive leads back to itself"),
        ("$This().resources.p", "leads back to itself"),
        ("$Var($Stage())", "$Var needs its arguments now"),
        ("$CliArgs('gven')", "no argument 'gven' was given; --arg gven=VALUE; did you mean given?"),
        ("$CliArgs()", "$CliArgs lacks an argument"),
        (
            "$GitInfo('comit')",
            "$GitInfo does not know this; known are commit, branch, username, gitUrl; did you mean commit?",
        ),
        ("$Var().number", "must be text, not a number"),
    ],
)
def test_faults(directive: str, line: str, problems: Lines) -> None:
    said = problems(with_subject(f'"{directive}"'), args={"given": "x"})
    assert any(line in text for text in said), said
    assert len(said) == 1


@pytest.mark.parametrize(
    "properties",
    [
        "unusedAccountValidityDays: $SsmParam('/a')",
        "enableHostedUi: $SsmParam('/a')",
        "userVerificationType: $Stage()",
    ],
)
def test_what_must_be_known_cannot_wait_for_a_deployment(properties: str, problems: Lines) -> None:
    (line,) = problems(SPEC % properties)
    assert "cannot be a value that only a deployment knows" in line


def test_directives_stand_in_values_only(problems: Lines) -> None:
    (line,) = problems(SPEC % '"$Stage()": x')
    assert "$Stage() is not a property" in line or "is not a property of the spec language" in line


def test_a_chain_of_directives_has_an_end(problems: Lines, loaded: Load) -> None:
    def chain(length: int) -> str:
        links = "".join(f"  v{number}: $Var().v{number + 1}\n" for number in range(length))
        return with_subject("$Var().v0").replace("variables:\n", f"variables:\n{links}  v{length}: end\n")

    assert subject(loaded(chain(20))) == "end"
    assert "lead on more than 32 times" in problems(chain(500))[0]


def test_directives_cannot_blow_a_spec_up(problems: Lines) -> None:
    bomb = "  b0: [x, x, x, x, x, x, x, x, x, x]\n"
    bomb += "".join(f"  b{n}: [{', '.join([f'$Var().b{n - 1}'] * 10)}]\n" for n in range(1, 12))
    began = time.monotonic()
    lines = problems(with_subject("$Var().b11").replace("variables:\n", f"variables:\n{bomb}"))
    assert any("directives add more than 200,000 values" in line for line in lines)
    assert time.monotonic() - began < 20
    assert len(lines) < 5


@pytest.fixture
def beside(tmp_path: Path) -> Callable[..., Spec]:
    """Loads a spec that has other files beside it."""

    def run(directive: str, **files: str) -> Spec:
        folder = tmp_path / "specs"
        folder.mkdir(exist_ok=True)
        (tmp_path / "outside.txt").write_text("OUTSIDE")
        (folder / "spec.yml").write_text(with_subject(f'"{directive}"'))
        for name, content in files.items():
            target = folder / name.replace("__", "/").replace("_", ".")
            target.parent.mkdir(exist_ok=True)
            target.write_text(content)
        return load([folder / "spec.yml"])

    return run


@pytest.mark.parametrize(
    ("directive", "value"),
    [
        ("$File('a.json').x.0", "1x"),
        ("$File('b.yml').x", "y"),
        ("$File('b.yml').title", "Hello"),
        ("$File('.env').1.value", "a b"),
        ("$File('c.ini').Part.Key", "value"),
        ("$FileRaw('text.css')", ".a {}"),
        ("$FileRaw('sub/text.css')", ".b {}"),
        ("$FileRaw('./sub/../text.css')", ".a {}"),
    ],
)
def test_files_beside_the_spec(directive: str, value: str, beside: Callable[..., Spec]) -> None:
    spec = beside(
        directive,
        a_json='{"x": ["1x"]}',
        b_yml="x: y\ntitle: $Var().title\n",
        _env="# comment\nA=1\nexport B='a b'\n",
        c_ini="[Part]\nKey = value\n",
        text_css=".a {}",
        sub__text_css=".b {}",
    )
    assert subject(spec) == value


@pytest.mark.parametrize(
    ("directive", "line"),
    [
        ("$FileRaw('../outside.txt')", "the file is outside the spec's folder"),
        ("$FileRaw('/etc/hostname')", "the file is outside the spec's folder"),
        ("$FileRaw('link.txt')", "the file is outside the spec's folder"),
        ("$FileRaw('loop.txt')", "the file"),
        ("$FileRaw('missing.txt')", "the file 'missing.txt': cannot be read: No such file or directory"),
        ("$FileRaw('.')", "the file '.': cannot be read: Is a directory"),
        (
            "$File('bad.yml').x",
            "the file 'bad.yml', line 1, column 5: the value inside a '{' or '[' is missing",
        ),
        ("$File('bad.ini').x", "is not a valid .ini file"),
        ("$File('text.css').x", "$File cannot read .css files"),
        ("$FileRaw('nul.txt')", "holds a NUL character"),
        ("$FileRaw()", "$FileRaw lacks an argument"),
    ],
)
def test_files_that_cannot_be_read(
    directive: str, line: str, beside: Callable[..., Spec], tmp_path: Path
) -> None:
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "link.txt").symlink_to(tmp_path / "outside.txt")
    (tmp_path / "specs" / "loop.txt").symlink_to(tmp_path / "specs" / "loop.txt")
    with pytest.raises(SpecError) as caught:
        beside(directive, bad_yml="x: [", bad_ini="Key = value", text_css="", nul_txt="a\0b")
    assert line in str(caught.value)
    assert "OUTSIDE" not in str(caught.value)


def test_git_tells_without_credentials(beside: Callable[..., Spec], tmp_path: Path) -> None:
    folder = tmp_path / "specs"
    folder.mkdir()
    git = [
        "git",
        "-C",
        str(folder),
        "-c",
        "user.name=a",
        "-c",
        "user.email=a@b",
        "-c",
        "commit.gpgsign=false",
    ]
    subprocess.run([*git, "init", "-q", "-b", "trunk"], check=True)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "--no-verify", "-m", "x"], check=True)
    subprocess.run([*git, "remote", "add", "origin", "https://user:TOKEN@example.com/a.git"], check=True)
    commit = subprocess.run(
        [*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True
    ).stdout.strip()
    assert subject(beside("$GitInfo('commit')")) == commit
    assert subject(beside("$GitInfo('branch')")) == "trunk"
    spec = beside("$GitInfo('gitUrl')")
    assert subject(spec) == "https://example.com/a.git"
    assert any("changes from commit to commit" in str(warning) for warning in spec.warnings)


def test_git_that_knows_nothing_is_an_error(
    beside: Callable[..., Spec], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(SpecError, match="git does not tell the commit"):
        beside("$GitInfo('commit')")

"""Fleet files: what they become, and everything that can be wrong with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tfgen.errors import SpecError, UsageError
from tfgen.fleet import Fleet, load_fleet
from tfgen.fleet.check import desired_of

ROLE = "arn:aws:iam::222222222222:role/x"
ENVIRON = {"HOME": "/home/me", "ACCOUNT": "123456789012", "SECRET": "canary-5c1"}


def fleet(tmp_path: Path, text: str) -> Fleet:
    for name in ("pools.yml", "more.yml"):
        (tmp_path / name).write_text("resources: {}\n")
    (tmp_path / "states").mkdir(exist_ok=True)
    (tmp_path / "states/a.json").write_text("{}")
    path = tmp_path / "tfgen.yml"
    path.write_text(text)
    return load_fleet(path, ENVIRON)


def problems(tmp_path: Path, text: str) -> list[str]:
    with pytest.raises(SpecError) as caught:
        fleet(tmp_path, text)
    return [str(problem).removeprefix(f"{tmp_path}/tfgen.yml:") for problem in caught.value.problems]


def test_defaults_are_merged_and_maps_added_to(tmp_path: Path) -> None:
    found = fleet(
        tmp_path,
        """
defaults:
  specs: "*.yml"
  region: eu-west-1
  vars: {team: core, size: 3}
  external_id: shared
targets:
  - name: one
    role_arn: arn:aws:iam::${ACCOUNT}:role/drift
    vars: {size: 4, on: true}
  - name: two
    profile: other
    region: us-east-1
    specs: pools.yml
""",
    )
    one, two = found.targets
    assert one.vars == {"team": "core", "size": "4", "on": "true"}
    assert [spec.name for spec in one.specs] == ["more.yml", "pools.yml"], "the fleet file is no spec"
    assert (one.region, one.external_id, one.owner) == ("eu-west-1", "shared", "123456789012")
    assert (two.region, two.external_id, two.owner) == ("us-east-1", None, "profile other")
    assert one.position.line == 8


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("targets: []", "1:1: targets: has no member"),
        ("{}", "1:1: targets: is missing"),
        ("targets: [3]", "1:11: targets[0]: must be a mapping, not a number"),
        ("targets: [{name: a}]", "1:11: targets[0].specs: is missing"),
        ("targets: [{specs: pools.yml}]", "1:11: targets[0].name: is missing"),
        ("targets: [{name: a b, specs: pools.yml}]", "1:12: targets[0].name: is not a name for a target"),
        ("targets: [{name: a, specs: nope.yml}]", "1:21: targets[0].specs: there is no such file"),
        ("targets: [{name: a, specs: [x*.yml]}]", "1:29: targets[0].specs[0]: no file fits this glob"),
        ("targets: [{name: a, specs: []}]", "1:21: targets[0].specs: has no member"),
        ("targets: [{name: a, specs: pools.yml, regoin: x}]", "did you mean region?"),
        ("target: []", "1:1: target: is not known here; did you mean targets?"),
        ("targets: [{name: a, specs: pools.yml, region: nowhere}]", "region: is not a region: such as"),
        ("targets: [{name: a, specs: pools.yml, stage: a_b}]", "stage: is not a stage"),
        ("targets: [{name: a, specs: pools.yml, account: 12}, 7]", "targets[1]: must be a mapping"),
        ("targets: [{name: a, specs: pools.yml, account: abc}]", "is not an AWS account; twelve digits"),
        ("targets: [{name: a, specs: pools.yml, role_arn: x}]", "is not the ARN of a role"),
        ("targets: [{name: a, specs: pools.yml, external_id: x}]", "goes with a role_arn, and there is none"),
        ("targets: [{name: a, specs: pools.yml, pool_ids: {p: x}}]", "is not a user pool id"),
        ("targets: [{name: a, specs: pools.yml, pool_ids: x}]", "must be a mapping, not text"),
        ("targets: [{name: a, specs: pools.yml, endpoint_url: localhost}]", "is not a URL"),
        ("targets: [{name: a, specs: pools.yml, state: states/b*.json}]", "no file fits this glob"),
        (
            "targets: [{name: a, specs: pools.yml, profile: '${NOPE}'}]",
            "environment variable NOPE is not set",
        ),
        ("targets: [{name: a, specs: pools.yml, profile: '${HOM}'}]", "did you mean HOME?"),
        ("targets: [{name: a, specs: pools.yml, profile: '${HOME'}]", "without the name of a variable"),
        ("targets: [{name: a, specs: pools.yml}, {name: a, specs: more.yml}]", "stands here twice"),
        ("quotas: {UserPolRead: 3}\ntargets: [{name: a, specs: pools.yml}]", "did you mean UserPoolRead?"),
        ("quotas: {UserPoolRead: 0}\ntargets: [{name: a, specs: pools.yml}]", "1 or more"),
        ("defaults: {name: a}\ntargets: [{name: a, specs: pools.yml}]", "defaults.name: is not known here"),
        (
            f"targets: [{{name: a, specs: pools.yml, account: 111111111111, role_arn: '{ROLE}'}}]",
            "is 111111111111, the role is in account 222222222222",
        ),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    found = problems(tmp_path, text)
    assert any(said in problem for problem in found), found


def test_everything_wrong_is_said_at_once_in_order(tmp_path: Path) -> None:
    found = problems(
        tmp_path,
        "targets:\n  - name: a\n    spec: p.yml\n    region: x\n  - profile: ${NOPE}\n    specs: pools.yml\n",
    )
    assert [problem.partition(": ")[0] for problem in found] == ["2:5", "3:5", "4:5", "5:5", "5:14"]


def test_a_variable_is_never_shown(tmp_path: Path) -> None:
    found = problems(tmp_path, "targets: [{name: '${SECRET} x', specs: '${SECRET}', region: a}]")
    assert "canary" not in " ".join(found)


def test_an_account_without_quotes_keeps_its_zeros(tmp_path: Path) -> None:
    found = fleet(tmp_path, "targets: [{name: a, specs: pools.yml, account: 001234567890}]")
    assert found.targets[0].account == "001234567890"


def test_dollars_that_are_meant(tmp_path: Path) -> None:
    found = fleet(tmp_path, "targets: [{name: a, specs: pools.yml, vars: {x: '$${HOME} ${HOME} $5'}}]")
    assert found.targets[0].vars == {"x": "${HOME} /home/me $5"}


def test_targets_by_glob(tmp_path: Path) -> None:
    found = fleet(tmp_path, "defaults: {specs: pools.yml}\ntargets: [{name: p/a}, {name: p/b}, {name: q}]")
    assert [target.name for target in found.select(["p/*"])] == ["p/a", "p/b"]
    assert [target.name for target in found.select(["q", "*a"])] == ["p/a", "q"]
    assert found.select([]) == found.targets
    with pytest.raises(UsageError, match=r"--target x\*: .* it has p/a, p/b, q"):
        found.select(["q", "x*"])


def test_a_file_that_is_none(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match="cannot be read"):
        load_fleet(tmp_path / "nope.yml", {})


@pytest.mark.parametrize(
    ("defaults", "own", "said"),
    [
        ("", "function_arns.createPost: x", ""),
        (
            "",
            "function_arns.creatPost: x",
            "no variable function_arns.creatPost; did you mean function_arns.createPost?",
        ),
        ("", "zzz: x", "no variable zzz; they use api_ids.myGateway, function_arns.createPost"),
        ("zzz: x", "", ""),
        ("zzz: x", "zzz: y", "no variable zzz; they use"),
        ("function_arns.creatPost: x", "", "did you mean function_arns.createPost?"),
        ("function_arns.creatPost: x", "function_arns.createPost: x", ""),
    ],
)
def test_variables_that_the_specs_do_not_use(tmp_path: Path, defaults: str, own: str, said: str) -> None:
    """Defaults may be for the specs of other targets."""
    seed = Path(__file__).parents[2] / "fixtures/seed/spec.yml"
    (tmp_path / "tfgen.yml").write_text(
        f"defaults: {{vars: {{{defaults}}}}}\ntargets: [{{name: a, specs: {seed}, vars: {{{own}}}}}]\n"
    )
    (target,) = load_fleet(tmp_path / "tfgen.yml", {}).targets
    if not said:
        desired_of(target)
        return
    with pytest.raises(UsageError, match="vars: the specs use ") as caught:
        desired_of(target)
    assert said in str(caught.value)

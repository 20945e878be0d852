from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.spec.conftest import Load
from tfgen.errors import SpecError
from tfgen.spec import Options, Spec, load

Lines = Callable[..., list[str]]
POOL = "resources: {%s: {type: user-auth-pool}}\n"


@pytest.fixture
def load_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Spec]:
    monkeypatch.chdir(tmp_path)

    def run(*texts: str) -> Spec:
        paths = []
        for number, text in enumerate(texts):
            paths.append(Path(f"{number}.yml"))
            paths[-1].write_text(text)
        return load(paths, Options())

    return run


def lines(run: Callable[..., Spec], *texts: str) -> list[str]:
    with pytest.raises(SpecError) as caught:
        run(*texts)
    return [str(problem) for problem in caught.value.problems]


def test_files_are_one_spec(load_files: Callable[..., Spec]) -> None:
    spec = load_files(POOL % "a", "serviceName: shop\n" + POOL % "b")
    assert list(spec.pools) == ["a", "b"]
    assert spec.sources == ("0.yml", "1.yml")
    assert spec.service_name == "shop"
    assert str(spec.position(("resources", "b"))) == "1.yml:2:13"


def test_a_key_in_two_files_names_both(load_files: Callable[..., Spec]) -> None:
    assert lines(load_files, POOL % "a", "\n" + POOL % "a") == [
        "1.yml:2:13: resources.a: is also in another file; first in 0.yml:1:13"
    ]


def test_one_file_twice_is_not_two(load_files: Callable[..., Spec], tmp_path: Path) -> None:
    load_files(POOL % "a")
    assert list(load([Path("0.yml"), tmp_path / "0.yml"]).pools) == ["a"]


def test_keys_that_one_disk_would_mix_up(load_files: Callable[..., Spec]) -> None:
    (line,) = lines(load_files, POOL % "pool", POOL % "Pool")
    assert (
        line
        == "1.yml:1:13: resources.Pool: 'Pool' differs from another name only in case; first in 0.yml:1:13"
    )


def test_two_service_names(load_files: Callable[..., Spec]) -> None:
    (line,) = lines(load_files, "serviceName: a\n" + POOL % "a", "serviceName: b\n" + POOL % "b")
    assert line == "1.yml:1:1: serviceName: is 'b', but 'a' in another file; first in 0.yml:1:1"
    assert load_files("serviceName: a\n" + POOL % "a", "serviceName: a\n" + POOL % "b").service_name == "a"


def test_variables_belong_to_their_file(load_files: Callable[..., Spec]) -> None:
    pool = "{type: user-auth-pool, properties: {hostedUiDomainPrefix: $Var().x}}"
    text = f"variables: {{x: %s}}\nresources: {{%s: {pool}}}"
    spec = load_files(text % ("one", "a"), text % ("two", "b"))
    assert [pool.get("hostedUiDomainPrefix") for pool in spec.pools.values()] == ["one", "two"]


def test_all_problems_of_all_files_come_at_once_and_in_order(load_files: Callable[..., Spec]) -> None:
    wrong = "resources: {%s: {type: user-auth-pool, properties: {mfaConfiguratio: {}, callbackURLs: 3}}}"
    found = lines(load_files, wrong % "a", "x: [", wrong % "b", "")
    assert [line.partition(":")[0] for line in found] == [
        "0.yml",
        "0.yml",
        "1.yml",
        "2.yml",
        "2.yml",
        "3.yml",
    ]
    assert found == sorted(found)


def test_pools_share_no_domain(load_files: Callable[..., Spec]) -> None:
    text = "resources: {%s: {type: user-auth-pool, properties: {hostedUiDomainPrefix: shop}}}"
    (line,) = lines(load_files, text % "a", text % "b")
    assert "'shop' is the domain of a already" in line


def test_standard_input_is_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO((POOL % "a").encode())))
    assert load([Path("-")]).sources == ("<stdin>",)


@pytest.mark.parametrize(
    "key", ["../x", "'a b'", "ünï", "a" * 65, "a" * 200, "a_b", "a-b", "''", "a.b", "'a\\b'"]
)
def test_keys_that_cannot_be_names(key: str, problems: Lines) -> None:
    (line,) = problems(POOL % key)
    assert "is not a name for a resource; 1 to 64 letters and digits" in line


@pytest.mark.parametrize("key", ["a", "9", "A" * 64])
def test_keys_that_can(key: str, loaded: Load) -> None:
    assert list(loaded(f"resources: {{'{key}': {{type: user-auth-pool}}}}").pools) == [key]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("resource: {}\n", "spec.yml:1:1: the file has no `resources`; did you mean resources?"),
        ("resources: []\n", "spec.yml:1:1: resources: must be a mapping, not a list"),
        ("resources:\n", "spec.yml:1:1: resources: must be a mapping, not nothing"),
        ("resources: {}\n", "spec.yml:1:1: resources: has nothing for tfgen"),
        ("resources: {a: {type: bucket}}\n", "spec.yml:1:1: resources: has nothing for tfgen"),
        ("resources: {a: 3}\n", "spec.yml:1:13: resources.a: must be a mapping, not a number"),
        ("resources: {a: {}}\n", "spec.yml:1:13: resources.a.type: is missing"),
        ("resources: {a: {type: 3}}\n", "spec.yml:1:17: resources.a.type: must be text, not a number"),
        (
            "resources: {a: {type: user-auth-pol}}\n",
            "a.type: resources of type 'user-auth-pol' are left alone; did you mean user-auth-pool?",
        ),
        (
            "resources: {a: {type: user-auth-pool, propertys: {}}}\n",
            "propertys: is not known here; known are type, properties, overrides; did you mean properties?",
        ),
        (
            "resources: {a: {type: user-auth-pool, properties: 3}}\n",
            "resources.a.properties: must be a mapping, not a number",
        ),
        ("resources: {a: {type: user-auth-pool, transforms: {}}}\n", "transforms are code"),
        (
            "resources: {a: {type: user-auth-pool, overrides: [a]}}\n",
            "resources.a.overrides: must be a mapping, not a list",
        ),
        (
            "resources: {a: {type: user-auth-pool, overrides: {UserPool: 3}}}\n",
            "overrides.UserPool: must be a mapping, not a number",
        ),
        (
            "resources: {a: {type: user-auth-pool, overrides: {UserPool: ~}}}\n",
            "overrides.UserPool: has no value",
        ),
        (
            "serviceName: a b\n" + POOL % "a",
            "serviceName: is not a service name; a letter, then letters, digits and hyphens",
        ),
        (
            "serviceName: $Stage()\n" + POOL % "a",
            "serviceName: cannot be a value that only a deployment knows",
        ),
        ("serviceName: 3\n" + POOL % "a", "serviceName: must be text, not a number"),
        ("variables: 3\n" + POOL % "a", "variables: must be a mapping, not a number"),
    ],
)
def test_the_file_around_the_pools(text: str, line: str, problems: Lines) -> None:
    said = problems(text)
    assert any(line in text for text in said), said


@pytest.mark.parametrize(
    "empty", ["", "properties: {}", "properties: ", "properties: {}, overrides: {}", "overrides: "]
)
def test_a_pool_may_say_nothing(empty: str, loaded: Load) -> None:
    pool = loaded(f"resources: {{a: {{type: user-auth-pool{', ' + empty if empty else ''}}}}}").pools["a"]
    assert pool.get("passwordPolicy.minimumLength") == 8
    assert pool.overrides == {}


def test_other_resources_and_root_keys_are_tolerated_and_said(loaded: Load) -> None:
    spec = loaded(
        "scripts: {a: 1}\nstackConfg: {}\n"
        + (POOL % "a").replace("{a", "{b: {type: bucket}, c: {type: new-thing}, a")
    )
    assert any("stackConfg: is not known at the top" in str(warning) for warning in spec.warnings)
    assert sum("are left alone" in str(notice) for notice in spec.notices) == 2


def test_a_service_name_may_be_a_directive(loaded: Load) -> None:
    assert (
        loaded("serviceName: $CliArgs('name')\n" + POOL % "a", args={"name": "shop"}).service_name == "shop"
    )


def test_null_in_an_override_is_a_value(loaded: Load) -> None:
    """It takes a setting away that would be written otherwise."""
    pool = loaded("resources: {a: {type: user-auth-pool, overrides: {UserPool: {A: ~}}}}").pools["a"]
    assert pool.overrides == {"UserPool": {"A": None}}

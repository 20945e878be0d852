"""`--only` and `--skip`."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.noise.made import CLIENT, POOL, finding, key, result, results
from tfgen.drift import not_checked
from tfgen.errors import UsageError
from tfgen.finding import Finding, Result, Status
from tfgen.kinds.field import Severity
from tfgen.noise.scope import Scope
from tfgen.noise.select import select
from tfgen.noise.selectors import check_addresses, parse
from tfgen.resource import Address

MFA = finding("mfa_configuration", severity=Severity.CRITICAL)
LENGTH = finding("password_policy.minimum_length", severity=Severity.HIGH)
TAG = finding('tags["a,b:c"]', severity=Severity.LOW)
ROGUE = finding(status=Status.UNMANAGED, kind=CLIENT, label="4a8b", severity=Severity.HIGH)
GONE = finding(kind=CLIENT, label="web", module="staff", severity=Severity.MEDIUM)
UNREAD = finding("lambda_config", status=Status.NOT_CHECKED, severity=Severity.HIGH)
ELSEWHERE = finding(status=Status.NOT_CHECKED, kind=CLIENT, label="*", module="staff")
ALL = {
    "mfa": MFA,
    "length": LENGTH,
    "tag": TAG,
    "rogue": ROGUE,
    "gone": GONE,
    "unread": UNREAD,
    "elsewhere": ELSEWHERE,
}
EVERYTHING = " ".join(ALL)


def names(found: list[Finding]) -> set[str]:
    return {name for name, item in ALL.items() if item in found}


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        ([], EVERYTHING),
        (["severity:high"], "length rogue unread elsewhere"),
        (["severity:high+"], "mfa length rogue unread elsewhere"),
        (["severity:HIGH+"], "mfa length rogue unread elsewhere"),
        (["status:UNMANAGED"], "rogue unread elsewhere"),
        (["status:unmanaged"], "rogue unread elsewhere"),
        (["status:NOT_CHECKED"], "unread elsewhere"),
        (["pool:staff"], "gone elsewhere"),
        (["pool:mem*"], "mfa length tag rogue unread"),
        (["resource:*client*"], "rogue gone unread elsewhere"),
        (["resource:aws_cognito_user_pool_client.web"], "gone unread elsewhere"),
        (["path:password_policy"], "length unread elsewhere"),
        (["path:*"], "mfa length tag unread elsewhere"),
        (["*client*"], "rogue gone unread elsewhere"),
        (["minimum_length"], "length unread elsewhere"),
        (["mfa*", "*client"], "mfa rogue gone unread elsewhere"),
        (["pool:members,resource:*client*"], "rogue unread"),
        (["pool:members, severity:high+"], "mfa length rogue unread"),
        (['path:tags["a,b:c"]'], "tag unread elsewhere"),
        (['tags["a,b:c"]'], "tag unread elsewhere"),
        (["pool:members,severity:low", "pool:staff"], "tag gone unread elsewhere"),
    ],
)
def test_only(only: list[str], expected: str) -> None:
    selection = select(result(*ALL.values()), only)
    assert names(selection.result.findings) == set(expected.split())
    assert names(selection.left_out) == set(ALL) - set(expected.split())


@pytest.mark.parametrize(
    ("skip", "gone"),
    [
        ([], ""),
        (["severity:high"], "length rogue"),
        (["status:UNMANAGED"], "rogue"),
        (["status:NOT_CHECKED"], "unread elsewhere"),
        (["status:NOT_CHECKED,resource:*client*"], "elsewhere"),
        (["status:NOT_CHECKED,path:lambda_config"], "unread"),
        (["pool:staff"], "gone elsewhere"),
        (["pool:staff,severity:medium"], "gone"),
        (["resource:*client*"], "rogue gone"),
        (["lambda_config"], ""),
        (["*"], "mfa length tag rogue gone"),
        (["path:*"], "mfa length tag"),
    ],
)
def test_skip(skip: list[str], gone: str) -> None:
    selection = select(result(*ALL.values()), skip=skip)
    assert names(selection.left_out) == set(gone.split())


def test_skip_takes_from_only() -> None:
    selection = select(result(*ALL.values()), ["severity:high+"], ["path:mfa*"])
    assert names(selection.result.findings) == {"length", "rogue", "unread", "elsewhere"}


@pytest.mark.parametrize(
    ("selector", "said"),
    [
        ("", "a selector is empty; one of severity, status, pool, resource, path, or a glob"),
        (
            "severity:hihg",
            "'hihg' is no severity; one of info, low, medium, high, critical; did you mean high?",
        ),
        ("severity:", "nothing stands after severity:"),
        (
            "status:GONE",
            "'GONE' is no status; one of MODIFIED, DELETED, UNMANAGED, NOT_CHECKED",
        ),
        (
            "sevrity:high",
            "'sevrity' cannot be selected by; one of severity, status, pool, resource, path; did",
        ),
        ("resource:/", "'/' is not a glob; as in .gitignore"),
        ("pool:a,", "a selector is empty"),
        ("!mfa*", "takes back and matches nothing before"),
    ],
)
def test_wrong_selectors_teach(selector: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        select(result(), only=["*", selector])
    assert str(caught.value).startswith(f"--only {selector}: {said}")
    with pytest.raises(UsageError, match=r"^--skip "):
        select(result(), skip=[selector])


def test_all_wrong_ones_at_once() -> None:
    with pytest.raises(UsageError) as caught:
        select(result(), ["severity:x", "a", "status:y"])
    assert len(str(caught.value).splitlines()) == 2


ADDRESSES = [
    Address("members", POOL),
    Address("members", CLIENT, "web"),
    Address("gate", "aws_apigatewayv2_api"),
]


@pytest.mark.parametrize(
    "selector", ["pool:members", "pool:g*", "resource:*client*", "resource:module.members", "any", "path:x"]
)
def test_known_places(selector: str) -> None:
    check_addresses("--only", parse("--only", [selector]), [(address, Scope()) for address in ADDRESSES])


@pytest.mark.parametrize(
    ("selector", "said"),
    [
        (
            "pool:membrs",
            "no pool or HTTP API is called this; one of gate, members; did you mean members?",
        ),
        (
            "severity:high,resource:*cleint*",
            "no resource has this address; it is module.<pool>.<type>.<name>",
        ),
        ("resource:aws_cognito_userpool_client", "; did you mean aws_cognito_user_pool_client?"),
    ],
)
def test_a_slip_is_not_an_empty_report(selector: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        check_addresses("--only", parse("--only", [selector]), [(address, Scope()) for address in ADDRESSES])
    assert said in str(caught.value)


selectors = st.sampled_from(
    ["severity:high", "severity:low+", "status:MODIFIED", "resource:*client*", "path:schema", "*", "tags"]
)


@given(results, st.lists(selectors, max_size=3), st.lists(selectors, max_size=3))
def test_the_unread_stays_and_nothing_is_lost(given: Result, only: list[str], skip: list[str]) -> None:
    selection = select(given, only, skip)
    both = [*selection.result.findings, *selection.left_out]
    assert sorted(map(repr, map(key, both))) == sorted(map(repr, map(key, given.findings)))
    assert not_checked(selection.result) == not_checked(given)
    assert select(selection.result, only, skip).result == selection.result


@given(st.text(max_size=30))
def test_any_text_selects_or_is_explained(text: str) -> None:
    try:
        select(result(MFA), [text])
    except UsageError as error:
        said = str(error)
        assert said.startswith("--only ")


IN_FLEET = Scope(target="prod/eu.1", in_fleet=True)


@pytest.mark.parametrize(
    ("selector", "fits"),
    [
        ("pool:staff", True),
        ("pool:prod/eu.1/staff", True),
        ("pool:prod/*", True),
        ("pool:*/staff", True),
        ("pool:prod", False),
        ("pool:prod/eu.2/*", False),
        ("resource:module.staff.aws_cognito_user_pool_client.web", True),
        ("resource:module.prod/eu.1/staff.aws_cognito_user_pool_client.web", True),
        ("module.prod/eu.1/staff.*", True),
        ("module.prod/eu.1/*.*client*", True),
        ("module.prod/eu.2/**", False),
        ("aws_cognito_user_pool_client.web", True),
        ("path:prod", False),
    ],
)
def test_a_module_of_a_fleet_has_two_names(selector: str, fits: bool) -> None:
    found = select(result(GONE), [selector], [], IN_FLEET).result.findings
    assert bool(found) is fits
    (parsed,) = parse("--only", [selector])
    try:
        check_addresses("--only", [parsed], [(GONE.address, IN_FLEET)])
    except UsageError:
        assert not fits

"""Terraform names made from a spec's own: never the same for two things, whatever else the spec has."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from tfgen.kinds.authorizer import authorizer_label
from tfgen.kinds.expressions import label
from tfgen.kinds.identity_provider import provider_label
from tfgen.kinds.integration import integration_label
from tfgen.kinds.route import route_label
from tfgen.spec import CognitoAuthorizer, HttpEvent, LambdaAuthorizer

NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
METHODS = st.sampled_from(["GET", "POST", "ANY", "DELETE"])
PATHS = st.lists(st.text("ab-_.{}+~", min_size=1, max_size=4), min_size=1, max_size=3).map(
    lambda parts: "/" + "/".join(parts)
)
ROUTES = st.builds(lambda method, path: f"{method} {path}", METHODS, PATHS) | st.just("$default")
KEYS = st.from_regex(r"[A-Za-z0-9]{1,6}", fullmatch=True)


@given(st.lists(ROUTES, unique=True, max_size=12))
def test_routes(routes: list[str]) -> None:
    labels = [route_label(route) for route in routes]
    assert len(set(labels)) == len(labels)
    assert all(NAME.fullmatch(one) for one in labels)


def test_plain_routes_read_plainly() -> None:
    assert route_label("POST /post/create") == "post_post_create"
    assert route_label("GET /users/{id}") != route_label("GET /users/id")
    assert route_label("GET /post-create") != route_label("GET /post/create")
    assert route_label("GET /") != route_label("GET /get")


@given(st.lists(st.text(min_size=1, max_size=12), unique=True, max_size=12))
def test_free_texts(texts: list[str]) -> None:
    for maker in (label, provider_label):
        labels = [maker(text) for text in texts]
        assert len(set(labels)) == len(labels)
        assert all(NAME.fullmatch(one) for one in labels)


SOURCES = st.lists(
    st.sampled_from(["$request.header.Authorization", "$request.header.X"]), max_size=2, unique=True
)
COGNITO = st.builds(
    CognitoAuthorizer, user_pool=KEYS, identity_sources=SOURCES.map(tuple), path=st.just(("a",))
)
LAMBDA = st.builds(
    LambdaAuthorizer,
    function=KEYS,
    iam_response=st.booleans(),
    identity_sources=SOURCES.map(tuple),
    cache_result_seconds=st.sampled_from([0, 60]),
    path=st.just(("a",)),
)


@given(st.lists(COGNITO | LAMBDA, max_size=10))
def test_authorizers(authorizers: list[CognitoAuthorizer | LambdaAuthorizer]) -> None:
    """Pools and functions are keys of one mapping, so no key is both."""
    owners = {one.user_pool for one in authorizers if isinstance(one, CognitoAuthorizer)}
    kept = [one for one in authorizers if isinstance(one, CognitoAuthorizer) or one.function not in owners]
    labels = {authorizer_label(one) for one in kept}
    assert len(labels) == len(set(kept))
    assert all(NAME.fullmatch(one) for one in labels)


@given(st.lists(st.tuples(KEYS, st.sampled_from(["1.0", "2.0"])), unique=True, max_size=10))
def test_integrations(pairs: list[tuple[str, str]]) -> None:
    labels = {integration_label(key, HttpEvent(("a",), "g", "/a", "GET", payload)) for key, payload in pairs}
    assert len(labels) == len(pairs)
    assert all(NAME.fullmatch(one) for one in labels)

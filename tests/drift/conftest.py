from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.drift.world import World
from tfgen.spec import Spec, load

TEXT = """\
resources:
  call:
    type: function
    properties:
      events:
        - type: http-api-gateway
          properties: {httpApiGatewayName: gate, path: /a, method: GET}
  gate:
    type: http-api-gateway
  pool:
    type: user-auth-pool
"""


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Spec:
    """A spec with one pool `pool` and one gateway `gate`."""
    path = tmp_path_factory.mktemp("spec") / "spec.yml"
    path.write_text(TEXT)
    return load([path])


@pytest.fixture
def world(tmp_path: Path) -> Callable[..., World]:
    """A deployment made of a spec's text."""
    return lambda text, **options: World(tmp_path, text, **options)

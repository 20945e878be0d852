from __future__ import annotations

import hashlib
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.spec.conftest import Load
from tests.spec.texts import SEED
from tfgen.spec import names


def test_names_carry_service_and_stage_when_both_are_known(loaded: Load) -> None:
    spec = loaded("serviceName: shop\n" + SEED, stage="dev")
    assert names.stack_name(spec) == "shop-dev"
    assert names.pool_name(spec, "myUserPool") == "shop-dev-myUserPool-user-pool"
    assert names.client_name(spec, "myUserPool") == "shop-dev-myUserPool-user-pool-client"
    assert names.sms_role_name(spec, "myUserPool") == "shop-dev-myUserPool-send-sms"


def test_an_option_wins_over_the_spec(loaded: Load) -> None:
    assert (
        names.stack_name(loaded("serviceName: shop\n" + SEED, stage="dev", service_name="other"))
        == "other-dev"
    )


@pytest.mark.parametrize("options", [{}, {"stage": "dev"}, {"service_name": "shop"}])
def test_the_key_alone_names_the_pool_otherwise(options: dict[str, str], loaded: Load) -> None:
    spec = loaded(SEED, **options)
    assert names.stack_name(spec) is None
    assert names.pool_name(spec, "myUserPool") == "myUserPool"
    assert names.client_name(spec, "myUserPool") == "myUserPool"


def test_long_names_are_cut_as_stacktape_cuts_them() -> None:
    name = "x" * 200
    assert names.shortened(name, 128) == "x" * 121 + "-" + hashlib.shake_256(name.encode()).hexdigest(3)
    assert len(names.shortened(name, 128)) == 128


@given(st.text(string.ascii_letters + string.digits + "-", max_size=300), st.integers(20, 128))
@settings(deadline=None)
def test_a_name_fits_and_stays_when_it_fits(name: str, limit: int) -> None:
    short = names.shortened(name, limit)
    assert len(short) <= limit
    assert short == name or len(name) > limit

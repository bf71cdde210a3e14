"""The small house with a fund in it, and a browser for each of its people."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from colonnade.funding.tests.fund import Fund, make_fund
from colonnade.strategy.models import Strategy
from colonnade.web.conftest import House

As = Callable[[str], Client]


@pytest.fixture
def fund(house: House, settings: LazySettings) -> Fund:  # noqa: ARG001  # its strategy
    """The fund of the tests below, in the house."""
    Strategy.objects.update(fund="The Well Fund")
    return make_fund(Path(settings.PACK_DIR))


@pytest.fixture
def signed_in(fund: Fund) -> As:
    """A browser for somebody of the fund; ``public`` for nobody."""

    def browser(name: str) -> Client:
        client = Client()
        if name != "public":
            client.force_login(fund.people[name])
        return client

    return browser

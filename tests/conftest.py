"""What the tests share: the shipped tables, read once, and how hypothesis runs."""

import pytest
from hypothesis import HealthCheck, settings

from decision import Catalogue, load_catalogue
from decision.wording import Words

settings.register_profile(
    "here", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)
settings.load_profile("here")


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Return the shipped tables."""
    return load_catalogue()


@pytest.fixture(scope="session")
def words(catalogue: Catalogue) -> Words:
    """Return the sentences of the app."""
    return catalogue.words

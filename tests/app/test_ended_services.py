"""What AWS has ended can still be found, but never stands in the way of what it has not."""

import pytest

from sandbox.app.present.adding import choices, found
from sandbox.catalog.service import services
from sandbox.design.model import Design

ENDED = [key for key, service in services().items() if service.ended]


@pytest.mark.parametrize("service", ENDED)
def test_it_is_found_by_its_name(service: str) -> None:
    """Whoever types the whole name means it."""
    assert found(service, choices(Design()))[0].service == service


@pytest.mark.parametrize("service", ENDED)
def test_another_is_found_by_the_beginning(service: str) -> None:
    """One letter finds what can be built today."""
    assert found(service[0], choices(Design()))[0].service not in ENDED

"""A small shop, and the app with it."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from sandbox.app.app import SandboxApp
from sandbox.app.workbench import Workbench
from sandbox.design.model import Design
from sandbox.design.reading import loads

SHOP = """\
schema = 1
name = "Shop"
description = "Orders wait in a queue."

[nodes.shoppers]
service = "traffic"
rate_per_s = 100

[nodes.place]
service = "lambda"
label = "Place order"
duration_ms = 100
reserved_concurrency = 20

[nodes.intake]
service = "sqs"
label = "Intake"

[nodes.ship]
service = "lambda"
label = "Ship"
duration_ms = 200

[[edges]]
from = "shoppers"
to = "place"

[[edges]]
from = "place"
to = "intake"

[[edges]]
from = "intake"
to = "ship"
batch_size = 10
maximum_concurrency = 20
"""


VARIANTS = """
[variants."A busy day"]
"nodes.shoppers.rate_per_s" = 300

[variants."A busy day, more places"]
"nodes.shoppers.rate_per_s" = 300
"nodes.place.reserved_concurrency" = 60
"""


def shop() -> Design:
    """The shop."""
    return loads(SHOP, "shop.toml")


def varied() -> Design:
    """The shop with variants."""
    return loads(SHOP + VARIANTS, "shop.toml")


@asynccontextmanager
async def opened(
    design: Design | None = None,
    path: Path | None = None,
    size: tuple[int, int] = (140, 40),
    **settings: Any,
) -> AsyncIterator[tuple[Pilot[None], Workbench]]:
    """The app with a design, drawn; further settings are the app's."""
    app = SandboxApp(design or shop(), path, **settings)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        assert isinstance(app.screen, Workbench)
        yield pilot, app.screen


async def until(pilot: Pilot[None], true: Callable[[], object], tries: int = 400) -> None:
    """Wait for what a thread brings, and until it is drawn."""
    for _ in range(tries):
        if true():
            await pilot.pause()
            return
        await pilot.pause(0.05)
    raise AssertionError("it did not come about in time")

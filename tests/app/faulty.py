"""A shop with faults, and the app that tells of them."""

from sandbox.design.reading import loads
from tests.app.shop import until
from widgets.notes import NoteList

WRONG = """\
schema = 1
name = "Shop"

[nodes.shoppers]
service = "traffic"
rate_per_s = 100

[nodes.place]
service = "lambda"
label = "Place order"
reserved_concurrency = 5

[nodes.intake]
service = "sqs"
label = "Intake"
visibility_timeout_s = 20

[nodes.dead]
service = "sqs"
label = "Dead letters"
retention_s = 1_209_600

[nodes.ship]
service = "lambda"
label = "Ship"
timeout_s = 10

[[edges]]
from = "shoppers"
to = "place"

[[edges]]
from = "place"
to = "intake"

[[edges]]
from = "intake"
to = "ship"

[[edges]]
from = "intake"
to = "dead"
role = "dead-letter"
max_receive_count = 3
"""
"""Throttled, receives too few, visibility too short: an error without a fix of its own, two warnings with."""


def rested(bench):
    """Whether what is told is of the design as it is now."""
    reading = bench.reading
    is_new = bench._detailed is bench._evaluation and reading.evaluation.design is bench.document.design
    return reading.details is not None and not reading.is_stale and is_new


def wrong():
    """The shop with its faults."""
    return loads(WRONG)


def rules(bench):
    """The rules of the notes, in their order."""
    return [note.key.partition(":")[0] for note in bench.query_one(NoteList).notes]


async def looked(pilot, bench, design_keys=("4", "4")):
    """Open the panel and go to its list."""
    await until(pilot, lambda: rested(bench))
    await pilot.press(*design_keys)
    await until(pilot, lambda: bench.query_one(NoteList).has_focus)

"""Cases in which a queue, a stream or a queue of events keeps what a function cannot take yet."""

from typing import Final

from .cases import EVEN, NUMBERS, SERVED, Case
from .comparing import Tolerance

RARE: Final = "Failures are drawn here; there their mean share fails: few letters vary less."
READS: Final = (
    "A lane that keeps up leaves nothing there; here records wait for the next read, up to a second."
)

KEEPING: Final = (
    Case(
        "spike",
        240,
        {
            ("offered", "ship"): SERVED,
            ("completed", "ship"): SERVED,
            ("concurrency", "ship"): SERVED,
            ("backlog", "intake"): NUMBERS,
            ("age", "intake"): NUMBERS,
        },
    ),
    Case(
        "letters",
        240,
        {
            ("offered", "ship"): SERVED,
            ("completed", "ship"): SERVED,
            ("dead", "intake"): Tolerance(RARE, share=0.05, amount=0.3, width=(0.2, 1.1)),
            ("backlog", "intake"): Tolerance(RARE, share=0.05, amount=3.0, width=(0.4, 1.2)),
            ("concurrency", "ship"): Tolerance(EVEN, share=0.12, amount=0.4, width=(0.2, 1.3)),
        },
    ),
    Case(
        "stream",
        240,
        {
            ("completed", "count"): SERVED,
            ("dead", "clicks"): Tolerance(READS, amount=0.5, late_s=4, width=(0.0, 1.1)),
            ("backlog", "clicks"): Tolerance(READS, share=0.05, amount=45.0, late_s=4, width=(0.1, 1.2)),
            ("age", "clicks"): Tolerance(READS, share=0.03, amount=1.0, late_s=4, width=(0.0, 1.1)),
            ("offered", "count"): Tolerance(READS, share=0.03, late_s=4, width=(0.4, 1.3)),
            ("concurrency", "count"): SERVED,
        },
    ),
    Case(
        "events",
        360,
        {
            ("offered", "thumbs"): NUMBERS,
            ("completed", "thumbs"): SERVED,
            ("backlog", "thumbs"): Tolerance(RARE, share=0.03, width=(0.3, 1.2)),
            ("dead", "thumbs"): Tolerance(RARE, share=0.05, amount=0.1, width=(0.05, 1.1)),
        },
        window_s=15,
    ),
    Case(
        "refused-events",
        300,
        {
            ("offered", "thumbs"): Tolerance(EVEN, share=0.08, amount=3.0, width=(0.5, 1.3)),
            ("throttled", "thumbs"): Tolerance(EVEN, share=0.08, amount=3.0, width=(0.5, 1.3)),
            ("completed", "thumbs"): SERVED,
            ("concurrency", "thumbs"): SERVED,
            ("backlog", "thumbs"): Tolerance(
                "What pauses for a second is offered again in the next tick and never told as waiting: up to "
                "what is refused in a second.",
                share=0.1,
                amount=190.0,
                width=(0.5, 1.3),
            ),
        },
        window_s=15,
    ),
)

"""Cases in which callers wait for an answer, and come again, or not, where there is none."""

from typing import Final

from .cases import NUMBERS, SERVED, Case
from .comparing import Tolerance

RELAXING: Final = (
    "What is in service ends as if times were exponential: right after a rise sooner than these 4 s, so that "
    "some of the first to be refused are not. (Where times vary by half, only half as many are.)"
)
SWITCHING: Final = "For a second after a change callees answer anew and callers still as before."

CALLING: Final = (
    Case(
        "retries",
        200,
        {
            ("offered", "place"): Tolerance(
                "Pauses are even; here they have full jitter.", 0.05, 3.0, 3, (0.6, 1.3)
            ),
            ("throttled", "place"): Tolerance("The same.", 0.05, 3.0, 3, (0.5, 1.4)),
            ("concurrency", "place"): SERVED,
            ("completed", "callers"): Tolerance(
                "Callers succeed by the share of tries that fail now, not when they tried: too many do "
                "for the 15 s in which a spike that has ended is still tried again.",
                share=0.2,
                amount=1.0,
                late_s=6,
                width=(0.4, 1.3),
            ),
        },
    ),
    Case(
        "scaling",
        120,
        {
            ("throttled", "work"): Tolerance(RELAXING, share=0.1, amount=25.0, late_s=3, width=(0.4, 1.6)),
            ("completed", "work"): Tolerance(RELAXING, share=0.06, late_s=3, width=(0.3, 1.3)),
            ("concurrency", "work"): Tolerance(RELAXING, share=0.06, late_s=3, width=(0.4, 1.3)),
            ("environments", "work"): Tolerance(
                "Ranks of environments lie in cells with many replicas, which hides the few of a crest.",
                share=0.08,
                late_s=3,
                width=(0.3, 1.4),
            ),
        },
        window_s=6,
        runs=20,
    ),
    Case(
        "reserved",
        160,
        {
            ("throttled", "order"): NUMBERS,
            ("concurrency", "order"): SERVED,
            ("throttled", "browse"): NUMBERS,
            ("concurrency", "browse"): SERVED,
        },
    ),
    Case(
        "bucket",
        180,
        {
            ("throttled", "api"): NUMBERS,
            ("completed", "api"): NUMBERS,
            ("concurrency", "place"): SERVED,
        },
    ),
    Case(
        "provisioned",
        240,
        {
            ("offered", "orders"): NUMBERS,
            ("throttled", "orders"): NUMBERS,
            ("completed", "orders"): NUMBERS,
            ("completed", "shoppers"): Tolerance(SWITCHING, share=0.05, amount=1.5, width=(0.5, 1.6)),
        },
    ),
    Case("on-demand", 2000, {("throttled", "readings"): NUMBERS, ("completed", "readings"): NUMBERS}, 50, 20),
    Case(
        "fault",
        180,
        {
            ("throttled", "order"): NUMBERS,
            ("concurrency", "order"): SERVED,
            ("concurrency", "partner"): SERVED,
            ("completed", "shoppers"): Tolerance(SWITCHING, share=0.03, amount=0.6, width=(0.6, 1.3)),
        },
    ),
    Case(
        "crowd",
        180,
        {
            (measure, node): Tolerance(
                "A closed loop's rate is its mean, nothing is drawn; it follows its users a second late.",
                share=0.06,
                late_s=3,
                width=(0.0, 0.1),
            )
            for measure, node in (("offered", "answer"), ("concurrency", "answer"), ("completed", "users"))
        },
    ),
)

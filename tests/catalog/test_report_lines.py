"""REPORT lines of real functions are billed by our model as AWS billed them.

Sources: aws-samples/serverless-patterns fb7b5d0 (appconfig-lambda-rust, apigw-sqs-lambda-java,
sfn-callback-cdk; MIT-0) and docwho2/java-chime-voicesdk-sma 011e7a5 (MIT).
"""

import pytest
from bill_cases import charges

LINES = [
    # duration, init or restore, billed, memory, what kind
    (198.79, 132.79, 332, 256, "custom"),
    (1.56, None, 2, 256, "custom"),
    (191.02, None, 192, 128, "java"),
    (306.34, 303.0, 610, 3009, "snapshot"),
    (138.27, None, 139, 3009, "snapshot"),
    (50.76, None, 51, 3009, "snapshot"),
    (10.09, None, 11, 3009, "snapshot"),
    (8.31, None, 9, 3009, "snapshot"),
]
"""Milliseconds and MB; of a restore that took 511.25 ms 303 were billed."""

BEFORE_2025_08 = (38.12, 512.08, 39, 512)
"""The init of a managed runtime was free until August 2025."""


def billed_ms(duration, init, memory, kind):
    """What one invocation of such a function is billed, by our model [ms]."""
    snapshot = {"snap_start": True, "runtime": "java"} if kind == "snapshot" else {"init_ms": init or 0}
    case = {
        "service": "lambda",
        "settings": {"memory_mb": memory, "timeout_s": 60, **snapshot},
        "requests": 1,
        "duration_ms": duration,
        "cold_ratio": 0 if init is None else 1,
    }
    return float(charges(case)["lambda.duration_x86"].quantity[0]) / (memory / 1024) * 1000


@pytest.mark.parametrize(("duration", "init", "billed", "memory", "kind"), LINES)
def test_a_line_is_billed_as_aws_billed_it(duration, init, billed, memory, kind):
    """Whole milliseconds of the duration with what is billed of the init or the restore."""
    assert billed_ms(duration, init, memory, kind) == pytest.approx(billed)


def test_the_init_of_a_managed_runtime_is_billed_by_now():
    """A line of 2023 that was billed 39 ms would be 551 ms today: 38.12 + 512.08."""
    duration, init, billed, memory = BEFORE_2025_08

    assert billed_ms(duration, None, memory, "java") == pytest.approx(billed)
    assert billed_ms(duration, init, memory, "java") == pytest.approx(551)

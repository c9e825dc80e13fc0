"""Bounds of databases, their proxy, jobs and queries are those that AWS's own model says."""

import re
from functools import cache
from typing import Any

import pytest
from botocore.loaders import Loader

from sandbox.catalog.databases.aurora import Aurora
from sandbox.catalog.databases.rds import Rds
from sandbox.catalog.service import Settings
from sandbox.catalog.services.glue import Glue
from sandbox.catalog.services.rds_proxy import RdsProxy


@cache
def model(service: str) -> dict[str, Any]:
    """AWS's model of a service, as botocore carries it."""
    return Loader().load_service_model(service, "service-2")


SCALES = ("rds", "ServerlessV2ScalingConfiguration")
POOL = ("rds", "ConnectionPoolConfiguration")
NEW = ("rds", "CreateDBInstanceMessage")
JOB = ("glue", "CreateJobRequest")


def said(shape: tuple[str, str], member: str) -> str:
    """The documentation of a member, without its tags."""
    service, name = shape
    text = model(service)["shapes"][name]["members"][member]["documentation"]
    return " ".join(re.sub(r"<[^>]+>", "", text).split())


def bounds(settings: type[Settings], field: str) -> tuple[float | None, float | None]:
    """Least and most of a field."""
    schema = settings.model_json_schema()["properties"][field]
    number = next((part for part in schema.get("anyOf", [schema]) if part.get("type") != "null"), schema)
    return number.get("minimum", number.get("exclusiveMinimum")), number.get("maximum")


@pytest.mark.parametrize(
    ("settings", "field", "shape", "member", "words", "scale"),
    [
        (Aurora, "min_acu", SCALES, "MinCapacity", "the smallest value that you can use is 0.", (0, None)),
        (Aurora, "max_acu", SCALES, "MaxCapacity", "The largest value that you can use is 256", (None, 256)),
        (
            Aurora,
            "pause_after_s",
            SCALES,
            "SecondsUntilAutoPause",
            "between 300 seconds (five minutes) and 86,400 seconds",
            (300, 86_400),
        ),
        (RdsProxy, "connection_share", POOL, "MaxConnectionsPercent", "Must be between 1 and 100", (0.01, 1)),
        (
            RdsProxy,
            "borrow_timeout_s",
            POOL,
            "ConnectionBorrowTimeout",
            "Must be between 0 and 300",
            (0, 300),
        ),
        (Rds, "storage_gb", NEW, "AllocatedStorage", "65536", (20, 65_536)),
        (Glue, "timeout_minutes", JOB, "Timeout", "10080 minutes", (0, 10_080)),
    ],
)
def test_bounds_are_what_aws_writes(settings, field, shape, member, words, scale):
    """The sentence stands in the model, and the field has its numbers."""
    assert words in said(shape, member)
    found = bounds(settings, field)
    assert [mine for mine, theirs in zip(found, scale, strict=True) if theirs is not None] == [
        theirs for theirs in scale if theirs is not None
    ]


@pytest.mark.parametrize(
    ("settings", "field", "default", "shape", "member", "words"),
    [
        (Aurora, "pause_after_s", 300, SCALES, "SecondsUntilAutoPause", "The default is 300 seconds"),
        (RdsProxy, "borrow_timeout_s", 120, POOL, "ConnectionBorrowTimeout", "Default: 120"),
        (RdsProxy, "connection_share", 1.0, POOL, "MaxConnectionsPercent", "100 for all other engines"),
    ],
)
def test_defaults_are_what_aws_writes(settings, field, default, shape, member, words):
    """What is left out is as AWS leaves it."""
    assert words in said(shape, member)
    assert settings.model_fields[field].default == default

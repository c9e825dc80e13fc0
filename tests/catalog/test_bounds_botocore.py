"""Bounds and choices of settings are those of AWS's own model, or narrower for a stated reason."""

import re
from functools import cache
from typing import Any, get_args

import pytest
from botocore.loaders import Loader

from sandbox.catalog.edges import AsyncEdge, DeadLetterEdge, PolledEdge, StreamEdge
from sandbox.catalog.functions.settings import Lambda
from sandbox.catalog.service import Settings
from sandbox.catalog.services.api_gateway_http import SERVICE as HTTP_API
from sandbox.catalog.services.api_gateway_rest import SERVICE as REST_API
from sandbox.catalog.services.s3 import S3
from sandbox.catalog.services.sns import Sns
from sandbox.catalog.services.sqs import Sqs
from sandbox.catalog.streams.settings import Kinesis
from sandbox.catalog.tables.settings import DynamoDb


@cache
def model(service: str) -> dict[str, Any]:
    """AWS's model of a service, as botocore carries it."""
    return Loader().load_service_model(service, "service-2")


def bounds(settings: type[Settings], field: str) -> tuple[float | None, float | None]:
    """Least and most of a field."""
    schema = settings.model_json_schema()["properties"][field]
    number = next((part for part in schema.get("anyOf", [schema]) if part.get("type") != "null"), schema)
    return number.get("minimum", number.get("exclusiveMinimum")), number.get("maximum")


def words(text: str) -> str:
    """A documentation string without its tags."""
    return " ".join(re.sub(r"<[^>]+>", "", text).split())


SAME = [
    (Lambda, "min_environments", "lambda", "FunctionScalingConfigExecutionEnvironments", 1),
    (Lambda, "max_environments", "lambda", "FunctionScalingConfigExecutionEnvironments", 1),
    (Lambda, "memory_gb_per_vcpu", "lambda", "ExecutionEnvironmentMemoryGiBPerVCpu", 1),
    (Lambda, "concurrency_per_environment", "lambda", "PerExecutionEnvironmentMaxConcurrency", 1),
    (PolledEdge, "batch_size", "lambda", "BatchSize", 1),
    (PolledEdge, "batch_window_s", "lambda", "MaximumBatchingWindowInSeconds", 1),
    (PolledEdge, "maximum_concurrency", "lambda", "MaximumConcurrency", 1),
    (StreamEdge, "batch_size", "lambda", "BatchSize", 1),
    (StreamEdge, "batch_window_s", "lambda", "MaximumBatchingWindowInSeconds", 1),
    (StreamEdge, "parallelization_factor", "lambda", "ParallelizationFactor", 1),
    (AsyncEdge, "retries", "lambda", "MaximumRetryAttempts", 1),
    (HTTP_API.settings, "timeout_s", "apigatewayv2", "IntegerWithLengthBetween50And30000", 1000),
]


@pytest.mark.parametrize(("settings", "field", "service", "shape", "scale"), SAME)
def test_bounds_are_aws_own(settings, field, service, shape, scale):
    """Least and most are what the shape says."""
    theirs = model(service)["shapes"][shape]

    assert bounds(settings, field) == (theirs["min"] / scale, theirs["max"] / scale)


NARROWER = [
    (Lambda, "memory_mb", "MemorySize", 128, 10_240, "10,240 MB; more is for managed instances"),
    (Lambda, "timeout_s", "Timeout", 1, 900, "900 s; 5,400 is for asynchronous work on managed instances"),
    (Lambda, "ephemeral_mb", "EphemeralStorageSize", 512, 10_240, "10,240 MB; more is for accelerators"),
    (
        PolledEdge,
        "provisioned_pollers",
        "MaximumNumberOfPollers",
        2,
        10_000,
        "a queue has two pollers at least",
    ),
    (
        StreamEdge,
        "max_attempts",
        "MaximumRetryAttemptsEventSourceMapping",
        0,
        10_000,
        "-1 is to leave it out",
    ),
    (
        StreamEdge,
        "max_record_age_s",
        "MaximumRecordAgeInSeconds",
        60,
        604_800,
        "-1 is to leave it out; else a minute",
    ),
]


@pytest.mark.parametrize(("settings", "field", "shape", "least", "most", "reason"), NARROWER)
def test_bounds_are_narrower_for_a_reason(settings, field, shape, least, most, reason):
    """Lambda's model also covers managed instances, accelerators, other sources and `none`."""
    theirs = model("lambda")["shapes"][shape]

    assert bounds(settings, field) == (least, most), reason
    assert theirs["min"] <= least
    assert most <= theirs["max"]


SAID = [
    (
        Lambda,
        "timeout_s",
        "lambda",
        "CreateFunctionRequest",
        "Timeout",
        "maximum allowed value is 900 seconds",
        900,
    ),
    (
        Lambda,
        "ephemeral_mb",
        "lambda",
        "CreateFunctionRequest",
        "EphemeralStorage",
        "between 512 and 10,240 MB",
        10_240,
    ),
    (
        PolledEdge,
        "provisioned_pollers",
        "lambda",
        "ProvisionedPollerConfig",
        "MaximumPollers",
        "range is between 2 and 10,000",
        10_000,
    ),
    (Sqs, "delay_s", "sqs", "SetQueueAttributesRequest", "Attributes", "integer from 0 to 900", 900),
    (
        Sqs,
        "visibility_timeout_s",
        "sqs",
        "SetQueueAttributesRequest",
        "Attributes",
        "integer from 0 to 43,200",
        43_200,
    ),
    (
        Sqs,
        "retention_s",
        "sqs",
        "SetQueueAttributesRequest",
        "Attributes",
        "to 1,209,600 (14 days)",
        1_209_600,
    ),
    (
        Sqs,
        "message_kb",
        "sqs",
        "SetQueueAttributesRequest",
        "Attributes",
        "up to 1,048,576 bytes (1 MiB)",
        1024,
    ),
    (Sns, "message_kb", "sns", "CreateTopicInput", "Attributes", "1024 to 1048576 (1 MiB)", 1024),
]


@pytest.mark.parametrize(("settings", "field", "service", "shape", "member", "text", "most"), SAID)
def test_bounds_are_what_the_documentation_says(settings, field, service, shape, member, text, most):
    """Where the shape has no bound, its text has."""
    said = words(model(service)["shapes"][shape]["members"][member]["documentation"])

    assert text in said
    assert bounds(settings, field)[1] == most


def test_retention_of_a_stream_ends_after_a_year():
    """8,760 hours, and never less than the 24 that are free."""
    said = words(model("kinesis")["operations"]["IncreaseStreamRetentionPeriod"]["documentation"])

    assert "8760 hours (365 days)" in said
    assert bounds(Kinesis, "retention_h") == (24, 8760)


def test_retention_of_a_queue_begins_at_a_minute():
    """60 seconds at least, four days where nothing is said."""
    said = words(
        model("sqs")["shapes"]["SetQueueAttributesRequest"]["members"]["Attributes"]["documentation"]
    )

    assert "from 60 (1 minute)" in said
    assert "Default: 345,600 (4 days)" in said
    assert bounds(Sqs, "retention_s")[0] == 60
    assert Sqs().retention_s == 345_600


def test_messages_are_received_ten_times_where_nothing_is_said():
    """A dead-letter queue gets a message after ten receives, and after one at the earliest."""
    said = words(
        model("sqs")["shapes"]["SetQueueAttributesRequest"]["members"]["Attributes"]["documentation"]
    )

    assert "before being moved to the dead-letter queue. Default: 10" in said
    assert DeadLetterEdge().max_receive_count == 10
    assert bounds(DeadLetterEdge, "max_receive_count") == (1, 1000)


@pytest.mark.parametrize(
    ("settings", "field", "service", "shape"),
    [
        (Kinesis, "shards", "kinesis", "PositiveIntegerObject"),
        (DynamoDb, "read_units", "dynamodb", "PositiveLongObject"),
        (DynamoDb, "write_units", "dynamodb", "PositiveLongObject"),
        (Lambda, "reserved_concurrency", "lambda", "ReservedConcurrentExecutions"),
        (Lambda, "provisioned_concurrency", "lambda", "PositiveInteger"),
    ],
)
def test_capacity_begins_where_aws_begins(settings, field, service, shape):
    """Units, shards and concurrency have a least, and a quota for the most."""
    assert bounds(settings, field)[0] == model(service)["shapes"][shape]["min"]


@pytest.mark.parametrize(
    ("settings", "field", "service", "shape", "names"),
    [
        (Lambda, "architecture", "lambda", "Architecture", {}),
        (
            DynamoDb,
            "mode",
            "dynamodb",
            "BillingMode",
            {"on-demand": "PAY_PER_REQUEST", "provisioned": "PROVISIONED"},
        ),
        (
            DynamoDb,
            "table_class",
            "dynamodb",
            "TableClass",
            {"standard": "STANDARD", "standard-ia": "STANDARD_INFREQUENT_ACCESS"},
        ),
        (
            Kinesis,
            "mode",
            "kinesis",
            "StreamMode",
            {"on-demand": "ON_DEMAND", "provisioned": "PROVISIONED", "advantage": "ON_DEMAND"},
        ),
        (
            S3,
            "storage_class",
            "s3",
            "StorageClass",
            {
                "standard": "STANDARD",
                "intelligent-tiering": "INTELLIGENT_TIERING",
                "standard-ia": "STANDARD_IA",
                "onezone-ia": "ONEZONE_IA",
                "glacier-instant": "GLACIER_IR",
            },
        ),
    ],
)
def test_choices_are_aws_own(settings, field, service, shape, names):
    """Every choice is one of AWS's, by its own name or by a plain one."""
    theirs = set(model(service)["shapes"][shape]["enum"])
    ours = get_args(settings.model_fields[field].annotation)

    assert {names.get(choice, choice) for choice in ours} <= theirs


def test_caches_come_in_eight_sizes():
    """A REST API's cache has one of AWS's sizes."""
    schema = REST_API.settings.model_json_schema()["properties"]["cache_gb"]
    ours = [size for size in schema["enum"] if size is not None]

    assert ours == [float(size) for size in model("apigateway")["shapes"]["CacheClusterSize"]["enum"]]


def test_a_rest_api_waits_50_ms_at_least():
    """29 s where nothing is said; AWS grants more on request."""
    said = words(
        model("apigateway")["shapes"]["PutIntegrationRequest"]["members"]["timeoutInMillis"]["documentation"]
    )

    assert "between 50 and 29,000 milliseconds" in said
    assert "longer than 29 seconds" in said
    assert bounds(REST_API.settings, "timeout_s")[0] == 0.05
    assert REST_API.settings().timeout_s == 29


@pytest.mark.parametrize("edge", [PolledEdge, StreamEdge])
def test_defaults_of_batches_are_aws_own(edge):
    """Ten messages of a queue, a hundred records of a stream, and no window."""
    said = words(
        model("lambda")["shapes"]["CreateEventSourceMappingRequest"]["members"]["BatchSize"]["documentation"]
    )
    source = "Amazon Simple Queue Service" if edge is PolledEdge else "Amazon Kinesis"

    assert re.search(rf"{source} – Default {edge().batch_size}\.", said)
    assert edge().batch_window_s == 0

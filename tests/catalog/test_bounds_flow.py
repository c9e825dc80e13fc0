"""Bounds of buses, schedules, pipes, workflows and delivery streams are those of AWS's own models."""

import pytest
from test_bounds_botocore import bounds, model

from sandbox.catalog.flows.edges import PipeQueueEdge, PipeStreamEdge, RetriedEdge
from sandbox.catalog.services.firehose import Firehose
from sandbox.catalog.services.schedule import Schedule
from sandbox.catalog.services.sns import Sns
from sandbox.catalog.workflows.settings import StepFunctions

SAME = [
    (RetriedEdge, "max_attempts", "events", "MaximumRetryAttempts"),
    (RetriedEdge, "max_age_s", "events", "MaximumEventAgeInSeconds"),
    (RetriedEdge, "max_attempts", "scheduler", "MaximumRetryAttempts"),
    (RetriedEdge, "max_age_s", "scheduler", "MaximumEventAgeInSeconds"),
    (PipeQueueEdge, "batch_size", "pipes", "LimitMax10000"),
    (PipeQueueEdge, "batch_window_s", "pipes", "MaximumBatchingWindowInSeconds"),
    (PipeStreamEdge, "batch_size", "pipes", "LimitMax10000"),
    (PipeStreamEdge, "batch_window_s", "pipes", "MaximumBatchingWindowInSeconds"),
    (PipeStreamEdge, "parallelization_factor", "pipes", "LimitMax10"),
    (Firehose, "buffer_mb", "firehose", "SizeInMBs"),
    (Firehose, "buffer_s", "firehose", "IntervalInSeconds"),
]


@pytest.mark.parametrize(("settings", "field", "service", "shape"), SAME)
def test_bounds_are_aws_own(settings, field, service, shape):
    """Least and most are what the shape says."""
    theirs = model(service)["shapes"][shape]

    assert bounds(settings, field) == (theirs["min"], theirs["max"])


@pytest.mark.parametrize(
    ("field", "shape", "least", "reason"),
    [
        ("max_attempts", "MaximumRetryAttemptsESM", 0, "-1 is to leave it out"),
        ("max_record_age_s", "MaximumRecordAgeInSeconds", 60, "-1 is to leave it out; else a minute"),
    ],
)
def test_streams_have_no_endless_by_number(field, shape, least, reason):
    """What is endless is left out."""
    theirs = model("pipes")["shapes"][shape]

    assert bounds(PipeStreamEdge, field) == (least, theirs["max"]), reason


def test_a_window_is_at_most_a_day():
    """1,440 minutes."""
    assert (
        bounds(Schedule, "flexible_window_s")[1]
        == 60 * model("scheduler")["shapes"]["MaximumWindowInMinutes"]["max"]
    )


def test_an_input_is_as_large_as_a_state_takes():
    """262,144 characters."""
    most = model("stepfunctions")["shapes"]["SensitiveData"]["max"]

    assert bounds(StepFunctions, "message_kb")[1] == most / 1024


def test_a_workflow_has_one_of_aws_own_types():
    """Standard and express are all there are."""
    theirs = {name.lower() for name in model("stepfunctions")["shapes"]["StateMachineType"]["enum"]}

    assert set(StepFunctions.model_fields["type"].annotation.__args__) == theirs


def test_a_topic_looks_for_duplicates_where_aws_does():
    """The scopes stand in the documentation of CreateTopic."""
    told = model("sns")["shapes"]["CreateTopicInput"]["members"]["Attributes"]["documentation"]

    assert "FifoThroughputScope" in told
    assert set(Sns.model_fields["throughput_scope"].annotation.__args__) == {"topic", "message-group"}

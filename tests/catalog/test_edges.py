"""Which service may lead to which: one table, whose refusals say why and what is legal."""

import pytest
from pydantic import ValidationError

from sandbox.catalog.connections import CONNECTIONS, REASONS, connections, refusal, targets
from sandbox.catalog.service import EdgeSettings, services

KINDS = {"sync", "async", "polled", "stream", "dead-letter"}
ROLES = {"", "dead-letter", "on-failure", "authorizer", "fallback", "enrichment", "transform"}
NAMED = [(way.source, way.target) for way in CONNECTIONS]


def test_connections_join_services_of_the_catalogue():
    """Both ends exist, the kind and the role have names, and their settings can be left out."""
    for way in CONNECTIONS:
        assert {way.source, way.target} <= services().keys(), way
        assert way.kind in KINDS, way
        assert way.role in ROLES, way
        assert way.mode in {"", "async"}, way
        assert way.retries >= 0, way
        assert isinstance(way.settings(), EdgeSettings), way


def test_connections_of_two_services_can_be_told_apart():
    """Role and mode name one way each."""
    told = [(way.source, way.target, way.role, way.mode) for way in CONNECTIONS]

    assert len(told) == len(set(told))


@pytest.mark.parametrize("source", services())
def test_the_ordinary_way_comes_first(source):
    """An edge that says neither role nor mode is the ordinary flow, where there is one."""
    for target in services():
        plain = [not way.role and not way.mode for way in connections(source, target)]
        assert not any(plain) or plain[0], target


@pytest.mark.parametrize("source", services())
def test_a_refusal_names_reason_and_legal_ways(source):
    """It says both services, why not, and everything that the source may ordinarily lead to."""
    for target in services():
        if (source, target) in NAMED:
            continue
        said = refusal(source, target)
        assert said.startswith(f"{source} cannot lead to {target}: ")
        reason = said.split(": ", 1)[1].split("; from ")[0]
        assert len(reason) > 20, target
        assert all(legal in said.split("; from ")[-1] for legal in targets(source)), target


@pytest.mark.parametrize(("source", "target"), REASONS)
def test_a_reason_is_for_what_is_refused(source, target):
    """Reasons name services of the catalogue, and none is for a connection that is legal."""
    assert {source, target} <= services().keys() | {"*"}
    assert (source, target) not in NAMED


@pytest.mark.parametrize(
    ("source", "target", "kind", "role"),
    [
        ("sqs", "lambda", "polled", ""),
        ("kinesis", "lambda", "stream", ""),
        ("dynamodb", "lambda", "stream", ""),
        ("sns", "sqs", "async", ""),
        ("s3", "lambda", "async", ""),
        ("s3", "sqs", "async", ""),
        ("s3", "sns", "async", ""),
        ("sqs", "sqs", "dead-letter", "dead-letter"),
        ("lambda", "dynamodb", "sync", ""),
        ("api-gateway-http", "sqs", "sync", ""),
        ("api-gateway-rest", "dynamodb", "sync", ""),
    ],
)
def test_aws_connects_them_so(source, target, kind, role):
    """Event source mappings, subscriptions, notifications and service integrations of AWS."""
    way = connections(source, target)[0]

    assert (way.kind, way.role) == (kind, role)


@pytest.mark.parametrize(("source", "target"), [("dynamodb", "sqs"), ("s3", "kinesis"), ("sqs", "sns")])
def test_aws_does_not_connect_them(source, target):
    """Not as an ordinary flow: a function stands between them."""
    assert target not in targets(source)


def test_a_misspelt_setting_of_an_edge_is_refused():
    """A setting that no edge has is an error, not silence."""
    with pytest.raises(ValidationError, match="batch_sise"):
        connections("sqs", "lambda")[0].settings(batch_sise=10)


def test_an_operation_belongs_to_a_service_that_has_some():
    """Where an edge may say what is done, tables and buckets say what can be done."""
    assert services()["dynamodb"].settings.operations[0] == "read"
    assert {"get", "read", "put", "write", "list", "select", "delete"} == set(
        services()["s3"].settings.operations
    )

"""Which service may lead to which: one table, whose refusals say why and what is legal."""

from itertools import product

import pytest
from pydantic import ValidationError

from sandbox.catalog.connections import CONNECTIONS, REASONS, connections, refusal, targets
from sandbox.catalog.service import EdgeSettings, services

KINDS = {"sync", "async", "polled", "stream", "dead-letter"}
ROLES = {"", "dead-letter", "on-failure", "authorizer", "fallback", "enrichment", "transform"}
NAMED = [(way.source, way.target) for way in CONNECTIONS]


@pytest.mark.parametrize(
    "way", CONNECTIONS, ids=lambda way: f"{way.source}-{way.target}-{way.role or way.kind}"
)
def test_a_connection_joins_services_of_the_catalogue(way):
    """Both ends exist, the kind and the role have names, and its settings can be left out."""
    assert {way.source, way.target} <= services().keys()
    assert way.kind in KINDS
    assert way.role in ROLES
    assert way.mode in {"", "async"}
    assert way.retries >= 0
    assert isinstance(way.settings(), EdgeSettings)


def test_connections_of_two_services_can_be_told_apart():
    """Role and mode name one way each."""
    told = [(way.source, way.target, way.role, way.mode) for way in CONNECTIONS]

    assert len(told) == len(set(told))


@pytest.mark.parametrize(("source", "target"), sorted(set(NAMED)))
def test_the_ordinary_way_comes_first(source, target):
    """An edge that says neither role nor mode is the ordinary flow, where there is one."""
    ways = connections(source, target)

    assert not any(not way.role and not way.mode for way in ways[1:]) or not (ways[0].role or ways[0].mode)


@pytest.mark.parametrize(
    ("source", "target"), [pair for pair in product(services(), repeat=2) if pair not in NAMED]
)
def test_a_refusal_names_reason_and_legal_ways(source, target):
    """It says both services, why not, and everything that the source may ordinarily lead to."""
    said = refusal(source, target)

    assert said.startswith(f"{source} cannot lead to {target}: ")
    reason = said.split(": ", 1)[1].split("; from ")[0]
    assert len(reason) > 20
    assert all(legal in said.split("; from ")[-1] for legal in targets(source))


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

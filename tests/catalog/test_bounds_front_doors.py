"""Bounds, defaults and choices of front doors are those of AWS's own model."""

from typing import get_args

import pytest
from test_bounds_botocore import bounds, model, words

from sandbox.catalog.facts import facts
from sandbox.catalog.services.alb import Alb
from sandbox.catalog.services.api_gateway_websocket import WebSocketApi
from sandbox.catalog.services.appsync import AppSync
from sandbox.catalog.services.cloudfront import CloudFront
from sandbox.catalog.services.cognito import Cognito

SAID = [
    (
        Alb, "timeout_s", "elbv2", "LoadBalancerAttribute", "Key",
        "in seconds. The valid range is 1-4000 seconds. The default is 60 seconds", (1, 4000), 60,
    ),
    (
        CloudFront, "timeout_s", "cloudfront", "CustomOriginConfig", "OriginReadTimeout",
        "the maximum is 120 seconds, and the default (if you don't specify otherwise) is 30 seconds",
        (1, 120), 30,
    ),
    (
        WebSocketApi, "timeout_s", "apigatewayv2", "CreateIntegrationRequest", "TimeoutInMillis",
        "between 50 and 29,000 milliseconds for WebSocket APIs", (0.05, 29), 29,
    ),
]  # fmt: skip


@pytest.mark.parametrize(("settings", "field", "service", "shape", "member", "text", "most", "default"), SAID)
def test_timeouts_are_what_the_documentation_says(
    settings, field, service, shape, member, text, most, default
):
    """Least, most, and what holds where nothing is said."""
    assert text in words(model(service)["shapes"][shape]["members"][member]["documentation"])
    assert bounds(settings, field) == most
    assert getattr(settings(), field) == default


def test_a_request_runs_10_000_resolvers_at_most():
    """The limit of a GraphQL API where nothing lowers it."""
    assert (
        bounds(AppSync, "resolvers_per_request")[1] == model("appsync")["shapes"]["ResolverCountLimit"]["max"]
    )


def test_plans_of_user_pools_are_aws_own():
    """Lite, essentials and plus."""
    ours = get_args(Cognito.model_fields["tier"].annotation)

    assert [plan.upper() for plan in ours] == model("cognito-idp")["shapes"]["UserPoolTierType"]["enum"]


def test_a_function_of_the_edge_runs_at_four_moments_at_most():
    """CloudFront Functions are attached to the viewers' requests and answers; each can run once."""
    events = model("cloudfront")["shapes"]["EventType"]["enum"]

    assert bounds(CloudFront, "edge_functions") == (0, sum(name.startswith("viewer-") for name in events))


def test_no_authorizer_of_sockets_keeps_its_answer():
    """The time to live of an authorizer's answer is for HTTP APIs alone."""
    member = model("apigatewayv2")["shapes"]["CreateAuthorizerRequest"]["members"][
        "AuthorizerResultTtlInSeconds"
    ]

    assert "Supported only for HTTP API Lambda authorizers" in words(member["documentation"])


@pytest.mark.parametrize(
    ("service", "quotas"),
    [
        (
            "api-gateway-websocket",
            {"new_connections": 500, "connection_s": 7200, "idle_s": 600, "message_kb": 128},
        ),
        ("alb", {"lambda_payload_kb": 1024, "lcu_connections": 25, "lcu_active": 3000, "lcu_rules": 1000}),
        (
            "cloudfront",
            {"requests_per_s": 250_000, "gbit_per_s": 150, "timeout_s": 30, "timeout_most_s": 120},
        ),
        (
            "appsync",
            {"request_tokens": 10_000, "connects": 2000, "inbound_messages": 10_000, "timeout_s": 30},
        ),
        (
            "cognito",
            {"authentication": 120, "challenge_factor": 3, "creation": 50, "federation": 25, "read": 120},
        ),
        ("cognito", {"recovery": 30, "update": 25}),
    ],
)
def test_quotas_are_what_the_pages_of_limits_say(service, quotas):
    """AWS's defaults in us-east-1, as read in October 2026. Sources stand beside the numbers."""
    assert {key: facts(service).quotas[key].value for key in quotas} == quotas


@pytest.mark.parametrize(
    ("service", "hard"),
    [
        ("cognito", {"recovery", "update", "challenge_factor"}),
        ("api-gateway-websocket", {"connection_s", "idle_s"}),
    ],
)
def test_what_aws_does_not_raise_has_no_key(service, hard):
    """Account recovery and updates of users stay as they are, and so does the life of a connection."""
    assert not any(facts(service).quotas[key].adjustable for key in hard)

"""The help of settings: the docstrings under them, wherever they are asked for."""

from collections.abc import Iterator

import pytest
from pydantic import BaseModel, ValidationError

from sandbox.catalog.connections import CONNECTIONS
from sandbox.catalog.edges import CallEdge
from sandbox.catalog.functions.settings import Lambda
from sandbox.catalog.help import help_of
from sandbox.catalog.service import Settings, services
from sandbox.catalog.services.api_gateway_http import HttpApi
from sandbox.design.fields import models_in
from sandbox.design.parts import AccountHead, DesignHead, EdgeHead, Effort, Goal, NodeHead

HEADS = (AccountHead, DesignHead, EdgeHead, Effort, Goal, NodeHead)


def _all(models: list[type[BaseModel]]) -> Iterator[type[BaseModel]]:
    """Those models, and the tables within them."""
    for model in models:
        yield model
        yield from _all([part for info in model.model_fields.values() for part in models_in(info.annotation)])


READ: list[type[BaseModel]] = [
    *HEADS,
    *(service.settings for service in services().values()),
    *(way.settings for way in CONNECTIONS),
]
MODELS = sorted(set(_all(READ)), key=lambda model: model.__qualname__)


@pytest.mark.parametrize("model", MODELS)
def test_every_setting_has_a_help_text(model):
    """Whatever a file may say, of a node, an edge or the design, says what it is for."""
    assert {name for name in model.model_fields if not help_of(model).get(name)} == set()


@pytest.mark.parametrize(
    ("model", "name", "start"),
    [
        (Lambda, "memory_mb", "Memory; CPU grows with it"),
        (CallEdge, "calls", "Calls for each item at the source"),
        (HttpApi, "throttle_rate_per_s", "Requests per second that this API lets through"),
        (HttpApi, "timeout_s", "Longest it waits"),
    ],
)
def test_the_help_is_the_docstring_of_the_nearest_class(model, name, start):
    """What a class inherits keeps its help, and what it says anew has its own."""
    assert help_of(model)[name].startswith(start)


@pytest.mark.parametrize("model", [Lambda, CallEdge, EdgeHead])
def test_the_json_schema_carries_the_help(model):
    """By the names that stand in the file."""
    told = model.model_json_schema()["properties"]

    for name, info in model.model_fields.items():
        assert told[info.alias or name]["description"] == help_of(model)[name]


def test_a_class_without_source_has_no_help_but_works():
    """Where only compiled files are installed nothing is explained, and everything else is as it was."""
    made = type("Bare", (Settings,), {"__annotations__": {"size": int}, "__module__": "nowhere"})

    assert help_of(made) == {}
    assert made(size=2).size == 2
    with pytest.raises(ValidationError):
        made(size="much")

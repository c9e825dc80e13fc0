"""The JSON Schema of the design file, generated from the models it is read with."""

from collections.abc import Iterable, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from sandbox.catalog.account_quotas import account_quotas
from sandbox.catalog.connections import CONNECTIONS
from sandbox.catalog.service import EdgeSettings, services
from sandbox.design.card import Card
from sandbox.design.exercise import Exercise
from sandbox.design.parts import (
    LONGEST_ID,
    AccountHead,
    DesignHead,
    EdgeHead,
    Effort,
    Fault,
    Goal,
    NodeHead,
)

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema() -> Schema:
    """The schema of a whole design file (JSON Schema, draft 2020-12), for editors to complete and check."""
    edges = list(dict.fromkeys(way.settings for way in CONNECTIONS))
    own: tuple[type[BaseModel], ...] = (
        DesignHead,
        NodeHead,
        EdgeHead,
        AccountHead,
        Effort,
        Goal,
        Fault,
        Card,
        Exercise,
    )
    models = [*own, *(service.settings for service in services().values()), *edges]
    names, book = models_json_schema([(model, "validation") for model in dict.fromkeys(models)])
    defs: Schema = book["$defs"]

    def of(model: type[BaseModel]) -> Schema:
        name = names[model, "validation"]["$ref"].rpartition("/")[2]
        return dict(defs[name])

    parts = {
        f"node-{service.id}": _node(service.id, service.summary, of(service.settings), of(NodeHead))
        for service in services().values()
    }
    parts |= {f"edge-{model.__name__}": _edge(model, of(model), of(EdgeHead)) for model in edges}
    parts["account"] = _account(of(AccountHead))
    whole = _whole(of(DesignHead), [n for n in parts if n.startswith("node-")], edges)
    whole["properties"] |= {
        "effort": of(Effort),
        "goals": {"type": "array", "items": of(Goal)},
        "faults": {"type": "array", "items": of(Fault)},
        "preset": of(Card),
        "exercise": of(Exercise),
    }
    kept = {name: schema for name, schema in defs.items() if name in _referred([whole, parts], defs)}
    schema: Schema = _tidy({**whole, "$defs": dict(sorted({**parts, **kept}.items()))})
    return schema


def _whole(head: Schema, nodes: Iterable[str], edges: Iterable[type[EdgeSettings]]) -> Schema:
    """The file's top level."""
    node = {"oneOf": [_ref(name) for name in nodes]}
    edge = {"anyOf": [_ref(f"edge-{model.__name__}") for model in edges]}
    named = {"type": "object", "propertyNames": {"pattern": r"^[^.>]+$", "maxLength": LONGEST_ID}}
    return {
        "$schema": DIALECT,
        "title": "A design of Serverless Sandbox",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            **head["properties"],
            "account": _ref("account"),
            "accounts": {**named, "additionalProperties": _ref("account")},
            "nodes": {**named, "additionalProperties": node},
            "edges": {"type": "array", "items": edge},
            "variants": {"type": "object", "additionalProperties": {"type": "object"}},
        },
    }


def _node(service: str, summary: str, settings: Schema, head: Schema) -> Schema:
    """A node of one service: its own keys beside the service's settings."""
    named = {**head["properties"], "service": {"const": service, "description": summary}}
    return _joined(settings, named, ["service"])


def _edge(model: type[EdgeSettings], settings: Schema, head: Schema) -> Schema:
    """An edge of one kind, with the roles in which it is legal."""
    roles = {way.role for way in CONNECTIONS if way.settings is model}
    if any(way.settings is model and way.kind == "stream" for way in CONNECTIONS):
        roles.add("stream")
    role = {key: said for key, said in head["properties"]["role"].items() if key != "default"}
    role["enum"] = sorted(roles)
    required = ["from", "to"] if "" in roles else ["from", "to", "role"]
    return _joined(settings, {**head["properties"], "role": role}, required)


def _account(head: Schema) -> Schema:
    """An account: its switches, and every quota of the catalogue that an account can say."""
    quotas = {
        key: {
            "type": "number",
            "exclusiveMinimum": 0,
            "description": f"{fact.name} ({fact.unit}, {fact.scope}); {fact.value:g} where left out.",
        }
        for key, fact in account_quotas().items()
    }
    return _joined(head, quotas, [])


def _joined(schema: Schema, named: Mapping[str, object], required: list[str]) -> Schema:
    """A schema with further properties in front of its own."""
    needed = [*required, *schema.get("required", [])]
    joined = {**schema, "properties": {**named, **schema["properties"]}}
    return {**joined, "required": needed} if needed else joined


def _tidy(schema: Any) -> Any:
    """Without what TOML does not have (null), and without titles that repeat the key."""
    if isinstance(schema, list):
        return [_tidy(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {
        key: _tidy(item)
        for key, item in schema.items()
        if not (key == "title" and isinstance(item, str) and "$schema" not in schema)
        and not (key == "default" and item is None)
    }
    forms = [form for form in kept.get("anyOf", []) if form != {"type": "null"}]
    if len(forms) == 1:
        del kept["anyOf"]
        return {**forms[0], **kept}
    return {**kept, "anyOf": forms} if forms else kept


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _referred(schema: object, defs: Mapping[str, object]) -> set[str]:
    """Names of the shared definitions that a schema leads to."""
    found: set[str] = set()
    waiting: list[object] = [schema]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict):
            name = str(item.get("$ref", "")).rpartition("/")[2]
            if name in defs and name not in found:
                found.add(name)
                waiting.append(defs[name])
            waiting.extend(item.values())
        elif isinstance(item, list):
            waiting.extend(item)
    return found

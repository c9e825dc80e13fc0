"""The JSON Schema says of a file what reading it says."""

import re
import tomllib
from importlib import resources
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from sandbox.design.model import Design
from sandbox.design.presets import preset_names
from sandbox.design.schema import json_schema
from sandbox.design.writing import dumps
from tests.design.drawing import designs
from tests.design.test_wrong_files import CASES, GOOD

SCHEMA = json_schema()
KINDS = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": int | float}
BEYOND = {
    "locked is no node",
    "locked is no edge",
    "locked is nothing", "rule that is not there", "lock of no setting", "free part that is not there",
    "not a number", "infinite", "two rates", "edge to nowhere", "edge from nowhere", "illegal edge",
    "unknown account", "bad variant", "bad variant value", "goal of nothing", "goal of no node",
    "duplicate id", "duplicate key", "not TOML", "date for a number", "setting of another edge", "no region",
    "fault of no node", "fault that ends first", "too long a name",
}  # fmt: skip
"""Mistakes that a schema cannot see: what holds between tables, and between keys of one."""


def valid(value: Any, schema: dict[str, Any]) -> bool:
    """Whether a value keeps a schema: the keywords that ours uses, and no others."""
    if "$ref" in schema:
        return valid(value, SCHEMA["$defs"][schema["$ref"].rpartition("/")[2]])
    checks = [
        "const" not in schema or value == schema["const"],
        "enum" not in schema or value in schema["enum"],
        "type" not in schema or _is(value, schema["type"]),
        "anyOf" not in schema or any(valid(value, form) for form in schema.get("anyOf", [])),
        "oneOf" not in schema or sum(valid(value, form) for form in schema.get("oneOf", [])) == 1,
    ]
    if isinstance(value, dict):
        return all(checks) and _object(value, schema)
    if isinstance(value, list):
        items = schema.get("prefixItems", [schema.get("items", {})] * len(value))
        return all(checks) and len(items) == len(value) and all(map(valid, value, items))
    if isinstance(value, int | float) and not isinstance(value, bool):
        checks += [
            value >= schema.get("minimum", value),
            value <= schema.get("maximum", value),
            "exclusiveMinimum" not in schema or value > schema["exclusiveMinimum"],
        ]
    return all(checks)


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, KINDS[kind]) and (kind == "boolean" or not isinstance(value, bool))


def _object(value: dict[str, Any], schema: dict[str, Any]) -> bool:
    names = schema.get("propertyNames", {})
    if any(
        not re.search(names.get("pattern", ""), key) or len(key) > names.get("maxLength", 99) for key in value
    ):
        return False
    known = schema.get("properties", {})
    other = schema.get("additionalProperties", {})
    for key, item in value.items():
        inner = known.get(key, other)
        if inner is False or not valid(item, inner if isinstance(inner, dict) else {}):
            return False
    return all(key in value for key in schema.get("required", []))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(designs())
def test_saved_designs_keep_the_schema(design: Design) -> None:
    """Whatever is saved, an editor with the schema finds nothing wrong with it."""
    assert valid(tomllib.loads(dumps(design)), SCHEMA)


@pytest.mark.parametrize("name", preset_names())
def test_presets_keep_the_schema(name: str) -> None:
    """The designs that come along keep the schema."""
    text = (resources.files("presets") / f"{name}.toml").read_text(encoding="utf-8")

    assert valid(tomllib.loads(text), SCHEMA)


@pytest.mark.parametrize("case", sorted(set(CASES) - BEYOND))
def test_wrong_files_break_the_schema(case: str) -> None:
    """What reading refuses within one table, the schema refuses too."""
    old, new, _, _ = CASES[case]

    assert valid(tomllib.loads(GOOD), SCHEMA)
    try:
        table = tomllib.loads(GOOD.replace(old, new, 1))
    except ValueError:
        return
    assert not valid(table, SCHEMA)


def test_every_setting_is_explained() -> None:
    """Each key carries its help; null, which TOML does not have, is nowhere."""
    for name, part in SCHEMA["$defs"].items():
        for key, field in part.get("properties", {}).items():
            assert field.get("description") or "$ref" in field or "const" in field, (name, key)
    assert "'null'" not in str({k: v for k, v in SCHEMA["$defs"].items() if k != "JsonValue"})

"""A small design for every service and each of its modes: a source, what leads there, and the service."""

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from typing import Any, Literal, get_args, get_origin

from pydantic import ValidationError

from sandbox.catalog.connection import Connection
from sandbox.catalog.connections import CONNECTIONS
from sandbox.catalog.service import Service, services
from sandbox.design.edits import add_edge, add_node
from sandbox.design.model import Design
from sandbox.errors import DesignError

FEW = 12
"""A setting with more choices than these (types of instances) is none of a service's modes."""

BEHIND = ("lambda", "s3", "aurora")
"""What stands behind a service that only hands on, the first that may."""

HANDING_ON = ("rds-proxy", "nat-gateway")
"""What hands on beside sources, front doors, queues, topics and streams."""

SOURCE: Mapping[str, Mapping[str, object]] = {"traffic": {"rate_per_s": 5}}
"""What a source is told beside its defaults: little, so that ordinary accounts can take it."""


@dataclass(frozen=True)
class Mode:
    """A service with some of its settings said."""

    service: str
    settings: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        """As a test is called."""
        return "-".join((self.service, *(f"{name}={value}" for name, value in self.settings)))


def modes() -> Iterator[Mode]:
    """Every service as it is by default, and with each choice of each of its settings."""
    for service in services().values():
        yield Mode(service.id)
        for name, options in choices(service, FEW).items():
            for value in options:
                found = _legal(service, name, value)
                if found is not None:
                    yield Mode(service.id, found)


def wide_modes() -> Iterator[Mode]:
    """Every legal combination of the choices, and every choice of the long ones."""
    for service in services().values():
        few = choices(service, FEW)
        for values in product(*few.values()):
            yield from _if_legal(service, dict(zip(few, values, strict=True)))
        for name, options in choices(service, 10_000).items():
            if name not in few:
                for value in options:
                    yield from _if_legal(service, {name: value})


def choices(service: Service, most: int) -> dict[str, tuple[Any, ...]]:
    """What may be chosen in each setting that has a list of choices."""
    found = {name: named(field) for name, field in service.settings.model_fields.items()}
    return {name: options for name, options in found.items() if 0 < len(options) <= most}


def named(field: Any) -> tuple[Any, ...]:
    """What a setting may be chosen from by name; leaving it out is none of it."""
    if sizes := (field.json_schema_extra or {}).get("enum"):
        return tuple(sizes)
    if field.annotation is bool:
        return (False, True)
    kinds = (field.annotation, *get_args(field.annotation))
    named = tuple(name for kind in kinds if get_origin(kind) is Literal for name in get_args(kind))
    return tuple(name for name in named if name is not None)


def _legal(service: Service, name: str, value: object) -> tuple[tuple[str, object], ...] | None:
    """A choice with as few others as make it legal; nothing where it is the default, or never legal."""
    if service.settings.model_fields[name].default == value:
        return None
    others = [(n, v) for n, options in choices(service, FEW).items() if n != name for v in options]
    others += _mosts(service)
    for more in range(3):
        for beside in combinations(others, more):
            said = {**dict(beside), name: value}
            if len(said) == more + 1 and next(_if_legal(service, said), None):
                return tuple(said.items())
    return None


def _mosts(service: Service) -> Iterator[tuple[str, float]]:
    """The whole numbers that have an upper bound, at that bound."""
    for name, field in service.settings.model_fields.items():
        bounds = [rule.le for rule in field.metadata if hasattr(rule, "le")]
        if bounds and field.annotation is int:
            yield name, bounds[0]


def _if_legal(service: Service, said: Mapping[str, object]) -> Iterator[Mode]:
    try:
        service.settings(**said)
    except ValidationError:
        return
    yield Mode(service.id, tuple(said.items()))


@cache
def way_to(service: str) -> tuple[Connection, ...]:
    """The fewest ordinary connections that lead from a source to a service; users rather than a clock."""
    begin = sorted((s.id for s in services().values() if s.begins), key=lambda s: s != "traffic")
    ahead = deque[tuple[str, tuple[Connection, ...]]]((key, ()) for key in begin)
    seen = set(begin)
    while ahead:
        here, path = ahead.popleft()
        if here == service:
            return path
        for way in CONNECTIONS:
            if way.source == here and not way.is_aside and way.target not in seen:
                seen.add(way.target)
                ahead.append((way.target, (*path, way)))
    raise LookupError(service)


@cache
def design_of(mode: Mode) -> Design:
    """A design that uses a service in a mode, and has something behind it where it only hands on.

    Raises:
        DesignError: No such design is legal.
    """
    path = way_to(mode.service)
    design = Design(name=str(mode))
    for name in [*(way.source for way in path), mode.service]:
        said = dict(mode.settings) if name == mode.service else {}
        design = add_node(design, name, name, {**SOURCE.get(name, {}), **said})
    for way in path:
        design = add_edge(design, way.source, way.target, way.role, {"mode": way.mode} if way.mode else {})
    if services()[mode.service].family in {"source", "front", "flow"} or mode.service in HANDING_ON:
        free = (name for name in BEHIND if name not in design.nodes)
        target = next((name for name in free if _may_lead(mode.service, name)), None)
        if target is not None:
            design = add_edge(add_node(design, target, target, {}), mode.service, target, "", {})
    return design


def _may_lead(source: str, target: str) -> bool:
    return any((way.source, way.target, way.role) == (source, target, "") for way in CONNECTIONS)


def legal(mode: Mode) -> bool:
    """Whether AWS has the service in that mode, where it is led to here."""
    try:
        design_of(mode)
    except DesignError:
        return False
    return True

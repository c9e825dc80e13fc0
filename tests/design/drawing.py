"""Random designs that are right: any services, any legal edges, any settings within their bounds."""

from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt
from hypothesis import strategies as st
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from sandbox.catalog.account_quotas import account_quotas
from sandbox.catalog.connection import Connection
from sandbox.catalog.connections import CONNECTIONS
from sandbox.catalog.service import services
from sandbox.design.building import build_node
from sandbox.design.card import Card
from sandbox.design.connecting import build_edge
from sandbox.design.edits import add_edge, add_node
from sandbox.design.exercise import Exercise, Stars
from sandbox.design.model import Design
from sandbox.design.parts import Account, Effort, Goal

NAMES = st.from_regex(r"[A-Za-z0-9_äλ]([A-Za-z0-9_ -]{0,8}[A-Za-z0-9_-])?", fullmatch=True)
TEXTS = st.text(
    st.characters(exclude_categories=["Cs"]),
    max_size=40,
)


@st.composite
def designs(draw: st.DrawFn) -> Design:
    """A design with up to six nodes, whatever edges are legal between them, and all the rest."""
    accounts = draw(st.dictionaries(NAMES, _accounts(), max_size=2))
    design = Design(
        name=draw(TEXTS),
        description=draw(TEXTS),
        account=draw(_accounts()),
        accounts=accounts,
        effort=draw(st.none() | st.builds(Effort, build_hours=st.floats(0, 1e6))),
    )
    least = draw(st.integers(0, 6))
    for key in draw(st.lists(NAMES, unique=True, min_size=least, max_size=6)):
        service = draw(st.sampled_from(sorted(services())))
        table = {"service": service, **draw(settings_of(services()[service].settings))}
        if accounts and draw(st.booleans()):
            table["account"] = draw(st.sampled_from(sorted(accounts)))
        if draw(st.booleans()):
            table["team"] = draw(TEXTS)
        if draw(st.booleans()):
            table["position"] = draw(st.tuples(st.integers(-99, 99), st.integers(-99, 99)))
        node, _ = build_node(key, table, accounts)
        design = design.with_node(node) if node else add_node(design, key, service, label="plain")
    for _ in range(draw(st.integers(0, 6))):
        design = draw(_joined(design))
    return draw(_told(design))


@st.composite
def _joined(draw: st.DrawFn, design: Design) -> Design:
    """One more edge, where two nodes can be joined."""
    by_service: dict[str, list[str]] = {}
    for node in design.nodes.values():
        by_service.setdefault(node.service, []).append(node.id)
    ways = [way for way in CONNECTIONS if way.source in by_service and way.target in by_service]
    if not ways:
        return design
    way: Connection = draw(st.sampled_from(ways))
    ends = {
        "from": draw(st.sampled_from(by_service[way.source])),
        "to": draw(st.sampled_from(by_service[way.target])),
    }
    settings: dict[str, Any] = {**draw(settings_of(way.settings)), **({"mode": way.mode} if way.mode else {})}
    operations = services()[way.target].settings.operations
    if "operation" in way.settings.model_fields and operations and draw(st.booleans()):
        settings["operation"] = draw(st.sampled_from(operations))
    table = {**ends, "role": way.role, **settings}
    edge, _ = build_edge("edges.0", table, design.nodes)
    kept = settings if edge else ({"mode": way.mode} if way.mode else {})
    return add_edge(design, ends["from"], ends["to"], way.role, kept)


@st.composite
def _told(draw: st.DrawFn, design: Design) -> Design:
    """Variants and goals of a design."""
    paths = {f"nodes.{key}.label": st.text("abc ü", max_size=5) for key in design.nodes}
    paths |= {f"edges.{place}.calls": st.sampled_from([0.5, 1]) for place in range(len(design.edges))}
    values = st.fixed_dictionaries({}, optional=paths)
    goals = st.builds(
        Goal,
        metric=st.sampled_from(["cost.monthly_usd", *(f"nodes.{key}.lost_per_s" for key in design.nodes)]),
        at_most=st.floats(0, 1e9),
        at_load=st.floats(0.01, 100),
    )
    return Design(
        **{
            **{name: getattr(design, name) for name in Design.__dataclass_fields__},
            "variants": draw(st.dictionaries(TEXTS, values, max_size=2)),
            "goals": tuple(draw(st.lists(goals, max_size=2))),
            "preset": draw(st.none() | st.just(Card(group="Migration", expects=("items-lost",)))),
            "exercise": draw(st.none() | _exercises(design)),
        }
    )


def _exercises(design: Design) -> st.SearchStrategy[Exercise]:
    """Exercises that lock some of a design."""
    parts = [f"nodes.{key}" for key in design.nodes]
    joined = [f"edges.{edge.source}>{edge.target}" for edge in design.edges]
    parts += [f"{ends}.calls" if joined.count(ends) == 1 else ends for ends in joined]
    return st.builds(
        Exercise,
        id=st.sampled_from(["", "hot-shard"]),
        story=st.text("abc ü\n", min_size=1, max_size=9),
        hints=st.lists(st.text("abc ü", max_size=9), max_size=2).map(tuple),
        locked=st.lists(st.sampled_from(["region", "edges", *parts]), max_size=3).map(tuple),
        may_add=st.booleans(),
        stars=st.builds(Stars, budget_usd=st.none() | st.floats(0.01, 1e6)),
    )


def _accounts() -> st.SearchStrategy[Account]:
    quotas = st.dictionaries(st.sampled_from([*account_quotas()]), st.floats(0.5, 1e6), max_size=3)
    return st.builds(Account, st.booleans(), st.booleans(), st.sampled_from([None, "new"]), quotas)


def settings_of(model: type[BaseModel]) -> st.SearchStrategy[dict[str, Any]]:
    """Some settings of a model, each within its bounds; texts stay at their defaults."""
    needed, free = {}, {}
    for name, field in model.model_fields.items():
        values = _values(field.annotation, field)
        if values is not None:
            (needed if field.is_required() else free)[name] = values
    return st.fixed_dictionaries(needed, optional=free)


def _values(kind: Any, field: FieldInfo) -> st.SearchStrategy[Any] | None:
    """Values of one kind within a field's bounds; None where none are drawn."""
    if get_origin(kind) is Literal:
        return st.sampled_from(get_args(kind))
    if get_origin(kind) in (Union, UnionType):
        inner = [values for each in get_args(kind) if (values := _values(each, field)) is not None]
        return st.one_of(inner) if inner else None
    if hasattr(kind, "__metadata__"):
        return _values(get_args(kind)[0], field)
    low, high = _bounds(field)
    plain = {
        bool: st.booleans(),
        int: st.integers(int(low), int(min(high, low + 5000))),
        float: st.floats(low, high, allow_nan=False),
    }
    if kind in plain:
        return plain[kind]
    return settings_of(kind) if isinstance(kind, type) and issubclass(kind, BaseModel) else None


def _bounds(field: FieldInfo) -> tuple[float, float]:
    low, high = 0.0, 1e9
    for bound in field.metadata:
        match bound:
            case Ge(ge=value):
                low = float(value)
            case Gt(gt=value):
                low = float(value) + 0.001
            case Le(le=value):
                high = float(value)
            case Lt(lt=value):
                high = float(value) - 0.001
    return low, high

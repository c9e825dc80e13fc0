"""What is wrong with what an exercise says of a design: paths that lead nowhere, rules that are not there."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources

from sandbox.catalog.service import Settings
from sandbox.design.exercise import WHOLE, Exercise
from sandbox.design.parts import Edge, Node
from sandbox.design.paths import SECTIONS, Place, find
from sandbox.design.wording import nearest
from sandbox.errors import Problem

Nodes = Mapping[str, Node]
Edges = tuple[Edge, ...]
_NODE_HEAD = ("service", "account", "team")
_EDGE_HEAD = ("role",)


def exercise_problems(
    exercise: Exercise, nodes: Nodes, edges: Edges, accounts: Mapping[str, object]
) -> Iterator[Problem]:
    """Everything that is locked, free or to be cleared, and is not there."""
    for key, paths in (("locked", exercise.locked), ("free", exercise.free)):
        for path in paths:
            if wrong := lock_problem(path, nodes, edges, accounts):
                yield Problem(f"exercise.{key}: '{path}': {wrong}", f"exercise.{key}")
    for name in exercise.cleared:
        if name not in rule_names():
            wrong = f"there is no rule '{name}'.{nearest(name, rule_names())}"
            yield Problem(f"exercise.cleared: {wrong}", "exercise.cleared")


def lock_problem(lock: str, nodes: Nodes, edges: Edges, accounts: Mapping[str, object]) -> str:
    """What is wrong with the path of something locked; nothing where it leads somewhere."""
    section, _, rest = lock.partition(".")
    if lock in WHOLE:
        return ""
    if section not in SECTIONS or not rest:
        return f"it leads nowhere.{nearest(section, WHOLE)}"
    part, _, setting = rest.partition(".")
    if section == "nodes":
        return _node_problem(part, setting, nodes)
    if section == "edges":
        return _edge_problem(part, setting, edges)
    place = find(lock if section != "accounts" else f"{lock}.free_tier", nodes, edges, accounts)
    return "" if isinstance(place, Place) else place.message


@cache
def rule_names() -> tuple[str, ...]:
    """Names of all rules of the advice, which are those of their files: a rule needs designs, not they it."""
    files = (item for item in (resources.files("sandbox") / "rules").iterdir() if item.name.endswith(".py"))
    found = (item.name[:-3] for item in files if "RULE = Rule(" in item.read_text(encoding="utf-8"))
    return tuple(sorted(name.replace("_", "-") for name in found))


def _node_problem(part: str, setting: str, nodes: Nodes) -> str:
    if part not in nodes:
        return f"there is no node '{part}'.{nearest(part, nodes)}"
    return _setting_problem(setting, nodes[part].settings, _NODE_HEAD)


def _edge_problem(part: str, setting: str, edges: Edges) -> str:
    found = [edge for edge in edges if f"{edge.source}>{edge.target}" == part]
    if not found:
        return f"there is no edge '{part}'.{nearest(part, [f'{e.source}>{e.target}' for e in edges])}"
    if setting and len(found) > 1:
        return f"the two are joined by several edges; name them all with 'edges.{part}'"
    return _setting_problem(setting, found[0].settings, _EDGE_HEAD)


def _setting_problem(path: str, settings: Settings, head: tuple[str, ...]) -> str:
    """What is wrong with the path of a setting behind its part; nothing where none is named."""
    name = path.partition(".")[0]
    names = (*type(settings).model_fields, *head)
    return "" if not name or name in names else f"there is no setting '{name}'.{nearest(name, names)}"

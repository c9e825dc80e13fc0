"""TOML text as a design, or every problem in it with its line."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace

from sandbox.design.building import Problems, build_account, build_fault, build_node, check_name, head_names
from sandbox.design.card import Card
from sandbox.design.checking import check
from sandbox.design.connecting import build_edge
from sandbox.design.exercise import Exercise
from sandbox.design.locate import locate
from sandbox.design.locking import exercise_problems
from sandbox.design.metrics import metric_problem
from sandbox.design.model import Design
from sandbox.design.parts import SCHEMA, Account, DesignHead, Edge, Effort, Fault, Goal, Node
from sandbox.design.wording import nearest, shown
from sandbox.errors import DesignError, Problem

Table = Mapping[str, object]
PARTS = (
    "account",
    "accounts",
    "effort",
    "nodes",
    "edges",
    "variants",
    "goals",
    "faults",
    "preset",
    "exercise",
)


def loads(text: str, file: str = "design") -> Design:
    """Read a design.

    Args:
        text: A design in TOML; a byte order mark before it is passed over.
        file: Name of its file, for messages.

    Raises:
        DesignError: Carries every problem that was found, each with its line.
    """
    text = text.removeprefix("\ufeff")
    design, problems = read_table(parsed(text, file))
    if problems:
        raise DesignError(located(problems, text), file)
    return design


def parsed(text: str, file: str = "design") -> Table:
    """TOML as a table, before anything is known of what it means.

    Raises:
        DesignError: It is not TOML, and in which line.
    """
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise DesignError([Problem("tables or lists are nested too deeply")], file) from None
    except ValueError as error:  # TOMLDecodeError is one; so is a number of thousands of digits
        raise DesignError([_syntax(str(error))], file) from None


def read_table(table: Table) -> tuple[Design, Problems]:
    """Build a design from a file's table; without the parts that are wrong."""
    problems = _unknown(table)
    if table.get("schema", SCHEMA) != SCHEMA:
        told = shown(table["schema"])
        where = "schema"
        return Design(), [Problem(f"schema = {told} is not one this version reads; it reads {SCHEMA}", where)]
    head, wrong = check(
        DesignHead, {k: table[k] for k in head_names(DesignHead) if k in table}, "", "a design"
    )
    problems += wrong
    head = head or DesignHead()
    account, wrong = build_account("account", table.get("account", {}))
    problems += wrong
    accounts = _accounts(table, problems)
    design = Design(
        name=head.name,
        description=head.description,
        region=head.region,
        account=account,
        accounts=accounts,
        effort=_effort(table, problems),
        preset=_card(table, problems),
        nodes=_nodes(table, accounts, problems),
    )
    design = replace(design, edges=_edges(table, design.nodes, problems))
    design = replace(design, goals=_goals(table, design, problems))
    design = replace(design, faults=_faults(table, problems))
    design = replace(design, exercise=_exercise(table, design, problems))
    return replace(design, variants=_variants(table, design, problems)), problems


def _unknown(table: Table) -> Problems:
    """Keys of the file that mean nothing."""
    names = (*head_names(DesignHead), *PARTS)
    return [
        Problem(f"{key} is not a key of a design.{nearest(key, names)}", key)
        for key in table
        if key not in names
    ]


def _tables(table: Table, key: str, problems: Problems) -> Mapping[str, object]:
    """The tables under a key, by name."""
    found = table.get(key, {})
    if isinstance(found, Mapping):
        return found
    problems.append(Problem(f"{key} must be a table, as in [{key}.NAME]", key))
    return {}


def _list(table: Table, key: str, problems: Problems) -> list[object]:
    """The entries of an array of tables."""
    found = table.get(key, [])
    if isinstance(found, list):
        return found
    problems.append(Problem(f"{key} must be a list of tables, as in [[{key}]]", key))
    return []


def _accounts(table: Table, problems: Problems) -> dict[str, Account]:
    accounts = {}
    for name, entry in _tables(table, "accounts", problems).items():
        path = f"accounts.{name}"
        accounts[name], wrong = build_account(path, entry)
        problems += [*check_name(name, path), *wrong]
    return accounts


def _effort(table: Table, problems: Problems) -> Effort | None:
    if "effort" not in table:
        return None
    effort, wrong = check(Effort, _tables(table, "effort", problems), "effort", "the effort")
    problems += wrong
    return effort


def _card(table: Table, problems: Problems) -> Card | None:
    if "preset" not in table:
        return None
    card, wrong = check(Card, _tables(table, "preset", problems), "preset", "a preset")
    problems += wrong
    return card


def _exercise(table: Table, design: Design, problems: Problems) -> Exercise | None:
    """What makes it an exercise; whatever is locked must be there, unless it is wrong itself."""
    if "exercise" not in table:
        return None
    exercise, wrong = check(Exercise, _tables(table, "exercise", problems), "exercise", "an exercise")
    problems += wrong
    if exercise and not problems:
        problems += exercise_problems(exercise, design.nodes, design.edges, design.accounts)
    return exercise


def _nodes(table: Table, accounts: Mapping[str, object], problems: Problems) -> dict[str, Node]:
    nodes = {}
    for key, entry in _tables(table, "nodes", problems).items():
        node, wrong = build_node(key, entry, accounts)
        problems += wrong
        if node:
            nodes[key] = node
    return nodes


def _edges(table: Table, nodes: Mapping[str, Node], problems: Problems) -> tuple[Edge, ...]:
    edges = []
    named = {**_tables(table, "nodes", []), **nodes}
    for place, entry in enumerate(_list(table, "edges", problems)):
        edge, wrong = build_edge(f"edges.{place}", entry, named)
        problems += wrong
        if edge:
            edges.append(edge)
    return tuple(edges)


def _faults(table: Table, problems: Problems) -> tuple[Fault, ...]:
    faults = []
    named = _tables(table, "nodes", [])
    for place, entry in enumerate(_list(table, "faults", problems)):
        fault, wrong = build_fault(place, entry, named)
        problems += wrong
        if fault:
            faults.append(fault)
    return tuple(faults)


def _goals(table: Table, design: Design, problems: Problems) -> tuple[Goal, ...]:
    goals = []
    named = {**_tables(table, "nodes", []), **design.nodes}
    for place, entry in enumerate(_list(table, "goals", problems)):
        path = f"goals.{place}"
        if not isinstance(entry, Mapping):
            problems.append(Problem(f"{path} must be a table", path))
            continue
        goal, wrong = check(Goal, entry, path, "a goal")
        problems += wrong
        if goal:
            goals.append(goal)
            if lost := metric_problem(goal.metric, named):
                problems.append(Problem(f"{path}.metric = '{goal.metric}': {lost}", f"{path}.metric"))
    return tuple(goals)


def _variants(table: Table, design: Design, problems: Problems) -> dict[str, Mapping[str, object]]:
    """Variants, each laid over the design to see whether it can be."""
    variants: dict[str, Mapping[str, object]] = {}
    holes = {f"nodes.{key}." for key in _tables(table, "nodes", []) if key not in design.nodes}
    if len(design.edges) != len(_list(table, "edges", [])):
        holes.add("edges.")
    for name, entry in _tables(table, "variants", problems).items():
        path = f"variants.{name}"
        if not isinstance(entry, Mapping):
            problems.append(Problem(f"{path} must be a table of paths and values", path))
            continue
        variants[name] = values = dict(flat(entry))
        try:
            # a path into a part that is wrong itself would be blamed for it
            design.with_values({p: v for p, v in values.items() if not p.startswith(tuple(holes))})
        except DesignError as error:
            problems += [Problem(f"{path}: {p.message}", f"{path}.{p.path}") for p in error.problems]
    return variants


def flat(table: Table, before: str = "") -> list[tuple[str, object]]:
    """Values by their whole paths: `nodes.a.b = 1` may also be written in tables."""
    found: list[tuple[str, object]] = []
    for key, value in table.items():
        path = f"{before}{key}"
        whole = path.count(".") >= 2 or not path.startswith(("nodes", "edges", "account", "effort", "faults"))
        if isinstance(value, Mapping) and not (whole and "." in path):
            found += flat(value, f"{path}.")
        else:
            found.append((path, value))
    return found


def _syntax(message: str) -> Problem:
    """What the TOML reader says, with its line apart."""
    line = re.search(r" \(at line (\d+), column \d+\)$", message)
    said = message[: line.start()] if line else message
    twice = re.match(r"Cannot declare \((.*?),?\) twice", said)
    if twice:
        path = ".".join(part.strip().strip("'\"") for part in twice[1].split(","))
        said = f"{path} is there twice; give one of them another name"
    elif said.startswith("Cannot overwrite a value"):
        said = "this key is there twice"
    else:
        said = f"not TOML: {said[:1].lower()}{said[1:]}"
    return Problem(said, line=int(line[1]) if line else None)


def located(problems: Problems, text: str) -> Problems:
    """Problems with their lines, in the order of the file."""
    lines = locate(text)
    placed = [replace(problem, line=_line(problem.path, lines)) for problem in problems]
    return sorted(placed, key=lambda problem: problem.line or 0)


def _line(path: str, lines: Mapping[str, int]) -> int | None:
    """The line of a path, or of the nearest table around it."""
    while path and path not in lines:
        path = path.rpartition(".")[0]
    return lines.get(path)

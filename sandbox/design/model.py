"""A design: what the user drew, frozen, with the look-ups everybody needs.

A value is reached by the path it has in the file: `nodes.ship.duration_ms`,
`edges.2.batch_size` (counted from 0) or `edges.intake>ship.batch_size`,
`account.lambda_concurrency`, `accounts.payments.free_tier`, `effort.build_hours`, `faults.0.slower`,
`region`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

from sandbox.design.building import build_account, build_fault, build_node
from sandbox.design.card import Card
from sandbox.design.checking import check
from sandbox.design.connecting import build_edge
from sandbox.design.exercise import Exercise
from sandbox.design.parts import HOME, SCHEMA, UNTITLED, Account, DesignHead, Edge, Effort, Fault, Goal, Node
from sandbox.design.paths import Place, find, lay
from sandbox.design.tables import account_table, differing, edge_table, node_table
from sandbox.design.wording import nearest
from sandbox.errors import DesignError, Problem, UnknownNameError

Changes = Mapping[tuple[str, ...], object]
"""Values by their keys within one part's table."""


@dataclass(frozen=True)
class Design:
    """Nodes, edges and all that is said about them; nothing in it can be changed in place."""

    name: str = UNTITLED
    description: str = ""
    region: str = HOME
    account: Account = field(default_factory=Account)
    accounts: Mapping[str, Account] = field(default_factory=dict)
    effort: Effort | None = None
    nodes: Mapping[str, Node] = field(default_factory=dict)
    edges: tuple[Edge, ...] = ()
    variants: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    """By name, values laid over the design, by their paths."""
    goals: tuple[Goal, ...] = ()
    faults: tuple[Fault, ...] = ()
    """What goes wrong in a timeline, and when."""
    exercise: Exercise | None = None
    """What makes it an exercise, where it is one."""
    preset: Card | None = None
    """How it is listed, where it is one of those that come along."""
    schema: int = SCHEMA

    def __post_init__(self) -> None:
        """Keep the tables from being changed in place."""
        variants = {name: MappingProxyType(dict(values)) for name, values in self.variants.items()}
        object.__setattr__(self, "nodes", MappingProxyType(dict(self.nodes)))
        object.__setattr__(self, "accounts", MappingProxyType(dict(self.accounts)))
        object.__setattr__(self, "variants", MappingProxyType(variants))

    def node(self, key: str) -> Node:
        """The node of an id.

        Raises:
            UnknownNameError: There is none; says the nearest.
        """
        if key not in self.nodes:
            msg = f"there is no node '{key}'.{nearest(key, self.nodes)}"
            raise UnknownNameError(msg)
        return self.nodes[key]

    def inflows(self, key: str) -> tuple[Edge, ...]:
        """Edges that reach a node, in the design's order."""
        return self._flows[1].get(key, ())

    def outflows(self, key: str) -> tuple[Edge, ...]:
        """Edges that leave a node, in the design's order."""
        return self._flows[0].get(key, ())

    def account_of(self, key: str) -> Account:
        """The account a node runs in."""
        return self.accounts.get(self.node(key).account, self.account)

    @cached_property
    def _flows(self) -> tuple[dict[str, tuple[Edge, ...]], dict[str, tuple[Edge, ...]]]:
        """Edges by the node they leave, and by the node they reach."""
        leaving: dict[str, tuple[Edge, ...]] = {}
        reaching: dict[str, tuple[Edge, ...]] = {}
        for edge in self.edges:
            leaving[edge.source] = (*leaving.get(edge.source, ()), edge)
            reaching[edge.target] = (*reaching.get(edge.target, ()), edge)
        return leaving, reaching

    def with_node(self, node: Node) -> "Design":
        """The design with a node in place of the one of its id, or behind the others."""
        return replace(self, nodes={**self.nodes, node.id: node})

    def with_edge(self, index: int, edge: Edge) -> "Design":
        """The design with an edge in place of another."""
        return replace(self, edges=(*self.edges[:index], edge, *self.edges[index + 1 :]))

    def with_value(self, path: str, value: object) -> "Design":
        """The design with one value changed; only its node or edge is validated anew.

        Args:
            path: Path of the value in the file.
            value: As TOML has it; None restores the default.

        Raises:
            DesignError: The path leads nowhere, and which name is the nearest; or the value is wrong
                there, and what would be right.
        """
        return self.with_values({path: value})

    def with_values(self, values: Mapping[str, object]) -> "Design":
        """The design with several values changed at once; each part is validated with all of its own.

        Args:
            values: By path, as TOML has them; None restores a default.

        Raises:
            DesignError: Paths that lead nowhere and values that are wrong, all of them.
        """
        problems: list[Problem] = []
        parts: dict[tuple[str, str], dict[tuple[str, ...], object]] = {}
        for path, value in values.items():
            place = find(path, self.nodes, self.edges, self.accounts, self.faults)
            if isinstance(place, Place):
                parts.setdefault((place.section, place.part), {})[place.keys] = value
            else:
                problems.append(place)
        changed = self
        for (section, part), changes in parts.items():
            changed, wrong = changed._changed(section, part, changes)
            problems += wrong
        if problems:
            raise DesignError(problems)
        return changed

    def with_variant(self, name: str) -> "Design":
        """The design with a variant's values laid over it.

        Raises:
            UnknownNameError: There is no such variant; says the nearest.
            DesignError: A value of the variant is wrong.
        """
        if name not in self.variants:
            known = ", ".join(self.variants) or "it has none"
            msg = f"the design has no variant '{name}' ({known}).{nearest(name, self.variants)}"
            raise UnknownNameError(msg)
        return self.with_values(self.variants[name])

    def _changed(self, section: str, part: str, changes: Changes) -> tuple["Design", list[Problem]]:
        """Lay values over one part's table, and build the part again."""
        match section:
            case "nodes":
                return self._node_over(part, changes)
            case "edges":
                return self._edge_over(int(part), changes)
            case "effort":
                table = _over(differing(self.effort) if self.effort else {}, changes)
                effort, problems = check(Effort, table, section, "the effort")
                return replace(self, effort=effort), problems
            case "faults":
                return self._fault_over(int(part), changes)
            case "":
                return self._head_over(changes)
        return self._account_over(section, part, changes)

    def _node_over(self, key: str, changes: Changes) -> tuple["Design", list[Problem]]:
        old = self.nodes[key]
        node, problems = build_node(key, _over(node_table(old), changes), self.accounts)
        if node and node.service != old.service:
            problems = [Problem(f"nodes.{key}.service cannot be changed; add another node")]
        return (self.with_node(node) if node else self), problems

    def _edge_over(self, index: int, changes: Changes) -> tuple["Design", list[Problem]]:
        old, path = self.edges[index], f"edges.{index}"
        edge, problems = build_edge(path, _over(edge_table(old), changes), self.nodes)
        if edge and (edge.source, edge.target) != (old.source, old.target):
            problems = [Problem(f"{path}: its ends cannot be changed; add another edge")]
        return (self.with_edge(index, edge) if edge else self), problems

    def _fault_over(self, place: int, changes: Changes) -> tuple["Design", list[Problem]]:
        fault, problems = build_fault(place, _over(differing(self.faults[place]), changes), self.nodes)
        if fault is None:
            return self, problems
        return replace(self, faults=(*self.faults[:place], fault, *self.faults[place + 1 :])), problems

    def _account_over(self, section: str, part: str, changes: Changes) -> tuple["Design", list[Problem]]:
        old = self.accounts[part] if part else self.account
        account, problems = build_account(
            f"{section}.{part}" if part else section, _over(account_table(old), changes)
        )
        if part:
            return replace(self, accounts={**self.accounts, part: account}), problems
        return replace(self, account=account), problems

    def _head_over(self, changes: Changes) -> tuple["Design", list[Problem]]:
        own: dict[str, object] = {"name": self.name, "description": self.description, "region": self.region}
        head, problems = check(DesignHead, _over(own, changes), "", "a design")
        if head is None:
            return self, problems
        return replace(self, name=head.name, description=head.description, region=head.region), problems


def _over(table: dict[str, object], changes: Changes) -> dict[str, object]:
    """A table with values laid over it."""
    for keys, value in changes.items():
        lay(table, keys, value)
    return table

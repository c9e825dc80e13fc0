"""Editing at random, as a person might: nothing crashes, all stays valid, everything can be undone."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from sandbox.app.document import Document
from sandbox.catalog.connections import connections
from sandbox.catalog.service import services
from sandbox.catalog.usual import beginnings
from sandbox.design import edits
from sandbox.design.files import read_text
from sandbox.design.model import Design
from sandbox.design.presets import preset, preset_names
from sandbox.design.reading import loads
from sandbox.design.writing import dumps
from sandbox.errors import SandboxError
from sandbox.evaluation import evaluate_plain
from tests.design.drawing import NAMES, settings_of

MOST = 14
"""Nodes from which on none are added, so that a step stays quick."""
POSITIONS = st.none() | st.tuples(st.integers(-3, 9), st.integers(-3, 9))


class Editing(RuleBasedStateMachine):
    """A document, and the text of each of its versions."""

    def __init__(self) -> None:
        super().__init__()
        self.document = Document()
        self.texts = [self.document.text]
        self.at = 0
        self.clipboard = ""
        self.folder = TemporaryDirectory()
        self.path = Path(self.folder.name) / "design.toml"

    @property
    def design(self) -> Design:
        """The design now."""
        return self.document.design

    def do(self, name: str, after: Design, source: str | None = None) -> None:
        """Make a step."""
        steps = len(self.document.done)
        self.document.edit(name, after, source)
        if len(self.document.done) > steps:
            self.at += 1
            self.texts[self.at :] = [self.document.text]

    def some_node(self, data: st.DataObject) -> str:
        """Any node there is."""
        return data.draw(st.sampled_from([*self.design.nodes]), "node")

    def some_nodes(self, data: st.DataObject) -> set[str]:
        """Any selection."""
        return data.draw(st.sets(st.sampled_from([*self.design.nodes]), min_size=1, max_size=4), "nodes")

    def is_small(self) -> bool:
        """Whether there is room for more nodes."""
        return len(self.design.nodes) < MOST

    def has_nodes(self) -> bool:
        """Whether there is a node."""
        return bool(self.design.nodes)

    def has_edges(self) -> bool:
        """Whether there is an edge."""
        return bool(self.design.edges)

    @initialize(name=st.none() | st.sampled_from(preset_names()))
    def open(self, name: str | None) -> None:
        """Begin with nothing, or with a preset whose file has comments and variants."""
        text = f"# begun by hand\n{preset(name).text}" if name else ""
        self.document = Document(loads(text), source=text) if name else Document()
        self.texts, self.at = [self.document.text], 0

    @precondition(is_small)
    @rule(data=st.data(), service=st.sampled_from(beginnings()))
    def add(self, data: st.DataObject, service: str) -> None:
        """Add a node by itself, behind another, or before another."""
        where = data.draw(st.sampled_from(["alone", "after", "before"] if self.design.nodes else ["alone"]))
        if where == "alone":
            self.do("add", edits.added(self.design, service)[0])
            return
        key = self.some_node(data)
        offer = edits.followers if where == "after" else edits.leaders
        offered = offer(self.design, key)
        if offered:
            follower = data.draw(st.sampled_from(offered))
            self.do("add", edits.added(self.design, follower.service, way=follower.way, **{where: key})[0])

    @precondition(lambda self: self.has_edges() and self.is_small())
    @rule(data=st.data())
    def insert(self, data: st.DataObject) -> None:
        """Put a node into an edge."""
        place = data.draw(st.integers(0, len(self.design.edges) - 1))
        offered = edits.insertable(self.design, place)
        if offered:
            service = data.draw(st.sampled_from(offered)).service
            self.do("insert", edits.added(self.design, service, into=place)[0])

    @precondition(has_nodes)
    @rule(data=st.data())
    def connect(self, data: st.DataObject) -> None:
        """Join two nodes in any way there is; where there is none the reason is said."""
        source, target = self.some_node(data), self.some_node(data)
        offered = edits.ways(self.design, source, target)
        assert bool(offered) == (edits.hindrance(self.design, source, target) is None)
        if offered:
            self.do("connect", edits.joined(self.design, source, target, data.draw(st.sampled_from(offered))))

    @precondition(has_edges)
    @rule(data=st.data())
    def reconnect(self, data: st.DataObject) -> None:
        """Lead an edge to another node."""
        place = data.draw(st.integers(0, len(self.design.edges) - 1))
        source, target = self.design.edges[place].source, self.some_node(data)
        if edits.ways(self.design, source, target):
            self.attempt("reconnect", lambda: edits.reconnect_edge(self.design, place, source, target))

    @precondition(has_nodes)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        """Take some nodes and edges away."""
        edges = st.sets(st.integers(0, max(0, len(self.design.edges) - 1)), max_size=2)
        self.do("delete", edits.remove_parts(self.design, self.some_nodes(data), data.draw(edges)))

    @precondition(lambda self: self.has_nodes() and self.is_small())
    @rule(data=st.data())
    def duplicate(self, data: st.DataObject) -> None:
        """Copy some nodes beside themselves."""
        self.do("duplicate", edits.duplicated(self.design, self.some_nodes(data))[0])

    @precondition(has_nodes)
    @rule(data=st.data(), name=NAMES)
    def rename(self, data: st.DataObject, name: str) -> None:
        """Give a node another id."""
        self.do(
            "rename", edits.rename_node(self.design, self.some_node(data), edits.free_id(self.design, name))
        )

    @precondition(has_nodes)
    @rule(data=st.data())
    def set_node(self, data: st.DataObject) -> None:
        """Set some of a node's settings."""
        node = self.design.nodes[self.some_node(data)]
        values = data.draw(settings_of(services()[node.service].settings))
        changes = {f"nodes.{node.id}.{name}": value for name, value in list(values.items())[:3]}
        self.attempt("set", lambda: edits.changed(self.design, changes))

    @precondition(has_edges)
    @rule(data=st.data())
    def set_edge(self, data: st.DataObject) -> None:
        """Set some of an edge's settings."""
        place = data.draw(st.integers(0, len(self.design.edges) - 1))
        values = data.draw(settings_of(type(self.design.edges[place].settings)))
        changes = {
            f"edges.{place}.{name}": value for name, value in list(values.items())[:3] if name != "mode"
        }
        self.attempt("set", lambda: edits.changed(self.design, changes))

    @precondition(has_nodes)
    @rule(data=st.data())
    def copy(self, data: st.DataObject) -> None:
        """Copy some nodes to the clipboard."""
        self.clipboard = edits.copied(self.design, self.some_nodes(data))

    @precondition(lambda self: self.clipboard and self.is_small())
    @rule()
    def paste(self) -> None:
        """Add what was copied."""
        self.do("paste", edits.pasted(self.design, self.clipboard)[0])

    @precondition(has_nodes)
    @rule(data=st.data())
    def place(self, data: st.DataObject) -> None:
        """Move some nodes, or let all be arranged."""
        moved = {key: data.draw(POSITIONS) for key in sorted(self.some_nodes(data))}
        arranged = data.draw(st.booleans())
        self.do("place", edits.arranged(self.design) if arranged else edits.placed(self.design, moved))

    @rule(data=st.data(), words=st.sampled_from(["# by hand", "", "  # → ü", "[effort]", "x ="]))
    def type_text(self, data: st.DataObject, words: str) -> None:
        """Type a line into the text, unless it is no design then."""
        lines = self.document.text.split("\n")
        lines.insert(data.draw(st.integers(0, len(lines))), words)
        text = "\n".join(lines)
        self.attempt("text", lambda: loads(text), source=text)

    @rule()
    def undo(self) -> None:
        """Take a step back: the text is that of before, to the byte."""
        if self.document.undo() is not None:
            self.at -= 1
        assert self.document.text == self.texts[self.at]

    @rule()
    def redo(self) -> None:
        """Take a step forth again: the text is that of then, to the byte."""
        if self.document.redo() is not None:
            self.at += 1
        assert self.document.text == self.texts[self.at]

    @rule(is_opened_again=st.booleans())
    def save(self, is_opened_again: bool) -> None:
        """Save, and go on with the file at times."""
        self.document.save(self.path)
        text, _ = read_text(self.path)
        assert text == self.document.text
        assert not self.document.is_unsaved
        if is_opened_again:
            self.document = Document(loads(text), self.path, source=text)
            self.texts, self.at = [text], 0

    @precondition(has_nodes)
    @rule(load=st.sampled_from([0.1, 1.0, 50.0]))
    def evaluate(self, load: float) -> None:
        """Evaluate what has been drawn: every node and edge has its numbers."""
        told = evaluate_plain(self.design, load)
        assert {*told.nodes} == {*self.design.nodes}
        assert len(told.edges) == len(self.design.edges)

    @invariant()
    def is_valid(self) -> None:
        """The design can be written and read, its text says the same, and AWS has each of its edges."""
        assert loads(dumps(self.design)) == self.design
        assert loads(self.document.text) == self.design
        for edge in self.design.edges:
            ends = self.design.nodes[edge.source].service, self.design.nodes[edge.target].service
            assert edge.connection in connections(*ends)

    def attempt(self, name: str, change, source: str | None = None) -> None:
        """Make a step, unless its values do not go together, which is said."""
        try:
            after = change()
        except SandboxError:
            return
        self.do(name, after, source)

    def teardown(self) -> None:
        """Undo all the way, and redo all the way: each text is what it was."""
        while self.document.undo() is not None:
            self.at -= 1
            assert self.document.text == self.texts[self.at]
        assert self.at == 0
        while self.document.redo() is not None:
            self.at += 1
            assert self.document.text == self.texts[self.at]
        assert self.at == len(self.texts) - 1
        self.folder.cleanup()


CHECKS = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
SHORT = settings(max_examples=10, stateful_step_count=25, deadline=None, suppress_health_check=CHECKS)
LONG = settings(max_examples=50, stateful_step_count=50, deadline=None, suppress_health_check=CHECKS)


class TestShort(Editing.TestCase):
    """A few minutes of a person's work."""

    settings = SHORT


@pytest.mark.slow
class TestLong(Editing.TestCase):
    """A day of it."""

    settings = LONG

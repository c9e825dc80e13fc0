"""The command palette: every action of the workbench, every panel, every node."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from textual.command import DiscoveryHit, Hit, Hits, Provider

from sandbox.app.keys import deeds
from sandbox.app.workbench import Workbench


class Command(NamedTuple):
    """An entry of the palette."""

    title: str
    help: str
    run: Callable[[], object]


class Commands(Provider):
    """Finds what the workbench can do, by any of its words."""

    async def discover(self) -> Hits:
        """All actions, before anything is typed."""
        for command in self._actions():
            yield DiscoveryHit(command.title, command.run, help=command.help)

    async def search(self, query: str) -> Hits:
        """Actions and nodes that match what is typed."""
        matcher = self.matcher(query)
        for command in (*self._actions(), *self._nodes()):
            score = max(matcher.match(command.title), 0.8 * matcher.match(command.help))
            if score > 0:
                yield Hit(score, matcher.highlight(command.title), command.run, help=command.help)

    def _actions(self) -> Iterator[Command]:
        """What the keys do, each once, with its keys."""
        for deed in deeds(type(self.screen)):
            run = partial(self.screen.run_action, deed.action)
            yield Command(f"{deed.title}  ({deed.keys})", deed.about, run)

    def _nodes(self) -> Iterator[Command]:
        """A way to every node."""
        if isinstance(self.screen, Workbench):
            for key, node in self.screen.document.design.nodes.items():
                yield Command(f"Go to {node.title}", node.kind.title, partial(self.screen.canvas.select, key))

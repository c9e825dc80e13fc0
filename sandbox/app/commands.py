"""The command palette: every action of the screen, its widgets and the panels, and every node."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.dom import DOMNode
from textual.widget import Widget

from sandbox.app.dialogs.folders import tilde
from sandbox.app.keys.deeds import Deed, deeds, keymap
from sandbox.app.panels import panels
from sandbox.app.state.recent import recent
from sandbox.app.workbench import Workbench
from sandbox.design.presets import exercises_in_order
from sandbox.exercises.done import done
from widgets.glyphs import is_plain
from widgets.lines import Lines


class Command(NamedTuple):
    """An entry of the palette."""

    title: str
    help: str
    run: Callable[[], object]


class Commands(Provider):
    """Finds what can be done, by any of its words."""

    async def discover(self) -> Hits:
        """All actions, before anything is typed."""
        for command in self._actions():
            yield DiscoveryHit(command.title, command.run, help=command.help)

    async def search(self, query: str) -> Hits:
        """Actions and nodes that match what is typed."""
        matcher = self.matcher(query)
        for command in (*self._actions(), *self._nodes(), *self._files(), *self._exercises()):
            score = max(matcher.match(command.title), 0.8 * matcher.match(command.help))
            if score > 0:
                yield Hit(score, matcher.highlight(command.title), command.run, help=command.help)

    def _actions(self) -> Iterator[Command]:
        """What the keys do, each once, with its keys: of the screen, of what is on it, of the panels."""
        told: set[str] = set()
        for kind, run in self._holders():
            for deed in deeds(kind, keymap(self.app)):
                if deed.name not in told and deed.name != "app.palette":
                    told.add(deed.name)
                    yield Command(_title(deed), deed.about, partial(run, deed.action))

    def _holders(self) -> Iterator[tuple[type[DOMNode], Callable[[str], object]]]:
        """Kinds of what has actions, and how one of theirs is carried out."""
        yield type(self.screen), self.screen.run_action
        yield type(self.app), self.app.run_action
        here = self.screen.focused
        widgets = [widget for widget in self.screen.query("*").results() if widget.focusable]
        for widget in sorted(widgets, key=lambda widget: (widget is not here, isinstance(widget, Lines))):
            yield type(widget), partial(_run_on, widget)
        if isinstance(self.screen, Workbench):
            for panel in panels():
                yield panel.view, partial(_run_in_panel, self.screen, panel.id)

    def _nodes(self) -> Iterator[Command]:
        """A way to every node."""
        if isinstance(self.screen, Workbench):
            for key, node in self.screen.document.design.nodes.items():
                yield Command(f"Go to {node.title}", node.kind.title, partial(self.screen.canvas.select, key))

    def _files(self) -> Iterator[Command]:
        """A way to every file that was open before."""
        if isinstance(self.screen, Workbench):
            for path in recent(self.screen.home):
                if path != self.screen.document.path:
                    open_it = partial(self.screen.action_open_recent, str(path))
                    yield Command(f"Open {path.stem}", tilde(path), open_it)

    def _exercises(self) -> Iterator[Command]:
        """A way to every exercise, with the stars that were won."""
        if isinstance(self.screen, Workbench):
            stars = done(self.screen.home)
            for one in exercises_in_order():
                won = f"  {'★' * stars[one.name]}" if one.name in stars else ""
                open_it = partial(self.screen.action_example, one.name)
                yield Command(f"Exercise: {one.title}{won}", one.summary, open_it)


def _title(deed: Deed) -> str:
    """What the deed is called, with its keys."""
    keys = deed.written(plain=is_plain())
    return f"{deed.title}  ({keys})" if keys else deed.title


async def _run_on(widget: Widget, action: str) -> None:
    """Do what a key of a widget does, there."""
    widget.focus()
    await widget.run_action(action)


async def _run_in_panel(screen: Workbench, name: str, action: str) -> None:
    """Do what a key of a panel does, after it was brought in sight."""
    await screen.action_panel(name)
    await screen.query_one(f"#panel-{name}").run_action(action)

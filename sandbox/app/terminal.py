"""An app that knows its terminal and its person: signs, colours, motion, keys.

| what    | first                              | then                        | else               |
| ------- | ---------------------------------- | --------------------------- | ------------------ |
| theme   | the configuration                  | the one chosen last         | by COLORFGBG, dark |
| signs   | `--ascii`, SANDBOX_ASCII           | the configuration           | by the locale      |
| motion  | the configuration                  | TEXTUAL_ANIMATIONS          | all                |
| colours | NO_COLOR, TEXTUAL_COLOR_SYSTEM     | COLORTERM, TERM             |                    |
| keys    | the configuration                  |                             | the bindings       |

The theme chosen last is remembered beside the configuration, in the state folder: what a person wrote
is never changed, and counts more.
"""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from rich.color import ColorSystem
from textual import events
from textual.app import App
from textual.binding import Binding, BindingType
from textual.filter import LineFilter
from textual.notifications import SeverityLevel
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.theme import Theme

from sandbox.app import themes
from sandbox.app.config import Config
from sandbox.app.keys.deeds import keyed
from sandbox.app.keys.everywhere import APP
from sandbox.app.keys.setting import keymap_of
from sandbox.app.keys.written import brief
from sandbox.app.surroundings import Surroundings
from sandbox.design.wording import nearest
from sandbox.errors import Problem
from widgets.glyphs import ALPHABET, ASCII, UNICODE
from widgets.harmless import Harmless
from widgets.legible import Legible
from widgets.plain import Plain

_MOST_TOLD = 5
"""Problems a notice has room for."""


class _WholeCells(ScrollBarRender):
    """A scroll bar without parts of cells: they are no ASCII, and need more colours than there are."""

    VERTICAL_BARS: ClassVar[list[str]] = [" "] * 8
    HORIZONTAL_BARS: ClassVar[list[str]] = [" "] * 8


class TerminalApp(App[None]):
    """Draws what the terminal can show, as the person wants it."""

    CSS = themes.CSS
    BINDINGS: ClassVar[list[BindingType]] = [*APP]

    def __init__(
        self,
        config: Config | None = None,
        around: Surroundings | None = None,
        memory: Path | None = None,
    ) -> None:
        """Set up the app.

        Args:
            config: What the person has configured.
            around: What the terminal can show; everything where left out.
            memory: The file that remembers the theme chosen last; None remembers nothing.
        """
        self.config, self._around, self._memory = config or Config(), around or Surroundings(), memory
        self.is_plain = self._around.is_ascii if self.config.ascii is None else self.config.ascii
        ALPHABET.set(ASCII if self.is_plain else UNICODE)
        super().__init__()
        self._added: list[LineFilter] = [Harmless()]
        for theme in themes.THEMES:
            self.register_theme(theme)
        self._take_looks(self._around.colours)
        self.set_keymap(keymap_of(self.config.keys))

    def _take_looks(self, colours: ColorSystem) -> None:
        """Do with colours, signs and motion as the terminal and the person want."""
        if colours is not ColorSystem.TRUECOLOR:
            self._added.append(Legible(colours))
        if self.is_plain:
            self._added.append(Plain())
        is_poor = self.no_color or colours is ColorSystem.STANDARD
        self.set_class(is_poor, "-few-colours")
        ScrollBar.renderer = _WholeCells if self.is_plain or is_poor else ScrollBarRender
        if self.config.motion is not None:
            self.animation_level = "full" if self.config.motion else "none"
        self.theme = self._first_theme()

    def _first_theme(self) -> str:
        """The configured theme, else the one chosen last, else what suits the terminal."""
        wanted, palette = self.config.theme, self.config.palette
        if (wanted, palette) == ("auto", "default") and self._memory is not None:
            with suppress(OSError, UnicodeError):
                wanted = self._memory.read_text("utf-8").strip()
        for name in (wanted, "auto"):
            theme = themes.theme_name(name, palette, is_light=self._around.is_light)
            if theme in self.available_themes:
                return theme
        return themes.DARK.name

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and those that this terminal needs."""
        return [*super().get_line_filters(), *self._added]

    def get_key_display(self, binding: Binding) -> str:
        """A key for the line of keys, in signs that the terminal has."""
        return brief(binding.key, plain=self.is_plain)

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Say something; ids of actions in braces become the keys that are set."""
        words = keyed(self, message)
        super().notify(words, title=title, severity=severity, timeout=timeout, markup=markup)

    def on_mount(self) -> None:
        """Follow the theme, and say what is wrong with the configuration."""
        self._dress(self.current_theme)
        self.theme_changed_signal.subscribe(self, self._follow_theme)
        if self.config.problems or self.config.keys or self._stranger():
            self.call_after_refresh(self.run_worker, self._check, thread=True)

    def _follow_theme(self, theme: Theme) -> None:
        """Remember a theme that the person has chosen."""
        self._dress(theme)
        if self._memory is not None:
            with suppress(OSError):  # a folder that cannot be written costs nothing but this
                self._memory.parent.mkdir(parents=True, exist_ok=True)
                self._memory.write_text(f"{theme.name}\n", "utf-8")

    def _dress(self, theme: Theme) -> None:
        self.set_class(themes.palette_of(theme.name) == "colour-blind", "-colour-blind")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Let no cursor blink where nothing is to move."""
        if self.animation_level == "none" and hasattr(event.widget, "cursor_blink"):
            event.widget.cursor_blink = False

    # What is wrong with the configuration

    def _stranger(self) -> Problem | None:
        """A theme that there is not."""
        name = self.config.theme
        if themes.theme_name(name, "default", is_light=False) in self.available_themes:
            return None
        return Problem(
            f"look.theme: there is no theme '{name}'.{nearest(name, self.available_themes)}", "look.theme"
        )

    def config_problems(self) -> tuple[str, ...]:
        """Everything that is wrong with the configuration, each with its line."""
        from sandbox.app.keys.setting import problems  # noqa: PLC0415

        stranger = self._stranger()
        found = (*self.config.problems, *([stranger] if stranger else ()), *problems(self.config.keys))
        return tuple(self.config.said(problem) for problem in found)

    def _check(self) -> None:
        """Tell what is wrong; in a thread, because every dialog is imported for it."""
        told = self.config_problems()
        if told:
            rest = len(told) - _MOST_TOLD
            more = (f"and {rest} more: sandbox config --check",) if rest > 0 else ()
            text = "\n".join((*told[:_MOST_TOLD], *more))
            self.notify(text, title="Configuration", severity="warning", timeout=15, markup=False)

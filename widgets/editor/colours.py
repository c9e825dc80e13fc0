"""What is highlighted in TOML, in colours of the app's own theme."""

from functools import partial

from textual._text_area_theme import TextAreaTheme
from textual.widgets import TextArea

QUERY = """
(comment) @comment
(string) @string
(integer) @number
(float) @number
(boolean) @number
(offset_date_time) @number
(local_date_time) @number
(local_date) @number
(local_time) @number
(pair . (_) @key)
(table . "[" . (_) @table)
(table_array_element . "[[" . (_) @table)
["[" "]" "[[" "]]" "{" "}" "=" ","] @sign
"""
"""Parts of a TOML text by their names, for tree-sitter."""

NAMES = ("comment", "string", "number", "key", "table", "sign")
"""What is highlighted; each has a component class `editor--…`."""

DEFAULT_CSS = """
TomlEditor {
    scrollbar-size: 1 1;
    & > .editor--comment { color: $foreground 70%; text-style: italic; }
    & > .editor--string { color: $text-success; }
    & > .editor--number { color: $text-accent; }
    & > .editor--key { color: $foreground; }
    & > .editor--table { color: $text-primary; text-style: bold; }
    & > .editor--sign { color: $foreground 70%; }
    & > .editor--wrong { background: $error 25%; }
    & > .editor--wrong-number { color: $text-error; background: $error 25%; text-style: bold; }
}
"""


class ThemeOfApp(TextAreaTheme):
    """Colours that follow the app's theme, as the rest of a text area does."""

    def apply_css(self, text_area: TextArea) -> None:
        """Take every colour from the component classes."""
        super().apply_css(text_area)
        style = partial(text_area.get_component_rich_style, partial=True)
        self.syntax_styles = {name: style(f"editor--{name}") for name in NAMES}

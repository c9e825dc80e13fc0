"""A text editor for TOML: highlighted, with wrong lines marked, following what is changed elsewhere."""

from widgets.editor.editor import TomlEditor

__all__ = ["TomlEditor"]

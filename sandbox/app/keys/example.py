"""A configuration to begin with: every key there is with its default, written from the bindings."""

from collections.abc import Iterator
from itertools import groupby

from textual.binding import Binding

from sandbox.app.config import PALETTES
from sandbox.app.keys.bound import known
from sandbox.app.keys.deeds import REST, SECTIONS
from sandbox.app.keys.written import listed, written
from sandbox.app.themes import THEMES

_HEAD = """\
# Configuration of Serverless Sandbox. What is left out, or behind a #, has its default.
# `sandbox config` says where this file belongs, `sandbox config --check` what is wrong in it.

[look]
# theme = "auto"          # auto, dark, light, or a name as under `t` in the app
# palette = "default"     # what these stand for: {palettes}
# ascii = "auto"          # true draws with ASCII signs only; auto: as the terminal and the locale are
# motion = true           # false: nothing glides or blinks

# Themes of our own: {themes}

[keys]
# Keys by the name of the action: one, several with commas between them, or "" for none.
# As in "a", "?", "ctrl+s", "shift+left", "f5", "escape", "space", "comma".
"""


def example() -> str:
    """The file, with everything commented out."""
    themes = "\n#   ".join(["", *(theme.name for theme in THEMES)])
    return _HEAD.format(palettes=", ".join(PALETTES), themes=themes) + "".join(_keys())


def _keys() -> Iterator[str]:
    """The lines of the keys, under a heading for each section."""
    bindings = [binding for binding in known().values() if binding.tooltip]
    order = (*SECTIONS.values(), REST)
    bindings.sort(key=lambda binding: order.index(_section(binding)))
    for section, members in groupby(bindings, _section):
        several = list(members)
        lines = [f'# "{one.id}" = "{", ".join(_shown(one))}"' for one in several]
        width = max(map(len, lines))
        yield f"\n# {section}\n"
        yield from (f"{line:<{width}}  # {one.tooltip}\n" for line, one in zip(lines, several, strict=True))


def _section(binding: Binding) -> str:
    return SECTIONS.get((binding.id or "").partition(".")[0], REST)


def _shown(binding: Binding) -> list[str]:
    """The keys as they can be written: a comma by its name, a quotation mark and a backslash too."""
    signs = {",": "comma", '"': "quotation_mark", "\\": "backslash"}
    keys = (written(key, plain=True) for key in listed(binding.key))
    return [signs.get(key, key) for key in keys]

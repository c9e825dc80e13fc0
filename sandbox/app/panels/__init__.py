"""The panels under the canvas: one file each, found by itself; its `PANEL` says which key shows it."""

import pkgutil
from functools import cache
from importlib import import_module

from sandbox.app.panels.panel import Panel


@cache
def panels() -> tuple[Panel, ...]:
    """Every panel there is, in the order of their keys."""
    modules = (module.name for module in pkgutil.iter_modules(__path__))
    found: list[Panel] = [
        import_module(f"{__name__}.{name}").PANEL for name in modules if name not in ("panel", "host")
    ]
    return tuple(sorted(found, key=lambda panel: panel.key))

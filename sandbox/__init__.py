"""Serverless Sandbox: what throttles first, why, what piles up, how slow it gets and what it costs.

    import sandbox

    design = sandbox.load("shop.toml")
    result = sandbox.evaluate(design.with_value("nodes.ship.memory_mb", 1024), load=2.0)
    print(result.to_dict()["headroom"][0])

Everything returned is frozen. Names are imported when they are first asked for.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sandbox.design.files import load, save
    from sandbox.design.model import Design
    from sandbox.design.reading import loads
    from sandbox.design.writing import dumps
    from sandbox.errors import DesignError, SandboxError
    from sandbox.evaluate import Evaluation, evaluate
    from sandbox.simulate import simulate
    from sandbox.timeline.timeline import Timeline

__version__ = "0.1.0"

__all__ = [
    "Design",
    "DesignError",
    "Evaluation",
    "SandboxError",
    "Timeline",
    "__version__",
    "dumps",
    "evaluate",
    "load",
    "loads",
    "save",
    "simulate",
]

_HOMES = {
    "Design": "sandbox.design.model",
    "DesignError": "sandbox.errors",
    "Evaluation": "sandbox.evaluate",
    "SandboxError": "sandbox.errors",
    "Timeline": "sandbox.timeline.timeline",
    "dumps": "sandbox.design.writing",
    "evaluate": "sandbox.evaluate",
    "load": "sandbox.design.files",
    "loads": "sandbox.design.reading",
    "save": "sandbox.design.files",
    "simulate": "sandbox.simulate",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        msg = f"module 'sandbox' has no attribute {name!r}"
        raise AttributeError(msg)
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Package(ModuleType):
    """Keeps `sandbox.evaluate` the function, though a module of that name lives here too."""

    def __setattr__(self, name: str, value: object) -> None:
        """Importing a submodule would put it over the function of its name."""
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package

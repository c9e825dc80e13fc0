"""The docstring under a setting: its help in the form, in the JSON Schema, everywhere.

Python does not keep these strings, so they are read from the source, and only when someone asks:
parsing the source of every model would take a third of the time the command line needs to start.
"""

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from types import MappingProxyType

from pydantic import BaseModel


@cache
def help_of(model: type[BaseModel]) -> Mapping[str, str]:
    """What the settings of a model mean, by their names in it; those it inherits included.

    A setting without a docstring, or one whose source was not installed, is left out.
    """
    found: dict[str, str] = {}
    for owner in reversed(model.__mro__):
        if issubclass(owner, BaseModel) and owner is not BaseModel:
            found |= _written(owner.__module__).get(owner.__qualname__, {})
    return MappingProxyType({name: text for name, text in found.items() if name in model.model_fields})


@cache
def _written(module: str) -> Mapping[str, Mapping[str, str]]:
    """The docstrings under the attributes of a module's classes, by class."""
    try:
        source = inspect.getsource(sys.modules[module])
    except (KeyError, OSError, TypeError):
        return {}
    return {
        part.name: dict(_docstrings(part))
        for part in ast.parse(source).body
        if isinstance(part, ast.ClassDef)
    }


def _docstrings(part: ast.ClassDef) -> Iterator[tuple[str, str]]:
    """Each annotated attribute of a class that a string follows, and that string."""
    for first, then in pairwise(part.body):
        match first, then:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                yield name, inspect.cleandoc(text)

"""The documentation of a rule, read from the docstring of its file."""

import inspect
import re
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from sandbox.design.wording import nearest
from sandbox.errors import UnknownNameError
from sandbox.rules import rules
from sandbox.rules.rule import Rule

_SECTIONS = re.compile(r"^## (Why it matters|Instead of|Use)\n", re.MULTILINE)


@dataclass(frozen=True)
class Documentation:
    """What a rule's file says of it."""

    what: str
    """What is wrong, in a sentence."""
    why: str
    """Why it matters: sentences without line ends."""
    instead: str
    """Lines of a design that have it wrong."""
    use: str
    """The same lines done right."""


@cache
def documentation(name: str) -> Documentation:
    """What is said of a rule.

    Args:
        name: Of the rule, as in `visibility-too-short`.

    Raises:
        UnknownNameError: There is no such rule; names the nearest.

    >>> documentation("items-throttled").what
    'A node refuses part of what it is asked for.'
    """
    text = inspect.cleandoc(import_module(_module(rule_named(name))).__doc__ or "")
    what, *rest = _SECTIONS.split(text)
    told = dict(zip(rest[::2], rest[1::2], strict=True))
    return Documentation(
        what=_in_a_line(what),
        why=_in_a_line(told.get("Why it matters", "")),
        instead=inspect.cleandoc(f"\n{told.get('Instead of', '')}"),
        use=inspect.cleandoc(f"\n{told.get('Use', '')}"),
    )


def rule_named(name: str) -> Rule:
    """A rule by its name.

    Raises:
        UnknownNameError: There is no such rule; names the nearest.
    """
    known = {rule.name: rule for rule in rules()}
    if name not in known:
        msg = f"there is no rule '{name}'.{nearest(name, known)} `sandbox rules` lists them"
        raise UnknownNameError(msg)
    return known[name]


def _module(rule: Rule) -> str:
    """The rule's file is called as the rule."""
    return f"sandbox.rules.{rule.name.replace('-', '_')}"


def _in_a_line(text: str) -> str:
    return " ".join(text.split())

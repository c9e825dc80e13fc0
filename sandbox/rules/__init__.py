"""Advice: one rule per file, each with its documentation inside."""

import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module

from sandbox.evaluation import Evaluation
from sandbox.outcome import Finding
from sandbox.rules.rule import SEVERITIES, Rule

SHARED = (
    "ceilings",
    "consumers",
    "documentation",
    "doors",
    "later",
    "mappings",
    "payloads",
    "peaks",
    "pools",
    "raising",
    "rule",
    "standing",
)
"""Modules that are not rules but what rules are made with."""


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, the gravest first."""
    found: list[Rule] = []
    for module in pkgutil.iter_modules(__path__):
        if module.name not in SHARED:
            found.append(import_module(f"sandbox.rules.{module.name}").RULE)
    return tuple(sorted(found, key=lambda rule: (SEVERITIES.index(rule.severity), rule.name)))


def findings(evaluation: Evaluation) -> Iterator[Finding]:
    """What every rule finds, the gravest first."""
    for rule in rules():
        yield from rule.check(evaluation)

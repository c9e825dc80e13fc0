"""The pages of the rules: what a finding means, why it matters, and what to do instead."""

from collections.abc import Iterator
from itertools import groupby

from sandbox.reference.markdown import linked, table
from sandbox.rules import rules
from sandbox.rules.documentation import documentation, rule_named


def all_rules() -> str:
    """Every rule in one page, under a list of them.

    >>> "[`visibility-too-short`](#visibility-too-short)" in all_rules()
    True
    """
    lines = ["# Rules", ""]
    for severity, several in groupby(rules(), lambda rule: rule.severity):
        rows = [(f"[`{one.name}`](#{one.name})", documentation(one.name).what) for one in several]
        lines += [*table([f"{severity.capitalize()}s", "What is wrong"], rows)]
    for rule in rules():
        lines += _page(rule.name, "##")
    return "\n".join(lines).rstrip() + "\n"


def rule_page(name: str) -> str:
    """The page of a rule in Markdown.

    Args:
        name: Of the rule, as in `visibility-too-short`.

    Raises:
        UnknownNameError: There is no such rule; names the nearest.
    """
    return "\n".join(_page(name, "#")).rstrip() + "\n"


def _page(name: str, head: str) -> Iterator[str]:
    """What is wrong, why that matters, what to write in place of what, and where AWS says so."""
    rule, told = rule_named(name), documentation(name)
    yield from (f"{head} {name}", "", f"`{rule.severity}` · {told.what}", "")
    yield from (f"{head}# Why it matters", "", told.why, "")
    for title, lines in (("Instead of", told.instead), ("Use", told.use)):
        yield from (f"{head}# {title}", "", "```toml", lines, "```", "")
    if rule.source:
        yield from (f"Source: {linked(rule.source)}", "")

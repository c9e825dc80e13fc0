"""The rules: what each finding means."""

from itertools import groupby

import click

from sandbox.cli.output import write


@click.command()
@click.argument("name", required=False)
def rules(name: str | None) -> None:
    """List the rules of the advice, or explain one: what, why, what to do instead, source."""
    if name is None:
        write(_listed())
        return
    from sandbox.cli.reference import shown  # noqa: PLC0415
    from sandbox.reference import rule_page  # noqa: PLC0415

    write(shown(rule_page(name)))


def _listed() -> str:
    """All rules with what is wrong, the gravest first."""
    from sandbox.rules import rules as every  # noqa: PLC0415
    from sandbox.rules.documentation import documentation  # noqa: PLC0415

    width = max(len(rule.name) for rule in every())
    blocks = [
        "".join([
            f"{severity}s\n",
            *(f"  {rule.name:<{width}}  {documentation(rule.name).what}\n" for rule in several),
        ])
        for severity, several in groupby(every(), lambda rule: rule.severity)
    ]  # fmt: skip
    return "\n".join(blocks)

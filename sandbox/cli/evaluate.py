"""What a design does."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sandbox.cli.output import write
from sandbox.cli.reading import folder_of, read, reads_design

if TYPE_CHECKING:
    from sandbox.design.model import Design


@click.command()
@click.argument("file")
@click.option("--json", "as_json", is_flag=True, help="Print the result for other programs.")
@reads_design
def evaluate(file: str, as_json: bool, load: float, variant: str | None, changes: tuple[str, ...]) -> None:
    """Say what a design does: limits, delays, losses, cost."""
    result = _result(read(file, variant, changes), load, folder_of(file))
    if as_json:
        write(json.dumps(result, indent=2, allow_nan=False, ensure_ascii=False) + "\n")
        return
    from sandbox.exports.text import rendered, report  # noqa: PLC0415

    write(rendered(lambda width: report(result, width)))


def _result(design: "Design", load: float, folder: Path | None) -> dict[str, Any]:
    from sandbox.evaluate import evaluate as evaluated  # noqa: PLC0415

    result: dict[str, Any] = evaluated(design, load=load, folder=folder).to_dict()
    return result

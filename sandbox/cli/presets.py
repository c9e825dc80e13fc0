"""What comes along: the presets, and the schema of the design file."""

import json
from itertools import groupby
from pathlib import Path

import click

from sandbox.cli.output import write
from sandbox.errors import StorageError


@click.command()
@click.argument("name", required=False)
@click.option("--copy", "target", type=click.Path(), metavar="FILE", help="Copy the preset to a new file.")
def presets(name: str | None, target: str | None) -> None:
    """List the designs that come along, or explain one."""
    from sandbox.design.presets import preset  # noqa: PLC0415

    if name is None:
        write(_listed())
        return
    found = preset(name)
    if target:
        copy_out(found.text, Path(target))
        return
    from sandbox.exports.text import lesson, rendered  # noqa: PLC0415

    write(rendered(lambda _: lesson(found.title, found.description)))


@click.command()
def schema() -> None:
    """Print the JSON Schema of the design file."""
    from sandbox.design.schema import json_schema  # noqa: PLC0415

    write(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n")


def _listed() -> str:
    """All presets with what they show, under their headings."""
    from sandbox.design.presets import presets  # noqa: PLC0415

    known = presets()
    width = max((len(each.name) for each in known), default=0)
    blocks = [
        "".join([f"{group}\n", *(f"  {one.name:<{width}}  {one.title}: {one.summary}\n" for one in members)])
        for group, members in groupby(known, key=lambda one: one.group)
    ]
    return "\n".join(blocks)


def copy_out(text: str, target: Path) -> None:
    """Write what comes along to a file that is not there yet.

    Raises:
        StorageError: It is there already, or cannot be written.
    """
    try:
        with target.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        msg = f"{target} is there already; nothing was written"
        raise StorageError(msg) from None
    except OSError as error:
        msg = f"{target} was not written: {(error.strerror or str(error)).lower()}"
        raise StorageError(msg) from None

"""Reference pages: what each service is, its settings, limits, prices and sources; and every rule."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sandbox.cli.output import write
from sandbox.errors import StorageError, UnknownNameError

if TYPE_CHECKING:
    from sandbox.catalog.service import Service


@click.command()
@click.argument("service", required=False)
@click.option("--into", type=click.Path(), metavar="DIR", help="Write a page for every service as Markdown.")
def reference(service: str | None, into: str | None) -> None:
    """Explain a service, or list them; all pages as Markdown with --into."""
    from sandbox.reference import index, page  # noqa: PLC0415

    if into:
        _write_all(Path(into))
        return
    write(shown(index() if service is None else page(known(service).id)))


def known(name: str) -> "Service":
    """A service by its id.

    Raises:
        UnknownNameError: There is no such service; names the nearest.
    """
    from sandbox.catalog.service import services  # noqa: PLC0415
    from sandbox.design.wording import nearest  # noqa: PLC0415

    found = services().get(name)
    if found is None:
        msg = f"there is no service '{name}'.{nearest(name, services())} There are: {', '.join(services())}"
        raise UnknownNameError(msg)
    return found


def shown(text: str) -> str:
    """Markdown laid out for a terminal, or as it is for anything else."""
    import sys  # noqa: PLC0415

    if not sys.stdout.isatty():
        return text
    from rich.markdown import Markdown  # noqa: PLC0415  # slow to import, and only needed here

    from sandbox.exports.text import rendered  # noqa: PLC0415

    return rendered(lambda _: Markdown(text))


def _write_all(folder: Path) -> None:
    """A page for each service, a list of them, and a page with all rules.

    Raises:
        StorageError: The folder or a page cannot be written.
    """
    from sandbox.catalog.service import services  # noqa: PLC0415
    from sandbox.reference import all_rules, index, page  # noqa: PLC0415

    pages = {"index": index(), "rules": all_rules()} | {name: page(name) for name in services()}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in pages.items():
            (folder / f"{name}.md").write_text(text, encoding="utf-8")
    except OSError as error:
        msg = f"{folder} was not written: {(error.strerror or str(error)).lower()}"
        raise StorageError(msg) from None
    write(f"{len(pages)} pages in {folder}\n")

"""Real accounts: their quotas in the place of AWS's defaults."""

import sys
from collections.abc import Mapping
from pathlib import Path

import click

from sandbox.cli.output import write
from sandbox.errors import UnknownNameError


@click.group()
def account() -> None:
    """Lay a real account's quotas over AWS's defaults."""


@account.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@click.option("--into", type=click.Path(), metavar="DESIGN", help="Write them into a design's file.")
@click.option("--account", "name", metavar="NAME", help="Lay them over [accounts.NAME] instead of [account].")
def import_(files: tuple[str, ...], into: str | None, name: str | None) -> None:
    """Read the output of `aws service-quotas list-service-quotas` (- for standard input).

    Prints the table for a design's file, or writes it there. Say --service-code once for each service
    that the design uses, as in: aws service-quotas list-service-quotas --service-code lambda
    """
    from sandbox.design.account_import import read_quotas  # noqa: PLC0415

    found = read_quotas([_text(file) for file in files])
    section = f"accounts.{name}" if name else "account"
    if into:
        _into(Path(into), section, found.quotas)
    else:
        rows = "".join(f"{key} = {value:.12g}\n" for key, value in found.differing.items())
        write(f"[{section}]\n{rows}")
    other = len(found.differing)
    told = f"other than AWS's default: {other}; as by default: {len(found.quotas) - other}"
    click.echo(f"Quotas {told}; not modelled here: {found.unknown}.", err=True)


def _text(file: str) -> tuple[str, str]:
    """Name and content of a file."""
    from sandbox.design.files import read_text  # noqa: PLC0415

    if file == "-":
        return "standard input", sys.stdin.read()
    text, name = read_text(file)
    return name, text


def _into(path: Path, section: str, quotas: Mapping[str, float]) -> None:
    """Change a design's file, and nothing else in it.

    Raises:
        UnknownNameError: The design has no such further account.
    """
    from sandbox.design.files import read_text, save_text  # noqa: PLC0415
    from sandbox.design.keeping import kept  # noqa: PLC0415
    from sandbox.design.reading import loads  # noqa: PLC0415

    text, name = read_text(path)
    design = loads(text, name)
    further = section.partition(".")[2]
    if further and further not in design.accounts:
        msg = f"{name} has no account '{further}'; there are: {', '.join(design.accounts) or 'none'}"
        raise UnknownNameError(msg)
    changed = design.with_values({f"{section}.{key}": value for key, value in quotas.items()})
    save_text(kept(text, changed), path)

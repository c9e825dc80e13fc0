"""Prices: what they are and where they come from, and newer ones from AWS's price list."""

from typing import TYPE_CHECKING

import click

from sandbox.cli.output import write
from sandbox.cli.reference import known

if TYPE_CHECKING:
    from sandbox.prices.refreshing import Refreshed


@click.group()
def prices() -> None:
    """Show what is billed at which price, and read newer prices from AWS's price list."""


@prices.command()
@click.argument("service")
@click.option("--region", default="us-east-1", show_default=True, help="Where.")
def show(service: str, region: str) -> None:
    """Every price of a service, with its source and date."""
    from sandbox.exports.prices import table  # noqa: PLC0415
    from sandbox.exports.text import rendered  # noqa: PLC0415

    found = known(service)
    write(rendered(lambda _: table(found, region)))


@prices.command()
@click.option("--offer", metavar="CODE", help="Ask AWS for an offer, as in AWSLambda.")
@click.option(
    "--region",
    default="us-east-1",
    show_default=True,
    help="Of the offer that AWS is asked for; global for all of it, as AmazonCloudFront needs.",
)
@click.option("--file", "path", metavar="FILE", help="Read an offer's index.json instead, without a network.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
def refresh(offer: str | None, region: str, path: str | None, *, dry_run: bool) -> None:
    """Read AWS's public price list into your own price book, and show what changed."""
    from sandbox.catalog.price_book import open_book  # noqa: PLC0415
    from sandbox.prices.fetching import offer_from_aws, offer_from_file  # noqa: PLC0415
    from sandbox.prices.keeping import save_book  # noqa: PLC0415
    from sandbox.prices.refreshing import listed, refresh  # noqa: PLC0415

    if (offer is None) == (path is None):
        codes = ", ".join(sorted({row.offer for row in listed()}))
        msg = f"say either --offer CODE or --file FILE; offers whose prices are used: {codes}"
        raise click.UsageError(msg)
    found = refresh(offer_from_file(path) if path else offer_from_aws(str(offer), region))
    write("".join(f"{line}\n" for line in _told(found)))
    if found.changes and not dry_run:
        place = save_book(open_book().with_prices(found.prices()))
        click.echo(f"Written to {place}; it is used from now on. Delete it to go back.", err=True)


def _told(found: "Refreshed") -> list[str]:
    """What changed, and what could not be taken."""
    lines = []
    for change in found.changes:
        after = _words(change.after)
        if change.is_new:
            lines.append(f"new      {change.key}  {change.region}  {after}")
        elif change.differs:
            lines.append(f"changed  {change.key}  {change.region}  {_words(change.before or ())} → {after}")
    same = sum(not change.is_new and not change.differs for change in found.changes)
    lines += [f"not read {misfit}" for misfit in found.misfits]
    code, day = found.offer.code or "an unknown offer", found.offer.published or "no date"
    lines.append(f"{code} of {day}: {len(found.changes)} prices found, {same} as known")
    return lines


def _words(prices: tuple[float, ...]) -> str:
    return " / ".join(f"${price:.10g}" for price in prices)

"""What the README points to is there: pictures, pages, and every design that comes along."""

import re
from pathlib import Path

import pytest

from sandbox.design.presets import preset_names

ROOT = Path(__file__).parents[1]
PAGES = ("README.md", "CONTRIBUTING.md", "screenshots/README.md")


@pytest.mark.parametrize("page", PAGES)
def test_links_lead_somewhere(page: str) -> None:
    """Each picture and each page that is linked to is a file."""
    text = (ROOT / page).read_text("utf-8")
    links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text)]

    missing = [link for link in links if link and not link.startswith("https://")
               and not (ROOT / page).parent.joinpath(link).is_file()]  # fmt: skip

    assert missing == []


def test_every_preset_has_a_picture_on_the_page() -> None:
    """The page that the README links to shows all of them."""
    shown = re.findall(r"\]\(([\w-]+)-140x40\.svg\)", (ROOT / "screenshots/README.md").read_text("utf-8"))

    assert sorted(set(preset_names()) - set(shown)) == []


def test_the_pictures_are_asked_for() -> None:
    """No picture lies about that no page shows, in whatever size."""
    pages = "".join((ROOT / page).read_text("utf-8") for page in PAGES)
    shown = {re.sub(r"-\d+x\d+\.svg$", "", name) for name in re.findall(r"([\w-]+\.svg)", pages)}
    drawn = {re.sub(r"-\d+x\d+\.svg$", "", path.name) for path in (ROOT / "screenshots").glob("*.svg")}

    assert drawn - shown == set()

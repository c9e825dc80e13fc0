"""An exercise in the terminal: its story, and the verdict on what was made of it."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from sandbox import units
from sandbox.exports.layout import Cell, grid, heading, marked

Result = Mapping[str, Any]


def stars(won: int, most: int) -> str:
    """Stars that are won, and those that are not.

    >>> stars(2, 3)
    '★★☆'
    """
    return "★" * won + "☆" * max(most - won, 0)


def verdict(result: Result, *, is_compared: bool = True) -> RenderableType:
    """What is still in the way, and the stars.

    Args:
        result: A verdict as plain values.
        is_compared: Whether what is locked could be compared with the exercise as given.
    """
    parts: list[RenderableType] = [heading("Exercise")]
    parts += [marked("error", words) for words in (*result["breaches"], *result["advice"])]
    if not is_compared:
        parts.append(
            marked("warning", "what is locked was not compared; --given FILE names the exercise as given")
        )
    word = "solved" if result["solved"] else "not solved yet"
    shown = stars(result["stars"], result["most_stars"])
    parts.append(marked("good" if result["solved"] else "error", f"{word}  {shown}"))
    return Group(*parts, *(_star(star) for star in result["extra"]))


def handed_in(rows: Sequence[Result]) -> RenderableType:
    """The table of what participants handed in, and how many exercises each has solved.

    Args:
        rows: Each with `name`, `exercise`, `solved`, `stars`, `most`, `when`, `file` and `wrong`.
    """
    cells = [
        (
            Cell(row["name"], "bold"),
            row["exercise"] or units.NOTHING,
            Cell("solved", "green") if row["solved"] else Cell("not solved", "red"),
            stars(row["stars"], row["most"]),
            str(row["when"]).replace("T", " ").removesuffix("Z") or units.NOTHING,
            Cell(row["wrong"] or "", "bold red"),
        )
        for row in rows
    ]
    solved: dict[str, set[str]] = {}
    for row in rows:
        solved.setdefault(row["name"], set())
        if row["solved"]:
            solved[row["name"]].add(row["exercise"])
    told = ", ".join(f"{name} {len(found)}" for name, found in sorted(solved.items()))
    names = ["Name", "Exercise", "Verdict", "Stars", "Handed in (UTC)", "Not right"]
    return Group(grid(names, cells, right=()), Text(), Text(f"Exercises solved: {told}"))


def handed_in_csv(rows: Sequence[Result]) -> str:
    """The same as CSV, with the files."""
    file = StringIO()
    names = ("name", "exercise", "solved", "stars", "most", "when", "file", "wrong")
    writer = csv.DictWriter(file, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows({**row, "solved": str(row["solved"]).lower()} for row in rows)
    return file.getvalue()


def story(name: str, title: str, text: str, hints: Sequence[str]) -> RenderableType:
    """What an exercise is about; its hints are only counted."""
    from rich.markdown import Markdown  # noqa: PLC0415  # slow to import, and only needed here

    told = f"{len(hints)} hints wait in the app; `sandbox exercises {name} --hint 1` shows the first."
    parts: Iterable[RenderableType] = (Text(title, style="bold"), Text(), Markdown(text), Text())
    return Group(*parts, *([Text(told, style="dim")] if hints else []))


def _star(star: Result) -> Text:
    """What a star is for, wanted and as it is."""
    if star["name"] == "cost":
        words = f"cost: at most {units.usd(star['wanted'])} a month, now {units.usd(star['actual'])}"
    else:
        now = "at no load" if star["actual"] is None else f"at {units.times(star['actual'])}"
        words = f"margin: nothing throttles below {units.times(star['wanted'])}, now first {now}"
    return Text(f"{'★' if star['won'] else '☆'} {words}", style="" if star["won"] else "dim")

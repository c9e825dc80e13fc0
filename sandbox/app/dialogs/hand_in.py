"""Hand the result of an exercise in: a file that is named after who did it."""

from pathlib import Path
from typing import ClassVar

from sandbox.app.dialogs.folders import slug, tilde
from sandbox.app.dialogs.save_as import SaveAsDialog


class HandInDialog(SaveAsDialog):
    """Name the file after oneself; answers its path."""

    suffix: ClassVar[str] = ".json"
    title_: ClassVar[str] = "Hand in"

    def __init__(self, folder: Path, exercise: str, who: str) -> None:
        """Begin in a folder, with a name that is likely.

        Args:
            folder: Where to begin.
            exercise: Id of the exercise; the file's name ends with it.
            who: Likely name of the person.
        """
        self._exercise = slug(exercise)
        super().__init__(folder, f"{who}-{self._exercise}")

    def foreseen(self, path: Path) -> str:
        """Under whose name it is handed in, and where."""
        return f"handed in by {whose(path, self._exercise)}: {tilde(path)}"


def whose(path: Path, exercise: str) -> str:
    """Who hands in, by the name of the file.

    >>> whose(Path("ana-starved.json"), "starved"), whose(Path("Ben K.json"), "starved")
    ('ana', 'Ben K')
    """
    return path.stem.removesuffix(f"-{slug(exercise)}") or path.stem

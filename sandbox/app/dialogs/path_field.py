"""A field for a path: shows how it may go on, and Tab takes it."""

from pathlib import Path
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.suggester import Suggester
from textual.widgets import Input

from sandbox.app.dialogs.folders import completion


class PathField(Input):
    """A path from `folder`; Backspace in the empty field goes up."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "complete", "Complete", id="path.complete", tooltip="Take the name that is suggested"),
    ]

    def __init__(self, folder: Path, value: str = "", placeholder: str = "") -> None:
        self.folder = folder
        """Where the path starts."""
        super().__init__(
            value, placeholder=placeholder, compact=True, select_on_focus=False, suggester=_Paths(self)
        )

    def action_complete(self) -> None:
        """Continue the path to the first name it fits."""
        longer = completion(self.folder, self.value)
        if longer is not None:
            self.value = longer
            self.cursor_position = len(longer)


class _Paths(Suggester):
    """Suggests how a field's path goes on."""

    def __init__(self, field: PathField) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._field = field

    async def get_suggestion(self, value: str) -> str | None:
        return completion(self._field.folder, value)

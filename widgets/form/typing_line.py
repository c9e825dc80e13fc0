"""One line of text being typed: a value that keys turn into the next one."""

from dataclasses import dataclass, replace

from widgets.cells import cell_len


@dataclass(frozen=True, slots=True)
class TypingLine:
    """Text, a cursor, and whether the next character replaces everything."""

    text: str = ""
    cursor: int = 0
    whole: bool = False
    """All of the text is marked: typing replaces it, moving keeps it."""

    @classmethod
    def marking(cls, text: str) -> "TypingLine":
        """Start from a present value that the first character replaces."""
        return cls(text, len(text), whole=bool(text))

    def insert(self, more: str) -> "TypingLine":
        """Put *more* where the cursor is.

        >>> TypingLine.marking("512").insert("1").insert("k")
        TypingLine(text='1k', cursor=2, whole=False)
        """
        more = "".join(character for character in more if character.isprintable())
        if self.whole:
            return TypingLine(more, len(more))
        return TypingLine(self.text[: self.cursor] + more + self.text[self.cursor :], self.cursor + len(more))

    def key(self, key: str) -> "TypingLine | None":
        """The line after an editing key; None if the key edits nothing."""
        if key in {"left", "right", "home", "end", "ctrl+a", "ctrl+e"}:
            return self._moved(key)
        if self.whole and key in {"backspace", "delete", "ctrl+u", "ctrl+w", "ctrl+k"}:
            return TypingLine()
        before, after = self.text[: self.cursor], self.text[self.cursor :]
        if key == "backspace":
            before = before[:-1]
        elif key == "delete":
            after = after[1:]
        elif key == "ctrl+u":
            before = ""
        elif key == "ctrl+k":
            after = ""
        elif key == "ctrl+w":
            before = before.rstrip().rpartition(" ")[0]
        else:
            return None
        return TypingLine(before + after, len(before))

    def window(self, width: int) -> tuple[str, int]:
        """The part to show on *width* cells, and the cursor's place in it."""
        start = 0
        while start < self.cursor and cell_len(self.text[start : self.cursor]) >= width:
            start += 1
        shown = self.text[start:]
        while cell_len(shown) > width:
            shown = shown[:-1]
        return shown, self.cursor - start

    def _moved(self, key: str) -> "TypingLine":
        places = {"home": 0, "ctrl+a": 0, "left": self.cursor - 1, "right": self.cursor + 1}
        cursor = min(max(places.get(key, len(self.text)), 0), len(self.text))
        return replace(self, cursor=cursor, whole=False)

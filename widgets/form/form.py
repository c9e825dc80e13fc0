"""The inspector's editing part: every parameter on a line of its own, changed in place."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.message import Message

from widgets import keys
from widgets.form.field import Field, Value, value_text
from widgets.form.field_lines import FieldLines
from widgets.form.layout import Row, plan_of, rows_of
from widgets.form.nudging import nudge
from widgets.form.parsing import parse, starts_typing
from widgets.form.typing_line import TypingLine

Validator = Callable[[str, Value], str | None]
"""From a field's name and a value to the sentence that says what is wrong, or None."""

_ECHO_AFTER = 0.03
"""How long an edit waits for the host's answer before it is drawn without [s]."""
_MOVING = {"up", "down", "pageup", "pagedown"}  # keys that also work while typing: they apply it


class ParamForm(FieldLines):
    """Fields one below the other; the cursor's is nudged, typed over, or set back to its default.

    Values come in by `show`; what the person changes goes out as `Changed`, which the host answers with
    `show` (the form keeps the new value in any case). Nothing wrong ever goes out: the error stands under
    its field until it is right or left.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*keys.FORM]

    @dataclass
    class Changed(Message):
        """The person gave a field another value."""

        form: "ParamForm"
        subject: str
        """Whose parameters these are, as `show` was told."""
        name: str
        value: Value

        @property
        def control(self) -> "ParamForm":
            """The form it happened in."""
            return self.form

    @dataclass
    class Focused(Message):
        """The cursor went to another field."""

        form: "ParamForm"
        subject: str
        name: str

        @property
        def control(self) -> "ParamForm":
            """The form it happened in."""
            return self.form

    def __init__(
        self,
        fields: Iterable[Field] = (),
        *,
        subject: str = "",
        validate: Validator | None = None,
        id: str | None = None,  # noqa: A002 - Textual's name
        classes: str | None = None,
    ) -> None:
        super().__init__(fields, id=id, classes=classes)
        self.subject = subject
        self.validator = validate
        self._owed: set[int] = set()
        self._owes_all = False

    # What the host does

    def show(self, fields: Iterable[Field], subject: str | None = None) -> None:
        """Show these fields; posts nothing of them.

        Fields of the same names are updated in place, and only lines that changed are drawn again. What is
        being typed stays, unless its field went; another subject settles it as leaving the form would.
        """
        fields = tuple(fields)
        if subject is not None and subject != self.subject:
            self._settle()
            self.subject = subject
        self._echo()
        before, self._fields = self._rows, fields
        self._rows = rows_of(fields)
        if [_name(row) for row in before] != [_name(row) for row in self._rows]:
            self._show_others(before)
            return
        if self._plan != plan_of(fields, self.line_width):
            self.measure_now()
            self.refresh()
            return
        for row, (old, new) in enumerate(zip(before, self._rows, strict=True)):
            if old != new:
                self.repaint_row(row)
                if row == self.chosen:
                    self.repaint_foot()

    def focus_field(self, name: str) -> None:
        """Put the cursor on the field of that *name*, if there is one."""
        self.choose(next((row for row, field in enumerate(self._rows) if _name(field) == name), None))

    # What the person does

    def action_nudge(self, direction: int, big: bool = False) -> None:
        """Move the field's value by a step, or three."""
        if (field := self.current) is not None:
            self._offer(field, nudge(field, direction, big=big))

    def action_restore(self) -> None:
        """Give the field its default again."""
        if (field := self.current) is not None:
            self._offer(field, field.default)

    def action_enter(self) -> None:
        """Start typing; a flag is flipped instead."""
        if (field := self.current) is None:
            return
        if field.kind == "flag":
            self._offer(field, nudge(field, 1))
        else:
            self._type(TypingLine.marking("" if field.value is None else value_text(field.value)))

    def apply(self) -> bool:
        """Take over what was typed; False if it is not right, and then says why."""
        if (field := self.current) is None or self._typing is None:
            return True
        try:
            value = parse(field, self._typing.text)
        except ValueError as error:
            self._complain(str(error))
            return False
        return self._offer(field, value)

    def leave(self) -> None:
        """Stop typing and keep the value as it was."""
        self._typing = None
        self._complain("")

    def choose(self, row: int | None) -> None:
        """Put the cursor on another field, if what is being typed is right."""
        if row == self.chosen or row is None or not self.choosable(row) or not self.apply():
            return
        self.leave()
        super().choose(row)
        if self.current is not None:
            self.post_message(self.Focused(self, self.subject, self.current.name))

    def _offer(self, field: Field, value: Value) -> bool:
        """Take over a value the person chose, unless the host finds it wrong."""
        if value == field.value:
            self.leave()
            return True
        if self.validator is not None and (wrong := self.validator(field.name, value)):
            self._complain(wrong)
            return False
        self._take(field, value)
        self.post_message(self.Changed(self, self.subject, field.name, value))
        return True

    def _take(self, field: Field, value: Value) -> None:
        """Hold the new value, and draw it together with what it brings about, or soon without.

        Two paintings in a row are 17 to 33 ms apart: drawn at once, the value would hold up the answer.
        """
        self._owes_all = self._owes_all or bool(self._error)
        self._typing, self._error = None, ""
        self._owed.add(self._rows.index(field))
        self._fields = tuple(replace(one, value=value) if one is field else one for one in self._fields)
        self._rows = rows_of(self._fields)
        self.set_timer(_ECHO_AFTER, self._echo)

    def _echo(self) -> None:
        """Draw the values taken and not drawn since."""
        if self._owes_all or self._plan != plan_of(self._fields, self.line_width):
            self.measure_now()
            self.refresh()
        elif self._owed:
            for row in self._owed:
                self.repaint_row(row)
            self.repaint_foot()
        self._owed, self._owes_all = set(), False

    def _settle(self) -> None:
        """Apply what was typed if it is right; drop it if not."""
        self.apply()
        self.leave()

    def _type(self, line: TypingLine) -> None:
        self._typing = line
        self._complain("")

    def _complain(self, error: str) -> None:
        """Show an error under the field, or none."""
        if not error and not self._error:
            self.repaint_row(self.chosen)
            self.repaint_foot()
        else:
            self.refresh()
        self._error = error

    def _show_others(self, before: tuple[Row, ...]) -> None:
        """Fields of other names: keep the cursor on the same one if it is still there."""
        name = _name(before[self.chosen]) if self.chosen < len(before) else None
        self._typing, self._error = None, ""
        same = [
            row for row, field in enumerate(self._rows) if isinstance(field, Field) and field.name == name
        ]
        self.set_reactive(ParamForm.chosen, same[0] if same else self.nearest(0, 1) or 0)
        self.measure_now()
        self.fit()
        self.refresh()

    # Keys and mouse

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Whether typing takes this key, so that the footer does not offer it."""
        if character is None or not character.isprintable():
            return False
        return self._typing is not None or starts_typing(self.current, character)

    async def _on_key(self, event: events.Key) -> None:
        if self._take_key(event):
            event.stop()
            event.prevent_default()

    def _take_key(self, event: events.Key) -> bool:
        """Type with a key, start typing with it, or leave it to the bindings."""
        character = event.character if event.is_printable else None
        if self._typing is None:
            if (
                event.key == "space"
                and (field := self.current) is not None
                and field.kind in {"flag", "choice"}
            ):
                self.action_nudge(1)
                return True
            if event.key == "escape" and self._error:
                self.leave()
                return True
            if character is None or not starts_typing(self.current, character):
                return False
            self._type(TypingLine().insert(character))
            return True
        if event.key == "enter":
            self.apply()
        elif event.key == "escape":
            self.leave()
        elif character is not None:
            self._type(self._typing.insert(character))
        elif (line := self._typing.key(event.key)) is not None:
            self._type(line)
        else:
            return bool(keys.bound(self, event.key)) and event.key not in _MOVING
        return True

    def _on_paste(self, event: events.Paste) -> None:
        if (field := self.current) is not None and field.kind != "flag":
            event.stop()
            self._type((self._typing or TypingLine()).insert(event.text.strip()))

    def _on_focus(self, event: events.Focus) -> None:
        if self.current is not None:
            self.post_message(self.Focused(self, self.subject, self.current.name))

    def _on_blur(self, event: events.Blur) -> None:
        if self.app.app_focus:  # looking at another window is not leaving the field
            self._settle()

    def pressed(self, row: int, event: events.Click, x: int) -> None:
        """A click on a sign nudges, on the value changes or types it, on the label only chooses."""
        field = self.current
        if field is None or self._rows[row] is not field or self._typing is not None:
            return
        big = event.shift or event.ctrl or event.meta
        if field.kind != "text" and abs(x - self._plan.less_at) <= 1:
            self.action_nudge(-1, big)
        elif field.kind != "text" and abs(x - self._plan.more_at(field)) <= 1:
            self.action_nudge(1, big)
        elif x > self._plan.less_at:
            self.action_nudge(1) if field.kind == "choice" else self.action_enter()


def _name(row: Row) -> str:
    return row if isinstance(row, str) else row.name

"""What all dialogs share: a frame with a title, a foot with buttons and keys, and Esc."""

from dataclasses import dataclass
from typing import ClassVar, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Button

from widgets.keybar import KeyBar

Result = TypeVar("Result")
MUTED = "$foreground 72%"
"""Words that explain other words."""


@dataclass(frozen=True, slots=True)
class Deed:
    """What a button in the foot does, and the key that does the same."""

    key: str
    """As people read it."""
    text: str
    action: str
    """Of the screen, as in `cancel`."""
    main: bool = False
    """Most people come for this one."""


CANCEL = Deed("esc", "cancel", "cancel")
CLOSE = Deed("esc", "close", "cancel")


class DeedButton(Button, can_focus=False):
    """A deed for the mouse; the focus stays where one types."""

    DEFAULT_CSS = """
    DeedButton {
        width: auto;
        min-width: 0;
        margin-left: 1;
        &.-textual-compact {
            line-pad: 1;
            padding: 0;
            text-style: none;
            color: $foreground;
            background: $foreground 12%;
        }
        &.-textual-compact:hover { background: $foreground 25%; }
        &.-main { color: $button-color-foreground; background: $primary; }
        &.-main:hover { background: $primary-lighten-1; }
    }
    """

    def __init__(self, deed: Deed) -> None:
        label = Content.assemble((deed.key, "bold"), " ", deed.text)
        super().__init__(label, action=f"screen.{deed.action}", compact=True)
        self.set_class(deed.main, "-main")


class Dialog(ModalScreen[Result]):
    """A framed screen in front of the others.

    A dialog composes its `body` and names its `deeds`; what it answers it dismisses with.
    """

    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        background: $background 65%;
        & > .frame {
            width: 1fr;
            max-width: 120;
            height: 1fr;
            max-height: 38;
            margin: 1 2;
            padding: 0 1;
            border: round $primary 70%;
            border-title-color: $foreground;
            border-title-style: bold;
            background: $surface;
        }
        &.-narrow > .frame, &.-short > .frame { margin: 0; }
        &.-narrow > .frame { padding: 0 1; }
        &.-narrow .foot { align-horizontal: right; }
        &.-narrow .foot KeyBar { display: none; }
        & .foot { height: 1; dock: bottom; }
        & .foot KeyBar { dock: none; padding: 0; background: $surface; }
        & .muted { color: $text-muted; }
        & .bad { color: $text-error; }
        & .line { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & VerticalScroll { scrollbar-size-vertical: 1; }
        & VerticalScroll, & OptionList {
            scrollbar-background: $surface;
            scrollbar-background-hover: $surface;
            scrollbar-color: $foreground 20%;
        }
        & Input {
            background: $background;
            padding: 0 1;
            &.-textual-compact { padding: 0 1; }
            &:focus { background-tint: $foreground 0%; }
        }
    }
    """
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  # as Textual declares it
        (0, "-narrow"),
        (64, "-normal"),
        (110, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012  # as Textual declares it
        (0, "-short"),
        (18, "-medium"),
        (34, "-tall"),
    ]
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", "Cancel", show=False, id="dialog.cancel", tooltip="Close"),
    ]

    def __init__(self, heading: str) -> None:
        super().__init__()
        self.heading = heading

    def compose(self) -> ComposeResult:
        """The frame, what the dialog has in it, and its foot."""
        with Vertical(classes="frame") as frame:
            frame.border_title = Content(self.heading)  # a name may look like markup
            yield from self.body()
            with Horizontal(classes="foot"):
                yield KeyBar()
                for deed in self.deeds():
                    yield DeedButton(deed)

    def body(self) -> ComposeResult:
        """What stands between the title and the foot."""
        yield from ()

    def deeds(self) -> tuple[Deed, ...]:
        """The buttons of the foot, from left to right."""
        return (CLOSE,)

    def hear(self, event: events.Key) -> bool:
        """Take a key in the order in which keys are typed; False leaves it to the widget with the focus.

        The app asks before it passes a key on, so that none is overtaken by another or by what it opens.
        """
        del event
        return False

    def action_cancel(self) -> None:
        """Close and answer nothing."""
        self.dismiss(None)
